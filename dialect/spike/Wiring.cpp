// Wiring: how ops are cut into ops for some of their features.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Wiring.h"

#include "dialect/spike/Spike.h"
#include "dialect/spike/Weights.h"

#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/TypeSwitch.h"

#include <optional>

using namespace mlir;
using namespace synfire::spike;

namespace {

/// Consecutive features of a value.
struct Features {
  int64_t from, count;
};

int64_t featuresOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape().back();
}

/// The type with another number of features. Values that wireSlices() looks at have no encoding.
RankedTensorType withFeatures(Value value, int64_t count) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape.back() = count;
  return RankedTensorType::get(shape, type.getElementType());
}

/// The operands of an op each feature of whose result is made of the same feature of these; none
/// if it is no such op, or computes its features of all features of an operand in a way that
/// cannot be cut.
std::optional<SmallVector<OpOperand *>> featureOperands(Operation *op) {
  return TypeSwitch<Operation *, std::optional<SmallVector<OpOperand *>>>(op)
      .Case<NeuronOp, AddOp, LogicOp, PoolOp>([](Operation *op) {
        SmallVector<OpOperand *> operands;
        for (OpOperand &operand : op->getOpOperands())
          operands.push_back(&operand);
        return operands;
      })
      .Case([](ChannelNorm op) { return SmallVector<OpOperand *>{&op->getOpOperand(0)}; })
      .Case([](LinearOp) { return SmallVector<OpOperand *>(); })
      .Case([](ConvOp op) {
        return op.getGroups() == 1 ? std::optional(SmallVector<OpOperand *>()) : std::nullopt;
      })
      .Default([](Operation *) { return std::nullopt; });
}

/// Whether a value is computed by ops that can be cut, down to synapses, and by nobody else read.
bool canBeCut(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || getFixedEncoding(value.getType()))
    return false;
  auto operands = featureOperands(op);
  return operands && llvm::all_of(*operands, [](OpOperand *operand) {
           return operand->get().hasOneUse() && canBeCut(operand->get());
         });
}

/// The entries [from, from + count) of a list with an entry per feature.
DenseF64ArrayAttr cutList(DenseF64ArrayAttr list, Features part) {
  return DenseF64ArrayAttr::get(list.getContext(), list.asArrayRef().slice(part.from, part.count));
}

/// Rows [firstRow, firstRow + rows) and columns [firstColumn, firstColumn + columns) of a matrix,
/// whose rows have `stride` numbers. Numbers that are not there (an import of shapes alone) are 0.
ElementsAttr cutMatrix(ElementsAttr matrix, int64_t stride, Features rows, Features columns,
                       ArrayRef<int64_t> shape) {
  auto type = RankedTensorType::get(shape, matrix.getElementType());
  FailureOr<WeightView> view = WeightView::get(matrix);
  auto cut = [&](auto zero) {
    SmallVector<decltype(zero)> numbers;
    numbers.reserve(rows.count * columns.count);
    for (int64_t r = 0; r < rows.count; ++r)
      for (int64_t c = 0; c < columns.count; ++c)
        numbers.push_back(failed(view) ? zero
                                       : static_cast<decltype(zero)>(
                                             (*view)[(rows.from + r) * stride + columns.from + c]));
    return DenseElementsAttr::get(type, ArrayRef(numbers));
  };
  return matrix.getElementType().isF32() ? cut(0.0f) : cut(0.0);
}

/// The weights of some inputs and outputs of a linear.
ElementsAttr cutWeights(LinearOp linear, Features inputs, Features outputs) {
  ElementsAttr weight = linear.getWeight();
  const int64_t stride = weight.getShapedType().getShape().back();
  if (linear.getTransposed())
    return cutMatrix(weight, stride, inputs, outputs, {inputs.count, outputs.count});
  return cutMatrix(weight, stride, outputs, inputs, {outputs.count, inputs.count});
}

/// The entries [from, from + count) of numbers that there is one of per feature.
ElementsAttr cutVector(ElementsAttr vector, Features part) {
  return cutMatrix(vector, 0, {0, 1}, part, {part.count});
}

/// The numbers of a neuron model for some channels.
Attribute cutModel(NeuronModel model, Features part) {
  AttrTypeReplacer replacer;
  replacer.addReplacement(
      [&](DenseF64ArrayAttr list) { return list.size() == 1 ? list : cutList(list, part); });
  return replacer.replace(Attribute(model));
}

/// Takes the biases and factors of some channels.
template <typename Synapses> void cutChannels(Synapses op, Features part) {
  if (ElementsAttr bias = op.getBiasAttr())
    op.setBiasAttr(cutVector(bias, part));
  if (DenseF64ArrayAttr scale = op.getChannelScaleAttr())
    op.setChannelScaleAttr(cutList(scale, part));
}

/// Calls the op NAME[FROM:TO].
void nameAsPart(Operation *op, StringRef name, Features part) {
  op->setLoc(
      NameLoc::get(StringAttr::get(op->getContext(), name + "[" + Twine(part.from) + ":" +
                                                         Twine(part.from + part.count) + "]"),
                   op->getLoc()));
}

/// The same value for some of its features alone, computed by ops of their own, which are built
/// where those of the whole are. Precondition: canBeCut().
Value cut(OpBuilder &builder, Value value, Features part) {
  Operation *op = value.getDefiningOp();
  const auto operands = featureOperands(op);
  IRMapping pieces;
  for (OpOperand *operand : *operands)
    pieces.map(operand->get(), cut(builder, operand->get(), part));
  builder.setInsertionPoint(op);
  Operation *piece = builder.clone(*op, pieces);
  nameAsPart(piece, sourceName(op), part);
  piece->getResult(0).setType(withFeatures(value, part.count));
  if (auto neuron = dyn_cast<NeuronOp>(piece))
    neuron.setModelAttr(cutModel(neuron.getNeuronModel(), part));
  if (auto linear = dyn_cast<LinearOp>(piece)) {
    linear.setWeightAttr(cutWeights(linear, {0, featuresOf(linear.getInput())}, part));
    cutChannels(linear, part);
  }
  if (auto conv = dyn_cast<ConvOp>(piece)) {
    SmallVector<int64_t> shape(conv.getWeight().getShapedType().getShape());
    const int64_t kernel = conv.getWeight().getNumElements() / shape[0];
    shape[0] = part.count;
    conv.setWeightAttr(cutMatrix(conv.getWeight(), kernel, part, {0, kernel}, shape));
    cutChannels(conv, part);
  }
  if (isa<ChannelNorm>(piece))
    for (NamedAttribute attribute : piece->getAttrs())
      if (auto vector = dyn_cast<ElementsAttr>(attribute.getValue()))
        piece->setAttr(attribute.getName(), cutVector(vector, part));
  return piece->getResult(0);
}

/// Erases an op without readers, and then those that only it read.
void eraseUnread(Operation *op) {
  if (!op || !op->use_empty())
    return;
  SmallVector<Operation *> sources;
  for (Value operand : op->getOperands())
    if (Operation *source = operand.getDefiningOp(); source && !llvm::is_contained(sources, source))
      sources.push_back(source);
  op->erase();
  for (Operation *source : sources)
    if (featureOperands(source) || isa<ConcatOp>(source))
      eraseUnread(source);
}

Features featuresOf(SliceOp slice) {
  return {static_cast<int64_t>(slice.getFrom()), featuresOf(slice.getResult())};
}

/// Whether spikes are read by slices alone, each two of which take the same features or none in
/// common.
bool isSlicedAlone(Value spikes) {
  SmallVector<Features> parts;
  for (Operation *reader : spikes.getUsers()) {
    auto slice = dyn_cast<SliceOp>(reader);
    if (!slice)
      return false;
    parts.push_back(featuresOf(slice));
  }
  llvm::sort(parts, [](Features a, Features b) {
    return std::pair(a.from, a.count) < std::pair(b.from, b.count);
  });
  for (size_t i = 1; i < parts.size(); ++i) {
    const Features &a = parts[i - 1], &b = parts[i];
    if (a.from + a.count > b.from && (a.from != b.from || a.count != b.count))
      return false;
  }
  return !parts.empty();
}

/// Whether neurons or gates make these spikes, as far as can be seen behind slices.
bool isMadeByNeurons(Value spikes) {
  while (auto slice = spikes.getDefiningOp<SliceOp>())
    spikes = slice.getInput();
  Operation *op = spikes.getDefiningOp();
  auto gate = dyn_cast_or_null<SpikeGate>(op);
  return isa_and_nonnull<NeuronOp>(op) || (gate && gate.isGate());
}

void cutIntoSlices(Operation *op) {
  Value whole = op->getResult(0);
  SmallVector<SliceOp> slices;
  for (Operation *reader : whole.getUsers())
    slices.push_back(cast<SliceOp>(reader));
  llvm::sort(slices, [](SliceOp a, SliceOp b) { return a.getFrom() < b.getFrom(); });
  OpBuilder builder(op);
  Value piece;
  std::optional<uint64_t> from; // of the piece; slices that begin alike are alike
  for (SliceOp slice : slices) {
    if (from != slice.getFrom())
      piece = cut(builder, whole, featuresOf(slice));
    from = slice.getFrom();
    slice.replaceAllUsesWith(piece);
    slice.erase();
  }
  eraseUnread(op);
}

void cutByInputs(LinearOp linear) {
  auto concat = linear.getInput().getDefiningOp<ConcatOp>();
  const std::string name = sourceName(linear);
  OpBuilder builder(linear);
  Value sum;
  int64_t from = 0;
  for (Value input : concat.getInputs()) {
    const Features part{from, featuresOf(input)};
    from += part.count;
    auto piece = cast<LinearOp>(builder.clone(*linear));
    nameAsPart(piece, name, part);
    piece.getInputMutable().assign(input);
    piece.setWeightAttr(cutWeights(linear, part, {0, featuresOf(linear.getResult())}));
    if (sum)
      piece.removeBiasAttr();
    if (DenseF64ArrayAttr factor = linear.getInputFactorAttr())
      piece.setInputFactorAttr(cutList(factor, part));
    Value result = piece.getResult();
    if (!sum) {
      sum = result;
      continue;
    }
    const bool last = from == featuresOf(linear.getInput());
    auto add = AddOp::create(builder, linear.getLoc(), result.getType(), sum, result);
    if (!last)
      nameAsPart(add, name, {0, from});
    sum = add.getResult();
  }
  linear.getResult().replaceAllUsesWith(sum);
  eraseUnread(linear);
}

/// Whether a chip may compute the op: it makes spikes, or currents of spikes.
bool mayBeOnChip(Operation *op) {
  if (isa<LinearOp, ConvOp>(op))
    return isSpikeType(op->getOperand(0).getType());
  return op->getNumResults() == 1 && isSpikeType(op->getResult(0).getType());
}

} // namespace

void synfire::spike::wireSlices(FunctionOpInterface function) {
  SmallVector<Operation *> sliced;
  function.walk([&](Operation *op) {
    if (mayBeOnChip(op) && isSlicedAlone(op->getResult(0)) && canBeCut(op->getResult(0)))
      sliced.push_back(op);
  });
  for (Operation *op : sliced)
    cutIntoSlices(op);
  SmallVector<LinearOp> joined;
  function.walk([&](LinearOp linear) {
    auto concat = linear.getInput().getDefiningOp<ConcatOp>();
    if (concat && !getFixedEncoding(linear.getResult().getType()) &&
        isSpikeType(concat.getResult().getType()) &&
        llvm::any_of(concat.getInputs(), isMadeByNeurons))
      joined.push_back(linear);
  });
  for (LinearOp linear : joined)
    cutByInputs(linear);
}
