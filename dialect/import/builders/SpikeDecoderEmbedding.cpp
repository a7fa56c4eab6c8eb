// SpikeDecoderEmbedding: builds the embedding: token ids and positions become spikes or reals.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/builders/SpikeDecoderBuilder.h"
#include "dialect/import/builders/SpikeDecoderLayers.h"
#include "dialect/spike/Spike.h"

#include <cmath>

using namespace mlir;

namespace synfire {

std::vector<float> sinusoid(int64_t context, int64_t width) {
  std::vector<double> divisors;
  for (int64_t j = 0; j < width; ++j)
    divisors.push_back(std::pow(10000.0, double(j) / double(width)));
  std::vector<float> table;
  table.reserve(size_t(context * width));
  for (int64_t position = 0; position < context; ++position)
    for (int64_t j = 0; j < width; ++j) {
      double angle = double(position) / divisors[size_t(j)];
      table.push_back(float(j % 2 == 0 ? std::sin(angle) : std::cos(angle)));
    }
  return table;
}

namespace {

/// Rows of a table, and the threshold from which on a number of them becomes a spike.
struct Rows {
  Value reals;
  double threshold = 0;
};

class Embedding {
public:
  Embedding(SpikeDecoderLayers &layers, Value tokens)
      : l(layers), c(layers.config), tokens(tokens) {}

  Value build();

private:
  Value code(DecoderOp role, spike::Code code, spike::CodeSource source, int64_t size,
             int64_t width);
  Value binarize(DecoderOp role, const Rows &rows);
  Rows tokenRows();
  Rows positionRows();
  Value tokenCode();
  Value positionCode();
  Value summed();
  Value joined();
  Type rowType(int64_t width, Type element) {
    return l.tensorOf({ShapedType::kDynamic, width}, element);
  }
  /// The name under which a public state dict stores the position code.
  std::string storedName() const { return l.names.tensor(DecoderOp::StoredPosition, Part::Code); }
  bool isStored() const {
    return l.model.names == NamingScheme::SpikeDecoder && c.positionCode != PositionCode::Learned &&
           l.weights.has(storedName());
  }

  SpikeDecoderLayers &l;
  const SpikeDecoderConfig &c;
  Value tokens;
};

Value Embedding::code(DecoderOp role, spike::Code code, spike::CodeSource source, int64_t size,
                      int64_t width) {
  IntegerAttr vocabulary;
  if (source == spike::CodeSource::TokenAtPosition)
    vocabulary = l.ops().getI64IntegerAttr(c.vocabulary);
  MLIRContext *context = l.ops().getContext();
  return spike::CodeOp::create(l.ops(), l.at(role), rowType(width, l.spikesUpTo(1)),
                               spike::CodeAttr::get(context, code),
                               spike::CodeSourceAttr::get(context, source), tokens,
                               l.ops().getI64IntegerAttr(size), vocabulary);
}

Value Embedding::binarize(DecoderOp role, const Rows &rows) {
  return spike::BinarizeOp::create(l.ops(), l.at(role), l.withElement(rows.reals, l.spikesUpTo(1)),
                                   rows.reals, l.ops().getF64FloatAttr(rows.threshold));
}

Rows Embedding::tokenRows() {
  SmallVector<int64_t> shape = {c.vocabulary, c.tokenWidth()};
  ElementsAttr table = l.weights.tensor(l.names.tensor(DecoderOp::TokenTable, Part::Weight), shape,
                                        shape, WeightKind::Table);
  return {spike::LookupOp::create(l.ops(), l.at(DecoderOp::TokenTable),
                                  rowType(c.tokenWidth(), l.real()), tokens, table)};
}

Rows Embedding::positionRows() {
  SmallVector<int64_t> shape = {c.context, c.positionWidth()};
  DecoderOp role = DecoderOp::PositionTable;
  double threshold = 0;
  ElementsAttr table;
  if (c.positionCode == PositionCode::Learned) {
    table = l.weights.tensor(l.names.tensor(role, Part::Weight), shape, shape, WeightKind::Table);
  } else if (isStored()) {
    // The stored code already consists of the reals 0 and 1.
    role = DecoderOp::StoredPosition;
    threshold = 0.5;
    table = l.weights.tensor(storedName(), shape, shape, WeightKind::Table);
  } else {
    threshold = c.positionBias;
    table = l.weights.computed(l.names.op(role), shape, sinusoid(shape[0], shape[1]));
  }
  auto rows =
      spike::PositionOp::create(l.ops(), l.at(role), rowType(shape[1], l.real()), tokens, table);
  if (c.positionCode != PositionCode::Learned)
    rows->setAttr(spike::kFixedTableAttrName, l.ops().getUnitAttr());
  return {rows, threshold};
}

Value Embedding::tokenCode() {
  using spike::CodeSource;
  switch (c.tokenCode) {
  case TokenCode::Learned:
    break;
  case TokenCode::OneHot:
    return code(DecoderOp::TokenCode, spike::Code::OneHot, CodeSource::TokenAtPosition,
                c.context * c.vocabulary, c.tokenWidth());
  case TokenCode::TwoHot:
    return code(DecoderOp::TokenCode, spike::Code::OneHot, CodeSource::Token, c.vocabulary,
                c.tokenWidth());
  case TokenCode::Binary:
    return code(DecoderOp::TokenCode, spike::Code::Binary, CodeSource::Token, c.vocabulary,
                c.tokenWidth());
  case TokenCode::BinaryLeft:
    return code(DecoderOp::TokenCode, spike::Code::BinaryLeft, CodeSource::Token, c.vocabulary,
                c.tokenWidth());
  }
  return binarize(DecoderOp::TokenCode, tokenRows());
}

Value Embedding::positionCode() {
  // A stored code is used in place of a computed one: the weights were trained with it.
  if (isStored())
    return binarize(DecoderOp::PositionCode, positionRows());
  auto fixed = [&](spike::Code kind) {
    return code(DecoderOp::PositionCode, kind, spike::CodeSource::Position, c.context,
                c.positionWidth());
  };
  switch (c.positionCode) {
  case PositionCode::Learned:
  case PositionCode::Static:
    break;
  case PositionCode::OneHot:
    return fixed(spike::Code::OneHot);
  case PositionCode::Binary:
    return fixed(spike::Code::Binary);
  case PositionCode::BinaryLeft:
    return fixed(spike::Code::BinaryLeft);
  }
  return binarize(DecoderOp::PositionCode, positionRows());
}

/// Adds the rows of both tables as reals and binarises the sum. The published condition
/// token + (position - bias) >= 0 is written as token + position >= bias.
Value Embedding::summed() {
  Rows token = tokenRows(), position = positionRows();
  Value sum = l.add(DecoderOp::EmbedAdd, token.reals, position.reals);
  if (!c.binaryEmbedding())
    return sum;
  return binarize(DecoderOp::Embed, {sum, isStored() ? 0.0 : position.threshold});
}

Value Embedding::joined() {
  if (c.positionWidth() == 0)
    return tokenCode();
  Value token = c.binaryEmbedding() ? tokenCode() : tokenRows().reals;
  Value position = c.binaryEmbedding() ? positionCode() : positionRows().reals;
  Type element = cast<RankedTensorType>(token.getType()).getElementType();
  return spike::ConcatOp::create(l.ops(), l.at(DecoderOp::Embed), rowType(c.width(), element),
                                 ValueRange{token, position});
}

Value Embedding::build() {
  Value once = c.combine == CombineCodes::Sum ? summed() : joined();
  return c.hasTime() ? l.repeat(DecoderOp::EmbedRepeat, once, c.timeSteps) : once;
}

} // namespace

Value buildEmbedding(SpikeDecoderLayers &layers, Value tokens) {
  return Embedding(layers, tokens).build();
}

} // namespace synfire
