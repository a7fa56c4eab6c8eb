// TorusTest: what compiles for a torus, or around faults, runs as in the interpreter.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/ChipPath.h"

#include "simulator/timing/TimingEngine.h"
#include "support/MeshNames.h"
#include "support/MeshPaths.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::test;

namespace {

const GraphOptions kChipGraphs = {.profile = Profile::Spiking};

/// A chip of small cores on a mesh or torus of 2 x 1 to 5 x 5 tiles, of which cores and links are
/// faulty, with a clock or without, and the host's port anywhere.
std::string drawFaultyChip(Choices &choices, const std::string &path) {
  const int64_t width = choices.between(2, 5), height = choices.between(1, 5);
  const MeshLinks mesh{width, height, choices.flip()};
  const auto number = [&](int64_t low, int64_t high) {
    return std::to_string(choices.between(low, high));
  };
  std::set<std::string> cores, links; // each once
  for (int64_t count = choices.between(0, width * height / 4); count > 0; --count)
    cores.insert("[" + number(0, width - 1) + ", " + number(0, height - 1) + "]");
  for (int64_t count = choices.between(0, 6); count > 0; --count) {
    const MeshPlace tile{choices.between(0, width - 1), choices.between(0, height - 1)};
    const auto direction = static_cast<Direction>(choices.below(kDirections));
    if (mesh.next(tile, direction))
      links.insert("[" + std::to_string(tile.x) + ", " + std::to_string(tile.y) + ", " +
                   kDirectionNames[static_cast<size_t>(direction)] + "]");
  }
  const auto list = [](const std::set<std::string> &faults) {
    std::string text;
    for (const std::string &fault : faults)
      text += (text.empty() ? "" : ", ") + fault;
    return "[" + text + "]";
  };
  test::writeFile(
      path, "extends: " + choices.pick<std::string>({"mesh-16x16", "loihi2"}) +
                "\nname: drawn\ndescription: drawn\nmesh: {width: " + std::to_string(width) +
                ", height: " + std::to_string(height) + ", cores_per_tile: " + number(1, 2) +
                ", topology: " + (mesh.torus ? "torus" : "mesh") +
                ", faulty_cores: " + list(cores) + ", faulty_links: " + list(links) +
                "}\nhost: {port_x: " + number(0, width - 1) + ", port_y: " + number(0, height - 1) +
                "}\nnoc: {virtual_channels: " + number(2, 5) + ", buffer_flits: " + number(1, 3) +
                "}\ncore: {neurons: " + choices.pick<std::string>({"4", "8", "24"}) + "}\n");
  return path;
}

/// What the network of a drawn chip has carried.
struct MeshTally {
  int64_t detours = 0, wraps = 0, faulty = 0;
};

/// No slice stands on a faulty core, no flit crosses a faulty link, every flit crosses the links of
/// its path, and all counts are the same for any number of threads.
std::string judgeTraffic(const sim::Program &program, const sim::ActivityTrace &trace,
                         MeshTally &tally) {
  const sim::Counters counters = sim::simulateTiming(program, trace, trace.tokens(), {});
  const sim::Counters threaded =
      sim::simulateTiming(program, trace, trace.tokens(), {.threads = 3, .progress = {}});
  if (counters.timePs != threaded.timePs || counters.noc.linkFlits != threaded.noc.linkFlits ||
      counters.total.actions != threaded.total.actions)
    return "three threads give other counts than one";
  if (std::string wrong = checkConservation(counters); !wrong.empty())
    return wrong;
  const MeshModel &mesh = program.chip.mesh;
  tally.faulty += !mesh.faultyCores.empty() || !mesh.faultyLinks.empty();
  for (const sim::Slice &slice : program.slices) {
    const sim::Core &core = program.cores[slice.core];
    if (mesh.isFaulty(core.x, core.y, core.core))
      return "slice " + slice.name + " stands on a faulty core";
  }
  for (int32_t link : mesh.faultyLinkNumbers())
    if (counters.noc.linkFlits[link] != 0)
      return "flits crossed the faulty link " + std::to_string(link);
  for (const sim::Flow &flow : program.flows)
    for (const sim::Flow::Target &target : flow.targets) {
      const sim::Core &from = program.cores[flow.sourceCore], &to = program.cores[target.core];
      tally.detours +=
          !isDimensionOrder(mesh.links(), {from.x, from.y}, {to.x, to.y}, target.links);
      for (int32_t link : target.links)
        tally.wraps += mesh.links().isWrap(link);
    }
  return "";
}

/// The property of a drawn graph on a drawn chip; `change` happens to the program.
std::string agreesOnFaultyChip(Subject &subject, const std::function<void(sim::Program &)> &change,
                               ChipTally &tally, MeshTally &mesh) {
  TemporaryFolder folder;
  const std::string chip = drawFaultyChip(*subject.choices, folder / "drawn.yaml");
  makeMappable(subject);
  return chipAgreesOn(subject, chip, change, tally,
                      [&](const sim::Program &program, const sim::ActivityTrace &trace) {
                        return judgeTraffic(program, trace, mesh);
                      });
}

} // namespace

TEST_CASE("on tori and around faults chips give the interpreter's spikes, whatever the threads") {
  ChipTally tally;
  MeshTally mesh;
  const int64_t count = seedCount(400);
  auto property = [&](Subject &subject) {
    return agreesOnFaultyChip(subject, [](sim::Program &) {}, tally, mesh);
  };
  CHECK(counterexample(kChipGraphs, count, property) == "");
  MESSAGE(tally.equal << " programs equal, " << mesh.faulty << " of them on faulty chips, with "
                      << mesh.detours << " detours and " << mesh.wraps << " wrap links, "
                      << tally.refused << " graphs refused");
  CHECK((replaying() || tally.equal > count / 5));
  CHECK((replaying() || mesh.faulty > count / 8));
  CHECK((replaying() || (mesh.detours > 10 && mesh.wraps > 10)));
}

TEST_CASE("a detour that the network does not take is seen") {
  ChipTally tally;
  MeshTally mesh;
  auto straighten = [](sim::Program &program) {
    for (sim::Flow &flow : program.flows)
      for (sim::Flow::Target &target : flow.targets) {
        const sim::Core &from = program.cores[flow.sourceCore], &to = program.cores[target.core];
        target.links =
            dimensionOrderPath(program.chip.mesh.links(), {from.x, from.y}, {to.x, to.y});
      }
  };
  auto property = [&](Subject &subject) {
    return agreesOnFaultyChip(subject, straighten, tally, mesh);
  };
  CHECK(counterexample(kChipGraphs, 400, property, false) != "");
}
