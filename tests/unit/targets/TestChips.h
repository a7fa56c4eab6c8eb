// TestChips: a small valid chip file as text, and what tests do to it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_TARGETS_TESTCHIPS_H
#define SYNFIRE_TESTS_UNIT_TARGETS_TESTCHIPS_H

#include "targets/ChipConfig.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace synfire::test {

inline const std::string kChipsFolder = std::string(SYNFIRE_SOURCE_DIR) + "/targets/chips";

/// A clockless chip; the line numbers matter to the tests of messages.
inline const std::string kSmallChip = R"(name: small
description: For tests
sources:
  paper: "A paper"
mesh: {width: 2, height: 3, cores_per_tile: 1}
core:
  neurons: 16
  synapse_memory_kib: 4
  weight_bits: [4, 8]
  axon_in_entries: 8
  axon_out_entries: 8
  state_bits: 16
  neuron_models: [if, lif]
energy:
  synop_dense_pj: {value: 23.6, basis: simulated, source: paper}
timing:
  synop_dense_ns: {value: 3.5, basis: measured, source: paper}
noc:
  flit_bits: 32
  packet_header_bits: 32
  hop_east_ns: {value: 4.1, basis: assumed, source: paper}
  hop_west_ns: {value: 4.1, basis: assumed, source: paper}
  hop_north_ns: {value: 6.5, basis: assumed, source: paper}
  hop_south_ns: {value: 6.5, basis: assumed, source: paper}
barrier:
  - {tiles: 1, time_ns: {value: 100, basis: assumed, source: paper}}
  - {tiles: 4, time_ns: {value: 300, basis: assumed, source: paper}}
)";

/// kSmallChip with its one occurrence of `from` replaced.
inline std::string smallChipWith(const std::string &from, const std::string &to) {
  std::string text = kSmallChip;
  size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  REQUIRE(text.find(from, at + 1) == std::string::npos);
  return text.replace(at, from.size(), to);
}

inline ChipModel chipOf(const std::variant<ChipModel, ChipError> &result) {
  if (const auto *error = std::get_if<ChipError>(&result))
    FAIL(error->message);
  return std::get<ChipModel>(result);
}

inline std::string errorOf(const std::variant<ChipModel, ChipError> &result) {
  const auto *error = std::get_if<ChipError>(&result);
  return error ? error->message : "no error";
}

/// The error of a text, parsed as file "f" beside the shipped chips.
inline std::string errorOf(const std::string &text) {
  return errorOf(parseChip(text, "f", kChipsFolder));
}

inline ChipModel shipped(const std::string &name) { return chipOf(loadChip(name, kChipsFolder)); }

/// A folder of its own that goes away with the object.
class TemporaryFolder {
public:
  TemporaryFolder() {
    std::random_device device;
    path = std::filesystem::temp_directory_path() /
           ("synfire-targets-" + std::to_string(device()) + std::to_string(device()));
    std::filesystem::create_directory(path);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  /// Writes a file and returns its path.
  std::string write(const std::string &name, const std::string &text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return (path / name).string();
  }
  std::filesystem::path path;
};

} // namespace synfire::test

#endif // SYNFIRE_TESTS_UNIT_TARGETS_TESTCHIPS_H
