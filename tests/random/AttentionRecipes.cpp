// AttentionRecipes: attention, spiking and not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Neurons.h"
#include "tests/random/Recipe.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

static bool timedBinary(GraphBuilder &, Value value) { return isTimed(value) && isBinary(value); }

namespace {

/// Heads, and keys and values that fit them.
struct Heads {
  int64_t heads;
  Attribute keyHeads;
  Value k, v;
};

Heads drawHeads(GraphBuilder &graph, Value q) {
  Heads result;
  result.heads = graph.drawDivisor(width(q));
  RankedTensorType type = typeOf(q);
  if (!graph.exact() && graph.choices.rarely(graph.spiking() ? 12 : 3)) {
    int64_t keyHeads = graph.drawDivisor(result.heads);
    result.keyHeads = graph.integer(keyHeads);
    type = withWidth(type, width(q) / result.heads * keyHeads);
  }
  for (Value *value : {&result.k, &result.v})
    *value =
        graph.choices.flip() ? graph.make(type, q) : (type == typeOf(q) ? q : graph.make(type, q));
  return result;
}

} // namespace

static void selfAttention(GraphBuilder &graph, Value q) {
  Heads heads = drawHeads(graph, q);
  bool causal = !graph.choices.rarely(graph.spiking() ? 12 : 2);
  double scale =
      graph.exact() ? graph.choices.pick({1.0, 0.5, 0.25, 0.125}) : graph.numbers.number(0.125, 2);
  Attribute score;
  if (!graph.exact() && graph.choices.rarely(graph.spiking() ? 12 : 4))
    score = drawNeuronModel(graph, {1, false, false, true}, 0);
  RankedTensorType type = withElement(typeOf(q), graph.real());
  Attribute scoreState, scoreEncoding;
  const auto encoding = [&](double unit) {
    return spike::FixedAttr::get(graph.builder.getContext(),
                                 graph.builder.getDenseF64ArrayAttr(unit),
                                 graph.choices.between(0, 8));
  };
  if (!graph.spiking() && graph.choices.rarely(4)) {
    type = graph.fixed(type, encoding(scale));
    if (score) {
      scoreState = drawState(graph);
      if (!scoreState)
        scoreState =
            spike::StateAttr::get(graph.builder.getContext(), 16, spike::LeakRounding::Floor,
                                  /*saturates=*/true, /*current_bits=*/0, kMaxFractionBits);
      scoreEncoding = encoding(1.0);
    }
  }
  graph.emit("self_attention", {q, heads.k, heads.v}, type,
             {{"heads", graph.integer(heads.heads)},
              {"scale", graph.numbers.attribute(scale)},
              {"causal", graph.optional(causal)},
              {"kv_heads", heads.keyHeads},
              {"score_neuron", score},
              {"score_state", scoreState},
              {"score_encoding", scoreEncoding},
              {spike::kFiringRateAttrName, graph.drawFiringRate()}});
}

static void keyValueSum(GraphBuilder &graph, Value k) {
  Value v = graph.pick([&](Value value) { return value.getType() == k.getType(); }, k);
  RankedTensorType type = withElement(typeOf(k), graph.real());
  if (!graph.spiking() && graph.choices.rarely(4))
    type = graph.fixed(type, spike::FixedAttr::get(graph.builder.getContext(),
                                                   graph.builder.getDenseF64ArrayAttr(1.0),
                                                   graph.choices.between(0, 8)));
  Value sums =
      graph.emit("key_value_sum", {k, v}, type, {{"causal", graph.optional(graph.choices.flip())}});
  if (!graph.spiking())
    return;
  graph.neuron(sums); // the one reader that it has on a chip
  graph.hide(sums);
}

static void softmaxAttention(GraphBuilder &graph, Value q) {
  Heads heads = drawHeads(graph, q);
  graph.emit("softmax_attention", {q, heads.k, heads.v}, q.getType(),
             {{"heads", graph.integer(heads.heads)},
              {"scale", graph.numbers.attribute(graph.numbers.number(-1, 2))},
              {"causal", graph.optional(graph.choices.flip())},
              {"kv_heads", heads.keyHeads}});
}

ArrayRef<Recipe> synfire::test::attentionRecipes() {
  static const Recipe kRecipes[] = {
      {"spike.self_attention", 2, Recipe::OnChip, timedBinary, selfAttention},
      {"spike.key_value_sum", 1, Recipe::OnChip, timedBinary, keyValueSum},
      {"spike.softmax_attention", 1, Recipe::Anywhere, reals, softmaxAttention},
  };
  return kRecipes;
}
