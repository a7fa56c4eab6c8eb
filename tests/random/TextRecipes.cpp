// TextRecipes: text to spikes, and how features are put together.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Recipe.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

/// Features that an op which puts values together may have.
static constexpr int64_t kWidest = 24, kMostFlattened = 48;

static bool ids(GraphBuilder &, Value value) { return isIds(value); }

static void table(GraphBuilder &graph, StringRef mnemonic, Value tokens, int64_t atLeast) {
  int64_t rows = atLeast + graph.choices.between(0, 2), features = graph.drawWidth();
  graph.emit(mnemonic, tokens,
             RankedTensorType::get({typeOf(tokens).getDimSize(0), features}, graph.real()),
             {{"table", graph.numbers.weights({rows, features})},
              {spike::kFixedTableAttrName, graph.optional(graph.choices.rarely(4))}});
}

static void lookup(GraphBuilder &graph, Value tokens) {
  table(graph, "lookup", tokens, graph.vocabulary);
}
static void position(GraphBuilder &graph, Value tokens) {
  table(graph, "position", tokens, graph.context);
}

static void code(GraphBuilder &graph, Value tokens) {
  using spike::Code;
  using spike::CodeSource;
  auto kind = graph.choices.pick({Code::OneHot, Code::Binary, Code::BinaryLeft});
  auto source =
      graph.choices.pick({CodeSource::Token, CodeSource::Position, CodeSource::TokenAtPosition});
  int64_t size = graph.choices.between(0, 3);
  Attribute vocabulary;
  switch (source) {
  case CodeSource::Token:
    size += graph.vocabulary;
    break;
  case CodeSource::Position:
    size += graph.context;
    break;
  case CodeSource::TokenAtPosition:
    size = graph.vocabulary * (graph.context + size);
    vocabulary = graph.integer(graph.vocabulary);
  }
  int64_t bits = std::max<int64_t>(1, llvm::Log2_64_Ceil(static_cast<uint64_t>(size)));
  MLIRContext *context = graph.builder.getContext();
  graph.emit(
      "code", tokens,
      RankedTensorType::get({typeOf(tokens).getDimSize(0), kind == Code::OneHot ? size : bits},
                            graph.binary()),
      {{"code", spike::CodeAttr::get(context, kind)},
       {"source", spike::CodeSourceAttr::get(context, source)},
       {"size", graph.integer(size)},
       {"vocabulary", vocabulary}});
}

static void binarize(GraphBuilder &graph, Value input) {
  Attribute threshold;
  if (graph.choices.flip())
    threshold = graph.numbers.attribute(graph.numbers.number(-1, 1));
  graph.emit("binarize", input, withElement(typeOf(input), graph.binary()),
             {{"threshold", threshold}});
}

static bool joins(GraphBuilder &, Value value) {
  return isFeatures(value) && !encodingOf(value) && width(value) <= kWidest / 2;
}

static void concat(GraphBuilder &graph, Value first) {
  SmallVector<Value> inputs{first};
  int64_t features = width(first);
  for (int64_t more = graph.choices.between(0, 2); more > 0; --more) {
    Value next = graph.pick(
        [&](Value value) {
          return isFeatures(value) && withWidth(typeOf(value), 1) == withWidth(typeOf(first), 1) &&
                 !encodingOf(value) && features + width(value) <= kWidest;
        },
        nullptr);
    if (!next)
      break;
    inputs.push_back(next);
    features += width(next);
  }
  graph.emit("concat", inputs, withWidth(typeOf(first), features));
}

static bool features(GraphBuilder &, Value value) { return isFeatures(value); }

static void slice(GraphBuilder &graph, Value input) {
  int64_t from = graph.choices.between(0, width(input) - 1);
  int64_t count = width(input) - from - graph.choices.between(0, width(input) - from - 1);
  RankedTensorType type = withWidth(typeOf(input), count);
  if (spike::FixedAttr encoding = encodingOf(input)) {
    ArrayRef<double> scales = encoding.getScale().asArrayRef();
    if (scales.size() > 1)
      scales = scales.slice(from, count);
    type = graph.fixed(type, spike::FixedAttr::get(type.getContext(),
                                                   graph.builder.getDenseF64ArrayAttr(scales),
                                                   encoding.getFractionBits()));
  }
  graph.emit("slice", input, type, {{"from", graph.integer(from)}});
}

static bool untimed(GraphBuilder &, Value value) { return isFeatures(value) && !isTimed(value); }

static void repeat(GraphBuilder &graph, Value input) {
  SmallVector<int64_t> shape{graph.timeSteps};
  llvm::append_range(shape, typeOf(input).getShape());
  graph.emit("repeat", input,
             RankedTensorType::get(shape, elementOf(input), typeOf(input).getEncoding()));
}

static bool flattens(GraphBuilder &graph, Value value) {
  if (!isFeatures(value) || !hasStaticTokens(value) || !graph.hasGrids())
    return false;
  spike::FixedAttr encoding = encodingOf(value);
  return (!encoding || encoding.getScale().size() == 1) &&
         typeOf(value).getShape().take_back(2)[0] * width(value) <= kMostFlattened;
}

static void flatten(GraphBuilder &graph, Value input) {
  SmallVector<int64_t> shape(typeOf(input).getShape());
  size_t rank = shape.size();
  shape[rank - 1] *= shape[rank - 2];
  shape[rank - 2] = 1;
  graph.emit("flatten", input,
             RankedTensorType::get(shape, elementOf(input), typeOf(input).getEncoding()));
}

static bool realFeatures(GraphBuilder &, Value value) { return isFeatures(value) && isReal(value); }

ArrayRef<Recipe> synfire::test::textRecipes() {
  static const Recipe kRecipes[] = {
      {"spike.lookup", 3, Recipe::Anywhere, ids, lookup},
      {"spike.position", 1, Recipe::Anywhere, ids, position},
      {"spike.code", 2, Recipe::Anywhere, ids, code},
      {"spike.binarize", 1, Recipe::InRecurrence, realFeatures, binarize},
      {"spike.concat", 1, Recipe::InRecurrence, joins, concat},
      {"spike.slice", 1, Recipe::InRecurrence, features, slice},
      {"spike.repeat", 5, Recipe::InRecurrence, untimed, repeat},
      {"spike.flatten", 1, Recipe::OnChip, flattens, flatten},
  };
  return kRecipes;
}
