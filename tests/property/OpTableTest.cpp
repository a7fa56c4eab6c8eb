// OpTableTest: where each op of the dialect runs, as the README says.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/ChipPath.h"
#include "tests/system/SystemFixture.h"

#include "dialect/spike/Spike.h"
#include "passes/Passes.h"
#include "passes/Pipeline.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

using Names = std::set<std::string>;

/// The ops that the compiler has put on the chip, and on the host, in graphs that compile for a
/// chip with every unit.
struct Places {
  std::string target;
  Names chip = {}, host = {};

  void addRandom(const GraphOptions &options, uint64_t seed) {
    Choices choices = Choices::fromSeed(seed);
    Subject subject(choices, options);
    // Neurons across tokens are refused on the host, and would hide where the ops around them run.
    subject.graph.module->walk([](spike::NeuronOp op) { op.setScan(spike::Scan::Steps); });
    makeMappable(subject);
    add(subject);
  }

  void addFile(const std::string &path) {
    Subject subject(readFile(path), GraphInput{});
    REQUIRE_MESSAGE(subject.graph.module, path);
    add(subject);
  }

private:
  void add(Subject &subject) {
    CompileOptions compile;
    compile.target = target;
    compile.targetsFolder = kTargets;
    if (!runPasses(subject, [&](OpPassManager &m) { buildCompilePipeline(m, compile); }))
      return;
    subject.graph.entry().walk([&](Operation *op) {
      if (auto where = op->getAttrOfType<StringAttr>(kWhereAttrName))
        (where.getValue() == "chip" ? chip : host).insert(op->getName().stripDialect().str());
    });
  }
};

/// The rows of the table.
std::string tableOf(const Places &places) {
  MLIRContext context;
  context.loadDialect<spike::SpikeDialect>();
  std::array<std::pair<const char *, Names>, 4> rows = {{{"on a chip or on the host", {}},
                                                         {"on a chip", {}},
                                                         {"on the host", {}},
                                                         {"in the interpreter alone", {}}}};
  for (RegisteredOperationName op : context.getRegisteredOperationsByDialect("spike")) {
    const std::string name = op.stripDialect().str();
    if (name == "yield")
      continue; // ends the body of a recurrence
    const bool chip = places.chip.contains(name), host = places.host.contains(name);
    rows[chip && host ? 0 : chip ? 1 : host ? 2 : 3].second.insert(name);
  }
  std::string text = "| runs | ops |\n|---|---|\n";
  for (const auto &[title, names] : rows) {
    if (names.empty())
      continue;
    text += std::string("| ") + title + " |";
    for (const std::string &name : names)
      text += (name == *names.begin() ? " `" : ", `") + name + "`";
    text += " |\n";
  }
  return text;
}

} // namespace

TEST_CASE("the table of ops in the README is what the compiler does with graphs") {
  TemporaryFolder folder;
  Places places{folder / "every-unit.yaml"};
  writeFile(places.target,
            "extends: mesh-16x16\nname: every-unit\ndescription: every unit\ncore: "
            "{neuron_models: [if, lif, cuba_lif, integrator], max_delay_ticks: 64, " +
                everyWeight() + "}\n");
  const GraphOptions spiking = {.profile = Profile::Spiking}, any = {.profile = Profile::Any};
  for (uint64_t seed = 1; seed <= 500; ++seed)
    for (const GraphOptions &options : {spiking, any})
      places.addRandom(options, seed);
  // Random graphs put some ops on a chip too rarely.
  for (const char *models : {"/tests/parity/cases", "/tests/system/models"})
    for (const auto &file :
         std::filesystem::recursive_directory_iterator(SYNFIRE_SOURCE_DIR + std::string(models)))
      if (file.path().extension() == ".mlir")
        places.addFile(file.path());
  const std::string path = SYNFIRE_SOURCE_DIR "/README.md", page = readFile(path);
  const std::string begin = "<!-- ops -->\n", end = "<!-- end of ops -->\n";
  const size_t first = page.find(begin) + begin.size(), last = page.find(end);
  REQUIRE(last != std::string::npos);
  const std::string found = tableOf(places);
  if (std::getenv("SYNFIRE_UPDATE_TABLE"))
    writeFile(path, page.substr(0, first) + found + page.substr(last));
  else
    CHECK(page.substr(first, last - first) == found);
}
