// TestModels: a tiny spiking decoder as description and tensors.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_IMPORT_TESTMODELS_H
#define SYNFIRE_TESTS_UNIT_IMPORT_TESTMODELS_H

#include <string>
#include <string_view>

namespace synfire::test {

/// A whole, valid description; each key stands on a line of its own.
inline const std::string kTinyDescription = R"(synfire: model/1
name: tiny
architecture: spikedecoder
weights: tiny.safetensors
names: synfire
text:
  alphabet: "abcé"
  cleaning: none
config:
  token_code: learned
  position_code: learned
  token_width: 4
  position_width: 2
  combine: concatenate
  vocabulary: 4
  context: 8
  time_steps: 3
  blocks: 1
  heads: 2
  mlp_expansion: 2
  attention_scale: 0.25
  norm: batch
  residual: 0
  recombine: mean
  learnable_thresholds: true
)";

/// The text with the line of `key` replaced; "" removes it.
inline std::string withLine(std::string text, std::string_view key, const std::string &line) {
  size_t at = text.find(std::string(key) + ":");
  size_t begin = text.rfind('\n', at) + 1; // npos + 1 is 0
  size_t end = text.find('\n', at) + 1;
  return text.replace(begin, end - begin, line.empty() ? line : line + "\n");
}

} // namespace synfire::test

#endif // SYNFIRE_TESTS_UNIT_IMPORT_TESTMODELS_H
