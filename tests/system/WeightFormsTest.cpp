// Weights of few and of many bits, weights without zeros, graded spikes at weights: cases of users,
// whole. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace synfire::test;

namespace {

const std::string kCases = SYNFIRE_SOURCE_DIR "/tests/parity/cases/";

/// A model of the cases, and its tokens.
struct CaseModel {
  explicit CaseModel(const std::string &name, const std::string &file = "m.mlir")
      : model(kCases + name + "/" + file), tokens(kCases + name + "/ids.json") {}
  std::string model, tokens;
};

std::string chipFile(const TemporaryFolder &folder, const std::string &base,
                     const std::string &keys) {
  const std::string path = folder / "chip.yaml";
  writeFile(path, "extends: " + base + "\nname: chip\ndescription: for tests\n" + keys);
  return path;
}

/// runOnBoth() on the case's tokens.
nlohmann::json runTokensOnBoth(const CaseModel &c, const std::string &target,
                               std::vector<std::string> more = {}) {
  more.insert(more.end(), {"--tokens", c.tokens});
  return runOnBoth(c.model, target, more);
}

/// The account op_count of `synfire count` for an op.
nlohmann::json counted(const CaseModel &c, const std::vector<std::string> &options) {
  std::vector<std::string> arguments = {"count", c.model, "--tokens", c.tokens, "--json"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const CommandResult result = runSynfire(arguments);
  REQUIRE_MESSAGE(result.exitCode == 0, result.err);
  return nlohmann::json::parse(result.out)["ops"];
}

} // namespace

TEST_CASE("graded spikes cost 1,728 accumulates, or as many multiplications as there are spikes") {
  const CaseModel c("graded-spikes");
  for (const std::string target : {"loihi2", "mesh-16x16"}) {
    CAPTURE(target);
    const nlohmann::json results = runTokensOnBoth(c, target);
    const nlohmann::json row = rowOf(results["ops"], "fc2");
    CHECK(row["spikes_in"] == 108);
    CHECK(row["actions"]["synop_dense"] == 1728);
    CHECK(row["actions"]["synop_multiply"] == 0);
    const nlohmann::json account = rowOf(results["accounts"]["op_count"]["ops"], "fc2");
    CHECK(account["acs"] == 1728);
    CHECK(account["macs"] == 0);

    TemporaryFolder folder;
    const std::string chip =
        chipFile(folder, target,
                 "core: {graded_synop: multiply}\nenergy: {synop_multiply_pj: {value: 7, basis: "
                 "assumed, source: synfire}}\n");
    const nlohmann::json multiplies = runTokensOnBoth(c, chip);
    const nlohmann::json product = rowOf(multiplies["ops"], "fc2");
    CHECK(product["actions"]["synop_dense"] == 0);
    CHECK(product["actions"]["synop_multiply"] == 8 * 108);
    CHECK(product["energy_pj"]["synapse"] == 7.0 * 8 * 108);
    const nlohmann::json products = rowOf(multiplies["accounts"]["op_count"]["ops"], "fc2");
    CHECK(products["macs"] == 8 * 108);
    CHECK(products["acs"] == 0);
    // `synfire count` says the same: as the target does, or as it is told.
    CHECK(rowOf(counted(c, {"--target", target}), "fc2")["acs"] == 1728);
    CHECK(rowOf(counted(c, {"--target", chip}), "fc2")["macs"] == 8 * 108);
    CHECK(rowOf(counted(c, {"--target", chip, "--graded-synop", "accumulate"}), "fc2")["acs"] ==
          1728);
    CHECK(rowOf(counted(c, {"--target", target, "--graded-synop", "multiply"}), "fc2")["macs"] ==
          8 * 108);
  }
}

TEST_CASE("a matrix with 92 % zeros takes less memory, time and energy without them") {
  const CaseModel dense("sparse-weights", "dense.mlir"), sparse("sparse-weights", "sparse.mlir");
  TemporaryFolder folder;
  const std::string stored = chipFile(folder, "mesh-16x16", "core: {sparse_weights: false}\n");
  const nlohmann::json full = runTokensOnBoth(dense, "mesh-16x16"),
                       pruned = runTokensOnBoth(sparse, "mesh-16x16"),
                       zeros = runTokensOnBoth(sparse, stored);
  const auto memory = [](const nlohmann::json &results) {
    int64_t bytes = 0;
    for (const nlohmann::json &core : results["cores"])
      bytes += core["memory_used_bytes"].get<int64_t>();
    return bytes;
  };
  const auto synops = [](const nlohmann::json &results, const char *action) {
    return rowOf(results["ops"], "fc1")["actions"][action].get<int64_t>();
  };
  // A full matrix is stored as such, whatever the chip can.
  CHECK(synops(full, "synop_sparse") == 0);
  CHECK(synops(full, "synop_dense") == rowOf(full["ops"], "fc1")["spikes_in"].get<int64_t>() * 64);
  CHECK(synops(pruned, "synop_dense") == 0);
  CHECK(synops(pruned, "synop_sparse") > 0);
  CHECK(synops(pruned, "synop_sparse") < synops(zeros, "synop_dense") / 8);
  CHECK(synops(zeros, "synop_sparse") == 0);
  // 64 x 64 x 8 bits, or some 330 weights of 8 bits and 6 bits of index.
  CHECK(memory(zeros) == memory(full));
  CHECK(memory(pruned) < memory(full) - (64 * 64 * 8 - 400 * (8 + 6)) / 8);
  CHECK(pruned["totals"]["time_us"] < zeros["totals"]["time_us"]);
  CHECK(pruned["totals"]["energy_pj"]["synapse"].get<double>() <
        0.5 * zeros["totals"]["energy_pj"]["synapse"].get<double>());
  // What the model needs, and what it computes, does not depend on it.
  CHECK(pruned["accounts"] == zeros["accounts"]);
  CHECK(pruned["totals"]["spikes"] == zeros["totals"]["spikes"]);
}

TEST_CASE("weights of 1, 2 and up to 32 bits run on every chip that lists them") {
  const CaseModel c("weight-widths");
  const auto said = [](const nlohmann::json &results) { return results["model"]["weight_bits"]; };
  CHECK(said(runTokensOnBoth(c, kCases + "weight-widths/bin.yaml")) == 1);
  CHECK(said(runTokensOnBoth(c, kCases + "weight-widths/ter.yaml")) == 2);
  for (const char *format : {"ternary", "signed"})
    CHECK(said(runTokensOnBoth(c, kCases + "weight-widths/ter.yaml",
                               {"--weight-format", format})) == 2);
  for (const char *bits : {"1", "2", "8", "16"})
    CHECK(said(runTokensOnBoth(c, "loihi2", {"--weight-bits", bits})) == std::stoi(bits));
  TemporaryFolder folder;
  const std::string chip = chipFile(folder, "tiny-2x2",
                                    "core: {weight_bits: [1, 2, 24], state_bits: 48, "
                                    "weight_formats: [binary, sign, ternary, signed]}\n");
  CHECK(said(runTokensOnBoth(c, chip)) == 1);
  for (const char *format : {"binary", "sign"})
    CHECK(said(runTokensOnBoth(c, chip, {"--weight-format", format})) == 1);
  for (const char *format : {"ternary", "signed"}) // the largest width up to 8 bits
    CHECK(said(runTokensOnBoth(c, chip, {"--weight-format", format})) == 2);
  CHECK(said(runTokensOnBoth(c, chip, {"--weight-bits", "24"})) == 24);
  const CommandResult refused = runSynfire(
      {"compile", c.model, "--target", chip, "--weight-bits", "8", "-o", folder / "p.mlirbc"});
  CHECK(refused.exitCode == 1);
  CHECK_MESSAGE(contains(refused.err,
                         "weight-bits: needs one of 1, 2, 24 (core.weight_bits of 'chip'), has 8"),
                refused.err);
  for (const char *bits : {"17", "32"})
    CHECK(said(runTokensOnBoth(c, chipFile(folder, "tiny-2x2",
                                           std::string("core: {state_bits: 48, weight_bits: [") +
                                               bits + "]}\n"))) == std::stoi(bits));
}

TEST_CASE("weights that a format has are kept to the bit") {
  TemporaryFolder folder;
  // Each row is one magnitude: ternary weights hold it, and its spikes are those of 24 bits.
  writeFile(folder / "m.mlir", R"(
func.func @main(%t: tensor<?xi32>) -> tensor<?x2xf32> attributes {spike.model = #spike.model<name = "exact", time_steps = 4, context_length = 4, vocabulary = 4, alphabet = "", cleaning = "none">} {
  %0 = spike.code one_hot token %t size 4 : tensor<?xi32> -> tensor<?x4xi1> loc("code")
  %1 = spike.repeat %0 : tensor<?x4xi1> -> tensor<4x?x4xi1> loc("repeat")
  %2 = spike.linear %1, dense<[[0.1, -0.1, 0.0, 0.1], [0.0, 0.7, 0.7, -0.7]]> : tensor<2x4xf32> : tensor<4x?x4xi1> -> tensor<4x?x2xf32> loc("fc")
  %3 = spike.neuron #spike.if<threshold = [0.25, 0.75]>, %2 : tensor<4x?x2xf32> -> tensor<4x?x2xi1> loc("lif")
  %4 = spike.recombine sum %3 : tensor<4x?x2xi1> -> tensor<?x2xf32> loc("sum")
  return %4 : tensor<?x2xf32>
}
)");
  writeFile(folder / "ids.json", "[0, 1, 2, 3]");
  const auto dump = [&](const std::vector<std::string> &options) {
    std::vector<std::string> arguments = {"interpret", folder / "m.mlir",
                                          "--tokens",  folder / "ids.json",
                                          "--dump",    folder / "dump.safetensors"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const CommandResult result = runSynfire(arguments);
    REQUIRE_MESSAGE(result.exitCode == 0, result.err);
    return readFile(folder / "dump.safetensors");
  };
  CHECK(dump({"--domain", "float"}) == dump({"--weight-format", "ternary"}));
}
