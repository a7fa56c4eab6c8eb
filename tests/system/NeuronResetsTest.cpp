// Resets of every kind on chips: the interpreter's spikes, and those that users have asked for.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

using namespace synfire::test;

namespace {

const std::string kResetCases = SYNFIRE_SOURCE_DIR "/tests/parity/cases/neurons/";

/// The dump of a run on a chip, which is that of the quantised interpreter, to the byte.
std::string dumpOnChip(const std::string &model, const std::string &target,
                       const std::vector<std::string> &input) {
  TemporaryFolder folder;
  auto arguments = [&](std::vector<std::string> all) {
    all.insert(all.end(), input.begin(), input.end());
    return all;
  };
  const CommandResult chip =
      runSynfire(arguments({"run", kResetCases + model, "--target", target, "-o", folder / "out",
                            "--dump", folder / "chip.safetensors"}));
  REQUIRE_MESSAGE(chip.exitCode == 0, chip.err);
  const CommandResult interpreter =
      runSynfire(arguments({"interpret", kResetCases + model, "--target", target, "--dump",
                            folder / "interpreter.safetensors"}));
  REQUIRE_MESSAGE(interpreter.exitCode == 0, interpreter.err);
  const std::string dump = readFile(folder / "chip.safetensors");
  CHECK(dump == readFile(folder / "interpreter.safetensors"));
  return dump;
}

/// The spikes of op `lif` in a dump, as they follow each other in time, of one neuron.
std::string spikesOf(const std::string &dump, size_t steps) {
  const size_t header =
      8 + static_cast<unsigned char>(dump[0]) + 256 * static_cast<unsigned char>(dump[1]);
  const std::string name = "\"lif.spikes\"", offsets = "\"data_offsets\":[";
  const size_t at = dump.find(offsets, dump.find(name));
  REQUIRE(at != std::string::npos);
  std::string text;
  for (char byte : dump.substr(header + std::stoul(dump.substr(at + offsets.size())), steps))
    text += byte ? '1' : '0';
  return text;
}

} // namespace

TEST_CASE("a soft reset with > fires as users of such neurons expect") {
  // v' = 0.8 v + 0.35, a spike above 1, which subtracts 1.
  std::string expected;
  double v = 0;
  for (int step = 0; step < 24; ++step) {
    v = 0.8 * v + 0.35;
    expected += v > 1 ? '1' : '0';
    v -= v > 1 ? 1 : 0;
  }
  REQUIRE(expected == "000100010001000100010001");
  for (const std::string target : {"loihi", "loihi2"}) {
    CAPTURE(target);
    const std::string dump =
        dumpOnChip("soft.mlir", target, {"--input", kResetCases + "in.safetensors"});
    CHECK(spikesOf(dump, 24) == expected);
  }
}

TEST_CASE("neurons that compare with > subtract the threshold that they have to exceed") {
  // A current of 0.5 and a threshold of 1: 0.5, 1, 1.5 fires and leaves 0.5, and so on.
  for (const std::string target : {"loihi", "loihi2", "mesh-16x16", "tiny-2x2"}) {
    CAPTURE(target);
    const std::string dump =
        dumpOnChip("t_if_soft_gt.mlir", target, {"--tokens", kResetCases + "ids.json"});
    CHECK(spikesOf(dump, 24) == "001010101010101010101010");
  }
}

TEST_CASE("a subtraction that comes a step late, through a cycle, fires as its users expect") {
  // v' = 0.8 v + 0.35, a spike above 1; 1 is subtracted from the next membrane, which has leaked.
  std::string expected;
  double v = 0, fired = 0;
  for (int step = 0; step < 24; ++step) {
    v = 0.8 * v + 0.35 - fired;
    fired = v > 1 ? 1 : 0;
    expected += v > 1 ? '1' : '0';
  }
  REQUIRE(expected == "000100001000010000100001");
  for (const std::string target : {"loihi", "loihi2"}) {
    CAPTURE(target);
    const std::string dump =
        dumpOnChip("recurrent.mlir", target, {"--input", kResetCases + "in.safetensors"});
    CHECK(spikesOf(dump, 24) == expected);
  }
}

TEST_CASE("a hard reset of neurons without a filter runs where a chip has such neurons") {
  for (const std::string target : {"loihi", "loihi2"})
    CHECK(contains(
        spikesOf(dumpOnChip("t_cuba_hard.mlir", target, {"--tokens", kResetCases + "ids.json"}),
                 24),
        "1"));
}
