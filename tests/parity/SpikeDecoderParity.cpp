// SpikeDecoderParity: the public implementation's recorded run, spike for spike.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/Import.h"
#include "dialect/import/WeightCheck.h"
#include "dialect/import/builders/SpikeDecoderBuilder.h"
#include "dialect/import/safetensors/Safetensors.h"
#include "dialect/interpreter/Interpreter.h"
#include "dialect/spike/Spike.h"
#include "tests/parity/Reference.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

namespace fs = std::filesystem;
using namespace synfire;

/// Allowed difference of currents, streams and logits: the recorded run is
/// float32, ours float64 (the reference's README measured 4e-6 at most).
static constexpr double kTolerance = 1e-4;

/// Tensor [timeSteps, text, token, feature] or [text, token, feature] of a file.
class Recorded {
public:
  Recorded(const Safetensors &file, const TensorInfo &info)
      : bytes(file.bytes(info)), info(info), steps(info.shape.size() == 4 ? info.shape[0] : 1),
        texts(info.shape[info.shape.size() - 3]), tokens(info.shape[info.shape.size() - 2]),
        features(info.shape.back()) {}

  double at(int64_t step, int64_t text, int64_t token, int64_t feature) const {
    size_t index = ((step * texts + text) * tokens + token) * features + feature;
    if (info.type == TensorType::U8)
      return double(std::to_integer<uint8_t>(bytes[index]));
    float number;
    std::memcpy(&number, bytes.data() + index * sizeof number, sizeof number);
    return number;
  }

private:
  std::span<const std::byte> bytes;
  const TensorInfo &info;

public:
  const int64_t steps, texts, tokens, features;
};

/// Largest difference of a recorded text from ours, row-major as there.
template <class Number>
static double largestDifference(const Recorded &recorded, int64_t text,
                                const std::vector<Number> &ours) {
  REQUIRE(int64_t(ours.size()) == recorded.steps * recorded.tokens * recorded.features);
  double largest = 0;
  size_t index = 0;
  for (int64_t step = 0; step < recorded.steps; ++step)
    for (int64_t token = 0; token < recorded.tokens; ++token)
      for (int64_t feature = 0; feature < recorded.features; ++feature) {
        double difference =
            std::abs(double(ours[index++]) - recorded.at(step, text, token, feature));
        // NaN must not pass for small.
        largest = difference <= largest ? largest : difference;
      }
  return largest;
}

/// One reference case: the imported model and what the public code computed.
struct Case {
  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::shared_ptr<const Safetensors> expected;
  std::vector<std::vector<int32_t>> texts;
  /// Name of each LIF to the name of the op that computes its current.
  std::map<std::string, std::string> currentOf;

  Case(const fs::path &folder, const fs::path &description) {
    ImportOptions options;
    options.weightsPath = folder / "weights.safetensors";
    module = importModel(context, description.string(), options);
    REQUIRE(module);
    REQUIRE(mlir::succeeded(checkWeights(*module)));
    auto opened = Safetensors::open(folder / "expected.safetensors");
    REQUIRE(opened.index() == 0);
    expected = std::get<0>(opened);
    std::ifstream stream(folder / "case.json");
    texts = nlohmann::json::parse(stream).at("token_ids");
    module->walk([&](spike::NeuronOp op) {
      currentOf[spike::sourceName(op)] = spike::sourceName(op.getCurrent().getDefiningOp());
    });
  }

  mlir::func::FuncOp function() { return *module->getOps<mlir::func::FuncOp>().begin(); }
};

static const std::vector<double> &findCurrent(const spike::InterpretResult &result,
                                              const std::string &name) {
  for (const spike::CurrentRecord &record : result.currents)
    if (record.name == name)
      return record.values;
  FAIL("no current " << name);
  std::abort();
}

/// Compares everything recorded of one text; counts the spikes compared.
static int64_t compareText(Case &reference, int64_t text) {
  spike::InterpretOptions options;
  options.keepCurrents = true;
  auto result = spike::interpret(reference.function(), reference.texts[text], options);
  REQUIRE(mlir::succeeded(result));
  int64_t compared = 0;
  size_t neurons = 0;
  for (const TensorInfo &info : reference.expected->tensors()) {
    CAPTURE(info.name);
    Recorded recorded(*reference.expected, info);
    std::string_view name = info.name;
    std::string layer(name.substr(0, name.rfind('.')));
    if (name.ends_with(".spikes") || name == "embedding") {
      const auto *ours = result->findSpikes(name == "embedding" ? "embedding.repeat" : layer);
      REQUIRE(ours);
      neurons += ours->isNeuron;
      compared += int64_t(ours->values.size());
      CHECK(largestDifference(recorded, text, ours->values) == 0);
    } else if (name.ends_with(".current")) {
      // Recorded for the first text only.
      REQUIRE(reference.currentOf.count(layer));
      if (text < recorded.texts)
        CHECK(largestDifference(recorded, text, findCurrent(*result, reference.currentOf[layer])) <
              kTolerance);
    } else if (name == "stream_out") {
      CHECK(largestDifference(recorded, text,
                              findCurrent(*result, reference.currentOf["Head.gen_LIF"])) <
            kTolerance);
    } else {
      REQUIRE(name == "logits");
      CHECK(largestDifference(recorded, text, result->logits) < kTolerance);
    }
  }
  // Every neuron of the model was compared, not only every record.
  CHECK(neurons == reference.currentOf.size());
  return compared;
}

static void compareCase(const std::string &caseFolder, const std::string &description) {
  fs::path folder = fs::path(test::referenceFolder("spikedecoder")) / caseFolder;
  if (!fs::exists(folder / "expected.safetensors")) {
    test::skip("no recorded run in " + folder.string());
    return;
  }
  Case reference(folder, fs::path(SYNFIRE_SOURCE_DIR) / "tests/parity/spikedecoder" / description);
  REQUIRE(reference.texts.size() == 3);
  int64_t spikes = 0;
  for (int64_t text = 0; text < 3; ++text)
    spikes += compareText(reference, text);
  MESSAGE(spikes << " recorded spikes are equal");
}

TEST_CASE("residual 0: every recorded spike, current and logit of the public run") {
  compareCase("", "reference.yaml");
}

TEST_CASE("residual 1: every recorded spike, current and logit of the public run") {
  compareCase("residual1", "residual1/residual1.yaml");
}

TEST_CASE("the descriptions say what the cases say") {
  for (std::string path : {"reference.yaml", "residual1/residual1.yaml"}) {
    fs::path description = fs::path(SYNFIRE_SOURCE_DIR) / "tests/parity/spikedecoder" / path;
    std::ifstream yaml(description), json(description.parent_path() / "case.json");
    std::string text((std::istreambuf_iterator<char>(yaml)), {});
    nlohmann::json config = nlohmann::json::parse(json).at("config");
    CHECK(config.size() == 16);
    for (auto &[key, value] : config.items()) {
      std::string line = key + ": " + (value.is_string() ? value.get<std::string>() : value.dump());
      CAPTURE(line);
      CHECK(text.find("\n  " + line + "\n") != std::string::npos);
    }
  }
}

TEST_CASE("our sinusoid, binarised, is the position code of the public state dict") {
  auto opened = Safetensors::open(std::string(SYNFIRE_SOURCE_DIR) +
                                  "/tests/parity/spikedecoder/weights.safetensors");
  REQUIRE(opened.index() == 0);
  const auto &file = std::get<0>(opened);
  const TensorInfo *code = file->find("embedder.pos_code");
  REQUIRE(code);
  std::vector<float> ours = sinusoid(code->shape[0], code->shape[1]);
  REQUIRE(ours.size() == size_t(code->shape[0] * code->shape[1]));
  std::vector<float> published(ours.size());
  std::memcpy(published.data(), file->bytes(*code).data(), file->bytes(*code).size());
  for (size_t i = 0; i < ours.size(); ++i)
    CHECK((ours[i] >= 0) == (published[i] == 1));
}
