// TextRules: text to token ids and back, by the model's own rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_TEXTRULES_H
#define SYNFIRE_TOOLS_SYNFIRE_TEXTRULES_H

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace synfire::tool {

struct EncodedText {
  std::vector<int32_t> tokens;
  int64_t droppedCharacters = 0; ///< not known to the model, left out
};

/// The byte offset of the first byte that is not UTF-8, or -1.
int64_t firstInvalidUtf8(const std::string &text);

/// Cleans and encodes `text`. `alphabet`: UTF-8, one character per token id.
/// `cleaning`: "none", or "prose", in this order: lower case; `!` `?` become
/// `.`; `;` and `--` become a space; what is neither a-z . ' nor white space is
/// dropped; a space after each `.`; runs of white space become one space.
/// Then characters outside the alphabet are dropped. The second alternative is
/// an error message: invalid UTF-8, or nothing left.
std::variant<EncodedText, std::string>
encodeText(const std::string &text, const std::string &alphabet, const std::string &cleaning);

/// Token ids as text, ids outside the alphabet as U+FFFD.
std::string decodeTokens(const std::vector<int32_t> &tokens, const std::string &alphabet);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_TEXTRULES_H
