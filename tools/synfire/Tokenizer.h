// Tokenizer: text to token ids and back, by the model's own rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_TOKENIZER_H
#define SYNFIRE_TOOLS_SYNFIRE_TOKENIZER_H

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace synfire::tool {

/// What a model knows of text: an alphabet, or words, or neither.
struct TextCode {
  std::string alphabet;           ///< UTF-8, one character per token id
  std::vector<std::string> words; ///< one word per token id
  std::string cleaning = "none";  ///< "prose", "words" or "none"

  bool hasText() const { return !alphabet.empty() || !words.empty(); }
  /// "characters" or "words", whichever its tokens are.
  const char *unit() const { return words.empty() ? "characters" : "words"; }
};

struct EncodedText {
  std::vector<int32_t> tokens;
  int64_t dropped = 0; ///< characters or words that the model does not know, left out
};

/// The byte offset of the first byte that is not UTF-8, or -1.
int64_t firstInvalidUtf8(std::string_view text);

/// Cleans and encodes `text`; without a dictionary by characters, with one by
/// words. The cleaning rules:
/// "prose", in this order: lower case; `!` `?` become `.`; `;` and `--` become a
/// space; what is neither a-z . ' nor white space is dropped; a space after each
/// `.`; runs of white space become one space.
/// "words": lower case; everything but a-z and ' separates words.
/// "none": nothing; white space separates words.
/// Then characters outside the alphabet, or words outside the dictionary, are
/// dropped. The second alternative is an error message: invalid UTF-8, or nothing
/// left.
std::variant<EncodedText, std::string> encodeText(const std::string &text, const TextCode &code);

/// Token ids as text, words joined by spaces; unknown ids as U+FFFD.
std::string decodeTokens(const std::vector<int32_t> &tokens, const TextCode &code);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_TOKENIZER_H
