// RUN: synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets" --assign-host="target=loihi2 targets-folder=%targets" --lower-to-chip="target=loihi2 targets-folder=%targets max-tokens=8" --schedule-ticks --split-input-file | FileCheck %s

// The feedback of a region is one step late, and so is a delay of a step; both add up. What reads
// the neuron outside the region reads it without the feedback. `back` may feed `lif` in the next
// step without a delay on the chip, and is no source of its stage; nor does `head` wait for `lif`.
// CHECK: stages 2
// CHECK: chip.neurons neurons @lif kind neuron columns 2 spike_bits 1 stage 1
// CHECK: chip.neurons readout @head kind linear columns 3 spike_bits 0 stage 1
// CHECK: chip.projection @"repeat->fc->lif" op @fc from @repeat to @lif rows 2 columns 2 dense weight_bits 8{{$}}
// CHECK: chip.projection @"lif->back->lif" op @back from @lif to @lif rows 2 columns 2 dense weight_bits 8 delays [1]{{$}}
// CHECK: chip.projection @"lif->far->lif" op @far from @lif to @lif rows 2 columns 2 dense weight_bits 8 delays [3, 4]{{$}}
// CHECK: chip.projection @"lif->head" op @head from @lif to @head rows 2 columns 3 dense weight_bits 8 delays [2]{{$}}
func.func @recurrent(%tokens: tensor<?xi32>) -> tensor<?x3xf32> attributes {spike.model =
    #spike.model<name = "recurrent", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32> loc("table")
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1> loc("code")
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1> loc("repeat")
  %3 = spike.linear %2, dense<0.5> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("fc")
  %4 = spike.recurrent -> tensor<4x?x2xi1> {
  ^bb0(%p: tensor<4x?x2xi1>):
    %d = spike.delay %p steps [2, 3] : tensor<4x?x2xi1> -> tensor<4x?x2xi1> loc("late")
    %a = spike.linear %p, dense<-0.5> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("back")
    %b = spike.linear %d, dense<0.25> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("far")
    %c = spike.add %a, %b : tensor<4x?x2xf32>, tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("sum")
    %e = spike.add %3, %c : tensor<4x?x2xf32>, tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("all")
    %s = spike.neuron #spike.if<threshold = [1.0]>, %e : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("lif")
    spike.yield %s : tensor<4x?x2xi1>
  } loc("region")
  %5 = spike.delay %4 steps [2] : tensor<4x?x2xi1> -> tensor<4x?x2xi1> loc("after")
  %6 = spike.recombine mean %5 : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("mean")
  %7 = spike.linear %6, dense<1.0> : tensor<3x2xf32> : tensor<?x2xf32> -> tensor<?x3xf32> loc("head")
  return %7 : tensor<?x3xf32>
}

// -----

// An integrator is a readout per step, with its own leak; a current that the host reads starts anew
// in every step.
// CHECK: chip.neurons readout @fc.readout {{.*}}per_step{{.*}}decay = [0], shift = [0],
// CHECK: chip.neurons readout @leaky kind integrator columns 2 spike_bits 0 {{.*}}per_step{{.*}}decay = [1], shift = [1],
// CHECK: chip.projection @"repeat->fc->fc.readout" op @fc from @repeat to @fc.readout
// CHECK: chip.projection @"repeat->fc->leaky" op @fc from @repeat to @leaky
func.func @integrator(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "integrator", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32> loc("table")
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1> loc("code")
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1> loc("repeat")
  %3 = spike.linear %2, dense<0.5> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("fc")
  %4 = spike.integrator %3 {decay = 0.5 : f64, gain = 2.0 : f64} : tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("leaky")
  %5 = spike.relu %3 : tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("relu")
  %6 = spike.add %4, %5 : tensor<4x?x2xf32>, tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("sum")
  %7 = spike.recombine mean %6 : tensor<4x?x2xf32> -> tensor<?x2xf32> loc("mean")
  return %7 : tensor<?x2xf32>
}
