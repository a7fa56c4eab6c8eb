// SpikformerReferenceTest: imported image models fire every spike of a reference
// of plain loops.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ImageReference.h"
#include "ImageTestModels.h"

#include "dialect/interpreter/Interpreter.h"

using namespace synfire;
using namespace synfire::test;

static void checkEverySpike(bool spikeDriven, int64_t pooledStages) {
  TinyImageModel tiny(spikeDriven);
  tiny.description += "  pooled_stages: " + std::to_string(pooledStages) + "\n";
  auto module = tiny.import();
  REQUIRE(module);
  FloatTensor image = randomTensor({8 * 16, 2}, -2, 4, 1000);
  FeatureMap input(4, 8, 16, 2);
  for (size_t i = 0; i < input.values.size(); ++i)
    input.values[i] = image.numbers[i % image.numbers.size()];
  ImageReference reference(tiny.tensors, spikeDriven, 2, 2, pooledStages, 0.5, 0.5);
  std::vector<double> logits = reference.logits(input);

  spike::InputTensor argument{image.shape, {image.numbers.begin(), image.numbers.end()}};
  auto result = spike::interpret(entryOf(*module), argument);
  REQUIRE(mlir::succeeded(result));
  size_t neurons = 0;
  for (const spike::SpikeRecord &record : result->spikes) {
    CAPTURE(record.name);
    if (!record.isNeuron)
      continue;
    ++neurons;
    REQUIRE(reference.spikes.count(record.name));
    const std::vector<double> &expected = reference.spikes[record.name];
    CHECK(std::vector<double>(record.values.begin(), record.values.end()) == expected);
    // Silent or saturated layers would hide what is wrong behind them.
    auto fired = std::count(expected.begin(), expected.end(), 1);
    CHECK(fired > 0);
    CHECK(fired < int64_t(expected.size()));
  }
  CHECK(neurons == reference.spikes.size());
  REQUIRE(result->logits.size() == logits.size());
  for (size_t i = 0; i < logits.size(); ++i)
    CHECK(std::fabs(result->logits[i] - logits[i]) < 1e-12);
}

TEST_CASE("a Spikformer fires every spike of the plain loops") {
  for (int64_t pooledStages : {1, 2, 3})
    checkEverySpike(/*spikeDriven=*/false, pooledStages);
}

TEST_CASE("a Spike-driven Transformer fires every spike of the plain loops") {
  for (int64_t pooledStages : {1, 2, 3})
    checkEverySpike(/*spikeDriven=*/true, pooledStages);
}
