// RUN: synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets" --assign-host="target=loihi2 targets-folder=%targets" --lower-to-chip="target=loihi2 targets-folder=%targets max-tokens=8" | FileCheck %s

// Numbers per channel, each in the unit of its own channel, and neurons that keep their states from
// token to token. tau 2 and 4 leave 1/2 and 3/4 of the membrane, in 4 steps with 2 bits each of
// which nothing is lost; the units of the membrane are 1/2 and 1/4 of 2^-8.
// CHECK: chip.neurons neurons @leaks {{.*}} model <fraction_bits = 8, {{.*}} decay = [1, 3], shift = [1, 2], v_reset = [512, 2048], v_init = [256, 0], threshold = [512, 1024], bias = [0, 512]>
// CHECK: chip.neurons neurons @across {{.*}} model <fraction_bits = 0, {{.*}} saturates = false, across_tokens = true, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [3], bias = [0]>
func.func @tiny(%x: tensor<4x?x2xi1>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "tiny", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %c = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("inject")
  %0 = spike.neuron #spike.lif<tau = [2, 4], threshold = [1], v_reset = [1, 2], v_init = [0.5, 0], bias = [0, 0.5]>, %c : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("leaks")
  %d = spike.inject %0 : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("again")
  %1 = spike.neuron #spike.if<threshold = [3]>, %d {scan = #spike<scan steps_and_tokens>} : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("across")
  %m = spike.recombine mean %1 : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("mean")
  return %m : tensor<?x2xf32>
}
