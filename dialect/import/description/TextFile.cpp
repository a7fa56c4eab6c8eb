// TextFile: text files as bytes that are known to be text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/TextFile.h"
#include "support/Utf8.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace synfire {

std::variant<std::string, TextFault> readTextFile(const std::string &path, size_t mostBytes) {
  std::error_code error;
  std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status))
    return TextFault{{}, "no such file"};
  if (!std::filesystem::is_regular_file(status))
    return TextFault{{}, "is not a regular file"};
  std::uintmax_t size = std::filesystem::file_size(path, error);
  std::ifstream stream(path, std::ios::binary);
  std::string text(error ? 0 : std::min<std::uintmax_t>(size, mostBytes + 1), '\0');
  stream.read(text.data(), std::streamsize(text.size()));
  if (error || !stream.is_open() || stream.bad())
    return TextFault{{}, "cannot be read"};
  text.resize(size_t(stream.gcount()));
  return text;
}

std::optional<TextFault> findNoText(const std::string &text) {
  DescriptionPosition position;
  for (std::string_view rest = text; !rest.empty();) {
    size_t bytes = characterBytes(rest);
    unsigned char c = rest[0];
    char hex[8];
    std::snprintf(hex, sizeof hex, "0x%02x", c);
    if (bytes == 0)
      return TextFault{position, std::string("byte ") + hex + " is not valid UTF-8"};
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
      return TextFault{position, std::string("byte ") + hex + " is a control character, not text"};
    position = c == '\n' ? DescriptionPosition{position.line + 1, 1}
                         : DescriptionPosition{position.line, position.column + 1};
    rest.remove_prefix(bytes);
  }
  return std::nullopt;
}

} // namespace synfire
