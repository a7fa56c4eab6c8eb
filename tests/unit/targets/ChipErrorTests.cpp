// Tests of messages: every way in which a chip file can be wrong.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/targets/TestChips.h"

using namespace synfire;
using namespace synfire::test;

namespace {
std::string errorWith(const std::string &from, const std::string &to) {
  return errorOf(smallChipWith(from, to));
}
} // namespace

TEST_CASE("an unknown key is named with its place and its nearest neighbour") {
  CHECK(errorWith("synop_dense_pj:", "synop_dens_pj:") ==
        "f:15:3: error: unknown key 'synop_dens_pj' in 'energy'; did you mean 'synop_dense_pj'?");
  CHECK(errorWith("core:", "cores:") == "f:6:1: error: unknown key 'cores'; did you mean 'core'?");
  CHECK(errorWith("mesh: {width: 2", "mesh: {neurons: 4, width: 2") ==
        "f:5:8: error: unknown key 'neurons' in 'mesh'; it belongs in 'core'");
  CHECK(errorWith("energy:\n", "energy:\n  clock_mhz: 4\n") ==
        "f:15:3: error: unknown key 'clock_mhz' in 'energy'; it belongs to the top level");
  CHECK(errorWith("core:\n", "core:\n  colour_of_the_package: red\n") ==
        "f:7:3: error: unknown key 'colour_of_the_package' in 'core'");
  CHECK(errorWith("{value: 23.6,", "{value: 23.6, base: simulated,") ==
        "f:15:33: error: unknown key 'base' in 'energy.synop_dense_pj'; did you mean 'basis'?");
  CHECK(errorWith("{tiles: 4, time_ns", "{tiles: 4, times: 4, time_ns") ==
        "f:27:16: error: unknown key 'times' in 'barrier[1]'; did you mean 'tiles'?");
}

TEST_CASE("a value of a wrong type says what stands there and what is needed") {
  CHECK(errorWith("neurons: 16", "neurons: many") ==
        "f:7:12: error: 'core.neurons' needs a whole number, has 'many'");
  CHECK(errorWith("neurons: 16", "neurons: \"16\"") ==
        "f:7:12: error: 'core.neurons' needs a whole number, has '16'");
  CHECK(errorWith("neurons: 16", "neurons: 1.5") ==
        "f:7:12: error: 'core.neurons' needs a whole number, has '1.5'");
  CHECK(errorWith("neurons: 16", "neurons: [16]") ==
        "f:7:12: error: 'core.neurons' needs a whole number, has a list");
  CHECK(errorWith("weight_bits: [4, 8]", "weight_bits: 8") ==
        "f:9:16: error: 'core.weight_bits' needs a list of whole numbers, has '8'");
  CHECK(errorWith("[if, lif]", "lif") ==
        "f:13:18: error: 'core.neuron_models' needs a list of neuron models, has 'lif'");
  CHECK(errorWith("[if, lif]", "[if, liff]") == "f:13:23: error: 'core.neuron_models' needs one of "
                                                "if, lif, cuba_lif, integrator, has 'liff'; did "
                                                "you mean 'lif'?");
  CHECK(errorWith("state_bits: 16", "state_bits: 16\n  saturates: 1") ==
        "f:13:14: error: 'core.saturates' needs true or false, has '1'");
  CHECK(errorWith("state_bits: 16", "state_bits: 16\n  leak_rounding: up") ==
        "f:13:18: error: 'core.leak_rounding' needs one of toward_zero, floor, nearest, has 'up'");
  CHECK(errorWith("state_bits: 16", "state_bits: 16\n  graded_synop: add") ==
        "f:13:17: error: 'core.graded_synop' needs one of accumulate, multiply, has 'add'");
  CHECK(errorWith("state_bits: 16", "state_bits: 16\n  weight_formats: ternary") ==
        "f:13:19: error: 'core.weight_formats' needs a list of weight formats, has 'ternary'");
  CHECK(errorWith("state_bits: 16", "state_bits: 16\n  weight_formats: [signed, ternay]") ==
        "f:13:28: error: 'core.weight_formats' needs one of signed, binary, sign, ternary, has "
        "'ternay'; did you mean 'ternary'?");
  CHECK(errorWith("mesh: {width: 2, height: 3, cores_per_tile: 1}", "mesh: 4") ==
        "f:5:7: error: 'mesh' needs a map of keys, has '4'");
  CHECK(errorWith("name: small", "name: [small]") ==
        "f:1:7: error: 'name' needs a text, has a list");
  CHECK(errorWith("sources:\n  paper: \"A paper\"", "sources: paper") ==
        "f:3:10: error: 'sources' needs a map of short names to citations, has 'paper'");
  CHECK(errorWith("neurons: 16", "neurons:") ==
        "f:7:3: error: 'core.neurons' needs a value (a key without one only removes that of an "
        "extended chip), has nothing");
  CHECK(errorWith("value: 23.6", "value: much") ==
        "f:15:27: error: 'energy.synop_dense_pj' needs a number, has 'much'");
}

TEST_CASE("a number out of range is met with the range") {
  CHECK(errorWith("neurons: 16", "neurons: 0") ==
        "f:7:12: error: 'core.neurons' needs 1 to 1048576, has 0");
  CHECK(errorWith("neurons: 16", "neurons: 99999999999999999999") ==
        "f:7:12: error: 'core.neurons' needs 1 to 1048576, has 99999999999999999999");
  CHECK(errorWith("value: 23.6", "value: -0.5") ==
        "f:15:27: error: 'energy.synop_dense_pj' needs 0 to 1e+12, has -0.5");
  CHECK(errorWith("value: 3.5,", "value: 0.0001,") ==
        "f:17:27: error: 'timing.synop_dense_ns' needs 0 or at least 1 ps, has 0.1 ps");
  CHECK(errorWith("[4, 8]", "[4, 64]") ==
        "f:9:20: error: 'core.weight_bits' needs 1 to 32, has 64");
  CHECK(errorWith("tiles: 4,", "tiles: 0,") ==
        "f:27:13: error: 'barrier[1].tiles' needs 1 to 1048576, has 0");
}

TEST_CASE("numbers that are not finite are refused") {
  for (const char *text : {".inf", "-.inf", "+.Inf", ".nan", ".NaN", "inf", "nan", "infinity"}) {
    CAPTURE(text);
    CHECK(errorWith("value: 23.6", std::string("value: ") + text) ==
          "f:15:27: error: 'energy.synop_dense_pj' needs a finite number, has '" +
              std::string(text) + "'");
  }
  CHECK(
      errorWith("value: 23.6", "value: 1e999") ==
      "f:15:27: error: 'energy.synop_dense_pj' needs a number that a double can hold, has '1e999'");
}

TEST_CASE("a missing key is asked for with its meaning") {
  CHECK(errorWith("  neurons: 16\n", "") ==
        "f:6:1: error: missing required key 'core.neurons' (neurons of a core)");
  CHECK(errorWith("name: small\n", "") ==
        "f:1:1: error: missing required key 'name' (name in reports; letters, digits, `-`, `_` "
        "and `.`)");
  CHECK(errorWith("  hop_west_ns: {value: 4.1, basis: assumed, source: paper}\n", "") ==
        "f:18:1: error: missing required key 'noc.hop_west_ns' (flit through a router and the "
        "link in -x)");
}

TEST_CASE("energies and times must say where they come from") {
  CHECK(errorWith("{value: 23.6, basis: simulated, source: paper}", "23.6") ==
        "f:15:19: error: 'energy.synop_dense_pj' needs its source; write {value: 23.6, basis: "
        "..., source: ...}");
  CHECK(errorWith(", basis: simulated", "") ==
        "f:15:19: error: 'energy.synop_dense_pj' lacks 'basis'");
  CHECK(errorWith("basis: simulated", "basis: guessed") ==
        "f:15:40: error: 'energy.synop_dense_pj.basis' needs one of measured, simulated, "
        "calibrated, assumed, has 'guessed'");
  CHECK(errorWith("simulated, source: paper", "simulated, source: papr") ==
        "f:15:59: error: unknown source 'papr' of 'energy.synop_dense_pj'; 'sources' has paper; "
        "did you mean 'paper'?");
  CHECK(errorWith("{value: 100, basis: assumed, source: paper}", "100") ==
        "f:26:25: error: 'barrier[0].time_ns' needs its source; write {value: 100, basis: ..., "
        "source: ...}");
  CHECK(errorWith("{tiles: 4, ", "{") == "f:27:5: error: 'barrier[1]' lacks 'tiles'");
}

TEST_CASE("clocked and clockless chips do not mix") {
  CHECK(errorWith("synop_dense_ns", "synop_dense_cycles") ==
        "f:17:31: error: 'timing.synop_dense_cycles' counts cycles, but the chip has no "
        "clock_mhz; give the time in ns");
  CHECK(errorWith("core:", "clock_mhz: 100\ncore:") ==
        "f:22:3: error: 'noc.hop_east_ns' has no meaning on a chip with clock_mhz");
  CHECK(errorWith("noc:\n", "noc:\n  router_stages: 4\n") ==
        "f:19:3: error: 'noc.router_stages' has no meaning on a chip without clock_mhz");
  CHECK(errorWith("core:", "clock_mhz: 100\ntiming2: 4\ncore:") ==
        "f:7:1: error: unknown key 'timing2'; did you mean 'timing'?");
}

TEST_CASE("a key is given once, in one unit") {
  CHECK(errorWith("state_bits: 16", "neurons: 16") ==
        "f:12:3: error: duplicate key 'neurons', first given in line 7");
  CHECK(errorWith("timing:\n", "timing:\n  synop_dense_cycles: 4\n") ==
        "f:17:23: error: 'timing.synop_dense_cycles' needs its source; write {value: 4, basis: "
        "..., source: ...}");
  CHECK(errorWith("  synop_dense_ns:", "  spike_ns: {value: 1, basis: assumed, source: paper}\n"
                                       "  spike_cycles: {value: 1, basis: assumed, source: paper}"
                                       "\n  synop_dense_ns:") ==
        "f:18:3: error: 'timing.spike_cycles' is given twice, first as 'timing.spike_ns'");
}

TEST_CASE("a rule between keys points at one of them") {
  CHECK(errorWith("state_bits: 16", "state_bits: 3") ==
        "f:12:15: error: 'core.state_bits' needs at least 4, the smallest of core.weight_bits, has "
        "3");
  CHECK(errorWith("value: 4.1, basis: assumed, source: paper}\n  hop_west",
                  "value: 0, basis: assumed, source: paper}\n  hop_west") ==
        "f:21:16: error: 'noc.hop_east_ns' needs at least 0.001 ns on a chip without a clock, has "
        "0 ns");
  CHECK(errorOf(kSmallChip + "host: {port_x: 7}\n") ==
        "f:28:16: error: 'host.port_x' needs less than mesh.width, 2, has 7");
}

TEST_CASE("a format of weights without its width is told where it stands") {
  CHECK(errorWith("state_bits: 16", "state_bits: 16\n  weight_formats: [signed, ternary]") ==
        "f:13:28: error: 'core.weight_formats' has 'ternary', whose width, 2 bits, is not in "
        "core.weight_bits");
}

TEST_CASE("faults of a chip are checked one by one, with the place of each and the limit") {
  const std::string mesh = "mesh: {width: 2, height: 3, cores_per_tile: 1}";
  const auto with = [&](const std::string &keys) {
    return errorWith(mesh, "mesh:\n  width: 2\n  height: 3\n  cores_per_tile: 2\n" + keys);
  };
  CHECK(with("  topology: ring\n") ==
        "f:9:13: error: 'mesh.topology' needs one of mesh, torus, has 'ring'");
  CHECK(with("  faulty_cores: 3\n") == "f:9:17: error: 'mesh.faulty_cores' needs a list of [x, y] "
                                       "or [x, y, core], has '3'");
  CHECK(with("  faulty_cores: [3]\n") ==
        "f:9:18: error: 'mesh.faulty_cores' needs [x, y] or [x, y, core], has '3'");
  CHECK(with("  faulty_cores: [[0, 0, 1, 1]]\n") ==
        "f:9:18: error: 'mesh.faulty_cores' needs [x, y] "
        "or [x, y, core], has a list of 4");
  CHECK(with("  faulty_cores: [[0, -1]]\n") ==
        "f:9:22: error: 'mesh.faulty_cores' needs 0 to 1023, has -1");
  CHECK(with("  faulty_cores:\n    - [0, 0]\n    - [2, 1]\n") ==
        "f:11:7: error: 'mesh.faulty_cores' needs tiles (0, 0) to (1, 2) by mesh.width and "
        "mesh.height, has (2, 1)");
  CHECK(with("  faulty_cores: [[0, 0, 2]]\n") ==
        "f:9:18: error: 'mesh.faulty_cores' needs cores 0 to 1 by mesh.cores_per_tile, has 2");
  CHECK(with("  faulty_cores: [[0, 1], [0, 0], [0, 1]]\n") ==
        "f:9:34: error: 'mesh.faulty_cores' names all cores of tile (0, 1) twice");
  CHECK(with("  faulty_cores: [[0, 1], [0, 1, 1]]\n") ==
        "f:9:26: error: 'mesh.faulty_cores' names core 1 of tile (0, 1) twice");
  CHECK(with("  faulty_cores: [[0, 1, 1], [0, 1]]\n") ==
        "f:9:18: error: 'mesh.faulty_cores' names core 1 of tile (0, 1) twice");
  CHECK(with("  faulty_cores: [[0, 0], [1, 0], [0, 1], [1, 1], [0, 2], [1, 2]]\n") ==
        "f:9:17: error: 'mesh.faulty_cores' needs at least one core that is not among them, has "
        "none");
  CHECK(with("  faulty_links: [[0, 0]]\n") ==
        "f:9:18: error: 'mesh.faulty_links' needs [x, y, direction], has a list of 2");
  CHECK(with("  faulty_links: [[0, 0, eest]]\n") ==
        "f:9:25: error: 'mesh.faulty_links' needs one of east, west, north, south, has 'eest'; did "
        "you mean 'east'?");
  CHECK(with("  faulty_links: [[0, 3, east]]\n") ==
        "f:9:18: error: 'mesh.faulty_links' needs tiles (0, 0) to (1, 2) by mesh.width and "
        "mesh.height, has (0, 3)");
  CHECK(with("  faulty_links: [[0, 0, east], [1, 2, north]]\n") ==
        "f:9:32: error: 'mesh.faulty_links' names the link north of tile (1, 2), which does not "
        "exist: the tile lies at the edge of the mesh");
  CHECK(with("  topology: torus\n  faulty_links: [[1, 2, north], [1, 2, east]]\n") ==
        "f:10:33: error: 'mesh.faulty_links' names the link east of tile (1, 2), which does not "
        "exist: a side of fewer than 3 tiles has no wrap links");
  CHECK(with("  faulty_links: [[0, 0, east], [0, 0, east]]\n") ==
        "f:9:32: error: 'mesh.faulty_links' names the link east of tile (0, 0) twice");
  std::string torus =
      smallChipWith(mesh, "mesh: {width: 2, height: 3, cores_per_tile: 1, topology: torus}");
  torus.insert(torus.find("  flit_bits"), "  virtual_channels: 1\n");
  CHECK(errorOf(torus) ==
        "f:19:21: error: 'noc.virtual_channels' needs at least 2 because mesh.topology is torus: "
        "packets on a ring could wait for each other in a circle, has 1");
}

TEST_CASE("YAML that is none is refused where it breaks") {
  CHECK(errorOf("name: [small\n") ==
        "f:2:1: error: not valid YAML: end of sequence flow not found");
  CHECK(errorOf("a: b: c\n") == "f:1:5: error: not valid YAML: illegal map value");
  CHECK(errorOf("") == "f:1:1: error: the file is empty");
  CHECK(errorOf("# nothing\n") == "f:1:1: error: the file is empty");
  CHECK(errorOf("just text\n") == "f:1:1: error: a chip file needs a map of keys, has 'just text'");
  CHECK(errorOf(kSmallChip + "---\nname: b\n") ==
        "f:29:1: error: a chip file holds one document only");
}

TEST_CASE("anchors, aliases, tags and odd keys are refused") {
  CHECK(errorOf("a: &x 1\n") == "f:1:4: error: anchors are not supported; write the value out");
  CHECK(errorOf("a: &x 1\nb: *x\n") ==
        "f:1:4: error: anchors are not supported; write the value out");
  CHECK(errorOf("name: !!binary aa\n") ==
        "f:1:7: error: tags such as 'tag:yaml.org,2002:binary' are not supported");
  CHECK(errorOf("[1]: 2\n") == "f:1:1: error: a key needs a word, has a list");
  CHECK(errorOf("~: 2\n") == "f:1:1: error: a key needs a word, has nothing");
}

TEST_CASE("bytes that are no text are refused before they are parsed") {
  CHECK(errorOf(std::string("name: a\nb\0: 1\n", 14)) ==
        "f:2:2: error: byte 0x00 is a control character, not text");
  CHECK(errorOf("name: \xc3\x28\n") == "f:1:7: error: byte 0xc3 is not valid UTF-8");
  CHECK(errorOf("name: \xed\xa0\x80\n") == "f:1:7: error: byte 0xed is not valid UTF-8");
  CHECK(errorOf("\xc3\xa4: \xff\n") == "f:1:4: error: byte 0xff is not valid UTF-8");
  CHECK(errorOf("name: \"\\e[31m\"\n") ==
        "f:1:7: error: text with a line end or another control character");
}

TEST_CASE("size, depth and length of a file are limited") {
  CHECK(errorOf(std::string(1 << 20, '#')) == "f:1:1: error: the file is empty");
  CHECK(errorOf(std::string((1 << 20) + 1, '#')) ==
        "f:1:1: error: the file needs at most 1048576 bytes, has 1048577");
  CHECK(errorOf("a: " + std::string(100'000, '[') + std::string(100'000, ']')) ==
        "f:1:11: error: nested deeper than 8 levels");
  CHECK(errorOf("a: " + std::string(100'000, '{')) ==
        "f:1:5: error: a key needs a word, has a map");
  std::string list = "core: {weight_bits: [";
  for (int i = 0; i < 2000; ++i)
    list += "1,";
  CHECK(errorOf(list + "1]}\n") == "f:1:2070: error: more than 1024 entries in one map or list");
}

TEST_CASE("a long text is cut in the message") {
  std::string word(300, 'x');
  CHECK(errorOf(word + ": 1\n") == "f:1:1: error: unknown key '" + std::string(60, 'x') + "...'");
}

TEST_CASE("a chip that is not there is answered with those that are") {
  TemporaryFolder folder;
  const std::string path = folder.path.string();
  CHECK(errorOf(loadChip("any", path)) ==
        "error: unknown chip 'any'; there is none in '" + path + "'");
  folder.write("alpha.yaml", kSmallChip);
  folder.write("beta.yaml", kSmallChip);
  CHECK(errorOf(loadChip("betta", path)) ==
        "error: unknown chip 'betta'; did you mean 'beta'? known are alpha, beta");
  CHECK(errorOf(loadChip("quantum-brain", path)) ==
        "error: unknown chip 'quantum-brain'; known are alpha, beta");
  CHECK(errorOf(loadChip(path + "/gamma.yaml", path)) ==
        path + "/gamma.yaml: error: cannot be opened: No such file or directory");
  std::filesystem::create_directory(folder.path / "folder.yaml");
  CHECK(errorOf(loadChip(path + "/folder.yaml", path)) ==
        path + "/folder.yaml: error: is not a regular file");
  std::string large = folder.write("large.yaml", std::string((1 << 20) + 7, ' '));
  CHECK(errorOf(loadChip(large, path)) == large + ": error: needs at most 1 MiB, has more");
}
