// All passes, those of the pipeline in the order in which they run. tests/style/check-pass-examples
// compares the output of each example with what the pass really makes. One long file, because one
// run of tblgen makes the list of passes and its page from it, and each example goes on from the
// one before.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES
#define SYNFIRE_PASSES

include "mlir/Pass/PassBase.td"

// Options that several passes share. passes/TargetOption.h loads the chip that the first two name,
// and reports why it cannot be loaded.
def TargetOption : Option<"target", "target", "std::string", /*default=*/"",
  "chip: a name in the targets folder, or a file">;
def TargetsFolderOption : Option<"targetsFolder", "targets-folder", "std::string", /*default=*/"",
  "folder in which chips are looked up by name">;
def MaxTokensOption : Option<"maxTokens", "max-tokens", "int64_t", /*default=*/"0",
  "tokens that a sequence may have; 0: the model's context">;

//===----------------------------------------------------------------------===//
// Transforms: the spike dialect
//===----------------------------------------------------------------------===//

def InferShapes : Pass<"infer-shapes", "::mlir::ModuleOp"> {
  let summary = "give every tensor of a model the shape that follows from its tokens";
  let description = [{
    Sets the number of tokens N of the model's input to the option `tokens`, and derives the shape
    of every result from those of the operands, op by op (interface `ShapeInference`). The type of
    the function follows. An op whose constraints the new shapes break (a position table with fewer
    rows than tokens) gets an error. The pass is not part of the pipeline, because mapping leaves N
    open.

    **Example.** `synfire-opt --infer-shapes=tokens=6` reads a model whose number of tokens is open,

    ```mlir
    func.func @model(%in: tensor<4x?x3xi1>) -> tensor<4x?x2xi1>
        attributes {spike.model = #spike.model<name = "model", time_steps = 4, context_length = 8,
                                               vocabulary = 2, alphabet = "", cleaning = "none">} {
      %fc = spike.linear %in, dense<1.0> : tensor<2x3xf32>
          : tensor<4x?x3xi1> -> tensor<4x?x2xf32> loc("fc")
      %if = spike.neuron #spike.if<threshold = [1.0]>, %fc
          : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("if")
      return %if : tensor<4x?x2xi1>
    }
    ```

    and leaves (in all examples `...` stands for lines that are as before, and for the rest of long
    lists; values have their names by `--mlir-use-nameloc-as-prefix`):

    ```mlir
    ...
      func.func @model(%arg0: tensor<4x6x3xi1>) -> tensor<4x6x2xi1> attributes
          {spike.model = #spike.model<name = "model", time_steps = 4, context_length = 8,
          vocabulary = 2, alphabet = "", cleaning = "none">} {
        %fc = spike.linear %arg0, dense<1.000000e+00> : tensor<2x3xf32> : tensor<4x6x3xi1>
            -> tensor<4x6x2xf32>
        %if = spike.neuron #spike.if<threshold = [1.000000e+00]>, %fc : tensor<4x6x2xf32>
            -> tensor<4x6x2xi1>
        return %if : tensor<4x6x2xi1>
      ...
    ```
  }];
  let options = [Option<"tokens", "tokens", "int64_t", /*default=*/"0",
    "tokens of the input, 1 to the model's context">];
  let dependentDialects = ["::synfire::spike::SpikeDialect"];
}

def WireSlices : Pass<"wire-slices", "::mlir::ModuleOp"> {
  let summary = "say by synapses what slices and joins of spikes say";
  let description = [{
    A chip sends spikes, and has no unit that cuts or joins them: which neurons a synapse reads is
    wiring. If only `spike.slice` ops read a neuron op or a gate, and no two slices overlap, this
    pass makes one such op for each slice, called NAME[FROM:TO], with the weights of its neurons.
    A linear that reads a `spike.concat` of such spikes becomes one for each operand, and their
    sum. The values of all ops that stay are the same (RATIONALE.md, "Slices and joins").

    **Example.** `synfire-opt --wire-slices` reads queries and keys that one projection computes,

    ```mlir
    func.func @joined(%in: tensor<4x8x2xi1>) -> tensor<4x8x1xf32>
        attributes {spike.model = #spike.model<name = "joined", time_steps = 4, context_length = 8,
                                               vocabulary = 2, alphabet = "", cleaning = "none">} {
      %qk = spike.linear %in, dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
          : tensor<4x8x2xi1> -> tensor<4x8x2xf32> loc("qk")
      %if = spike.neuron #spike.if<threshold = [1.0, 2.0]>, %qk
          : tensor<4x8x2xf32> -> tensor<4x8x2xi1> loc("if")
      %q = spike.slice %if from 0 : tensor<4x8x2xi1> -> tensor<4x8x1xi1> loc("q")
      %k = spike.slice %if from 1 : tensor<4x8x2xi1> -> tensor<4x8x1xi1> loc("k")
      %ssa = spike.self_attention %q, %k, %q heads 1 scale 1.0 causal
          : tensor<4x8x1xi1>, tensor<4x8x1xi1>, tensor<4x8x1xi1> -> tensor<4x8x1xf32> loc("ssa")
      return %ssa : tensor<4x8x1xf32>
    }
    ```

    and computes each by a projection of its own:

    ```mlir
    ...
        %qk5B03A15D = spike.linear %arg0, dense<[[1.000000e+00, 2.000000e+00]]> : tensor<1x2xf32>
            : tensor<4x8x2xi1> -> tensor<4x8x1xf32>
        %qk5B13A25D = spike.linear %arg0, dense<[[3.000000e+00, 4.000000e+00]]> : tensor<1x2xf32>
            : tensor<4x8x2xi1> -> tensor<4x8x1xf32>
        %if5B03A15D = spike.neuron #spike.if<threshold = [1.000000e+00]>, %qk5B03A15D
            : tensor<4x8x1xf32> -> tensor<4x8x1xi1>
        %if5B13A25D = spike.neuron #spike.if<threshold = [2.000000e+00]>, %qk5B13A25D
            : tensor<4x8x1xf32> -> tensor<4x8x1xi1>
        %ssa = spike.self_attention %if5B03A15D, %if5B13A25D, %if5B03A15D heads 1 scale 1.000000e+00
            causal : tensor<4x8x1xi1>, tensor<4x8x1xi1>, tensor<4x8x1xi1> -> tensor<4x8x1xf32>
        ...
    ```
  }];
  let dependentDialects = ["::synfire::spike::SpikeDialect"];
}

def FoldNormalization : Pass<"fold-normalization", "::mlir::ModuleOp"> {
  let summary = "fold batch and power norms into linears and convolutions beside them";
  let description = [{
    A norm that is the only reader of a `spike.linear` or a `spike.conv` becomes part of that op, as
    a factor per channel (`channel_scale`) and a bias in float64. With
    `g = weight / sqrt(variance + eps)`, the factor is `g` and the bias
    `g (bias_linear - mean) + bias`. The weights are not changed, so that they can stay mapped from
    their file. The fused op keeps the name of the linear or convolution.

    A linear that reads a `spike.inject`, directly or through norms, reads the spikes themselves
    afterwards, so that a chip can compute it. A norm on this path is `y = g x + h` per channel,
    with `h = bias - g mean`. It becomes a factor per input (`input_factor`), which is `g`, and the
    sum over the inputs of `weight h` is added to the linear's bias. Each linear that reads the norm
    gets its own copy. The norm and the `spike.inject` stay for those other readers that need their
    values. Nothing is folded into a linear whose factors or bias would not be finite.

    Any other batch or power norm stays, and a remark says why. Layer norms and RMS norms depend on
    the data and do not fold.

    **Example.** `synfire-opt --fold-normalization` reads a model of one hidden layer, whose norm
    has the factor 2 / sqrt(1) for each channel,

    ```mlir
    func.func @words(%ids: tensor<?xi32>) -> tensor<?x2xf32>
        attributes {spike.model = #spike.model<name = "words", time_steps = 4, context_length = 8,
                                               vocabulary = 16000, alphabet = "",
                                               cleaning = "none">} {
      %code = spike.code one_hot token %ids size 16000
          : tensor<?xi32> -> tensor<?x16000xi1> loc("code")
      %in = spike.repeat %code : tensor<?x16000xi1> -> tensor<4x?x16000xi1> loc("in")
      %fc = spike.linear %in, dense<0.5> : tensor<9x16000xf32>
          : tensor<4x?x16000xi1> -> tensor<4x?x9xf32> loc("fc")
      %norm = spike.power_norm %fc, weight dense<2.0> : tensor<9xf32>
          bias dense<0.0> : tensor<9xf32> phi dense<1.0> : tensor<9xf32> {eps = 0.0 : f64}
          : tensor<4x?x9xf32> -> tensor<4x?x9xf32> loc("norm")
      %if = spike.neuron #spike.if<threshold = [1.0]>, %norm
          : tensor<4x?x9xf32> -> tensor<4x?x9xi1> loc("if")
      %mean = spike.recombine mean %if : tensor<4x?x9xi1> -> tensor<?x9xf32> loc("mean")
      %head = spike.linear %mean, dense<1.0> : tensor<2x9xf32>
          : tensor<?x9xf32> -> tensor<?x2xf32> loc("head")
      return %head : tensor<?x2xf32>
    }
    ```

    and folds the norm. The other examples go on from here: they show this model on its way through
    the compiler.

    ```mlir
    ...
        %fc = spike.linear %in, dense<5.000000e-01> : tensor<9x16000xf32> bias dense<0.000000e+00>
            : tensor<9xf64> channel_scale [2.000000e+00, ...] : tensor<4x?x16000xi1>
            -> tensor<4x?x9xf32>
        %if = spike.neuron #spike.if<threshold = [1.000000e+00]>, %fc : tensor<4x?x9xf32>
            -> tensor<4x?x9xi1>
        ...
    ```
  }];
  let dependentDialects = ["::synfire::spike::SpikeDialect"];
}

def QuantizeWeights : Pass<"quantize-weights", "::mlir::ModuleOp"> {
  let summary = "give currents integer types, and synapses a precision";
  let description = [{
    Finds out which currents become integers and which of these share an encoding. Synapses and
    attention have an integer form if they read spikes over the model's time steps. Currents that
    additions connect, as in a residual stream, are a group with one encoding. If any op that writes
    a stream has no integer form (a layer norm, or a dense layer on reals), the stream stays real,
    and each of its other writers gets an encoding of its own. Neurons that have an integer form
    compute with the integers, and so does a linear that reads recombined spikes; all other ops read
    the integers through `spike.dequantize`. With `residual=host` every stream with an addition stays
    real, so that the host adds it up; its neurons do not need the synapses of all ops before them
    then, which a core may have no room for.

    For every group the pass chooses one scale per channel, `max over writers |w| / qmax` or that of
    its format of weights, and as many fraction bits as the neuron of the group that needs most. It
    sets `weight_bits` and `weight_format` on synapses, to what they ask for or else to what the
    options ask for, and `state` on neurons. Integrators that nobody reads are removed. The integer weights themselves are made later, slice by slice, while the
    program is written. dialect/RATIONALE.md, "Fixed-point neurons", has the definitions.

    Every synapse op with integers gets `spike.quantization_error` = [largest, root mean square],
    relative to the largest weight of the op. The pass warns where the chip's state does not hold
    all guard bits, and where a membrane could leave the state if every input fired. Without a
    target, weights have 8 bits and states 32.

    **Example.** `synfire-opt --quantize-weights="target=tiny-2x2 targets-folder=targets/chips
    weight-bits=16"`, after the example of `fold-normalization`, makes the currents integers,
    because both linears read spikes. A weight of `fc` times its factor is 1, and 16 bits hold
    integers up to 32767, so `scale` is 1 / 32767.

    ```mlir
    #fixed = #spike.fixed<scale = [3.0518509475997192E-5, ...], fraction_bits = 0>
    #fixed1 = #spike.fixed<scale = [2.500000e-01], fraction_bits = 0>
    #fixed2 = #spike.fixed<scale = [7.6296273689992981E-6, 7.6296273689992981E-6],
        fraction_bits = 0>
    ...
        %fc = spike.linear %in, dense<5.000000e-01> : tensor<9x16000xf32> bias dense<0.000000e+00>
            : tensor<9xf64> channel_scale [2.000000e+00, ...]
            {spike.quantization_error = array<f64: 0.000000e+00, 0.000000e+00>,
            weight_bits = 16 : i64} : tensor<4x?x16000xi1> -> tensor<4x?x9xsi32, #fixed>
        %if = spike.neuron #spike.if<threshold = [1.000000e+00]>, %fc state(<bits = 32>)
            : tensor<4x?x9xsi32, #fixed> -> tensor<4x?x9xi1>
        %mean = spike.recombine  mean %if : tensor<4x?x9xi1> -> tensor<?x9xsi32, #fixed1>
        %head = spike.linear %mean, dense<1.000000e+00> : tensor<2x9xf32>
            {spike.quantization_error = array<f64: 0.000000e+00, 0.000000e+00>,
            weight_bits = 16 : i64} : tensor<?x9xsi32, #fixed1> -> tensor<?x2xsi32, #fixed2>
        %head.dequantize = spike.dequantize %head state(<bits = 32>) : tensor<?x2xsi32, #fixed2>
            -> tensor<?x2xf32>
        return %head.dequantize : tensor<?x2xf32>
      ...
    ```
  }];
  let options = [TargetOption, TargetsFolderOption, MaxTokensOption,
    Option<"weightBits", "weight-bits", "int64_t", /*default=*/"0",
      "bits of a weight; 0: the largest precision up to 8 that the chip has">,
    Option<"weightFormat", "weight-format", "std::string", /*default=*/"\"\"",
      "signed, binary, sign or ternary; empty: what the chip prefers">,
    Option<"residual", "residual", "::synfire::ResidualForm",
      /*default=*/"::synfire::ResidualForm::Merged",
      "where the currents of a residual stream are added up",
      [{::llvm::cl::values(
          clEnumValN(::synfire::ResidualForm::Merged, "merged",
            "in every neuron that reads the stream, which has the synapses of all its writers"),
          clEnumValN(::synfire::ResidualForm::Host, "host", "on the host, as reals"))}]>];
  let dependentDialects = ["::synfire::spike::SpikeDialect"];
}

def AssignHost : Pass<"assign-host", "::mlir::ModuleOp"> {
  let summary = "say of every op whether the chip or the host computes it";
  let description = [{
    Sets `chip.where` to "chip" or "host". The chip computes ops with quantised results, neurons
    with quantised currents, and sums of spikes unless the host computes all spikes that are added;
    the host computes everything else. The pass fails, with an error that names the op and what is
    missing, if the chip lacks a unit for an op that it has to compute (the error then names the key
    of the chip file, too), or if the host has no kernel for one. One warning lists the ops that the
    host has to compute because the chip has no unit for them; with `host=refuse` the pass fails
    with that list. Ops that prepare the text before there are time steps are not among them, unless
    nothing of the model is left for the chip, nor are ops that only move values, such as the reading
    of a readout.

    **Example.** `synfire-opt --assign-host="target=tiny-2x2 targets-folder=targets/chips"`, after
    the example of `quantize-weights`, leaves to the host what prepares the text, and the reals:

    ```mlir
    ...
        %code = spike.code  one_hot  token %arg0 size 16000 {chip.where = "host"} : tensor<?xi32>
            -> tensor<?x16000xi1>
        %in = spike.repeat %code {chip.where = "host"} : tensor<?x16000xi1> -> tensor<4x?x16000xi1>
        %fc = spike.linear %in, dense<5.000000e-01> : tensor<9x16000xf32> bias dense<0.000000e+00>
            : tensor<9xf64> channel_scale [2.000000e+00, ...] {chip.where = "chip",
            spike.quantization_error = array<f64: 0.000000e+00, 0.000000e+00>,
            weight_bits = 16 : i64} : tensor<4x?x16000xi1> -> tensor<4x?x9xsi32, #fixed>
        %if = spike.neuron #spike.if<threshold = [1.000000e+00]>, %fc state(<bits = 32>)
            {chip.where = "chip"} : tensor<4x?x9xsi32, #fixed> -> tensor<4x?x9xi1>
        %mean = spike.recombine  mean %if {chip.where = "chip"} : tensor<4x?x9xi1>
            -> tensor<?x9xsi32, #fixed1>
        %head = spike.linear %mean, dense<1.000000e+00> : tensor<2x9xf32> {chip.where = "chip",
            spike.quantization_error = array<f64: 0.000000e+00, 0.000000e+00>,
            weight_bits = 16 : i64} : tensor<?x9xsi32, #fixed1> -> tensor<?x2xsi32, #fixed2>
        %head.dequantize = spike.dequantize %head state(<bits = 32>) {chip.where = "host"}
            : tensor<?x2xsi32, #fixed2> -> tensor<?x2xf32>
        ...
    ```
  }];
  let options = [TargetOption, TargetsFolderOption,
    Option<"host", "host", "::synfire::HostPolicy", /*default=*/"::synfire::HostPolicy::Allow",
      "whether ops with real-valued inputs may run on the host",
      [{::llvm::cl::values(
          clEnumValN(::synfire::HostPolicy::Allow, "allow", "the host runs what the chip cannot"),
          clEnumValN(::synfire::HostPolicy::Refuse, "refuse",
            "only the text's way in and the readout's way out"))}]>];
  let dependentDialects = ["::synfire::spike::SpikeDialect"];
}

def LowerToChip : Pass<"lower-to-chip", "::mlir::ModuleOp"> {
  let summary = "build the chip.program: populations, projections, attention, host ops";
  let description = [{
    Adds a `chip.program` beside the function. From the current of every neuron the pass goes back
    through additions to the synapses and attention that write it. Each of these synapse ops becomes
    a projection into the population of the neuron. A residual stream is thus *merged*: it needs no
    neurons of its own, because each of its readers gets the projections of all its writers. A
    current that the host reads becomes a readout that starts anew in every time
    step. Host ops may stand anywhere in the program. The spikes that they yield are sources of
    projections like those of neurons, except for spikes that the host knows only after the last
    time step of a token. The function stays in the module, because the weights are taken from it
    when the program is written.

    Delays, and the feedback of recurrent regions, get no neurons: the projections that read late
    spikes have `delays`. An integrator becomes a readout that the host reads in every time step.

    The tokens of a model that convolves, pools or flattens them are points of a grid. Its
    populations have all of them at once, projections have the window by which points read each
    other, and a `spike.flatten` is wiring. Gates of spikes (`spike.logic`, sums, pooling) become
    populations whose neurons keep nothing from step to step.

    A model with more neurons than the chip, or with neurons whose inputs exceed the axon-in entries
    of a core, is refused by this pass and not by `partition-ops`, before its projections are made:
    in a deep residual stream their number grows with the square of the depth.

    **Example.** `synfire-opt --lower-to-chip="target=tiny-2x2 targets-folder=targets/chips"`,
    after the example of `assign-host`, adds the program: two populations, `if` and the readout
    `head`, each with its projection.

    ```mlir
    ...
      chip.program @words_0 on "tiny-2x2"
          time_steps 4
          context_length 8
          max_tokens 8
          vocabulary 16000
          alphabet ""
          cleaning "none"
          weight_bits 16
          result @head.dequantize
          target_argument "tiny-2x2"
          target_resources ["max_chips=1", ...] {
        chip.host @code(%code : tensor<?xi32>) {
          %code_0 = spike.code  one_hot  token %code size 16000 : tensor<?xi32>
              -> tensor<?x16000xi1>
          chip.yield %code_0 : tensor<?x16000xi1>
        }
        chip.host @in(%in = @code : tensor<?x16000xi1>) {
          %in_0 = spike.repeat %in : tensor<?x16000xi1> -> tensor<4x?x16000xi1>
          chip.yield %in_0 : tensor<4x?x16000xi1>
        }
        chip.op linear @fc
        chip.op power_norm @norm
        chip.neurons neurons @if kind neuron columns 9 spike_bits 1 neuron_model if model
            <fraction_bits = 0, state_bits = 32, rounding = "toward_zero", soft_reset = false,
            saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0],
            threshold = [32767], bias = [0]>
        chip.op recombine @mean
        chip.neurons readout @head kind linear columns 2 spike_bits 0 neuron_model integrator model
            <fraction_bits = 0, state_bits = 32, rounding = "toward_zero", soft_reset = false,
            saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0],
            threshold = [0], bias = [0]>
        chip.host @head.dequantize(%head.dequantize = @head : tensor<?x2xsi32, #fixed2>) {
          %head.dequantize_0 = spike.dequantize %head.dequantize : tensor<?x2xsi32, #fixed2>
              -> tensor<?x2xf32>
          chip.yield %head.dequantize_0 : tensor<?x2xf32>
        }
        chip.projection @"in->fc->if" op @fc from @in to @if rows 16000 columns 9 dense
            weight_bits 16
        chip.projection @"if->head" op @head from @if to @head rows 9 columns 2 dense weight_bits 16
      }
    ...
    ```
  }];
  let options = [TargetOption, TargetsFolderOption, MaxTokensOption];
  let dependentDialects = ["::synfire::chip::ChipDialect"];
}

//===----------------------------------------------------------------------===//
// Mapping: the chip dialect
//===----------------------------------------------------------------------===//

def PartitionOps : Pass<"partition-ops", "::mlir::ModuleOp"> {
  let summary = "cut populations into slices that fit a core";
  let description = [{
    A slice holds some columns of a population and, for these columns, all rows of every projection
    into the population and whole heads of attention. Spikes that would have to be held back for
    more updates than `core.max_delay_ticks` are refused; those that are held back take synapse
    memory. Populations are cut so that the neurons, the
    synapse memory and the axon tables of each slice fit one core. If a single column (or head) does
    not fit, an error names the resource, what is needed and what a core has.

    **Example.** `synfire-opt --partition-ops="target=tiny-2x2 targets-folder=targets/chips"`,
    after the example of `lower-to-chip`, cuts `if` into two slices, because 9 columns of 16,000
    weights of 16 bits are 281 KiB and a core has 256.

    ```mlir
    ...
        chip.slice @"if/0" of @if columns 0 to 4 memory_bits 1280000 {
          chip.synapses @"in->fc->if" rows 0 to 15999 memory_bits 1280000
        }
        chip.slice @"if/1" of @if columns 5 to 8 memory_bits 1024000 {
          chip.synapses @"in->fc->if" rows 0 to 15999 memory_bits 1024000
        }
        chip.slice @"head/0" of @head columns 0 to 1 memory_bits 288 {
          chip.synapses @"if->head" rows 0 to 8 memory_bits 288
        }
      ...
    ```
  }];
  let options = [TargetOption, TargetsFolderOption];
  let dependentDialects = ["::synfire::chip::ChipDialect"];
}

def PlaceSlices : Pass<"place-slices", "::mlir::ModuleOp"> {
  let summary = "put slices on cores";
  let description = [{
    Chooses a core for every slice. Several slices may share a core within its limits. `placer`
    names a strategy of `passes/mapping`; with the same input and seed it finds the same placement.

    **Example.** `synfire-opt --place-slices="target=tiny-2x2 targets-folder=targets/chips"`,
    after the example of `partition-ops`, takes a second core, since the slices of `if` do not fit
    on one; `head` fits beside the first.

    ```mlir
    ...
        chip.slice @"if/0" of @if columns 0 to 4 on core 0 of tile (0, 0) memory_bits 1280000 {
          ...
        chip.slice @"if/1" of @if columns 5 to 8 on core 0 of tile (1, 0) memory_bits 1024000 {
          ...
        chip.slice @"head/0" of @head columns 0 to 1 on core 0 of tile (0, 0) memory_bits 288 {
          ...
    ```
  }];
  let options = [TargetOption, TargetsFolderOption,
    Option<"placer", "placer", "std::string", /*default=*/"", "strategy; empty: the default one">,
    Option<"seed", "seed", "uint64_t", /*default=*/"1", "seed of strategies that draw">];
  let dependentDialects = ["::synfire::chip::ChipDialect"];
}

def RouteFlows : Pass<"route-flows", "::mlir::ModuleOp"> {
  let summary = "derive flows from the slices and choose their links";
  let description = [{
    Makes a `chip.flow` for every slice, and every operation of the host, whose spikes a core reads.
    A flow has a `chip.target` for each core that reads it. The way there is dimension order: first
    along x, then along y, on a torus the shorter way around. Where that takes a faulty link of the
    target (`mesh.faulty_links`) the target has the links of another way, in path order: a shortest
    one of those that keep the network free of deadlock (passes/mapping/LegalTurns.h). The flits of
    the network take the same ways (simulator/noc/README.md).

    **Example.** `synfire-opt --route-flows="target=tiny-2x2 targets-folder=targets/chips"`,
    after the example of `place-slices`, sends the host's spikes to both cores, and the spikes of
    `if/1` to the core at x = 0, where `head` is. The spikes of `if/0` stay on their core.

    ```mlir
    ...
        chip.flow from @in columns 0 to 15999 {
          chip.target core 0 of tile (0, 0) columns 0 to 15999
          chip.target core 0 of tile (1, 0) columns 0 to 15999
        }
        chip.flow from @"if/0" columns 0 to 4 {
          chip.target core 0 of tile (0, 0) columns 0 to 4
        }
        chip.flow from @"if/1" columns 5 to 8 {
          chip.target core 0 of tile (0, 0) columns 5 to 8
        }
      ...
    ```
  }];
  let options = [TargetOption, TargetsFolderOption];
  let dependentDialects = ["::synfire::chip::ChipDialect"];
}

def ScheduleTicks : Pass<"schedule-ticks", "::mlir::ModuleOp"> {
  let summary = "give every population its tick";
  let description = [{
    The stage of a population is the tick, within a (token, time step), in which it fires. It is one
    more than the largest stage among the populations whose spikes it reads; attention reads q, k
    and v. Sources whose spikes are all late do not count: such spikes wait for the next update of
    the population anyhow. The stage of spikes that the host sends is one more than the largest stage of the
    readouts from which the host computes them, or 0 if it needs no readout. So the way chip -> host
    -> chip takes two ticks more than a projection. A (token, time step) takes as many ticks as
    there are stages.

    **Example.** `synfire-opt --schedule-ticks`, after the example of `route-flows`, gives the
    host's spikes the stage 0, `if` 1 and `head` 2, so that a time step of a token takes three
    ticks.

    ```mlir
    ...
          schedule "sequential"
          stages 3
          ...
        chip.host @in(%in = @code : tensor<?x16000xi1>) stage 0 {
          ...
        chip.neurons neurons @if kind neuron columns 9 spike_bits 1 stage 1 neuron_model if model
            <fraction_bits = 0, state_bits = 32, rounding = "toward_zero", soft_reset = false,
            saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0],
            threshold = [32767], bias = [0]>
        ...
        chip.neurons readout @head kind linear columns 2 spike_bits 0 stage 2 neuron_model
            integrator model <fraction_bits = 0, state_bits = 32, rounding = "toward_zero",
            soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0],
            v_init = [0], threshold = [0], bias = [0]>
        ...
    ```
  }];
  let options = [Option<"schedule", "schedule", "std::string", /*default=*/"\"sequential\"",
      "sequential: one (token, time step) passes through all stages before the next">];
  let dependentDialects = ["::synfire::chip::ChipDialect"];
}

def VerifyMapping : Pass<"verify-mapping", "::mlir::ModuleOp"> {
  let summary = "check the finished mapping against the chip's limits";
  let description = [{
    Judges what the passes before have left, or what a user has edited: (V1) to (V7), listed in
    MappingJudge.h, on what the ops state of each other, and (S1) to (S11) of
    mapping/MappingProblem.h, on capacities, routes and deadlock. A mapping that breaks a rule is
    never written.

    **Example.** `synfire-opt --verify-mapping="target=mesh-16x16 targets-folder=targets/chips"`,
    after the example of `schedule-ticks`, judges the mapping by the limits of a chip with smaller
    cores, and refuses it:

    ```mlir
    // if: error: core 0 of tile (0, 0): needs 156.29 KiB of synapse memory, has 128 KiB
    // if: note: 'if/0' needs 156.25 KiB of synapse memory
    // head: note: 'head/0' needs 36 bytes of synapse memory
    // if: note: 'core.synapse_memory_kib' of target 'mesh-16x16' is 128
    ```
  }];
  let options = [TargetOption, TargetsFolderOption];
  let dependentDialects = ["::synfire::chip::ChipDialect"];
}

def WriteProgram : Pass<"write-program", "::mlir::ModuleOp"> {
  let summary = "write the mapped program and its side file of weights";
  let description = [{
    Does what `synfire compile` does after its last pass, for those who run the passes one at a
    time: it writes the module's one `chip.program` to the file `output`, NAME.mlirbc or NAME.mlir,
    and the integer weights, which it makes from the function beside the program, to NAME.weights.
    It does not know the warnings of earlier passes, so the file has none. The module is not
    changed.
  }];
  let options = [
    Option<"output", "output", "std::string", /*default=*/"\"program.mlirbc\"",
      "PROGRAM to write: .mlirbc (bytecode) or .mlir (text)">,
    Option<"seed", "seed", "uint64_t", /*default=*/"1", "the seed that the reports name">];
}

#endif // SYNFIRE_PASSES
