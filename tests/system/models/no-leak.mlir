// A neuron without a leak: every membrane gets 4 per step over 64 steps.
module {
  func.func @main(%t: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model = #spike.model<name = "min", time_steps = 64, context_length = 1, vocabulary = 2, alphabet = "", cleaning = "none">} {
    %e = spike.lookup %t, dense<1.0> : tensor<2x8xf32> : tensor<?xi32> -> tensor<?x8xf32> loc("embed")
    %c = spike.binarize %e : tensor<?x8xf32> -> tensor<?x8xi1> loc("code")
    %x = spike.repeat %c : tensor<?x8xi1> -> tensor<64x?x8xi1> loc("repeat")
    %a = spike.linear %x, dense<0.5> : tensor<4x8xf32> : tensor<64x?x8xi1> -> tensor<64x?x4xf32> loc("fc1")
    %s = spike.neuron #spike.if<threshold = [1.0]>, %a : tensor<64x?x4xf32> -> tensor<64x?x4xi1> loc("fc1_if")
    %m = spike.recombine mean %s : tensor<64x?x4xi1> -> tensor<?x4xf32> loc("rec")
    %z = spike.linear %m, dense<0.5> : tensor<2x4xf32> : tensor<?x4xf32> -> tensor<?x2xf32> loc("head")
    return %z : tensor<?x2xf32>
  }
}
