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

/// Numbers that text (and bytecode, which keeps attributes as text) gives back
/// exactly; the default printer keeps six digits.
def Spike_Numbers : AttrOrTypeParameter<"::mlir::DenseF64ArrayAttr", "numbers, printed exactly"> {
  let printer = "::synfire::spike::printNumbers($_printer, $_self)";
}

def Spike_IfAttr : Spike_Attr<"If", "if", [DeclareAttrInterfaceMethods<Spike_NeuronModel>]> {
  let summary = "integrate-and-fire neuron";
  let description = [{
    `v[t] = v'[t-1] + I[t]`, `s[t] = v[t] >= threshold`. `threshold` has one entry, or one per channel.
    (C1) thresholds, v_reset and v_init are finite numbers, the potentials of type f64.
  }];
  let parameters = (ins Spike_Numbers:$threshold,
    DefaultValuedParameter<"::synfire::spike::Reset", "::synfire::spike::Reset::Hard">:$reset,
    DefaultValuedParameter<"::synfire::spike::Compare", "::synfire::spike::Compare::GreaterEqual">:$compare,
    OptionalParameter<"::mlir::FloatAttr">:$v_reset, OptionalParameter<"::mlir::FloatAttr">:$v_init);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def Spike_LifAttr : Spike_Attr<"Lif", "lif", [DeclareAttrInterfaceMethods<Spike_NeuronModel>]> {
  let summary = "leaky integrate-and-fire neuron";
  let description = [{
    `v[t] = (1 - 1/tau) v'[t-1] + I[t] / tau`, `s[t] = v[t] >= threshold`; SpikingJelly's
    `LIFNode(tau)` with `v_reset = 0` (its default). SpikeDecoder: tau 2, threshold 1 or learned, hard reset.
    (C1) as for `if`. (C2) tau is a finite f64, at least 1.
  }];
  let parameters = (ins "::mlir::FloatAttr":$tau, Spike_Numbers:$threshold,
    DefaultValuedParameter<"::synfire::spike::Reset", "::synfire::spike::Reset::Hard">:$reset,
    DefaultValuedParameter<"::synfire::spike::Compare", "::synfire::spike::Compare::GreaterEqual">:$compare,
    OptionalParameter<"::mlir::FloatAttr">:$v_reset, OptionalParameter<"::mlir::FloatAttr">:$v_init);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def Spike_FixedAttr : Spike_Attr<"Fixed", "fixed",
    [DeclareAttrInterfaceMethods<VerifiableTensorEncoding>]> {
  let summary = "encoding of a quantised current";
  let description = [{
    An integer i of channel c stands for the real `i * scale[c] * 2^-fraction_bits`.
    `scale` has one entry, or one per channel (the last dimension).
    (C1) every scale is positive and finite. (C2) fraction_bits in 0..30. (C3) stands on si32 tensors,
    with one scale, or as many as the last dimension.
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
  let summary = "how a chip keeps a membrane: width and leak arithmetic";
  let parameters = (ins "int64_t":$bits,
    DefaultValuedParameter<"::synfire::spike::LeakRounding",
      "::synfire::spike::LeakRounding::TowardZero">:$leak_rounding,
    DefaultValuedParameter<"bool", "false">:$saturates);
  let description = [{
    A membrane is a signed integer of `bits` bits. (C1) bits in 2..62. A value outside is an error when
    run, unless the chip `saturates`.
  }];
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def Spike_ModelAttr : Spike_Attr<"Model", "model"> {
  let summary = "what a function's model is called and which inputs it takes";
  let description = [{
    Stands as `spike.model` on the entry function, whose one argument is the token ids.
    (C1) time_steps, context_length, vocabulary are positive. (C2) the alphabet is empty or has one character per id.
    (C3) cleaning is `prose` or `none`. `alphabet`: one character per
    token id, empty for models without text; `cleaning`: the rule that text goes
    through first (`prose`: the character rules of SpikeDecoder; `none`).
  }];
  let parameters = (ins "::mlir::StringAttr":$name, "int64_t":$time_steps, "int64_t":$context_length,
    "int64_t":$vocabulary, "::mlir::StringAttr":$alphabet, "::mlir::StringAttr":$cleaning);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

#endif // SYNFIRE_SPIKE_ATTRS
