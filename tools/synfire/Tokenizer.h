// Tokenizer: turns text into token ids and back, by the rules of a model.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_TOKENIZER_H
#define SYNFIRE_TOOLS_SYNFIRE_TOKENIZER_H

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace synfire::tool {

/// The text rules of a model. It has an alphabet or words, or neither when it takes only token ids.
struct TextCode {
  std::string alphabet;           ///< UTF-8, one character per token id
  std::vector<std::string> words; ///< one word per token id
  std::string cleaning = "none";  ///< "prose", "words" or "none"; see encodeText

  bool hasText() const { return !alphabet.empty() || !words.empty(); }
  /// What the tokens are: "characters" or "words".
  const char *unit() const { return words.empty() ? "characters" : "words"; }
};

/// The result of encodeText.
struct EncodedText {
  std::vector<int32_t> tokens;
  int64_t dropped = 0; ///< how many characters or words were left out
};

/// The byte offset of the first byte that is not UTF-8, or -1.
int64_t firstInvalidUtf8(std::string_view text);

/// Cleans `text` and turns it into token ids: of words when the model has words, otherwise of
/// characters. The rules of cleaning:
/// "prose", in this order: letters become lower case; `!` and `?` become `.`; `;` and `--` become a
/// space; characters other than a-z, `.`, `'` and white space are dropped; a space follows each
/// `.`; runs of white space become one space. "words": letters become lower case; all characters
/// except a-z and `'` separate words. "none": the text is not changed; white space separates words.
/// Then characters that the alphabet does not have, or words that the dictionary does not have, are
/// dropped. The second alternative is an error message: the text is not UTF-8, or nothing is left.
std::variant<EncodedText, std::string> encodeText(const std::string &text, const TextCode &code);

/// Turns token ids into text, with spaces between words. An unknown id becomes U+FFFD.
std::string decodeTokens(const std::vector<int32_t> &tokens, const TextCode &code);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_TOKENIZER_H
