// ChipConfig: reads a chip file (YAML) into a ChipModel.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPCONFIG_H
#define SYNFIRE_TARGETS_CHIPCONFIG_H

#include "targets/ChipModel.h"

#include <string>
#include <variant>
#include <vector>

namespace synfire {

/// The first thing that is wrong with a chip file, as "FILE:LINE:COLUMN: error: ...".
struct ChipError {
  std::string message;
};

/// Loads a chip. An argument that contains '/' or ends in .yaml or .yml is the path of a file;
/// any other is a name, whose file is `searchFolder`/NAME.yaml. Follows `extends:`. Fails when
/// the file cannot be read or does not describe a consistent chip (readChip).
std::variant<ChipModel, ChipError> loadChip(const std::string &nameOrPath,
                                            const std::string &searchFolder);

/// Reads a chip from the text of a chip file. `fileName` stands in messages; a name after
/// `extends:` is looked up in `searchFolder`. The fuzzer calls this function.
std::variant<ChipModel, ChipError> parseChip(const std::string &text, const std::string &fileName,
                                             const std::string &searchFolder);

/// The result of checking a chip file, for the author of the file.
struct ChipCheck {
  /// All faults in the order of the file, each as "FILE:LINE:COLUMN: error: ...". When there are
  /// none, `chip` is the chip; otherwise `chip` is not usable.
  std::vector<std::string> faults;
  ChipModel chip;
  /// "KEY: VALUE" for each key that the file leaves to its default. Prices and times are not
  /// among them: without a value they are unpriced or untimed (ChipModel).
  std::vector<std::string> defaults;
};

/// As loadChip, but goes on behind the first fault and reports all of them.
ChipCheck checkChip(const std::string &nameOrPath, const std::string &searchFolder);

/// The text of a chip file that has every key, with the meaning and range of each as a comment.
/// The values are those of `example`; a key for which `example` has no value is commented out.
std::string chipTemplate(const ChipModel &example);

/// The names (NAME of NAME.yaml) of the chip files in a folder, sorted; none when the folder
/// cannot be read.
std::vector<std::string> listChips(const std::string &searchFolder);

/// The text of targets/SCHEMA.md: a Markdown table with one row per key, which has the key's
/// type and unit, default, range and meaning.
std::string chipSchemaMarkdown();

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPCONFIG_H
