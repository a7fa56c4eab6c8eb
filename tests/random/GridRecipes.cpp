// GridRecipes: convolution and pooling.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Recipe.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

/// A window that moves over a grid, in one or two dimensions.
struct Windows {
  SmallVector<int64_t> grid, window, stride, padding, dilation;

  int64_t outputPoints() const {
    int64_t points = 1;
    for (size_t i = 0; i < grid.size(); ++i)
      points *= (grid[i] + 2 * padding[i] - dilation[i] * (window[i] - 1) - 1) / stride[i] + 1;
    return points;
  }
  int64_t windowPoints() const {
    int64_t points = 1;
    for (int64_t size : window)
      points *= size;
    return points;
  }
};

Windows drawWindows(GraphBuilder &graph, int64_t tokens, bool dilated) {
  Windows result;
  if (graph.choices.flip()) {
    int64_t rows = graph.drawDivisor(tokens);
    result.grid = {rows, tokens / rows};
  } else {
    result.grid = {tokens};
  }
  for (int64_t size : result.grid) {
    int64_t padding = graph.choices.between(0, 1);
    int64_t dilation = dilated ? graph.choices.between(1, 2) : 1;
    // As wide as an output point allows, and wider than the padding.
    int64_t widest = std::min<int64_t>(3, (size + 2 * padding - 1) / dilation + 1);
    result.window.push_back(graph.choices.between(padding + 1, std::max(widest, padding + 1)));
    result.stride.push_back(graph.choices.between(1, 2));
    result.padding.push_back(padding);
    result.dilation.push_back(dilation);
  }
  return result;
}

int64_t tokensOf(Value value) { return typeOf(value).getShape().take_back(2)[0]; }

RankedTensorType withTokens(RankedTensorType type, int64_t tokens) {
  SmallVector<int64_t> shape(type.getShape());
  shape[shape.size() - 2] = tokens;
  return RankedTensorType::get(shape, type.getElementType());
}

bool onGrid(GraphBuilder &graph, Value value) {
  return isFeatures(value) && hasStaticTokens(value) && graph.hasGrids() &&
         (isSpikes(value) || (isReal(value) && !graph.spiking()));
}

/// Gives a result the encoding of a quantised current, of so many channels, where it may have one,
/// and returns the form of its weights.
DrawnForm quantize(GraphBuilder &graph, Value input, RankedTensorType &type) {
  const bool quantized = !graph.spiking() && isSpikes(input) && graph.choices.rarely(4);
  if (quantized)
    type = graph.fixed(type, drawEncoding(graph, type.getShape().back()));
  return drawForm(graph, quantized);
}

/// The weights of a convolution, whose first extent is its outputs.
ElementsAttr drawWeights(GraphBuilder &graph, ArrayRef<int64_t> shape) {
  if (!graph.exact())
    return graph.numbers.weights(shape);
  int64_t inputs = 1;
  for (int64_t size : shape.drop_front())
    inputs *= size;
  return graph.numbers.exactWeights(shape.front(), inputs, false, shape);
}

void conv(GraphBuilder &graph, Value input) {
  bool dilated = graph.choices.flip();
  Windows windows = drawWindows(graph, tokensOf(input), dilated);
  int64_t groups = graph.drawDivisor(width(input));
  int64_t outputs = groups * graph.choices.between(1, std::max<int64_t>(1, 12 / groups));
  SmallVector<int64_t> shape{outputs, width(input) / groups};
  llvm::append_range(shape, windows.window);
  ElementsAttr weight = drawWeights(graph, shape), bias;
  if (graph.choices.flip())
    bias = graph.exact() ? graph.numbers.exactBias(outputs) : graph.numbers.bias(outputs);
  DenseF64ArrayAttr scale;
  const bool scaled = graph.choices.rarely(4);
  if (scaled && graph.exact())
    scale = graph.numbers.signFactors(outputs);
  else if (scaled)
    scale = graph.builder.getDenseF64ArrayAttr(
        SmallVector<double>(static_cast<size_t>(outputs), graph.numbers.number(-2, 2)));
  auto array = [&](ArrayRef<int64_t> values) { return graph.builder.getDenseI64ArrayAttr(values); };
  RankedTensorType type = withTokens(withWidth(withElement(typeOf(input), graph.real()), outputs),
                                     windows.outputPoints());
  const DrawnForm form = quantize(graph, input, type);
  graph.emit("conv", input, type,
             {{"weight", weight},
              {"weight_bits", form.bits},
              {"weight_format", form.format},
              {"bias", bias},
              {"grid", array(windows.grid)},
              {"stride", array(windows.stride)},
              {"padding", array(windows.padding)},
              {"dilation", dilated ? array(windows.dilation) : Attribute()},
              {"groups", groups > 1 ? graph.integer(groups) : Attribute()},
              {"channel_scale", scale}});
}

void pool(GraphBuilder &graph, Value input) {
  using spike::Pooling;
  Windows windows = drawWindows(graph, tokensOf(input), false);
  auto mode = graph.choices.pick({Pooling::Max, Pooling::Average, Pooling::Sum});
  if (mode == Pooling::Average && graph.exact())
    mode = Pooling::Sum; // an average that is added to other currents is rounded
  Type element = graph.real();
  if (mode == Pooling::Max)
    element = elementOf(input);
  if (mode == Pooling::Sum && isSpikes(input)) {
    uint64_t largest = (uint64_t{1} << elementOf(input).getIntOrFloatBitWidth()) - 1;
    element = graph.graded(
        std::max(2u, llvm::Log2_64(largest * static_cast<uint64_t>(windows.windowPoints())) + 1));
  }
  auto array = [&](ArrayRef<int64_t> values) { return graph.builder.getDenseI64ArrayAttr(values); };
  RankedTensorType type = withTokens(withElement(typeOf(input), element), windows.outputPoints());
  DrawnForm form;
  if (mode == Pooling::Average)
    form = quantize(graph, input, type);
  graph.emit("pool", input, type,
             {{"weight_bits", form.bits},
              {"weight_format", form.format},
              {"mode", spike::PoolingAttr::get(graph.builder.getContext(), mode)},
              {"grid", array(windows.grid)},
              {"window", array(windows.window)},
              {"stride", array(windows.stride)},
              {"padding", array(windows.padding)}});
}

/// Sums of more bits would be too large to record.
bool pools(GraphBuilder &graph, Value value) {
  return onGrid(graph, value) && (isReal(value) || elementOf(value).getIntOrFloatBitWidth() <= 3);
}

} // namespace

ArrayRef<Recipe> synfire::test::gridRecipes() {
  static const Recipe kRecipes[] = {
      {"spike.conv", 2, Recipe::OnChip, onGrid, conv},
      {"spike.pool", 2, Recipe::OnChip, pools, pool},
  };
  return kRecipes;
}
