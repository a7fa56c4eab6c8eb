// RUN: synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets" --assign-host="target=loihi2 targets-folder=%targets" --lower-to-chip="target=loihi2 targets-folder=%targets max-tokens=8" | FileCheck %s
// RUN: sed -e 's/^  state_bits:/  current_bits: 12\n  current_fraction_bits: 3\n  state_bits:/' %targets/loihi2.yaml > %t.yaml
// RUN: synfire-opt %s --quantize-weights=target=%t.yaml --assign-host=target=%t.yaml --lower-to-chip="target=%t.yaml max-tokens=8" | FileCheck %s --check-prefix=NARROW

// Neurons that filter their current: the bias of their synapses passes the filter (`bias`), their
// own does not (`membrane_bias`). The scale is 1, the membrane's unit 2 * 0.25 * 2^-8.
// CHECK: chip.neurons neurons @cuba kind neuron columns 2 spike_bits 1 neuron_model cuba_lif model <fraction_bits = 8, state_bits = 24, current_bits = 24, current_fraction_bits = 8, rounding = "toward_zero", soft_reset = false, saturates = false, decay = [1], shift = [1], v_reset = [0], v_init = [0], threshold = [1024], bias = [0], current_decay = [3], current_shift = [2], membrane_bias = [256]>
// A chip whose currents keep 12 bits, 3 of them behind the point.
// NARROW: chip.neurons neurons @cuba {{.*}} model <fraction_bits = 8, state_bits = 24, current_bits = 12, current_fraction_bits = 3, {{.*}} threshold = [1024], bias = [0], current_decay
func.func @tiny(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "tiny", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32> loc("embed.token")
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1> loc("embed.code")
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1> loc("embed.repeat")
  %3 = spike.inject %2 : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("embed.stream")
  %4 = spike.neuron #spike.cuba_lif<current_decay = 0.75, current_gain = 2.0, membrane_decay = 0.5, membrane_gain = 0.25, threshold = [2.0], bias = 0.5>, %3
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("cuba")
  %5 = spike.recombine mean %4 : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("mean")
  return %5 : tensor<?x2xf32>
}
