// The trained example: the float interpreter against the torch code that trained it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/Import.h"
#include "dialect/interpreter/Interpreter.h"
#include "dialect/spike/Spike.h"

#include "mlir/IR/MLIRContext.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

using namespace synfire;

TEST_CASE("trained example: torch's spike counts, predictions and logits") {
  const std::string root = SYNFIRE_SOURCE_DIR;
  std::ifstream file(root + "/tests/parity/tolstoy-char/expected.json");
  const auto expected = nlohmann::json::parse(file);
  mlir::MLIRContext context;
  auto module = importModel(context, root + "/examples/models/tolstoy-char.yaml");
  REQUIRE(module);
  mlir::func::FuncOp entry;
  module->walk([&](mlir::func::FuncOp function) { entry = function; });
  const auto ids = expected["ids"].get<std::vector<int32_t>>();
  auto result = spike::interpret(entry, ids);
  REQUIRE(mlir::succeeded(result));

  size_t layers = 0;
  for (const auto &[name, count] : expected["spike_counts"].items()) {
    CAPTURE(name);
    const spike::SpikeRecord *record = result->findSpikes(name);
    REQUIRE(record);
    CHECK(std::count(record->values.begin(), record->values.end(), 1) == count.get<int64_t>());
    // Every layer lives: it fires, and not always.
    const double rate = count.get<double>() / static_cast<double>(record->values.size());
    CHECK(rate > 0.01);
    CHECK(rate < 0.9);
    ++layers;
  }
  CHECK(layers == static_cast<size_t>(std::count_if(
                      result->spikes.begin(), result->spikes.end(),
                      [](const spike::SpikeRecord &record) { return record.isNeuron; })));

  REQUIRE(result->tokens == static_cast<int64_t>(ids.size()));
  for (int64_t n = 0; n < result->tokens; ++n) {
    const double *row = result->logits.data() + n * result->vocabulary;
    CHECK(std::max_element(row, row + result->vocabulary) - row ==
          expected["prediction_ids"][n].get<int64_t>());
  }
  const auto last = expected["logits_last_position"].get<std::vector<double>>();
  const double *row = result->logits.data() + (result->tokens - 1) * result->vocabulary;
  for (size_t v = 0; v < last.size(); ++v)
    CHECK(row[v] == doctest::Approx(last[v]).epsilon(1e-4));
}
