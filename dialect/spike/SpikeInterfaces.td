// Interfaces of the spike dialect: passes ask these, never op names.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_INTERFACES
#define SYNFIRE_SPIKE_INTERFACES

include "mlir/IR/OpBase.td"

def Spike_NeuronModel : AttrInterface<"NeuronModel"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    A neuron model: the constants of its equation, with its firing and reset rule. Who computes or
    quantises neurons reads the constants that he needs; one that a model does not have is at its
    default (`support/NeuronForm.h`).
  }];
  let methods = [
    InterfaceMethod<"the constants", "::synfire::NeuronEquation", "getEquation">,
    InterfaceMethod<"one entry, or one per channel", "::llvm::ArrayRef<double>", "getThresholds">,
    InterfaceMethod<"what a spike does", "::synfire::spike::Reset", "getResetRule">,
    InterfaceMethod<"when it fires", "::synfire::spike::Compare", "getCompareRule">,
    InterfaceMethod<"state words per neuron", "int64_t", "getStateWords", (ins), "", "return 1;">,
    InterfaceMethod<"name in target files: if, lif (plif, too), cuba_lif", "::llvm::StringRef",
      "getModelName">];
}

def Spike_SynapseLike : OpInterface<"SynapseLike"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    An op whose result is a fixed linear map of one input: stored weights that
    spikes read. Rows are inputs, columns are outputs.
  }];
  let methods = [
    InterfaceMethod<"the input", "::mlir::Value", "getSynapseInput">,
    InterfaceMethod<"inputs", "int64_t", "getRows">,
    InterfaceMethod<"outputs", "int64_t", "getColumns">,
    InterfaceMethod<"whether each input reaches only the output of its index (weight 1)",
                    "bool", "isDiagonal">,
    InterfaceMethod<"weights [columns, rows], or [rows, columns] when isTransposed; null: diagonal",
                    "::mlir::ElementsAttr", "getStoredWeight">,
    InterfaceMethod<"whether the stored weights are [rows, columns]", "bool", "isTransposed">,
    InterfaceMethod<"factor on the stored weights of a column (a folded norm), 1 without one",
                    "double", "getColumnFactor", (ins "int64_t":$column)>,
    InterfaceMethod<"real bias of a column, 0 without one", "double", "getBiasAt",
                    (ins "int64_t":$column)>,
    InterfaceMethod<"bits of a quantised weight, 0 before quantisation", "int64_t",
      "getStoredWeightBits">,
    InterfaceMethod<"sets them", "void", "setStoredWeightBits", (ins "int64_t":$bits)>];
}

def Spike_ChannelAffine : OpInterface<"ChannelAffine"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    An op whose result is multiplied by a factor and moved by a bias per output channel, so that a
    fixed map of the channels behind it can become part of it.
  }];
  let methods = [
    InterfaceMethod<"factor per channel, none for 1",
      "::std::optional<::llvm::ArrayRef<double>>", "getChannelFactors", (ins), "",
      "return $_op.getChannelScale();">,
    InterfaceMethod<"bias per channel, none for 0", "::std::optional<::mlir::ElementsAttr>",
      "getChannelBias", (ins), "", "return $_op.getBias();">,
    InterfaceMethod<"sets both", "void", "setChannelMap",
      (ins "::llvm::ArrayRef<double>":$factors, "::mlir::ElementsAttr":$bias), "", [{
      $_op.setChannelScale(factors);
      $_op.setBiasAttr(bias);
    }]>];
}

def Spike_ChannelNorm : OpInterface<"ChannelNorm"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    A norm that is a fixed map of each channel at inference,
    `y = (x - mean) / sqrt(spread + eps) * weight + bias`. A norm whose statistics are those of the
    data at hand (`layer_norm`) is none.
  }];
  let methods = [
    InterfaceMethod<"weight per channel", "::mlir::ElementsAttr", "getNormWeight", (ins), "",
      "return $_op.getWeight();">,
    InterfaceMethod<"bias per channel", "::mlir::ElementsAttr", "getNormBias", (ins), "",
      "return $_op.getBias();">,
    InterfaceMethod<"added under the root", "double", "getNormEps", (ins), "",
      "return $_op.getEps().convertToDouble();">,
    InterfaceMethod<"mean per channel, null for 0", "::mlir::ElementsAttr", "getNormMean", (ins),
      "", "return {};">,
    InterfaceMethod<"what the root is taken of, per channel", "::mlir::ElementsAttr",
      "getNormSpread">,
    InterfaceMethod<"the op's name for it", "::llvm::StringRef", "getNormSpreadName">];
}

def Spike_NeuronLike : OpInterface<"NeuronLike"> {
  let cppNamespace = "::synfire::spike";
  let description = [{An op that turns a current into spikes and keeps a state over time steps.}];
  let methods = [
    InterfaceMethod<"the current", "::mlir::Value", "getNeuronInput">,
    InterfaceMethod<"the spikes", "::mlir::Value", "getNeuronOutput">,
    InterfaceMethod<"neurons per token", "int64_t", "getNeuronCount">,
    InterfaceMethod<"the model", "::synfire::spike::NeuronModel", "getNeuronModel">,
    InterfaceMethod<"what its time runs over", "::synfire::spike::Scan", "getScanOrder">,
    InterfaceMethod<"how a chip keeps its membranes, null before quantisation",
      "::synfire::spike::StateAttr", "getMembraneState">,
    InterfaceMethod<"sets that", "void", "setMembraneState",
      (ins "::synfire::spike::StateAttr":$state)>];
}

def Spike_AttentionLike : OpInterface<"AttentionLike"> {
  let cppNamespace = "::synfire::spike";
  let description = [{An op that lets tokens read spikes of other tokens.}];
  let methods = [
    InterfaceMethod<"queries", "::mlir::Value", "getQueries">,
    InterfaceMethod<"keys", "::mlir::Value", "getKeys">,
    InterfaceMethod<"values", "::mlir::Value", "getValues">,
    InterfaceMethod<"heads; head h owns columns h*d .. h*d+d-1", "int64_t", "getHeadCount">,
    InterfaceMethod<"factor on the integer result", "double", "getAttentionScale">,
    InterfaceMethod<"heads of keys and values; query head h reads head h * kvHeads / heads",
      "int64_t", "getKeyHeadCount">,
    InterfaceMethod<"neuron that thresholds the scores, null for none",
      "::synfire::spike::NeuronModel", "getScoreModel">,
    InterfaceMethod<"whether a token sees only itself and earlier ones", "bool", "isCausal">];
}

def Spike_ShapeInference : OpInterface<"ShapeInference"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    An op that tells the shape of its one result from its operands' shapes and its attributes. What
    they do not fix (the steps of a `repeat`, the width of a `slice`) stays as the result's type
    says. Precondition: the op is verified, but for the tokens of its result.
  }];
  let methods = [
    InterfaceMethod<"shape of the result; by default that of the first operand",
      "::llvm::SmallVector<int64_t>", "inferShape", (ins), "", [{
      auto type = ::llvm::cast<::mlir::ShapedType>($_op->getOperand(0).getType());
      return ::llvm::SmallVector<int64_t>(type.getShape());
    }]>];
}

def Spike_TokenMixing : OpInterface<"TokenMixing"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    An op whose value for one token may depend on other tokens: no place for it in
    `spike.recurrent`.
  }];
  let methods = [
    InterfaceMethod<"whether this op, with its attributes, does so", "bool", "mixesTokens", (ins),
      "", "return true;">];
}

#endif // SYNFIRE_SPIKE_INTERFACES
