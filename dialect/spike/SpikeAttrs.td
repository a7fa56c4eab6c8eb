// Attributes of the spike dialect: neuron models, encodings, model metadata.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_ATTRS
#define SYNFIRE_SPIKE_ATTRS

include "dialect/spike/SpikeDialect.td"
include "dialect/spike/SpikeInterfaces.td"
include "mlir/IR/TensorEncoding.td"

class Spike_Attr<string name, string attrMnemonic, list<Trait> traits = []>
    : AttrDef<Spike_Dialect, name, traits> {
  let mnemonic = attrMnemonic;
}

def Spike_Reset : I32EnumAttr<"Reset", "what a spike does to the membrane", [
    I32EnumAttrCase<"Hard", 0, "hard">, I32EnumAttrCase<"Soft", 1, "soft">,
    I32EnumAttrCase<"None", 2, "none">]> {
  let cppNamespace = "::synfire::spike";
  let genSpecializedAttr = 0;
}
def Spike_Compare : I32EnumAttr<"Compare", "when a neuron fires", [
    I32EnumAttrCase<"GreaterEqual", 0, "ge">, I32EnumAttrCase<"Greater", 1, "gt">]> {
  let cppNamespace = "::synfire::spike";
  let genSpecializedAttr = 0;
}
def Spike_LeakRounding : I32EnumAttr<"LeakRounding", "how a leak is rounded", [
    I32EnumAttrCase<"TowardZero", 0, "toward_zero">, I32EnumAttrCase<"Floor", 1, "floor">,
    I32EnumAttrCase<"Nearest", 2, "nearest">]> {
  let cppNamespace = "::synfire::spike";
  let genSpecializedAttr = 0;
}
def Spike_Recombination : I32EnumAttr<"Recombination", "how time steps become one activation", [
    I32EnumAttrCase<"Mean", 0, "mean">, I32EnumAttrCase<"Sum", 1, "sum">,
    I32EnumAttrCase<"Concatenate", 2, "concatenate">, I32EnumAttrCase<"Last", 3, "last">]> {
  let cppNamespace = "::synfire::spike";
  let genSpecializedAttr = 0;
}
def Spike_RecombinationAttr : EnumAttr<Spike_Dialect, Spike_Recombination, "recombination">;

def Spike_Scan : I32EnumAttr<"Scan", "what a neuron's time runs over", [
    I32EnumAttrCase<"Steps", 0, "steps">,
    I32EnumAttrCase<"StepsAndTokens", 1, "steps_and_tokens">]> {
  let cppNamespace = "::synfire::spike";
  let genSpecializedAttr = 0;
}
def Spike_ScanAttr : EnumAttr<Spike_Dialect, Spike_Scan, "scan">;
def Spike_Code : I32EnumAttr<"Code", "how an index becomes bits", [
    I32EnumAttrCase<"OneHot", 0, "one_hot">, I32EnumAttrCase<"Binary", 1, "binary">,
    I32EnumAttrCase<"BinaryLeft", 2, "binary_left">]> {
  let cppNamespace = "::synfire::spike";
  let genSpecializedAttr = 0;
}
def Spike_CodeAttr : EnumAttr<Spike_Dialect, Spike_Code, "code">;
def Spike_CodeSource : I32EnumAttr<"CodeSource", "the index that is coded", [
    I32EnumAttrCase<"Token", 0, "token">, I32EnumAttrCase<"Position", 1, "position">,
    I32EnumAttrCase<"TokenAtPosition", 2, "token_at_position">]> {
  let cppNamespace = "::synfire::spike";
  let genSpecializedAttr = 0;
}
def Spike_CodeSourceAttr : EnumAttr<Spike_Dialect, Spike_CodeSource, "code_source">;
def Spike_Pooling : I32EnumAttr<"Pooling", "what a window becomes", [
    I32EnumAttrCase<"Average", 0, "average">, I32EnumAttrCase<"Sum", 1, "sum">,
    I32EnumAttrCase<"Max", 2, "max">]> {
  let cppNamespace = "::synfire::spike";
  let genSpecializedAttr = 0;
}
def Spike_PoolingAttr : EnumAttr<Spike_Dialect, Spike_Pooling, "pooling">;
def Spike_Logic : I32EnumAttr<"Logic", "how two spikes become one", [
    I32EnumAttrCase<"Or", 0, "or">, I32EnumAttrCase<"And", 1, "and">,
    I32EnumAttrCase<"Iand", 2, "iand">]> {
  let cppNamespace = "::synfire::spike";
  let genSpecializedAttr = 0;
}
def Spike_LogicAttr : EnumAttr<Spike_Dialect, Spike_Logic, "logic">;

/// A list of f64 that is printed so that reading it gives back every bit; MLIR's own printer keeps
/// six digits. Bytecode needs this, too, because it stores the attributes as text.
def Spike_Numbers : AttrOrTypeParameter<"::mlir::DenseF64ArrayAttr", "numbers, printed exactly"> {
  let parser = "::synfire::spike::parseNumbers($_parser)";
  let printer = "::synfire::spike::printNumbers($_printer, $_self)";
}
/// The same for a constant that is mostly one number: `2.0`, or `[2.0, 3.0]` with one per channel.
def Spike_PerChannel : AttrOrTypeParameter<"::mlir::DenseF64ArrayAttr",
    "a number, or one per channel"> {
  let parser = "::synfire::spike::parseNumbers($_parser)";
  let printer = "::synfire::spike::printPerChannel($_printer, $_self)";
}
def Spike_OptionalPerChannel : OptionalParameter<"::mlir::DenseF64ArrayAttr",
    "a number, or one per channel"> {
  let parser = "::synfire::spike::parseNumbers($_parser)";
  let printer = "::synfire::spike::printPerChannel($_printer, $_self)";
}

/// The parameters that all neuron models have beside those of `own`: threshold, reset and
/// comparison, the potentials after a reset and at the start, and a bias that is added at every
/// step. Every number is one for all channels, or a list with one per channel.
class Spike_NeuronModelDef<string name, string attrMnemonic, dag own, list<string> overrides = []>
    : Spike_Attr<name, attrMnemonic, [DeclareAttrInterfaceMethods<Spike_NeuronModel, overrides>]> {
  let parameters = !con(own, (ins Spike_Numbers:$threshold,
    DefaultValuedParameter<"::synfire::spike::Reset", "::synfire::spike::Reset::Hard">:$reset,
    DefaultValuedParameter<"::synfire::spike::Compare",
      "::synfire::spike::Compare::GreaterEqual">:$compare,
    Spike_OptionalPerChannel:$v_reset, Spike_OptionalPerChannel:$v_init,
    Spike_OptionalPerChannel:$bias));
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def Spike_IfAttr : Spike_NeuronModelDef<"If", "if", (ins)> {
  let summary = "integrate-and-fire neuron";
  let description = [{
    `v[t] = v'[t-1] + I[t] + bias`, `s[t] = v[t] >= threshold`. `v'` is the membrane after the reset
    (RATIONALE.md, "Neurons"). Each number of this and the other models is one for all channels, as
    in `v_init = 0.5`, or one per channel, as in `v_init = [0.5, 1]`; `spike.neuron` knows how many
    channels there are.
    (C1) thresholds, v_reset, v_init and bias are finite, and none of them is an empty list.
  }];
}

def Spike_LifAttr : Spike_NeuronModelDef<"Lif", "lif", (ins Spike_PerChannel:$tau)> {
  let summary = "leaky integrate-and-fire neuron";
  let description = [{
    `v[t] = (1 - 1/tau) v'[t-1] + I[t] / tau + bias`, `s[t] = v[t] >= threshold`. This is
    SpikingJelly's `LIFNode(tau)` with its default `v_reset = 0`. SpikeDecoder uses it with tau 2, a
    hard reset, and a threshold that is 1 or learned.
    (C1) is that of `if`.
    (C2) every tau is finite and at least 1.
  }];
}

def Spike_PlifAttr : Spike_NeuronModelDef<"Plif", "plif", (ins Spike_PerChannel:$w)> {
  let summary = "leaky integrate-and-fire neuron whose time constant was learned";
  let description = [{
    A `lif` with `1/tau = 1 / (1 + exp(-w))`, where w is the number that a checkpoint stores (Fang
    et al., ICCV 2021; SpikingJelly's `ParametricLIFNode`) and RATIONALE.md, section 2, defines
    `exp`. On a chip the neuron is a `lif`.
    (C1) is that of `if`.
    (C2) every w is in -700 .. 700, so that the gain 1/tau is not 0.
  }];
}

def Spike_CubaLifAttr : Spike_NeuronModelDef<"CubaLif", "cuba_lif",
    (ins Spike_PerChannel:$current_decay, Spike_PerChannel:$current_gain,
    Spike_PerChannel:$membrane_decay, Spike_PerChannel:$membrane_gain),
    ["getStateWords"]> {
  let summary = "current-based leaky integrate-and-fire neuron";
  let description = [{
    `i[t] = current_decay i[t-1] + current_gain I[t]`, `i[-1] = 0`,
    `v[t] = membrane_decay v'[t-1] + membrane_gain i[t] + bias`. The CubaLIF of NIR, integrated by
    Euler's method, has current_decay = 1 - dt/tau_syn, current_gain = w_in dt/tau_syn,
    membrane_decay = 1 - dt/tau_mem and membrane_gain = r dt/tau_mem.
    (C1) is that of `if`.
    (C2) the decays are in 0..1, and the gains are finite.
  }];
}

def Spike_NeuronModelAttr : AnyAttrOf<[Spike_IfAttr, Spike_LifAttr, Spike_PlifAttr,
    Spike_CubaLifAttr]>;

def Spike_FixedAttr : Spike_Attr<"Fixed", "fixed",
    [DeclareAttrInterfaceMethods<VerifiableTensorEncoding>]> {
  let summary = "encoding of a quantised current";
  let description = [{
    An integer i of channel c stands for the real `i * scale[c] * 2^-fraction_bits`.
    `scale` has one entry, or one per channel (the last dimension).
    (C1) there is at least one scale, and every scale is positive and finite.
    (C2) fraction_bits is in 0..30.
    (C3) the tensor with this encoding has the element type si32, and there is one scale, or one
    for each entry of its last dimension.
  }];
  let parameters = (ins Spike_Numbers:$scale, "int64_t":$fraction_bits);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// Scale of channel c.
    double scaleOf(int64_t c) const {
      return getScale().size() == 1 ? getScale()[0] : getScale()[c];
    }
  }];
}

def Spike_StateAttr : Spike_Attr<"State", "state"> {
  let summary = "how a chip keeps a membrane, a filtered current or a readout";
  let parameters = (ins "int64_t":$bits,
    DefaultValuedParameter<"::synfire::spike::LeakRounding",
      "::synfire::spike::LeakRounding::TowardZero">:$leak_rounding,
    DefaultValuedParameter<"bool", "false">:$saturates,
    DefaultValuedParameter<"int64_t", "0">:$current_bits,
    DefaultValuedParameter<"int64_t", "::synfire::kMaxFractionBits">:$current_fraction_bits);
  let description = [{
    A membrane is a signed integer of `bits` bits, and so is the sum that the host reads from a
    readout. The leak of a membrane is rounded by `leak_rounding`; such a sum has no leak. A value
    that needs more bits is clamped if the chip `saturates`, and otherwise an error when the model
    is run. The filtered current of a `cuba_lif` has `current_bits` bits, where they are not 0, and
    keeps the fraction bits of the membrane, but at most `current_fraction_bits` of them.
    (C1) bits is in 2..48.
    (C2) current_bits is 0 or in 2..48, and current_fraction_bits in 0..30.
  }];
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// Width of a filtered current.
    int64_t getBitsOfCurrent() const { return getCurrentBits() ? getCurrentBits() : getBits(); }
  }];
}

def Spike_ModelAttr : Spike_Attr<"Model", "model"> {
  let summary = "what a function's model is called and which inputs it takes";
  let description = [{
    The entry function has this attribute under the name `spike.model`. The function has one
    argument: token ids, or a tensor `[T x] N x D` of spikes (i1, uiK) or reals (f32); an image is a
    grid of N points with D channels. `vocabulary` counts the token ids, or the classes where the
    input is no text. `alphabet` has one character per token id, or `words` has one word per token
    id; a model without text has neither. `cleaning` names the rule by which a text is changed
    before it becomes token ids: `prose` (the character rules of SpikeDecoder), `words` (its word
    rules) or `none`.
    (C1) time_steps, context_length and vocabulary are positive and within support/Limits.h.
    (C2) the alphabet is empty or has one character per id.
    (C3) cleaning is `prose`, `words` or `none`.
    (C4) words is absent, or has one non-empty string per id and the alphabet is empty.
    (C5) an op with the attribute `spike.model` is a function, and its one argument has a type as
    above, in which T is time_steps.
  }];
  let parameters = (ins "::mlir::StringAttr":$name, "int64_t":$time_steps,
    "int64_t":$context_length,
    "int64_t":$vocabulary, "::mlir::StringAttr":$alphabet, "::mlir::StringAttr":$cleaning,
    OptionalParameter<"::mlir::ArrayAttr">:$words);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

#endif // SYNFIRE_SPIKE_ATTRS
