// Every pass in pipeline order: the compiler's table of contents.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES
#define SYNFIRE_PASSES

include "mlir/Pass/PassBase.td"

// Options that several passes share. A pass that reads the chip loads it with
// passes/TargetOption.h, which owns the diagnostics.
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
    Sets the tokens N of the model's input and derives the shape of every result from the operands,
    op by op (interface `ShapeInference`); the function's type follows. An op that the shapes
    contradict (more tokens than a position table has rows) is an error of that op. Not part of the
    pipeline: mapping keeps N open.
  }];
  let options = [Option<"tokens", "tokens", "int64_t", /*default=*/"0",
    "tokens of the input, 1 to the model's context">];
  let dependentDialects = ["::synfire::spike::SpikeDialect"];
}

def FoldNormalization : Pass<"fold-normalization", "::mlir::ModuleOp"> {
  let summary = "fold batch and power norms into the linear or convolution before them";
  let description = [{
    A norm that alone reads a `spike.linear` or a `spike.conv` becomes a factor per channel
    (`channel_scale`) and a bias in float64: with `g = weight / sqrt(variance + eps)`, the factor is
    `g` and the bias `g (bias_linear - mean) + bias`. The weights themselves are not touched, so
    that they can stay mapped from their file. The fused op keeps the name of the op before. A norm
    behind anything else stays, with a remark that says why. Layer norms depend on the data and do
    not fold.
  }];
  let dependentDialects = ["::synfire::spike::SpikeDialect"];
}

def QuantizeWeights : Pass<"quantize-weights", "::mlir::ModuleOp"> {
  let summary = "give currents integer types, and synapses a precision";
  let description = [{
    Finds the groups of currents that share an encoding (all writers and readers of a residual
    stream): synapses and attention that spikes feed over the model's time steps have an integer
    form. A stream with another writer (a layer norm, a dense layer on reals) stays real; then each
    of its writers that has one gets an encoding of its own. Whoever reads integers and is no neuron
    reads them through `spike.dequantize`. For every group the pass chooses one scale per channel,
    `max over writers |w| / qmax`, and fraction bits, the largest need of the group's neurons; sets
    `weight_bits` on synapses and `state` on neurons. Integers are not made here but slice by slice
    when the program is written. Definitions: dialect/RATIONALE.md, "Fixed-point neurons". Leaves
    `spike.quantization_error` = [largest, root mean square] on every writer, relative to its
    largest weight. Warns where the chip's state does not hold all guard bits, and where the static
    bound of a membrane exceeds the state. Without a target: 8-bit weights, 32-bit state.
  }];
  let options = [TargetOption, TargetsFolderOption, MaxTokensOption,
    Option<"weightBits", "weight-bits", "int64_t", /*default=*/"0",
      "bits of a weight; 0: the largest precision up to 8 that the chip has">];
  let dependentDialects = ["::synfire::spike::SpikeDialect"];
}

def AssignHost : Pass<"assign-host", "::mlir::ModuleOp"> {
  let summary = "say of every op whether the chip or the host computes it";
  let description = [{
    Sets `chip.where` = "chip" or "host": integers are the chip's, reals the host's, and what
    combines spikes is where all of them are. An op that neither can compute and a unit that the
    chip lacks end in a diagnostic that names op, unit and the target's key; so do with
    `host=refuse` the ops that only the host can (text's way in and readouts' way out are none), and
    a model of which nothing is left for the chip.
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
    Adds a `chip.program` beside the function. Every neuron's current is walked back through
    additions to the synapses and attention that write it: each becomes a projection into that
    neuron's population, so a residual stream is realised *merged* (its writers reach every reader).
    A current that the host reads becomes a readout, an integrator that starts every time step anew.
    Host ops stand at any place; spikes that they yield are sources as those of neurons are, unless
    the host knows them only after a token's last time step. The function stays: the weights are
    taken from it when the program is written.
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
    A slice holds some columns of a population and, for them, all rows of every projection and whole
    heads of attention. Populations are cut until neurons, synapse memory and axon tables fit one
    core; a single column that does not fit is an error with the resource, the need and the limit.
  }];
  let options = [TargetOption, TargetsFolderOption];
  let dependentDialects = ["::synfire::chip::ChipDialect"];
}

def PlaceSlices : Pass<"place-slices", "::mlir::ModuleOp"> {
  let summary = "put slices on cores";
  let description = [{
    Chooses a core for every slice; several slices may share one, within its limits. `placer` names
    a strategy of `passes/mapping`; equal inputs and seed give equal placements.
  }];
  let options = [TargetOption, TargetsFolderOption,
    Option<"placer", "placer", "std::string", /*default=*/"", "strategy; empty: the default one">,
    Option<"seed", "seed", "uint64_t", /*default=*/"1", "seed of strategies that draw">];
  let dependentDialects = ["::synfire::chip::ChipDialect"];
}

def RouteFlows : Pass<"route-flows", "::mlir::ModuleOp"> {
  let summary = "derive flows from the slices and choose their links";
  let description = [{
    One `chip.flow` for every slice, and for every operation of the host, whose spikes a core reads;
    in it one `chip.target` for each such core, with its links in path order: first along x, then
    along y. That is the way which the network's flits take, too (simulator/noc/README.md).
  }];
  let options = [TargetOption, TargetsFolderOption];
  let dependentDialects = ["::synfire::chip::ChipDialect"];
}

def ScheduleTicks : Pass<"schedule-ticks", "::mlir::ModuleOp"> {
  let summary = "give every population its tick";
  let description = [{
    A population's stage is one more than the largest of its sources' (for a target of attention: of
    q, k and v; for spikes of the host: of the readouts that it computes them from), 0 for spikes of
    the host that depend on no readout. So chip -> host -> chip takes two ticks more than a
    projection. A (token, time step) takes as many ticks as there are stages.
  }];
  let options = [Option<"schedule", "schedule", "std::string", /*default=*/"\"sequential\"",
      "sequential: one (token, time step) passes through all stages before the next">];
  let dependentDialects = ["::synfire::chip::ChipDialect"];
}

def VerifyMapping : Pass<"verify-mapping", "::mlir::ModuleOp"> {
  let summary = "check the finished mapping against the chip's limits";
  let description = [{
    Judges what the passes before have left, with code of its own: (V1) to (V10) in
    VerifySlices.cpp, VerifyFlows.cpp and VerifyMapping.cpp. A mapping that breaks a rule is never
    written.
  }];
  let options = [TargetOption, TargetsFolderOption];
  let dependentDialects = ["::synfire::chip::ChipDialect"];
}

#endif // SYNFIRE_PASSES
