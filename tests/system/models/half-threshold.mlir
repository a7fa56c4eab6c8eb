// A layer of an ANN as neurons: 8 inputs per step between -0.3 and 1.7, first membranes at half the threshold.
module {
  func.func @main(%t: tensor<?xi32>) -> tensor<?x8xf32> attributes {spike.model = #spike.model<name = "qcfs", time_steps = 8, context_length = 4, vocabulary = 8, alphabet = "", cleaning = "none">} {
    %e = spike.lookup %t, dense<"0x0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F"> : tensor<8x1xf32> : tensor<?xi32> -> tensor<?x1xf32> loc("embed")
    %c0 = spike.binarize %e : tensor<?x1xf32> -> tensor<?x1xi1> loc("code")
    %x = spike.repeat %c0 : tensor<?x1xi1> -> tensor<8x?x1xi1> loc("repeat")
    %a = spike.linear %x, dense<"0x9A9999BE000000006E34803D0000403E1B0DA03E0000003FD7A3703F9A99D93F"> : tensor<8x1xf32> : tensor<8x?x1xi1> -> tensor<8x?x8xf32> loc("fc1")
    %s = spike.neuron #spike.if<threshold = [1.0], reset = soft, v_init = 0.5 : f64>, %a : tensor<8x?x8xf32> -> tensor<8x?x8xi1> loc("if")
    %m = spike.recombine sum %s : tensor<8x?x8xi1> -> tensor<?x8xf32> loc("rec")
    %z = spike.linear %m, dense<"0x0000803F00000000000000000000000000000000000000000000000000000000000000000000803F00000000000000000000000000000000000000000000000000000000000000000000803F00000000000000000000000000000000000000000000000000000000000000000000803F00000000000000000000000000000000000000000000000000000000000000000000803F00000000000000000000000000000000000000000000000000000000000000000000803F00000000000000000000000000000000000000000000000000000000000000000000803F00000000000000000000000000000000000000000000000000000000000000000000803F"> : tensor<8x8xf32> : tensor<?x8xf32> -> tensor<?x8xf32> loc("head")
    return %z : tensor<?x8xf32>
  }
}
