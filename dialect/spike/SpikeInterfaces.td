// Interfaces of the spike dialect. Passes ask ops for these interfaces and not for their names, so
// that a new op needs no new pass.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_INTERFACES
#define SYNFIRE_SPIKE_INTERFACES

include "mlir/IR/OpBase.td"

def Spike_NeuronModel : AttrInterface<"NeuronModel"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    A neuron model: the constants of its equation, with its firing and reset rule. The equation has
    the constants of all models; one that a model does not use has its default there
    (`support/NeuronForm.h`). Constants that are given as a list may differ from channel to channel.
  }];
  let methods = [
    InterfaceMethod<"the constants of a channel's equation", "::synfire::NeuronEquation",
      "getEquation", (ins "int64_t":$channel)>,
    InterfaceMethod<"its numbers by name, the thresholds among them: each list has one entry, or one "
                    "per channel",
      "::llvm::SmallVector<std::pair<::llvm::StringRef, ::llvm::ArrayRef<double>>>",
      "getNumberLists">,
    InterfaceMethod<"for how many channels it lists numbers: 1 if it is the same for all channels",
      "int64_t", "getListedChannels", (ins), "", [{
        size_t listed = 1;
        for (const auto &[name, numbers] : $_attr.getNumberLists())
          listed = std::max(listed, numbers.size());
        return static_cast<int64_t>(listed);
      }]>,
    InterfaceMethod<"the thresholds: one, or one per channel", "::llvm::ArrayRef<double>",
      "getThresholds">,
    InterfaceMethod<"the same model with this one threshold", "::synfire::spike::NeuronModel",
      "withThreshold", (ins "double":$threshold)>,
    InterfaceMethod<"what a spike does to the membrane", "::synfire::spike::Reset",
      "getResetRule">,
    InterfaceMethod<"how the membrane is compared with the threshold", "::synfire::spike::Compare",
      "getCompareRule">,
    InterfaceMethod<"states that a neuron keeps: its membrane, and others that its form has",
      "int64_t", "getStateWords", (ins), "", "return 1;">,
    InterfaceMethod<"the model's name in chip files: if, lif (also for plif) or cuba_lif",
      "::llvm::StringRef", "getModelName">];
}

def Spike_SynapseLike : OpInterface<"SynapseLike"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    An op whose result is its one input times a matrix of stored weights, plus a bias. Rows of the
    matrix are inputs, columns are outputs. An op on a grid does so at each point of its result, with
    the points that its window covers: row i * taps + k is tap k of input i.
  }];
  let methods = [
    InterfaceMethod<"the input", "::mlir::Value", "getSynapseInput">,
    InterfaceMethod<"number of inputs", "int64_t", "getRows">,
    InterfaceMethod<"number of outputs", "int64_t", "getColumns">,
    InterfaceMethod<"whether input i reaches output i alone, by one weight for all of them",
                    "bool", "isDiagonal">,
    InterfaceMethod<"that weight", "double", "getDiagonalWeight", (ins), "", "return 1.0;">,
    InterfaceMethod<"the window of an op on a grid", "::std::optional<::synfire::GridWindow>",
                    "getGridWindow", (ins), "", "return ::std::nullopt;">,
    InterfaceMethod<"groups of inputs and outputs: an output reads the inputs of its group",
                    "int64_t", "getGroupCount", (ins), "", "return 1;">,
    InterfaceMethod<"weights [columns, rows], or [rows, columns] if isTransposed; null if diagonal",
                    "::mlir::ElementsAttr", "getStoredWeight">,
    InterfaceMethod<"whether the stored weights are [rows, columns]", "bool", "isTransposed">,
    InterfaceMethod<"factor on the stored weights of a column, 1 if no norm has been folded",
                    "double", "getColumnFactor", (ins "int64_t":$column)>,
    InterfaceMethod<"a factor on the stored weights of each row; empty if all are 1",
                    "::llvm::ArrayRef<double>", "getRowFactors">,
    InterfaceMethod<"sets the input, the factors of the rows (empty if all are 1), and the bias "
                    "unless it is null; a diagonal op takes no factors and no bias",
                    "void", "setSynapseInput", (ins "::mlir::Value":$input,
                      "::llvm::ArrayRef<double>":$rowFactors, "::mlir::ElementsAttr":$bias)>,
    InterfaceMethod<"real bias of a column, 0 without one", "double", "getBiasAt",
                    (ins "int64_t":$column)>];
  let extraSharedClassDeclaration = [{
    /// The attributes `weight_bits` and `weight_format` of the op. Before quantisation they say what
    /// is asked for, afterwards what the integer weights are.
    ::std::optional<int64_t> getStatedWeightBits() {
      auto bits = $_op->template getAttrOfType<::mlir::IntegerAttr>("weight_bits");
      return bits ? ::std::optional(bits.getInt()) : ::std::nullopt;
    }
    ::std::optional<::synfire::WeightFormat> getStatedWeightFormat() {
      auto name = $_op->template getAttrOfType<::mlir::StringAttr>("weight_format");
      return name ? ::synfire::weightFormatNamed(name.getValue()) : ::std::nullopt;
    }
    /// The form of the integer weights. Precondition: the result is quantised.
    ::synfire::WeightForm getWeightForm() {
      auto format = getStatedWeightFormat();
      if (!format || *format == ::synfire::WeightFormat::Signed)
        return ::synfire::WeightForm::ofBits(*getStatedWeightBits());
      return {static_cast<int>(*getStatedWeightBits()), *format};
    }
    /// Sets both attributes; signed weights, and those of 1 bit with the format sign, state no
    /// format.
    void setWeightForm(::synfire::WeightForm form) {
      ::mlir::Builder builder($_op->getContext());
      $_op->setAttr("weight_bits", builder.getI64IntegerAttr(form.bits));
      if (form == ::synfire::WeightForm::ofBits(form.bits))
        $_op->removeAttr("weight_format");
      else
        $_op->setAttr("weight_format",
                      builder.getStringAttr(::synfire::weightFormatName(form.format)));
    }
    /// Synapses that enter one output at one point.
    int64_t getFanIn() {
      auto window = $_op.getGridWindow();
      return $_op.isDiagonal() ? (window ? window->taps() : 1) : $_op.getRows();
    }
  }];
}

def Spike_SpikeGate : OpInterface<"SpikeGate"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    An op that may make spikes of spikes without a membrane: it adds its operands up, each times a
    whole number, and yields the sum as a graded spike, or whether it reaches a threshold.
  }];
  let methods = [
    InterfaceMethod<"whether the op does so with the types that it has", "bool", "isGate">,
    InterfaceMethod<"the factor of each operand", "::llvm::SmallVector<int64_t>", "getGateFactors">,
    InterfaceMethod<"the threshold; none if the sum itself is the spike",
                    "::std::optional<int64_t>", "getGateThreshold">,
    InterfaceMethod<"the window of an op on a grid", "::std::optional<::synfire::GridWindow>",
                    "getGateWindow", (ins), "", "return ::std::nullopt;">];
}

def Spike_ChannelAffine : OpInterface<"ChannelAffine"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    An op that multiplies each output channel by a factor and adds a bias to it. A norm that reads
    the op and is a fixed map of each channel can be folded into these two numbers.
  }];
  let methods = [
    InterfaceMethod<"a factor per channel; none if all are 1",
      "::std::optional<::llvm::ArrayRef<double>>", "getChannelFactors", (ins), "",
      "return $_op.getChannelScale();">,
    InterfaceMethod<"a bias per channel; none if all are 0",
      "::std::optional<::mlir::ElementsAttr>", "getChannelBias", (ins), "",
      "return $_op.getBias();">,
    InterfaceMethod<"sets factors and biases", "void", "setChannelMap",
      (ins "::llvm::ArrayRef<double>":$factors, "::mlir::ElementsAttr":$bias), "", [{
      $_op.setChannelScale(factors);
      $_op.setBiasAttr(bias);
    }]>];
}

def Spike_ChannelNorm : OpInterface<"ChannelNorm"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    A norm that is a fixed map of each channel at inference,
    `y = (x - mean) / sqrt(spread + eps) * weight + bias`. A norm that computes its statistics from
    its input (`layer_norm`) does not have this interface.
  }];
  let methods = [
    InterfaceMethod<"the weight per channel", "::mlir::ElementsAttr", "getNormWeight", (ins), "",
      "return $_op.getWeight();">,
    InterfaceMethod<"the bias per channel", "::mlir::ElementsAttr", "getNormBias", (ins), "",
      "return $_op.getBias();">,
    InterfaceMethod<"eps, which is added under the root", "double", "getNormEps", (ins), "",
      "return $_op.getEps().convertToDouble();">,
    InterfaceMethod<"the mean per channel; null if it is 0", "::mlir::ElementsAttr", "getNormMean",
      (ins), "", "return {};">,
    InterfaceMethod<"the spread per channel: a variance or a mean of squares",
      "::mlir::ElementsAttr", "getNormSpread">,
    InterfaceMethod<"the op's name for the spread", "::llvm::StringRef", "getNormSpreadName">];
}

def Spike_NeuronLike : OpInterface<"NeuronLike"> {
  let cppNamespace = "::synfire::spike";
  let description = [{An op that turns a current into spikes and keeps a state over time steps.}];
  let methods = [
    InterfaceMethod<"the current", "::mlir::Value", "getNeuronInput">,
    InterfaceMethod<"the spikes", "::mlir::Value", "getNeuronOutput">,
    InterfaceMethod<"neurons per token", "int64_t", "getNeuronCount">,
    InterfaceMethod<"the model", "::synfire::spike::NeuronModel", "getNeuronModel">,
    InterfaceMethod<"whether time runs over the steps of a token, or on over all tokens",
      "::synfire::spike::Scan", "getScanOrder">,
    InterfaceMethod<"how a chip keeps its membranes, null before quantisation",
      "::synfire::spike::StateAttr", "getMembraneState">,
    InterfaceMethod<"sets how a chip keeps the membranes", "void", "setMembraneState",
      (ins "::synfire::spike::StateAttr":$state)>];
}

def Spike_IntegratorLike : OpInterface<"IntegratorLike"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    An op that adds up a current over time steps in a membrane that leaks and never fires, and
    yields the membrane.
  }];
  let methods = [
    InterfaceMethod<"the current", "::mlir::Value", "getIntegratorInput">,
    InterfaceMethod<"the membranes", "::mlir::Value", "getIntegratorOutput">,
    InterfaceMethod<"the factor on the membrane in each step", "double", "getIntegratorDecay">,
    InterfaceMethod<"the factor on the current", "double", "getIntegratorGain">,
    InterfaceMethod<"whether time runs over the steps of a token, or on over all tokens",
      "::synfire::spike::Scan", "getIntegratorScan">,
    InterfaceMethod<"how a chip keeps the membranes, null before quantisation",
      "::synfire::spike::StateAttr", "getIntegratorState">,
    InterfaceMethod<"sets how a chip keeps the membranes", "void", "setIntegratorState",
      (ins "::synfire::spike::StateAttr":$state)>];
}

def Spike_AttentionLike : OpInterface<"AttentionLike"> {
  let cppNamespace = "::synfire::spike";
  let description = [{An op that lets tokens read spikes of other tokens.}];
  let methods = [
    InterfaceMethod<"queries; null if all of them are 1", "::mlir::Value", "getQueries">,
    InterfaceMethod<"keys", "::mlir::Value", "getKeys">,
    InterfaceMethod<"values", "::mlir::Value", "getValues">,
    InterfaceMethod<"number of heads; head h has the columns h*d .. h*d+d-1", "int64_t",
      "getHeadCount">,
    InterfaceMethod<"factor on the integer result A V", "double", "getAttentionScale">,
    InterfaceMethod<"number of heads of k and v; head h of q reads their head h * kvHeads / heads",
      "int64_t", "getKeyHeadCount">,
    InterfaceMethod<"the neuron model whose spikes replace the scores; null for none",
      "::synfire::spike::NeuronModel", "getScoreModel">,
    InterfaceMethod<"how a chip keeps the membranes of score neurons, null before quantisation",
      "::synfire::spike::StateAttr", "getScoreMembranes">,
    InterfaceMethod<"the encoding of their current, the scores; null before quantisation",
      "::synfire::spike::FixedAttr", "getScoresAsIntegers">,
    InterfaceMethod<"sets these two. Precondition: there are score neurons", "void",
      "quantizeScores", (ins "::synfire::spike::StateAttr":$state,
        "::synfire::spike::FixedAttr":$encoding)>,
    InterfaceMethod<"whether a token sees only itself and earlier ones", "bool", "isCausal">];
}

def Spike_ShapeInference : OpInterface<"ShapeInference"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    An op that can derive the shape of its one result from the shapes of its operands and from its
    attributes. A size that these do not determine (the steps of a `repeat`, the width of a `slice`)
    is taken from the result's type. Precondition: the op has been verified, except that the tokens
    of its result may not fit its operands yet.
  }];
  let methods = [
    InterfaceMethod<"the shape of the result; by default that of the first operand",
      "::llvm::SmallVector<int64_t>", "inferShape", (ins), "", [{
      auto type = ::llvm::cast<::mlir::ShapedType>($_op->getOperand(0).getType());
      return ::llvm::SmallVector<int64_t>(type.getShape());
    }]>];
}

def Spike_TokenMixing : OpInterface<"TokenMixing"> {
  let cppNamespace = "::synfire::spike";
  let description = [{
    An op whose value for one token may depend on other tokens. `spike.recurrent` must not hold such
    an op.
  }];
  let methods = [
    InterfaceMethod<"whether the op with these attributes reads other tokens", "bool",
      "mixesTokens", (ins), "", "return true;">];
}

#endif // SYNFIRE_SPIKE_INTERFACES
