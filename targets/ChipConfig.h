// ChipConfig: reads a chip file (YAML) into a ChipModel.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPCONFIG_H
#define SYNFIRE_TARGETS_CHIPCONFIG_H

#include "targets/ChipModel.h"

#include <string>
#include <variant>
#include <vector>

namespace synfire {

/// What is wrong with a chip file: "FILE:LINE:COLUMN: error: ...".
struct ChipError {
  std::string message;
};

/// Loads a chip by file path, or by name from `searchFolder`
/// (`searchFolder/NAME.yaml`). Follows `extends:`.
std::variant<ChipModel, ChipError> loadChip(const std::string &nameOrPath,
                                            const std::string &searchFolder);

/// As loadChip, from text; `fileName` is used in messages and `extends:` is
/// looked up in `searchFolder`. Entry point of the fuzzer.
std::variant<ChipModel, ChipError> parseChip(const std::string &text, const std::string &fileName,
                                             const std::string &searchFolder);

/// Everything that there is to say about a chip file, for whoever writes one.
struct ChipCheck {
  /// Each "FILE:LINE:COLUMN: error: ...", all of them, in the order of the file.
  /// Empty: the file is a chip, and `chip` is it.
  std::vector<std::string> faults;
  ChipModel chip;
  /// "KEY: VALUE" of the keys that the file leaves to their defaults, prices and
  /// times apart: those are unpriced or untimed (ChipModel).
  std::vector<std::string> defaults;
};
ChipCheck checkChip(const std::string &nameOrPath, const std::string &searchFolder);

/// A chip file with every key, each with its meaning and range as a comment; values
/// are those of `example`, keys that it leaves out are commented out.
std::string chipTemplate(const ChipModel &example);

/// Names of the chip files in a folder, sorted.
std::vector<std::string> listChips(const std::string &searchFolder);

/// The schema as Markdown: one row per key with type, unit, default, meaning.
std::string chipSchemaMarkdown();

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPCONFIG_H
