// RUN: synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets" --assign-host="target=loihi2 targets-folder=%targets" --lower-to-chip="target=loihi2 targets-folder=%targets" --split-input-file --verify-diagnostics

// expected-error @+1 {{no function has spike.model}}
module {}

// -----

func.func @same_names(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32>
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1>
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1>
  %3 = spike.inject %2 : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %4 = spike.neuron #spike.if<threshold = [1.0]>, %3 : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  %5 = spike.inject %4 : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  // expected-error @-1 {{'spike.inject': another operation already has this name; give every operation a location with a name of its own}}
  %6 = spike.neuron #spike.if<threshold = [1.0]>, %5 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("second")
  %7 = spike.recombine sum %6 : tensor<4x?x2xi1> -> tensor<?x2xf32>
  return %7 : tensor<?x2xf32>
}

// -----

func.func @attention_read_twice(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32>
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1>
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1>
  // expected-error @+1 {{'spike.self_attention': its result: needs one reader, has 2, as the chip's unit adds it to one population; put one neuron op behind it and read that}}
  %3 = spike.self_attention %2, %2, %2 heads 1 scale 1.0 causal
      : tensor<4x?x2xi1>, tensor<4x?x2xi1>, tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %4 = spike.neuron #spike.if<threshold = [1.0]>, %3 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("one")
  %5 = spike.neuron #spike.if<threshold = [2.0]>, %3 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("two")
  %6 = spike.add %4, %5 : tensor<4x?x2xi1>, tensor<4x?x2xi1> -> tensor<4x?x2xui2>
  %7 = spike.recombine sum %6 : tensor<4x?x2xui2> -> tensor<?x2xf32>
  return %7 : tensor<?x2xf32>
}

// -----

// The mean over time is known after the last step; the chip has run them all.
func.func @in_again(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.code one_hot token %tokens size 3 : tensor<?xi32> -> tensor<?x3xi1> loc("a")
  %1 = spike.repeat %0 : tensor<?x3xi1> -> tensor<4x?x3xi1> loc("b")
  %2 = spike.linear %1, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32> loc("c")
  %3 = spike.neuron #spike.if<threshold = [1.0]>, %2 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("d")
  %4 = spike.recombine mean %3 : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("e")
  // expected-warning@unknown {{1 operation runs on the host, for want of a unit on target 'loihi2': 1 binarize ('f')}}
  %5 = spike.binarize %4 {threshold = 0.5 : f64} : tensor<?x2xf32> -> tensor<?x2xi1> loc("f")
  %6 = spike.repeat %5 : tensor<?x2xi1> -> tensor<4x?x2xi1> loc("g")
  // expected-error @+1 {{'spike.linear': reads 'g', which the host knows only after a token's last time step; a chip runs the time steps of a token once, so nothing behind their recombination can enter it again}}
  %7 = spike.linear %6, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %8 = spike.neuron #spike.if<threshold = [1.0]>, %7 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("i")
  %9 = spike.recombine mean %8 : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("j")
  return %9 : tensor<?x2xf32>
}

// -----

// expected-error @below {{'m': max-tokens: needs at least 17 (those that its input has), has 16}}
func.func @more_tokens_than_asked(%tokens: tensor<17xi32>) -> tensor<17x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<17xi32> -> tensor<17x2xf32>
  %1 = spike.binarize %0 : tensor<17x2xf32> -> tensor<17x2xi1>
  %2 = spike.repeat %1 : tensor<17x2xi1> -> tensor<4x17x2xi1>
  %3 = spike.inject %2 : tensor<4x17x2xi1> -> tensor<4x17x2xf32>
  %4 = spike.neuron #spike.if<threshold = [1.0]>, %3 : tensor<4x17x2xf32> -> tensor<4x17x2xi1>
  %5 = spike.recombine sum %4 : tensor<4x17x2xi1> -> tensor<17x2xf32>
  return %5 : tensor<17x2xf32>
}

// -----

func.func @not_finite(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.code one_hot token %tokens size 3 : tensor<?xi32> -> tensor<?x3xi1> loc("a")
  %1 = spike.repeat %0 : tensor<?x3xi1> -> tensor<4x?x3xi1> loc("b")
  %2 = spike.linear %1, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32> loc("c")
  // expected-warning @+2 {{2 operations run on the host, for want of a unit on target 'loihi2': 1 layer_norm ('spike.layer_norm'), 1 recombine ('e')}}
  // expected-error @+1 {{'spike.layer_norm': bias [1]: needs a finite number, has INF; train or export the model again}}
  %3 = spike.layer_norm %2, weight dense<1.0> : tensor<2xf32> bias dense<[0.0, 0x7F800000]> : tensor<2xf32>
      : tensor<4x?x2xf32> -> tensor<4x?x2xf32>
  %4 = spike.recombine mean %3 : tensor<4x?x2xf32> -> tensor<?x2xf32> loc("e")
  return %4 : tensor<?x2xf32>
}

// -----

func.func @weight_not_finite(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.code one_hot token %tokens size 3 : tensor<?xi32> -> tensor<?x3xi1> loc("a")
  %1 = spike.repeat %0 : tensor<?x3xi1> -> tensor<4x?x3xi1> loc("b")
  %2 = spike.linear %1, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32> loc("c")
  // expected-warning@unknown {{2 operations run on the host, for want of a unit on target 'loihi2': 1 recombine ('e'), 1 linear ('spike.linear')}}
  %3 = spike.recombine mean %2 : tensor<4x?x2xf32> -> tensor<?x2xf32> loc("e")
  // expected-error @+1 {{'spike.linear': weight [1, 0]: needs a finite number, has nan; train or export the model again}}
  %4 = spike.linear %3, dense<[[1.0, 1.0], [0x7FC00000, 1.0]]> : tensor<2x2xf32> : tensor<?x2xf32> -> tensor<?x2xf32>
  return %4 : tensor<?x2xf32>
}

// -----

// expected-error @below {{'m': result: needs one row of reals per token, has tensor<4x?x2xf32>; recombine the time steps, and let the continuation be chosen outside}}
func.func @steps_returned(%tokens: tensor<?xi32>) -> tensor<4x?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.code one_hot token %tokens size 3 : tensor<?xi32> -> tensor<?x3xi1> loc("a")
  %1 = spike.repeat %0 : tensor<?x3xi1> -> tensor<4x?x3xi1> loc("b")
  %2 = spike.linear %1, dense<1.0> : tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32> loc("c")
  return %2 : tensor<4x?x2xf32>
}

// -----

func.func @init_beyond_state(%tokens: tensor<?xi32>) -> tensor<?x3xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.code one_hot token %tokens size 3 : tensor<?xi32> -> tensor<?x3xi1> loc("a")
  %1 = spike.repeat %0 : tensor<?x3xi1> -> tensor<4x?x3xi1> loc("b")
  %2 = spike.self_attention %1, %1, %1 heads 1 scale 1.0e-12 causal
      : tensor<4x?x3xi1>, tensor<4x?x3xi1>, tensor<4x?x3xi1> -> tensor<4x?x3xf32> loc("c")
  // expected-warning @+2 {{with every input firing a membrane needs}}
  // expected-error @+1 {{'spike.neuron': column 0: initial potential: needs -8388608..8388607 (a state of 24 bits), has 1000000000000; choose a target with more state bits, or a potential nearer to the weights}}
  %3 = spike.neuron #spike.if<threshold = [1.0], v_init = 1.0 : f64>, %2 : tensor<4x?x3xf32> -> tensor<4x?x3xi1>
  %4 = spike.recombine mean %3 : tensor<4x?x3xi1> -> tensor<?x3xf32> loc("e")
  return %4 : tensor<?x3xf32>
}

// -----

// Its scale is that of the weights, so the bias is far beyond every membrane.
func.func @bias_too_large(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.code one_hot token %tokens size 3 : tensor<?xi32> -> tensor<?x3xi1> loc("a")
  %1 = spike.repeat %0 : tensor<?x3xi1> -> tensor<4x?x3xi1> loc("b")
  // expected-warning @+2 {{with every input firing its integrator needs}}
  // expected-error @+1 {{'spike.linear': column 0: bias: needs -2305843009213693952..2305843009213693952 (what a program holds), has 4611686018427387903; choose one nearer to the weights}}
  %2 = spike.linear %1, dense<1.0e-20> : tensor<2x3xf32> bias dense<1.0e3> : tensor<2xf64> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>
  // expected-warning@unknown {{1 operation runs on the host, for want of a unit on target 'loihi2': 1 recombine ('e')}}
  %3 = spike.recombine mean %2 : tensor<4x?x2xf32> -> tensor<?x2xf32> loc("e")
  return %3 : tensor<?x2xf32>
}

// -----

// A chip of loihi2 has 128 cores of 8192 neurons.
// expected-error@unknown {{'m': needs 1048580 neurons, has 1048576 in 128 cores; try --target with more or larger cores}}
func.func @too_many_neurons(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32>
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1>
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1>
  %3 = spike.linear %2, dense<1.0> : tensor<1048576x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x1048576xf32> loc("wide")
  // expected-note@unknown {{'wide_lif' has the most, 1048576 neurons}}
  // expected-note@unknown {{'core.neurons' of target 'loihi2' is 8192}}
  %4 = spike.neuron #spike.if<threshold = [1.0]>, %3 : tensor<4x?x1048576xf32> -> tensor<4x?x1048576xi1> loc("wide_lif")
  %5 = spike.linear %2, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("fc")
  %6 = spike.neuron #spike.if<threshold = [1.0]>, %5 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("lif")
  %7 = spike.recombine sum %6 : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("counts")
  return %7 : tensor<?x2xf32>
}

// -----

// Its cores have 4096 axon-in entries. Both writers of the stream count.
func.func @too_many_inputs(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x4096xf32> : tensor<?xi32> -> tensor<?x4096xf32>
  %1 = spike.binarize %0 : tensor<?x4096xf32> -> tensor<?x4096xi1>
  %2 = spike.repeat %1 : tensor<?x4096xi1> -> tensor<4x?x4096xi1>
  %3 = spike.linear %2, dense<1.0> : tensor<2x4096xf32> : tensor<4x?x4096xi1> -> tensor<4x?x2xf32> loc("fc")
  %4 = spike.neuron #spike.if<threshold = [1.0]>, %3 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("fits")
  %5 = spike.linear %4, dense<1.0> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32> loc("fc2")
  %6 = spike.add %3, %5 : tensor<4x?x2xf32>, tensor<4x?x2xf32> -> tensor<4x?x2xf32> loc("stream")
  // expected-error@unknown {{'stream_lif': one neuron needs 4098 axon-in entries, has 4096 in a core; try --target with larger cores, or --residual host}}
  // expected-note@unknown {{'fc' needs 4096 of it}}
  // expected-note@unknown {{'core.axon_in_entries' of target 'loihi2' is 4096}}
  %7 = spike.neuron #spike.if<threshold = [1.0]>, %6 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("stream_lif")
  %8 = spike.recombine sum %7 : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("counts")
  return %8 : tensor<?x2xf32>
}

// -----

func.func @delay_too_long(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32> loc("table")
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1> loc("code")
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1> loc("repeat")
  %3 = spike.delay %2 steps [3, 64] : tensor<4x?x2xi1> -> tensor<4x?x2xi1> loc("wait")
  // expected-error @+2 {{'spike.linear': delay of its spikes: needs 64 time steps, has 63 (core.max_delay_ticks of 'loihi2')}}
  // expected-note @+1 {{'core.max_delay_ticks' of target 'loihi2' is 63; no other chip of its folder has as much as is needed}}
  %4 = spike.linear %3, dense<0.5> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %s = spike.neuron #spike.if<threshold = [1.0]>, %4 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("lif")
  %9 = spike.recombine sum %s : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("sum")
  return %9 : tensor<?x2xf32>
}

// -----

func.func @feedback_of_nothing(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32> loc("table")
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1> loc("code")
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1> loc("repeat")
  %r:2 = spike.recurrent -> tensor<4x?x2xi1>, tensor<4x?x2xi1> {
  ^bb0(%a: tensor<4x?x2xi1>, %b: tensor<4x?x2xi1>):
    spike.yield %b, %a : tensor<4x?x2xi1>, tensor<4x?x2xi1>
  } loc("region")
  // expected-error @+1 {{'spike.linear': reads feedback that comes from nothing but itself, and so is 0 at all time steps}}
  %4 = spike.linear %r#0, dense<0.5> : tensor<2x2xf32> : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %s = spike.neuron #spike.if<threshold = [1.0]>, %4 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("lif")
  %9 = spike.recombine sum %s : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("sum")
  return %9 : tensor<?x2xf32>
}

// -----

func.func @late_attention(%tokens: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32> loc("table")
  %1 = spike.binarize %0 : tensor<?x2xf32> -> tensor<?x2xi1> loc("code")
  %2 = spike.repeat %1 : tensor<?x2xi1> -> tensor<4x?x2xi1> loc("repeat")
  %3 = spike.delay %2 steps [1] : tensor<4x?x2xi1> -> tensor<4x?x2xi1> loc("wait")
  // expected-error @+1 {{'spike.self_attention': reads spikes of earlier time steps, and a chip's attention unit has no delays; put synapses and neurons between the delay and it}}
  %4 = spike.self_attention %3, %2, %2 heads 1 scale 1.0 causal
      : tensor<4x?x2xi1>, tensor<4x?x2xi1>, tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %s = spike.neuron #spike.if<threshold = [1.0]>, %4 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("lif")
  %9 = spike.recombine sum %s : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("sum")
  return %9 : tensor<?x2xf32>
}

// -----

// Encodings that a module brings along say nothing about the membranes.
func.func @integrator_without_state(%x: tensor<4x8x2xi1>) -> tensor<4x8x2xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 2, alphabet = "", cleaning = "none">} {
  %0 = spike.linear %x, dense<1.0> : tensor<2x2xf32> {weight_bits = 8 : i64} : tensor<4x8x2xi1>
      -> tensor<4x8x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 4>> loc("fc")
  // expected-error @+1 {{'spike.integrator': has no #spike.state; run quantize-weights before}}
  %1 = spike.integrator %0 {decay = 0.5 : f64, gain = 1.0 : f64} : tensor<4x8x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 4>>
      -> tensor<4x8x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 4>>
  %2 = spike.dequantize %1 : tensor<4x8x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 4>> -> tensor<4x8x2xf32> loc("reals")
  return %2 : tensor<4x8x2xf32>
}
