// A program as text: simulated like its bytecode, edited by hand, and damaged.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/HybridModels.h"
#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <sstream>

using namespace synfire::test;

namespace {

/// The trained model on a small chip as text, its side file beside it.
class TextProgram {
public:
  TextProgram() : path(folder / "p.mlir") {
    REQUIRE(runSynfire({"compile", kModel, "--target", "tiny-2x2", "-o", path}).exitCode == 0);
    original = readFile(path);
  }

  /// Simulates the text with its first `old` behind `after` replaced.
  CommandResult simulate(const std::string &old = "", const std::string &replacement = "",
                         const std::string &after = "") {
    std::string text = original;
    const size_t at = text.find(old, text.find(after));
    REQUIRE_MESSAGE(at != std::string::npos, old);
    return simulateText(text.replace(at, old.size(), replacement));
  }

  CommandResult simulateText(const std::string &text) {
    writeFile(path, text);
    return runSynfire({"simulate", path, "--text", "prince andrew ", "--generate", "0", "-o",
                       folder / "out", "--dump", folder / "out.safetensors"});
  }

  std::string results() const { return readFile(folder / "out/results.json"); }
  std::string spikes() const { return readFile(folder / "out.safetensors"); }

  TemporaryFolder folder;
  std::string path, original;
};

/// "p.mlir:12:" with the line of the first `text` behind `after`.
std::string placeOf(const std::string &program, const std::string &text, const std::string &after) {
  const size_t at = program.find(text, program.find(after));
  REQUIRE_MESSAGE(at != std::string::npos, text);
  const auto line = std::count(program.begin(), program.begin() + static_cast<long>(at), '\n') + 1;
  return "p.mlir:" + std::to_string(line) + ":";
}

} // namespace

TEST_CASE(
    "a program as text gives the results of its bytecode, and has no dictionary of attributes") {
  TemporaryFolder folder;
  const std::string hybrid = softmaxModel(folder);
  writeFile(folder / "ids.json", "[[1, 2, 0, 1]]");
  for (const auto &[model, target] :
       {std::pair(kModel, "tiny-2x2"), std::pair(kModel, "loihi2"), std::pair(kModel, "mesh-16x16"),
        std::pair(hybrid, "mesh-16x16")}) {
    CAPTURE(model);
    CAPTURE(target);
    for (const std::string kind : {"mlirbc", "mlir"}) {
      const std::string program = folder / (kind + ".program." + kind);
      REQUIRE(runSynfire({"compile", model, "--target", target, "-o", program}).exitCode == 0);
      const CommandResult run =
          runSynfire({"simulate", program, "--tokens", folder / "ids.json", "--generate", "0", "-o",
                      folder / kind, "--dump", folder / (kind + ".safetensors")});
      REQUIRE_MESSAGE(run.exitCode == 0, run.err);
    }
    CHECK(readFile(folder / "mlirbc.program.weights") == readFile(folder / "mlir.program.weights"));
    for (const std::string file : {"/results.json", "/cores.csv", "/links.csv", ".safetensors"})
      CHECK(readFile(folder / ("mlirbc" + file)) == readFile(folder / ("mlir" + file)));
    // Operations of the spike dialect that the host computes keep that dialect's text.
    std::istringstream lines(readFile(folder / "mlir.program.mlir"));
    const std::regex own("^ *chip\\.(?!host|yield)"), dictionary("\\{.*=|attributes| : i64|#chip");
    for (std::string line; std::getline(lines, line);)
      if (std::regex_search(line, own))
        CHECK_MESSAGE(!std::regex_search(line, dictionary), line);
  }
}

TEST_CASE("an edited text is simulated as it says") {
  TextProgram program;
  REQUIRE(program.simulate().exitCode == 0);
  const std::string results = program.results(), spikes = program.spikes();
  // A threshold that no membrane reaches silences a population.
  CommandResult run =
      program.simulate("threshold = [97]", "threshold = [1000000]", "@block0.attn.att_lif");
  REQUIRE_MESSAGE(run.exitCode == 0, run.err);
  CHECK(program.spikes() != spikes);
  CHECK(program.results() != results);
  // A slice on another core, and the one flow that reaches it: the same spikes, other traffic.
  std::string text = program.original;
  const auto edit = [&](const std::string &old, const std::string &replacement, size_t from) {
    const size_t at = text.find(old, from);
    REQUIRE_MESSAGE(at != std::string::npos, old);
    text.replace(at, old.size(), replacement);
  };
  edit("on core 0 of tile (1, 0)", "on core 0 of tile (1, 1)",
       text.find("chip.slice @\"head.fc/0\""));
  edit("core 0 of tile (1, 0) columns 0 to 79", "core 0 of tile (1, 1) columns 0 to 79",
       text.find("chip.flow from @\"head.lif/0\""));
  run = program.simulateText(text);
  REQUIRE_MESSAGE(run.exitCode == 0, run.err);
  CHECK(program.spikes() == spikes);
  CHECK(program.results() != results);
}

TEST_CASE("a broken edit is told with file, line and op") {
  TextProgram program;
  const auto refused = [&](const std::string &old, const std::string &replacement,
                           const std::string &after, const std::string &place,
                           const std::string &message) {
    const CommandResult run = program.simulate(old, replacement, after);
    CHECK(run.exitCode == 1);
    CHECK_MESSAGE(contains(run.err, message), run.err);
    CHECK_MESSAGE(contains(run.err, placeOf(program.original, place, after)), run.err);
  };
  const std::string slice = "chip.slice @\"head.fc/0\"", flow = "chip.flow from @\"head.lif/0\"";
  refused("chip.slice", "chip.slize", slice, slice, "custom op 'chip.slize' is unknown");
  refused("columns 0 to 29", "columns 0 to 30", slice, slice,
          "'chip.slice' op columns: needs a part of 0 to 29, has 0 to 30");
  // What only the whole mapping tells: a core without its flow, a flow without its core.
  const std::string lastTarget = "chip.target core 0 of tile (1, 0) columns 0 to 79\n    }\n  }\n}";
  refused("tile (1, 0)", "tile (1, 1)", slice, lastTarget,
          "'head.lif/0': its flow reaches core 0 of tile (1, 0), where no slice reads it");
  refused("tile (1, 0)", "tile (5, 0)", slice, slice,
          "'head.fc/0': needs a core of target 'tiny-2x2', has core 0 of tile (5, 0)");
  refused(flow + " columns 0 to 79 {\n      chip.target core 0 of tile (1, 0) columns 0 to 79\n    "
                 "}\n",
          "", "", "chip.slice @\"head.lif/0\"",
          "'head.lif/0': its flow does not reach core 0 of tile (1, 0)");
  refused("tile (1, 0) columns 0 to 79", "tile (1, 0) columns 0 to 79 links (0, 0) north",
          "chip.flow from @embed.repeat", "chip.target core 0 of tile (1, 0) columns 0 to 79",
          "'embed.repeat': its flow to core 0 of tile (1, 0) ends at router (0, 1)");
  refused(" stage 16", " stage 17", "@head.lif kind", "chip.projection @\"head.lif->head.fc\"",
          "'head.fc': needs stage 18 or a later one, has stage 17");
  // What only the side file tells.
  refused(
      "offset 442496", "offset 442497000", slice, "chip.synapses @\"head.lif->head.fc\"",
      "'head.fc/0': 2400 bytes of weights at 442497000: needs a weights_file that holds them, has "
      "444896 bytes");
  const CommandResult run = program.simulate("weights_bytes 444896", "weights_bytes 444895");
  CHECK(run.exitCode == 1);
  CHECK(contains(run.err, "needs 444895 bytes, has 444896"));
}

TEST_CASE("a text that is cut short or nested without end is refused") {
  TextProgram program;
  const std::string text = program.original;
  for (int part = 0; part < 20; ++part) {
    const CommandResult run = program.simulateText(text.substr(0, text.size() * part / 20));
    CHECK(run.exitCode == 1);
    CHECK(contains(run.err, "error: "));
    CHECK(contains(run.err, "p.mlir"));
  }
  // MLIR's parser calls itself for every bracket.
  const CommandResult run =
      program.simulate("warnings []", "warnings " + std::string(2000000, '['));
  CHECK(run.exitCode == 1);
  CHECK_MESSAGE(contains(run.err, "needs at most 256 levels of nesting, has more"), run.err);
}
