// NeuronRecipes: neurons, integrators, delays, recurrence.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Neurons.h"
#include "tests/random/Recipe.h"

#include "dialect/spike/FixedPoint.h"
#include "support/Limits.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

/// steps_and_tokens lets tokens influence each other: not inside a recurrence.
static Attribute drawScan(GraphBuilder &graph) {
  if (graph.recurrenceDepth() > 0 || !graph.choices.rarely(4))
    return nullptr;
  return spike::ScanAttr::get(graph.builder.getContext(), spike::Scan::StepsAndTokens);
}

Attribute synfire::test::drawState(GraphBuilder &graph) {
  using spike::LeakRounding;
  if (!graph.choices.flip())
    return nullptr;
  auto rounding =
      graph.choices.pick({LeakRounding::TowardZero, LeakRounding::Floor, LeakRounding::Nearest});
  return spike::StateAttr::get(graph.builder.getContext(),
                               graph.choices.pick<int64_t>({32, 24, kMaxStateBits}), rounding,
                               graph.choices.flip(), graph.choices.pick<int64_t>({0, 24, 40}),
                               graph.choices.pick<int64_t>({kMaxFractionBits, 8, 1}));
}

Attribute GraphBuilder::drawFiringRate() {
  return choices.rarely(6) ? numbers.attribute(numbers.number(0, 1)) : nullptr;
}

Value GraphBuilder::neuron(Value current) {
  bool quantized = bool(encodingOf(current));
  Attribute scan = drawScan(*this);
  NeuronUse use{width(current), quantized || spiking(), scan != nullptr, false};
  return emit("neuron", current, withElement(typeOf(current), binary()),
              {{"model", drawNeuronModel(*this, use, exact() ? exactStep(current) : 0)},
               {"state", quantized ? drawState(*this) : nullptr},
               {"scan", scan},
               {spike::kFiringRateAttrName, drawFiringRate()}});
}

static bool timedCurrent(GraphBuilder &, Value value) {
  return isTimed(value) && (isReal(value) || encodingOf(value));
}

static void neuron(GraphBuilder &graph, Value current) { graph.neuron(current); }

static void integrator(GraphBuilder &graph, Value current) {
  const bool quantized = bool(encodingOf(current));
  Attribute decay;
  double gain = 1;
  if (graph.choices.flip())
    decay = graph.numbers.attribute(graph.numbers.number(0, 1));
  const bool gains = graph.choices.flip();
  if (gains) // integers have no other gain than one above 0, which is the simplest here
    gain = quantized || graph.spiking() ? 2 - graph.numbers.number(0, 1.75)
                                        : graph.numbers.number(-2, 2);
  graph.emit("integrator", current,
             quantized ? Type(spike::integratedType(typeOf(current), gain)) : current.getType(),
             {{"decay", decay},
              {"gain", gains ? graph.numbers.attribute(gain) : nullptr},
              {"state", quantized ? drawState(graph) : nullptr},
              {"scan", drawScan(graph)}});
}

/// Chips delay spikes alone.
static bool delayed(GraphBuilder &graph, Value value) {
  return isTimed(value) && (isSpikes(value) || !graph.spiking());
}

static void delay(GraphBuilder &graph, Value input) {
  int64_t count = graph.choices.flip() ? width(input) : 1;
  SmallVector<int64_t> steps;
  for (int64_t i = 0; i < count; ++i)
    steps.push_back(graph.choices.between(0, 3));
  graph.emit("delay", input, input.getType(),
             {{"steps", graph.builder.getDenseI64ArrayAttr(steps)}});
}

static bool recurs(GraphBuilder &graph, Value value) {
  return isTimed(value) && graph.recurrenceDepth() < 2;
}

static void recurrent(GraphBuilder &graph, Value outside) { graph.drawRecurrence(outside); }

ArrayRef<Recipe> synfire::test::neuronRecipes() {
  static const Recipe kRecipes[] = {
      {"spike.neuron", 6, Recipe::InRecurrence | Recipe::OnChip, timedCurrent, neuron},
      {"spike.integrator", 1, Recipe::InRecurrence | Recipe::OnChip, timedCurrent, integrator},
      {"spike.delay", 1, Recipe::InRecurrence | Recipe::OnChip, delayed, delay},
      {"spike.recurrent", 1, Recipe::InRecurrence | Recipe::OnChip, recurs, recurrent},
  };
  return kRecipes;
}
