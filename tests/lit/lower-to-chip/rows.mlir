// RUN: synfire-opt %s --fold-normalization --quantize-weights="target=loihi2 targets-folder=%targets" --assign-host="target=loihi2 targets-folder=%targets" --lower-to-chip="target=loihi2 targets-folder=%targets max-tokens=8" | FileCheck %s

// Every op of the model is a row, in model order; a folded norm keeps an empty
// one. The residual stream is merged: its writers reach each of its readers.
// CHECK: chip.program @tiny on "loihi2"
// CHECK: context_length 16
// CHECK-NEXT: max_tokens 8
// CHECK: result @head.fc.dequantize
// CHECK: target_resources [{{.*}}] {
// CHECK-NEXT: chip.host @embed.token(%[[IDS:.*]] : tensor<?xi32>) {
// CHECK-NEXT: %[[ROW:.*]] = spike.lookup %[[IDS]], dense<{{.*}}> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32>
// CHECK-NEXT: chip.yield %[[ROW]] : tensor<?x2xf32>
// CHECK-NEXT: }
// CHECK-NEXT: chip.host @embed.code(%{{.*}} = @embed.token : tensor<?x2xf32>) {
// CHECK-NEXT: spike.binarize
// CHECK-NEXT: chip.yield
// CHECK-NEXT: }
// CHECK-NEXT: chip.host @embed.repeat(%{{.*}} = @embed.code : tensor<?x2xi1>) {
// CHECK-NEXT: spike.repeat
// CHECK-NEXT: chip.yield %{{.*}} : tensor<4x?x2xi1>
// CHECK-NEXT: }
// CHECK-NEXT: chip.op inject @embed.stream
// CHECK-NEXT: chip.neurons neurons @in kind neuron columns 2 spike_bits 1 neuron_model lif
// CHECK-SAME: model <fraction_bits = 4,
// CHECK-NEXT: chip.op linear @fc
// CHECK-NEXT: chip.op batch_norm @fc_norm
// CHECK-NEXT: chip.op add @add
// CHECK-NEXT: chip.neurons neurons @q kind neuron
// CHECK-SAME: model <fraction_bits =
// CHECK-NEXT: chip.attention @ssa q @q k @q v @q target @att heads 1 causal
// CHECK-NEXT: chip.neurons neurons @att kind neuron
// CHECK-SAME: model <fraction_bits =
// CHECK-NEXT: chip.neurons graded_sum @sum kind add columns 2 spike_bits 2
// CHECK-NEXT: chip.op recombine @head.recombine
// CHECK-NEXT: chip.neurons readout @head.fc kind linear columns 3 spike_bits 0
// CHECK-SAME: neuron_model integrator
// CHECK-SAME: model <fraction_bits =
// CHECK-NEXT: chip.host @head.fc.dequantize(%{{.*}} = @head.fc : tensor<?x3xsi32, #fixed{{.*}}>) {
// CHECK-NEXT: spike.dequantize
// CHECK-NEXT: chip.yield %{{.*}} : tensor<?x3xf32>
// CHECK-NEXT: }
// CHECK-NEXT: chip.projection @"embed.repeat->embed.stream->in" op @embed.stream from @embed.repeat to @in rows 2 columns 2 sparse weight_bits 8
// CHECK-NEXT: chip.projection @"embed.repeat->embed.stream->q" op @embed.stream from @embed.repeat to @q rows 2 columns 2 sparse weight_bits 8
// CHECK-NEXT: chip.projection @"in->fc->q" op @fc from @in to @q rows 2 columns 2 dense weight_bits 8
// CHECK-NEXT: chip.projection @"q->sum" op @sum from @q to @sum rows 2 columns 2 sparse weight_bits 8
// CHECK-NEXT: chip.projection @"att->sum" op @sum from @att to @sum rows 2 columns 2 sparse weight_bits 8
// CHECK-NEXT: chip.projection @"sum->head.fc" op @head.fc from @sum to @head.fc rows 8 columns 3 dense weight_bits 8 row_stride 2
// CHECK-NEXT: }
func.func @main(%tokens: tensor<?xi32>) -> tensor<?x3xf32> attributes {spike.model =
    #spike.model<name = "tiny", time_steps = 4, context_length = 16, vocabulary = 3,
                 alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<[[1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]]> : tensor<3x2xf32>
      : tensor<?xi32> -> tensor<?x2xf32> loc("embed.token")
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1> loc("embed.code")
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1> loc("embed.repeat")
  %3 = spike.inject %2 : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("embed.stream")
  %4 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [0.5]>, %3
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("in")
  %5 = spike.linear %4, dense<[[0.5, 1.0], [-1.0, 0.5]]> : tensor<2x2xf32>
      : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("fc")
  %6 = spike.batch_norm %5, weight dense<1.0> : tensor<2xf32> bias dense<0.5> : tensor<2xf32>
      mean dense<0.0> : tensor<2xf32> variance dense<1.0> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("fc_norm")
  %7 = spike.add %3, %6 : tensor<4x?x2xf32>, tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("add")
  %8 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [0.5]>, %7
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("q")
  %9 = spike.self_attention %8, %8, %8 heads 1 scale 0.5 causal
      : tensor<4x?x2xi1>, tensor<4x?x2xi1>, tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("ssa")
  %10 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [0.5]>, %9
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("att")
  %11 = spike.add %8, %10 : tensor<4x?x2xi1>, tensor<4x?x2xi1> -> tensor<4x?x2xui2> loc("sum")
  %12 = spike.recombine concatenate %11 : tensor<4x?x2xui2> -> tensor<?x8xf32> loc("head.recombine")
  %13 = spike.linear %12, dense<1.0> : tensor<3x8xf32> : tensor<?x8xf32> -> tensor<?x3xf32> loc("head.fc")
  return %13 : tensor<?x3xf32>
}
