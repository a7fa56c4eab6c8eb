// checkChip and chipTemplate: all faults at once, defaults, and a file that explains itself.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipConfig.h"
#include "targets/ChipFields.h"

#include "tests/unit/targets/TestChips.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace synfire;
using namespace synfire::test;

namespace {

/// The check of a file with this text; its path is left out of the messages.
ChipCheck checkText(const std::string &text) {
  const TemporaryFolder folder;
  const std::string path = folder.write("f.yaml", text);
  ChipCheck check = checkChip(path, kChipsFolder);
  for (std::string &fault : check.faults)
    if (fault.starts_with(path))
      fault.erase(0, path.size() + 1);
  return check;
}

} // namespace

TEST_CASE("all faults of a file are told, in its order") {
  const ChipCheck check = checkText("extends: tiny-2x2\nname: bad\ndescription: d\n"
                                    "core: {neurons: 0, statebits: 3}\nenergy: {spike_pj: 3}\n");
  REQUIRE(check.faults.size() == 3);
  CHECK(check.faults[0] == "4:17: error: 'core.neurons' needs 1 to 1048576, has 0");
  CHECK(check.faults[1] ==
        "4:20: error: unknown key 'statebits' in 'core'; did you mean 'state_bits'?");
  CHECK(check.faults[2].starts_with("5:20: error: 'energy.spike_pj' needs its source"));
}

TEST_CASE("broken rules that span keys are all told, too") {
  const ChipCheck check = checkText("extends: tiny-2x2\nname: bad one\ndescription: d\n"
                                    "host: {port_x: 2, port_y: 3}\n");
  REQUIRE(check.faults.size() == 3);
  CHECK(check.faults[0].starts_with("2:7: error: 'name' needs 1 to 64 letters"));
  CHECK(check.faults[1] == "4:16: error: 'host.port_x' needs less than mesh.width, 2, has 2");
  CHECK(check.faults[2] == "4:27: error: 'host.port_y' needs less than mesh.height, 2, has 3");
}

TEST_CASE("the first fault is the one that reading ends with") {
  for (const std::string text :
       {"name: 3", "- a", "extends: nobody", "extends: tiny-2x2\nmesh: 1\n"}) {
    CAPTURE(text);
    const auto read = parseChip(text, "f.yaml", kChipsFolder);
    REQUIRE(read.index() == 1);
    const ChipCheck check = checkText(text);
    REQUIRE(!check.faults.empty());
    const std::string message = std::get<ChipError>(read).message;
    CHECK(message.ends_with(check.faults.front()));
  }
}

TEST_CASE("defaults are those keys that neither the file nor its base gives") {
  const ChipCheck check = checkText("extends: tiny-2x2\nname: good\ndescription: d\n"
                                    "core: {saturates: true}\nnoc: {virtual_channels: ~}\n");
  REQUIRE(check.faults.empty());
  CHECK(check.chip.name == "good");
  const auto has = [&](const std::string &entry) {
    return std::ranges::count(check.defaults, entry) == 1;
  };
  CHECK(has("noc.virtual_channels: 1"));
  CHECK(has("core.multiplicative_leak: true"));
  for (const std::string &entry : check.defaults) {
    CHECK_FALSE(entry.starts_with("core.saturates"));
    CHECK_FALSE(entry.starts_with("noc.buffer_flits")); // its base has it
    CHECK_FALSE(entry.starts_with("host.mac_pj"));      // unpriced, not a default
  }
}

TEST_CASE("the template of any chip is a chip with the same numbers, and names every key") {
  for (const std::string &name : listChips(kChipsFolder)) {
    CAPTURE(name);
    const ChipModel example = shipped(name);
    const std::string text = chipTemplate(example);
    const auto read = parseChip(text, "template.yaml", kChipsFolder);
    REQUIRE_MESSAGE(read.index() == 0, std::get<ChipError>(read).message);
    const ChipModel &chip = std::get<ChipModel>(read);
    for (const ChipField &field : chipFields()) {
      CAPTURE(field.key);
      const bool foreign =
          field.applies == (example.clockPeriodPs ? Applies::Clockless : Applies::Clocked);
      const std::string key = spelledKey(field, false);
      const std::string last = key.substr(key.rfind('.') + 1);
      CHECK((foreign || text.find(last + ":") != std::string::npos));
      CHECK(fieldNumbers(field, chip) == fieldNumbers(field, example));
    }
  }
}
