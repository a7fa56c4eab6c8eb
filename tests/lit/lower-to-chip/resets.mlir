// RUN: synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets" --assign-host="target=loihi2 targets-folder=%targets" --lower-to-chip="target=loihi2 targets-folder=%targets max-tokens=8" | FileCheck %s

// What a spike takes from the membrane: a soft reset with >= the threshold, with > the number below
// the one that the membrane has to reach, and no reset nothing.
// CHECK: chip.neurons neurons @at_least {{.*}}soft_reset = true, saturates = false, {{.*}}v_init = [0], threshold = [3], bias = [0]>
// CHECK: chip.neurons neurons @above {{.*}}soft_reset = true, saturates = false, {{.*}}v_init = [0], threshold = [4], bias = [0], decrement = [3]>
// CHECK: chip.neurons neurons @never {{.*}}soft_reset = true, saturates = false, {{.*}}v_init = [0], threshold = [3], bias = [0], decrement = [0]>
// CHECK: chip.neurons neurons @hard {{.*}}soft_reset = false, saturates = false, {{.*}}v_init = [0], threshold = [4], bias = [0]>
func.func @tiny(%x: tensor<4x?x2xi1>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "tiny", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %c = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("inject")
  %0 = spike.neuron #spike.if<threshold = [3.0], reset = soft>, %c : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("at_least")
  %1 = spike.neuron #spike.if<threshold = [3.0], reset = soft, compare = gt>, %c : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("above")
  %2 = spike.neuron #spike.if<threshold = [3.0], reset = none>, %c : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("never")
  %3 = spike.neuron #spike.if<threshold = [3.0], compare = gt>, %c : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("hard")
  %m = spike.recombine mean %3 : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("mean")
  return %m : tensor<?x2xf32>
}
