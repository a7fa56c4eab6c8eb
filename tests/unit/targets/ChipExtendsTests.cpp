// Tests of `extends:` in chip files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/targets/TestChips.h"

using namespace synfire;
using namespace synfire::test;

namespace {
const std::string kHead = "extends: base\nname: variant\ndescription: A variant\n";

struct Family {
  Family() { folder.write("base.yaml", kSmallChip); }
  std::variant<ChipModel, ChipError> parse(const std::string &text) const {
    return parseChip(text, "f", folder.path.string());
  }
  TemporaryFolder folder;
};
} // namespace

TEST_CASE("a variant takes over what it does not say") {
  Family family;
  ChipModel chip = chipOf(family.parse(kHead + "core: {neurons: 99}\n"));
  CHECK(chip.name == "variant");
  CHECK(chip.core.neurons == 99);
  CHECK(chip.core.axonInEntries == 8);
  CHECK(chip.pricePj[Action::SynopDense]->value == 23.6);
  CHECK(chip.citations.size() == 1);
}

TEST_CASE("a variant adds sources and replaces numbers whole") {
  Family family;
  ChipModel chip = chipOf(family.parse(
      kHead + "sources: {other: B}\n"
              "energy:\n  synop_dense_pj: {value: 1, basis: assumed, source: other}\n"));
  CHECK(chip.citations.size() == 2);
  CHECK(chip.pricePj[Action::SynopDense]->value == 1);
  CHECK(chip.pricePj[Action::SynopDense]->source == "other");
  CHECK(errorOf(family.parse(kHead + "energy:\n  synop_dense_pj: {value: 1}\n")) ==
        "f:5:19: error: 'energy.synop_dense_pj' lacks 'basis'");
}

TEST_CASE("lists are replaced, not joined") {
  Family family;
  ChipModel chip = chipOf(family.parse(kHead + "core: {weight_bits: [2]}\n"));
  CHECK(chip.core.weightBits == std::vector<int>{2});
}

TEST_CASE("a key without a value removes that of the base") {
  Family family;
  CHECK(!chipOf(family.parse(kHead + "energy: {synop_dense_pj: ~}\n")).pricePj[Action::SynopDense]);
  CHECK(errorOf(family.parse(kHead + "energy: {synop_conv_pj: ~}\n")) ==
        "f:4:10: error: 'energy.synop_conv_pj' has no value, and the extended chip has none to "
        "remove");
}

TEST_CASE("a time in the other unit replaces that of the base") {
  Family family;
  std::string clocked =
      kHead + "clock_mhz: 1000\n"
              "timing: {synop_dense_cycles: {value: 2, basis: assumed, source: paper}}\n"
              "noc: {hop_east_ns: ~, hop_west_ns: ~, hop_north_ns: ~, hop_south_ns: ~, "
              "router_stages: 4, link_cycles: {value: 1, basis: assumed, source: paper}}\n";
  CHECK(chipOf(family.parse(clocked)).timePs[Action::SynopDense] == 2000);
}

TEST_CASE("name and description are never inherited") {
  Family family;
  CHECK(errorOf(family.parse("extends: base\ndescription: A\n")) ==
        "f:1:1: error: missing required key 'name' (name in reports; letters, digits, `-`, `_` "
        "and `.`)");
}

TEST_CASE("an error in the base is reported in the base") {
  Family family;
  std::string path =
      family.folder.write("broken.yaml", smallChipWith("neurons: 16", "neurons: sixteen"));
  CHECK(errorOf(family.parse("extends: broken\nname: v\ndescription: d\n")) ==
        path + ":7:12: error: 'core.neurons' needs a whole number, has 'sixteen'");
}

TEST_CASE("a path is relative to the file that extends it") {
  Family family;
  std::string path = family.folder.write("v.yaml", "extends: base.yaml\nname: v\ndescription: d\n");
  CHECK(chipOf(loadChip(path, kChipsFolder)).core.neurons == 16);
}

TEST_CASE("a path that is no chip file is not opened") {
  Family family;
  CHECK(errorOf(family.parse("extends: /etc/passwd\nname: v\ndescription: d\n")) ==
        "f:1:10: error: 'extends' needs a chip file (.yaml), has '/etc/passwd'");
}

TEST_CASE("a circle of extends ends with a message") {
  Family family;
  const std::string folder = family.folder.path.string();
  family.folder.write("a.yaml", "extends: b\n");
  family.folder.write("b.yaml", "extends: a\n");
  CHECK(errorOf(loadChip("a", folder)) ==
        folder + "/b.yaml:1:10: error: 'extends' comes back to '" + folder + "/a.yaml'");
  std::string self = family.folder.write("self.yaml", "extends: ./self.yaml\n");
  CHECK(errorOf(loadChip(self, folder)) ==
        self + ":1:10: error: 'extends' comes back to '" + folder + "/./self.yaml'");
}

TEST_CASE("extends reaches eight files deep and no further") {
  Family family;
  const std::string folder = family.folder.path.string();
  const std::string own = "\nname: v\ndescription: d\n";
  family.folder.write("c0.yaml", kSmallChip);
  for (int i = 1; i <= 9; ++i)
    family.folder.write("c" + std::to_string(i) + ".yaml",
                        "extends: c" + std::to_string(i - 1) + own);
  CHECK(chipOf(loadChip("c8", folder)).core.neurons == 16);
  CHECK(errorOf(loadChip("c9", folder)) ==
        folder + "/c1.yaml:1:10: error: 'extends' goes deeper than 8 files");
}

TEST_CASE("an unknown base is named with what there is") {
  Family family;
  CHECK(errorOf(family.parse("extends: bose\n")) ==
        "f:1:10: error: 'extends': unknown chip 'bose'; did you mean 'base'? known are base");
  CHECK(errorOf(family.parse("extends: x.yaml\n")) ==
        "f:1:10: error: 'extends': x.yaml: error: cannot be opened: No such file or directory");
  CHECK(errorOf(family.parse("extends: [base]\n")) ==
        "f:1:10: error: 'extends' needs the name of a chip, has a list");
}
