module {
  func.func @main(%t: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model = #spike.model<name = "filtered", time_steps = 4, context_length = 8, vocabulary = 4, alphabet = "", cleaning = "none">} {
    %e = spike.lookup %t, dense<[[-1.0, 1.0], [-1.0, 1.0], [-1.0, 1.0], [-1.0, 1.0]]> : tensor<4x2xf32> : tensor<?xi32> -> tensor<?x2xf32> loc("embed")
    %c = spike.binarize %e : tensor<?x2xf32> -> tensor<?x2xi1> loc("code")
    %x = spike.repeat %c : tensor<?x2xi1> -> tensor<4x?x2xi1> loc("repeat")
    %a = spike.linear %x, dense<[[1.0, 0.007874]]> : tensor<1x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x1xf32> loc("fc")
    %s = spike.neuron #spike.cuba_lif<current_decay = 0.5, current_gain = 1, membrane_decay = 1, membrane_gain = 1, threshold = [0.01732]>, %a : tensor<4x?x1xf32> -> tensor<4x?x1xi1> loc("cuba")
    %m = spike.recombine mean %s : tensor<4x?x1xi1> -> tensor<?x1xf32> loc("mean")
    %z = spike.linear %m, dense<[[1.0], [-1.0]]> : tensor<2x1xf32> : tensor<?x1xf32> -> tensor<?x2xf32> loc("head")
    return %z : tensor<?x2xf32>
  }
}
