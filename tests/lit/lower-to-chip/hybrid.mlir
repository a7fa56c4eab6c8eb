// RUN: synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets" --assign-host="target=loihi2 targets-folder=%targets" --lower-to-chip="target=loihi2 targets-folder=%targets" --schedule-ticks | FileCheck %s

// The linear that the host alone reads is a readout of its own; the host norms
// what it read, and its neurons are a source of spikes again. A current that
// neurons read, too, gets a readout beside them.
// CHECK: chip.program @hybrid
// CHECK: stages 7
// CHECK: result @logits
// CHECK: chip.host @code(%{{.*}} : tensor<?xi32>) {
// CHECK-NEXT: spike.code binary token %{{.*}} size 3 :
// CHECK-NEXT: chip.yield
// CHECK-NEXT: }
// CHECK-NEXT: chip.host @repeat(%{{.*}} = @code : tensor<?x2xi1>) stage 0 {
// CHECK-NEXT: spike.repeat
// CHECK-NEXT: chip.yield
// CHECK-NEXT: }
// CHECK-NEXT: chip.neurons readout @fc1 kind linear columns 2 spike_bits 0 per_step stage 1 neuron_model integrator
// CHECK-SAME: model <fraction_bits =
// CHECK-NEXT: chip.host @fc1.dequantize(%{{.*}} = @fc1 : tensor<4x?x2xsi32, {{.*}}>) {
// CHECK-NEXT: spike.dequantize
// CHECK-NEXT: chip.yield
// CHECK-NEXT: }
// CHECK-NEXT: chip.host @norm(%{{.*}} = @fc1.dequantize : tensor<4x?x2xf32>) {
// CHECK-NEXT: spike.layer_norm %{{.*}}, weight dense<2.000000e+00> : tensor<2xf32> bias dense<5.000000e-01> : tensor<2xf32> : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
// CHECK-NEXT: chip.yield
// CHECK-NEXT: }
// CHECK-NEXT: chip.host @lif(%{{.*}} = @norm : tensor<4x?x2xf32>) stage 2 {
// CHECK-NEXT: spike.neuron #spike.lif<tau = 2.000000e+00 : f64, threshold = [1.000000e+00]>, %{{.*}} : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
// CHECK-NEXT: chip.yield
// CHECK-NEXT: }
// CHECK-NEXT: chip.op linear @fc2
// CHECK-NEXT: chip.neurons readout @fc2.readout kind readout columns 2 spike_bits 0 per_step stage 3 neuron_model integrator
// CHECK-SAME: model <fraction_bits =
// CHECK-NEXT: chip.host @fc2.dequantize(%{{.*}} = @fc2.readout : tensor<4x?x2xsi32, {{.*}}>) {
// CHECK-NEXT: spike.dequantize
// CHECK-NEXT: chip.yield
// CHECK-NEXT: }
// CHECK-NEXT: chip.neurons neurons @lif2 kind neuron columns 2 spike_bits 1 stage 3 neuron_model lif
// CHECK-SAME: model <fraction_bits =
// CHECK-NEXT: chip.host @gelu(%{{.*}} = @fc2.dequantize : tensor<4x?x2xf32>) {
// CHECK-NEXT: spike.gelu
// CHECK-NEXT: chip.yield
// CHECK-NEXT: }
// CHECK-NEXT: chip.host @lif3(%{{.*}} = @gelu : tensor<4x?x2xf32>) stage 4 {
// CHECK-NEXT: spike.neuron
// CHECK-NEXT: chip.yield
// CHECK-NEXT: }
// CHECK-NEXT: chip.neurons graded_sum @sum kind add columns 2 spike_bits 2 stage 5
// CHECK-NEXT: chip.op recombine @mean
// CHECK-NEXT: chip.neurons readout @head kind linear columns 3 spike_bits 0 stage 6 neuron_model integrator
// CHECK-SAME: model <fraction_bits =
// CHECK-NEXT: chip.host @head.dequantize(%{{.*}} = @head : {{.*}}) {
// CHECK-NEXT: spike.dequantize
// CHECK-NEXT: chip.yield
// CHECK-NEXT: }
// CHECK-NEXT: chip.host @logits(%{{.*}} = @head.dequantize : tensor<?x3xf32>) {
// CHECK-NEXT: spike.relu
// CHECK-NEXT: chip.yield
// CHECK-NEXT: }
// CHECK-NEXT: chip.projection @"repeat->fc1" op @fc1 from @repeat to @fc1 rows 2 columns 2 dense
// CHECK-NEXT: chip.projection @"lif->fc2->fc2.readout" op @fc2 from @lif to @fc2.readout
// CHECK-NEXT: chip.projection @"lif->fc2->lif2" op @fc2 from @lif to @lif2
// CHECK-NEXT: chip.projection @"lif2->sum" op @sum from @lif2 to @sum
// CHECK-NEXT: chip.projection @"lif3->sum" op @sum from @lif3 to @sum
// CHECK-NEXT: chip.projection @"sum->head" op @head from @sum to @head
func.func @main(%tokens: tensor<?xi32>) -> tensor<?x3xf32> attributes {spike.model =
    #spike.model<name = "hybrid", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.code binary token %tokens size 3 : tensor<?xi32> -> tensor<?x2xi1> loc("code")
  %1 = spike.repeat %0 : tensor<?x2xi1> -> tensor<4x?x2xi1> loc("repeat")
  %2 = spike.linear %1, dense<[[0.5, 1.0], [-1.0, 0.5]]> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("fc1")
  %3 = spike.layer_norm %2, weight dense<2.0> : tensor<2xf32> bias dense<0.5> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("norm")
  %4 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %3 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("lif")
  %5 = spike.linear %4, dense<1.0> : tensor<2x2xf32> transposed : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("fc2")
  %6 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %5 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("lif2")
  %7 = spike.gelu %5 : tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("gelu")
  %8 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %7 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("lif3")
  %9 = spike.add %6, %8 : tensor<4x?x2xi1>, tensor<4x?x2xi1> -> tensor<4x?x2xui2> loc("sum")
  %10 = spike.recombine mean %9 : tensor<4x?x2xui2> -> tensor<?x2xf32> loc("mean")
  %11 = spike.linear %10, dense<1.0> : tensor<3x2xf32> : tensor<?x2xf32> -> tensor<?x3xf32> loc("head")
  %12 = spike.relu %11 : tensor<?x3xf32> -> tensor<?x3xf32> loc("logits")
  return %12 : tensor<?x3xf32>
}
