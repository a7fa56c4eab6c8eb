// TextFile: text files as bytes that are known to be text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_TEXTFILE_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_TEXTFILE_H

#include <optional>
#include <string>
#include <variant>

namespace synfire {

/// Line and column, from 1.
struct DescriptionPosition {
  int line = 1, column = 1;
};

/// What is wrong with a text, and where.
struct TextFault {
  DescriptionPosition position;
  std::string message;
};

/// The bytes of a regular file, of which `mostBytes + 1` are read at most:
/// whoever reads checks the excess.
std::variant<std::string, TextFault> readTextFile(const std::string &path, size_t mostBytes);

/// The first byte that is not UTF-8, or that is a control character.
std::optional<TextFault> findNoText(const std::string &text);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_TEXTFILE_H
