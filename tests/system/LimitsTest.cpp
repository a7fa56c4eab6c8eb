// A chip at either end of every limit: the model runs, or the compiler says which key is at fault.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Limits.h"
#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::test;

namespace {

/// A chip file: tiny-2x2 with other keys in `core`.
std::string chipWith(const TemporaryFolder &folder, const std::string &core) {
  const std::string path = folder / "limit.yaml";
  writeFile(path, "extends: " + kTargets +
                      "/tiny-2x2.yaml\nname: limit\ndescription: A limit\ncore: {" + core + "}\n");
  return path;
}

CommandResult run(const TemporaryFolder &folder, const std::string &model, const std::string &chip,
                  const std::vector<std::string> &options = {}) {
  std::vector<std::string> arguments = {"run",        model, "--target", chip,
                                        "--generate", "0",   "-o",       folder / "out"};
  if (model.ends_with(".mlir")) {
    writeFile(folder / "tokens.json", "[0, 1, 2, 3, 1]");
    arguments.insert(arguments.end(), {"--tokens", folder / "tokens.json"});
  } else {
    arguments.insert(arguments.end(), {"--text", "prince", "--random-weights", "7"});
  }
  arguments.insert(arguments.end(), options.begin(), options.end());
  return runSynfire(arguments);
}

std::string keyIs(const std::string &key, int value) { return key + ": " + std::to_string(value); }

const std::string kFeedForward = kTestModels + "feed-forward.mlir";
const std::string kGraded = kTestModels + "residual1.yaml"; // ui2 between its blocks

} // namespace

TEST_CASE("a chip file beyond a limit is refused when it is read, with the range") {
  TemporaryFolder folder;
  struct Range {
    std::string key;
    int least, most;
  };
  for (const Range &range :
       {Range{"state_bits", kMinStateBits, kMaxStateBits},
        Range{"state_fraction_bits", 0, kMaxFractionBits}, Range{"graded_bits", 0, kMaxGradedBits}})
    for (int value : {range.least - 1, range.most + 1}) {
      const CommandResult result =
          run(folder, kFeedForward, chipWith(folder, keyIs(range.key, value)));
      CHECK(result.exitCode == 1);
      CHECK_MESSAGE(contains(result.err, "'core." + range.key + "' needs " +
                                             std::to_string(range.least) + " to " +
                                             std::to_string(range.most) + ", has " +
                                             std::to_string(value)),
                    result.err);
    }
}

TEST_CASE("the narrowest and the widest membrane run, with every rule of rounding") {
  TemporaryFolder folder;
  for (int bits : {kMinStateBits, 8, kMaxStateBits})
    for (const std::string rounding : {"toward_zero", "floor", "nearest"}) {
      const std::string chip =
          chipWith(folder, keyIs("state_bits", bits) +
                               ", saturates: true, weight_bits: [2], leak_rounding: " + rounding);
      const CommandResult result = run(folder, kFeedForward, chip);
      CHECK_MESSAGE(result.exitCode == 0, result.err);
    }
  const CommandResult result =
      run(folder, kFeedForward,
          chipWith(folder, keyIs("state_bits", kMaxStateBits) + ", weight_bits: [16]"));
  CHECK_MESSAGE(result.exitCode == 0, result.err);
}

TEST_CASE("a neuron without a leak gets no fraction bits, and a membrane too narrow is told") {
  TemporaryFolder folder;
  const std::string model = kTestModels + "no-leak.mlir", program = folder / "p.mlirbc";
  writeFile(folder / "tokens.json", "[0]");
  for (int bits = kMinStateBits; bits <= 17; ++bits) {
    const std::string chip = chipWith(folder, keyIs("state_bits", bits));
    const CommandResult compiled = runSynfire({"compile", model, "--target", chip, "-o", program});
    CAPTURE(bits);
    CAPTURE(compiled.err);
    REQUIRE(compiled.exitCode == 0);
    CHECK_FALSE(contains(compiled.err, "fraction bits"));
    CHECK(contains(compiled.err, "an overflow ends the simulation") == (bits < 17));
    const CommandResult simulated = runSynfire({"simulate", program, "--target", chip, "--tokens",
                                                folder / "tokens.json", "-o", folder / "out"});
    CAPTURE(simulated.err);
    if (simulated.exitCode != 0) {
      CHECK(simulated.exitCode == 1);
      CHECK(contains(simulated.err, "use fewer weight bits or a target with more state bits"));
      CHECK(bits < 16);
    }
  }
  const CommandResult interpreted =
      runSynfire({"interpret", model, "--target", chipWith(folder, keyIs("state_bits", 16)),
                  "--tokens", folder / "tokens.json", "--generate", "0", "--json"});
  CHECK(interpreted.exitCode == 0);
  CHECK_MESSAGE(contains(interpreted.out, "\"spikes_out\": 256"), interpreted.out);
}

TEST_CASE("every number of fraction bits runs, with a leak that is no short fraction") {
  TemporaryFolder folder;
  // tau = 3: a decay of 12 binary places asks for 48 fraction bits in four steps.
  std::string text = readFile(kFeedForward);
  text.replace(text.find("tau = 2.0"), 9, "tau = 3.0");
  const std::string model = folder / "slow.mlir";
  writeFile(model, text);
  for (int bits : {0, 1, kMaxFractionBits})
    for (const std::string weights : {"[2]", "[16]"}) {
      const std::string chip =
          chipWith(folder, keyIs("state_fraction_bits", bits) +
                               ", state_bits: 48, saturates: true, weight_bits: " + weights);
      const CommandResult result = run(folder, model, chip);
      CHECK_MESSAGE(result.exitCode == 0, result.err);
    }
}

TEST_CASE("a graded spike of any width that a program holds runs where the chip carries it") {
  TemporaryFolder folder;
  for (int bits : {2, kMaxSpikeBits, kMaxGradedBits}) {
    const CommandResult result = run(folder, kGraded, chipWith(folder, keyIs("graded_bits", bits)));
    CHECK_MESSAGE(result.exitCode == 0, result.err);
  }
  const CommandResult narrow = run(folder, kGraded, chipWith(folder, keyIs("graded_bits", 1)));
  CHECK(narrow.exitCode == 1);
  CHECK_MESSAGE(contains(narrow.err, "'core.graded_bits' of target 'limit' is 1"), narrow.err);
}

TEST_CASE("the widest graded spike of a program runs, a wider one is refused by the compiler") {
  TemporaryFolder folder;
  const auto sumOf = [&](int bits) {
    const std::string type = "tensor<4x?x10xui" + std::to_string(bits) + ">";
    std::string text = readFile(kFeedForward);
    const std::string reader = "spike.linear %4,",
                      input = ": tensor<4x?x10xi1> -> tensor<4x?x8xf32>";
    text.replace(text.find(reader), reader.size(), "spike.linear %sum,");
    text.replace(text.find(input), input.size(), ": " + type + " -> tensor<4x?x8xf32>");
    text.insert(text.find("    %5 ="),
                "    %sum = spike.add %4, %4 : tensor<4x?x10xi1>, tensor<4x?x10xi1> -> " + type +
                    " loc(\"sum\")\n");
    writeFile(folder / "sum.mlir", text);
    return folder / "sum.mlir";
  };
  for (const std::string weights : {"[2]", "[16]"}) {
    const std::string chip = chipWith(folder, keyIs("graded_bits", kMaxGradedBits) +
                                                  ", state_bits: 48, weight_bits: " + weights);
    const CommandResult held = run(folder, sumOf(kMaxSpikeBits), chip);
    CHECK_MESSAGE(held.exitCode == 0, held.err);
    const CommandResult wide = run(folder, sumOf(kMaxSpikeBits + 1), chip);
    CHECK(wide.exitCode == 1);
    CHECK_MESSAGE(
        contains(wide.err,
                 "'sum': needs graded spikes of at most 8 bits (what a program holds), has 9"),
        wide.err);
  }
}

TEST_CASE("every width of weights runs") {
  TemporaryFolder folder;
  for (int bits : {kMinWeightBits, 2, 8, 9, 16, 17, kMaxWeightBits}) {
    const CommandResult result =
        run(folder, kFeedForward,
            chipWith(folder, "state_bits: 48, weight_bits: [" + std::to_string(bits) + "]"));
    CHECK_MESSAGE(result.exitCode == 0, result.err);
  }
}

TEST_CASE("fraction bits leave room for the inputs, as the weights' width bounds them") {
  TemporaryFolder folder;
  // The weights are 0, so the membranes would hold 30 fraction bits; a program bounds its inputs
  // by the width of the weights alone, 2^15 rows x 2^15, and 30 bits more are one too many.
  writeFile(folder / "wide.mlir", R"(
func.func @main(%tokens: tensor<?xi32>) -> tensor<?x1xf32> attributes {spike.model =
    #spike.model<name = "wide", time_steps = 4, context_length = 16, vocabulary = 32768, alphabet = "", cleaning = "none">} {
  %0 = spike.code one_hot token %tokens size 32768 : tensor<?xi32> -> tensor<?x32768xi1> loc("code")
  %1 = spike.repeat %0 : tensor<?x32768xi1> -> tensor<4x?x32768xi1> loc("repeat")
  %2 = spike.linear %1, dense<0.0> : tensor<1x32768xf32> bias dense<1.0> : tensor<1xf64> : tensor<4x?x32768xi1> -> tensor<4x?x1xf32> loc("fc")
  %3 = spike.neuron #spike.lif<tau = 3.0 : f64, threshold = [0.5]>, %2 : tensor<4x?x1xf32> -> tensor<4x?x1xi1> loc("lif")
  %4 = spike.recombine sum %3 : tensor<4x?x1xi1> -> tensor<?x1xf32> loc("head")
  return %4 : tensor<?x1xf32>
}
)");
  const CommandResult result =
      run(folder, folder / "wide.mlir",
          chipWith(folder, "axon_in_entries: 65536, state_bits: 48, weight_bits: [16]"));
  CHECK_MESSAGE(result.exitCode == 0, result.err);
  CHECK_MESSAGE(contains(result.err, "; 29 fraction bits are kept"), result.err);
}

#if !defined(__SANITIZE_ADDRESS__) // which is several times slower
TEST_CASE("a model of the most blocks compiles within 20 seconds of processor time") {
  TemporaryFolder folder;
  std::string text = readFile(kTestModels + "residual2.yaml");
  text.replace(text.find("blocks: 2"), 9, "blocks: 1024");
  writeFile(folder / "deep.yaml", text);
  writeFile(folder / "wide.yaml", "extends: mesh-16x16\nname: wide\ndescription: More cores\n"
                                  "mesh: {width: 32, height: 32, cores_per_tile: 1}\n");
  const CommandResult result =
      Process({"bash", "-c",
               "ulimit -t 20; exec " SYNFIRE_BINARY " compile " + (folder / "deep.yaml") +
                   " --random-weights 1 --target " + (folder / "wide.yaml") + " -o " +
                   (folder / "p.mlirbc")})
          .wait();
  CHECK_MESSAGE(result.exitCode == 0, result.err);
}
#endif
