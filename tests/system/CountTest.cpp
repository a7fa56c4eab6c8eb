// CountTest: `synfire count` beside simulated runs, and on the shipped descriptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/safetensors/SafetensorsWriter.h"
#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <span>

using namespace synfire::test;
using Json = nlohmann::ordered_json;

namespace {

const std::string kShipped = SYNFIRE_SOURCE_DIR "/examples/models/";
const std::string kText = "prince andrew rode up to the hill";

/// Standard output as JSON of a command that must succeed.
Json jsonOf(std::vector<std::string> arguments) {
  arguments.push_back("--json");
  const CommandResult result = runSynfire(arguments);
  REQUIRE_MESSAGE(result.exitCode == 0, result.err);
  return Json::parse(result.out);
}

/// Standard error of a command that must end with exit code 1.
std::string refusal(const std::vector<std::string> &arguments) {
  const CommandResult result = runSynfire(arguments);
  CHECK(result.exitCode == 1);
  CHECK(result.out == "");
  return result.err;
}

using WorkByOp = std::map<std::string, std::pair<int64_t, int64_t>>;

/// A small SpikeDecoder of a degree of the ladder, whose real parts run on the host.
std::string hybrid(const std::string &degree) {
  return "synfire: model/1\nname: hybrid\narchitecture: spikedecoder\nconfig:\n  degree: " +
         degree +
         "\n  token_width: 5\n  position_width: 3\n  vocabulary: 4\n  context: 8\n"
         "  time_steps: 3\n  blocks: 2\n  heads: 2\n  mlp_expansion: 2\n  norm: layer\n";
}

/// MACs and ACs of the ops that have any.
WorkByOp workByOp(const Json &ops) {
  WorkByOp work;
  for (const Json &op : ops)
    if (op["macs"] != 0 || op["acs"] != 0)
      work[op["name"]] = {op["macs"], op["acs"]};
  return work;
}

} // namespace

TEST_CASE("count gives the op_count account of a run, op by op, from the same spikes") {
  TemporaryFolder folder;
  writeFile(folder / "performance.yaml", hybrid("2"));
  writeFile(folder / "real-head.yaml", hybrid("3"));
  struct Case {
    std::string model, target;
  };
  for (const Case &c : {Case{kModel, "loihi2"}, Case{kTestModels + "concatenate.yaml", "tiny-2x2"},
                        Case{kTestModels + "residual1.yaml", "tiny-2x2"},
                        Case{kTestModels + "residual2.yaml", "tiny-2x2"},
                        Case{folder / "performance.yaml", "tiny-2x2"},
                        Case{folder / "real-head.yaml", "tiny-2x2"}}) {
    CAPTURE(c.model);
    std::vector<std::string> common = {c.model, "--target", c.target};
    if (c.model == kModel) {
      common.insert(common.end(), {"--text", kText});
    } else {
      writeFile(folder / "ids.json", "[1, 2, 0, 3, 2, 2, 1]");
      common.insert(common.end(), {"--tokens", folder / "ids.json", "--random-weights", "7"});
    }
    std::vector<std::string> run = {"run"}, count = {"count"};
    run.insert(run.end(), common.begin(), common.end());
    run.insert(run.end(), {"--generate", "0", "-o", folder / "out"});
    count.insert(count.end(), common.begin(), common.end());
    const Json simulated = jsonOf(run), counted = jsonOf(count);
    const WorkByOp expected = workByOp(simulated["accounts"]["op_count"]["ops"]);
    REQUIRE(expected.size() > 5);
    CHECK(workByOp(counted["ops"]) == expected);
    CHECK(counted["totals"]["spikes"] == simulated["totals"]["spikes"]);
    CHECK(counted["totals"]["energy_uj"].get<double>() ==
          doctest::Approx(1e-6 * simulated["accounts"]["op_count"]["energy_pj"].get<double>()));
  }
}

TEST_CASE("count without a target measures the float model: the interpreter's spikes") {
  const Json counted = jsonOf({"count", kModel, "--text", kText});
  const Json run = jsonOf({"interpret", kModel, "--text", kText, "--generate", "0"});
  REQUIRE(run["ops"].size() > 10);
  for (const Json &op : run["ops"])
    for (const Json &row : counted["ops"])
      if (row["name"] == op["name"])
        CHECK(row["spikes"] == op["spikes_out"]);
  for (const Json &rate : counted["rates"])
    CHECK(rate["source"] == "measured");
  CHECK(counted["model"]["tokens"] == run["tokens"]);
}

TEST_CASE("the shipped SpikeDecoder descriptions give the published table and the corrected one") {
  struct Row {
    std::string model;
    double published, corrected, megaParameters;
  };
  // Published and corrected: the formulas of the public code.
  for (const Row &row :
       {Row{"char-ann", 14032.7, 7670.2, 2.80}, Row{"char-strict", 1230.8, 1230.8, 2.84},
        Row{"char-performance", 6019.8, 23467.5, 0}, Row{"word-ann", 25928.4, 29454.0, 0},
        Row{"word-strict", 4751.3, 4751.3, 27.88}, Row{"word-performance", 24761.4, 98446.2, 0}}) {
    CAPTURE(row.model);
    const std::string model = kShipped + "spikedecoder-" + row.model + ".yaml";
    for (const auto &[account, energy] :
         {std::pair<std::string, double>("published", row.published),
          std::pair<std::string, double>("corrected", row.corrected)}) {
      CAPTURE(account);
      const Json count = jsonOf({"count", model, "--account", account});
      CHECK(count["account"] == account);
      CHECK(std::abs(count["totals"]["energy_uj"].get<double>() - energy) < 0.0501);
      if (row.megaParameters > 0)
        CHECK(std::abs(count["totals"]["parameters"].get<double>() * 1e-6 - row.megaParameters) <
              0.00501);
    }
  }
}

TEST_CASE(
    "Spikformer's shapes give its published MACs and parameters; an image measures its spikes") {
  TemporaryFolder folder;
  const std::string model = kShipped + "spikformer-4-384.yaml",
                    image = folder / "image.safetensors";
  std::vector<float> pixels;
  for (int i = 0; i < 32 * 32 * 3; ++i)
    pixels.push_back(static_cast<float>(i * 37 % 101) / 100);
  synfire::SafetensorsWriter writer(image);
  writer.declare("input", synfire::TensorType::F32, {32, 32, 3});
  writer.append(std::as_bytes(std::span(pixels)));
  REQUIRE_FALSE(writer.finish().has_value());
  const Json counted = jsonOf({"count", model, "--random-weights", "3", "--input", image});
  // 0.00531 G MACs: the first convolution at 4 steps, and the head.
  CHECK(counted["totals"]["macs"] == 4 * 32 * 32 * 48 * 27 + 384 * 10);
  CHECK(counted["totals"]["parameters"] == 9324730);
  const Json run = jsonOf({"interpret", model, "--random-weights", "3", "--input", image});
  std::map<std::string, int64_t> spikes;
  for (const Json &op : run["ops"])
    spikes[op["name"]] = op["spikes_out"];
  REQUIRE(spikes.at("embed.conv0_lif") > 0);
  for (const Json &op : counted["ops"])
    if (op["kind"] == "neuron")
      CHECK(op["spikes"] == spikes.at(op["name"]));
}

TEST_CASE("op_count of the shipped SpikeDecoders follows from their shapes and rates") {
  struct Shape {
    std::string name;
    double S, L, E, V; // tokens, blocks, width, vocabulary
  };
  const double T = 4, h = 16; // time steps, MLP expansion
  for (const auto &[name, S, L, E, V] :
       {Shape{"char", 256, 12, 80, 30}, Shape{"word", 128, 25, 160, 5947}}) {
    CAPTURE(name);
    const double pairs = S * (S + 1) / 2, entries = T * S * E, mlp = 2 * S * E * h * E;
    auto energyOf = [&, name = name](const std::string &system) {
      const Json count =
          jsonOf({"count", kShipped + "spikedecoder-" + name + "-" + system + ".yaml"});
      return count["totals"]["energy_uj"].get<double>();
    };
    auto energy = [](double macs, double acs) { return 1e-6 * (4.6 * macs + 0.9 * acs); };
    // A score that is not 0 adds the features of its head: the heads cancel.
    const double ssa = T * (0.30 + 0.16) * E * pairs;
    const double projections = entries * (3 * 0.27 + 0.23) * E;
    CHECK(std::abs(energyOf("ann") -
                   energy(L * (2 * pairs * E + 4 * S * E * E + mlp) + S * E * V, 0)) < 0.001);
    CHECK(std::abs(energyOf("performance") -
                   energy(L * T * mlp + S * E * V, L * (ssa + projections))) < 0.001);
    CHECK(std::abs(energyOf("strict") -
                   energy(0, L * (ssa + projections + entries * (0.29 + 0.11) * h * E) +
                                 entries * 0.40 * V)) < 0.001);
  }
}

TEST_CASE("count --json has the contract's keys, and its sums agree") {
  const Json count = jsonOf({"count", kModel, "--text", kText});
  const std::vector<std::string> keys = {"energy_uj",      "macs",   "acs",       "synops",
                                         "neuron_updates", "spikes", "parameters"};
  std::map<std::string, double> sums;
  for (const Json &op : count["ops"]) {
    CHECK(op["name"].is_string());
    CHECK(op["kind"].is_string());
    for (const std::string &key : keys) {
      REQUIRE(op[key].is_number());
      CHECK(op[key].is_number_integer() == (key != "energy_uj"));
      sums[key] += op[key].get<double>();
    }
  }
  CHECK(count["totals"].size() == keys.size());
  for (const std::string &key : keys)
    CHECK(count["totals"][key].get<double>() == sums[key]);
  CHECK(count["unpriced"]["neuron_updates"] == count["totals"]["neuron_updates"]);
  CHECK(count["table"]["mac_pj"] == 4.6);
  CHECK_FALSE(count.contains("explain"));
}

TEST_CASE("--explain shows rules, numbers and departures, as text and as JSON") {
  const std::string model = kShipped + "spikedecoder-char-performance.yaml";
  const Json count = jsonOf({"count", model, "--account", "published", "--explain"});
  std::map<std::string, Json> rules;
  for (const Json &rule : count["explain"])
    rules[rule["name"]] = rule;
  CHECK(rules.at("block3.attn.q")["rule"] == "AC = T (2 nnz out + S out); T, nnz, out, S = 4, "
                                             "5529.60, 80, 256");
  CHECK(rules.at("block3.attn.k")["stated"] == "not counted");
  CHECK(contains(rules.at("block3.attn.k")["meant"], "as the query"));
  const CommandResult text = runSynfire({"count", model, "--account", "published", "--explain"});
  CHECK(text.exitCode == 0);
  CHECK(contains(text.out, "stated: not counted"));
  CHECK(
      contains(text.out, "account published of the system performance: one pass over 256 tokens"));
  CHECK(text.out.find("\ntotal ") > text.out.find("\nhead.fc "));
}

TEST_CASE("rates come from a file, energies from a table, and the report says so") {
  TemporaryFolder folder;
  writeFile(folder / "rates.json", R"({"rates": {"*": 0.5, "head.lif": 0.25}})");
  writeFile(folder / "fp16.json", R"({"name": "45 nm, fp16", "mac_pj": 1.5, "ac_pj": 0.4})");
  const CommandResult text = runSynfire(
      {"count", kModel, "--rates", folder / "rates.json", "--energy-table", folder / "fp16.json"});
  REQUIRE_MESSAGE(text.exitCode == 0, text.err);
  CHECK(contains(text.out, "45 nm, fp16: MAC 1.5 pJ, AC 0.4 pJ"));
  CHECK(contains(text.out, " given"));
  CHECK(contains(text.out, "neuron_updates"));
  const Json count = jsonOf({"count", kModel, "--rates", folder / "rates.json"});
  for (const Json &op : count["ops"])
    if (op["name"] == "head.fc")
      CHECK(op["acs"] == 4 * 128 * 80 / 4 * 30);
}

TEST_CASE("count says what is wrong") {
  TemporaryFolder folder;
  CHECK(contains(refusal({"count", kTestModels + "feed-forward.mlir", "--account", "published"}),
                 "the account 'published' is defined for SpikeDecoder only"));
  const std::string missing = refusal({"count", kModel});
  CHECK(contains(missing, "ops without a rate: "));
  CHECK(contains(missing, "'block2.mlp.hidden_lif'"));
  CHECK(contains(missing, "--rates FILE"));
  writeFile(folder / "rates.json", R"({"rates": {"*": 0.5, "blok0.*": 0.25}})");
  CHECK(contains(refusal({"count", kModel, "--rates", folder / "rates.json"}), "'blok0.*'"));
  writeFile(folder / "rates.json", R"({"rates": {"*": 2}})");
  CHECK(contains(refusal({"count", kModel, "--rates", folder / "rates.json"}), "needs 0 to 1"));
  CHECK(contains(refusal({"count", kModel, "--energy-table", folder / "rates.json"}),
                 "unknown key \"rates\""));
  CHECK(contains(refusal({"count", kModel, "--target", "loihi2"}),
                 "give --text, --tokens or --input, too"));
  CHECK(contains(refusal({"count", folder / "absent.yaml"}), "absent.yaml"));
  const std::string shapes = kShipped + "spikedecoder-char-strict.yaml";
  CHECK(contains(refusal({"count", shapes, "--text", "a"}), "--weights"));
  CHECK(contains(refusal({"count", kShipped + "spikformer-4-384.yaml", "--random-weights", "3",
                          "--text", "a"}),
                 "the model takes a tensor, not token ids; give --input FILE"));
  CHECK(contains(refusal({"count", kModel, "--input", "x.safetensors"}),
                 "the model takes token ids"));
  CHECK(runSynfire({"count", kModel, "--account", "guessed"}).exitCode == 2);
  CHECK(runSynfire({"count", kModel, "--rates", "r.json", "--text", "a"}).exitCode == 2);
  CHECK(runSynfire({"count", kModel, "--rates", "r.json", "--tokens", "t.json"}).exitCode == 2);
}

TEST_CASE("the example attention-region follows its closed form, and meets the band at its edges") {
  const std::string command = std::string("SYNFIRE='") + SYNFIRE_BINARY + "' '" +
                              SYNFIRE_SOURCE_DIR + "/examples/attention-region/run' --json";
  FILE *pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text(1 << 20, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), pipe));
  REQUIRE(pclose(pipe) == 0);
  const Json region = Json::parse(text);
  REQUIRE(region["rows"].size() > 50);
  for (const Json &row : region["rows"]) {
    const double T = row["time_steps"], S = row["tokens"], rate = row["rate"];
    const double pairs = S * (S + 1) / 2;
    CHECK(row["softmax_uj"].get<double>() == doctest::Approx(4.6e-6 * 2 * pairs * 768));
    // Query spikes and scores are expectations, rounded to whole accumulates.
    CHECK(std::abs(row["spiking_uj"].get<double>() - 0.9e-6 * T * rate * 2 * pairs * 768) < 1e-6);
  }
  REQUIRE(region["edges"].size() == 6);
  for (size_t i = 0; i < 6; ++i)
    CHECK(std::abs(region["edges"][i]["saving_percent"].get<double>() -
                   (i % 2 == 0 ? 64.71 : 85.28)) < 0.005);
}
