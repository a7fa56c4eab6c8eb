// Tokenizer: cleans text and turns characters or words into token ids.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Tokenizer.h"

#include "support/Utf8.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_map>

namespace synfire::tool {
namespace {

bool isSpace(std::string_view c) {
  static constexpr std::string_view kSpaces[] = {"\u0085", "\u00A0", "\u1680", "\u2000", "\u2001",
                                                 "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
                                                 "\u2007", "\u2008", "\u2009", "\u200A", "\u2028",
                                                 "\u2029", "\u202F", "\u205F", "\u3000"};
  if (c.size() == 1)
    return c[0] == ' ' || (c[0] >= '\t' && c[0] <= '\r');
  return std::find(std::begin(kSpaces), std::end(kSpaces), c) != std::end(kSpaces);
}

/// Calls `visit(character, rest)` for each character of a text that is UTF-8 and what
/// stands behind it. Where `visit` answers true the next character is skipped.
template <class Visit> void forEachCharacter(std::string_view text, Visit &&visit) {
  while (!text.empty()) {
    const std::string_view character = text.substr(0, characterBytes(text));
    text.remove_prefix(character.size());
    if (visit(character, text))
      text.remove_prefix(characterBytes(text));
  }
}

/// The letter a-z that a character is, whatever its case, or 0.
char letterOf(std::string_view c) {
  if (c.size() != 1)
    return 0;
  const char lower = c[0] >= 'A' && c[0] <= 'Z' ? static_cast<char>(c[0] - 'A' + 'a') : c[0];
  return lower >= 'a' && lower <= 'z' ? lower : '\0';
}

/// The `prose` rules: calls `put(character)` for each that they leave. Returns how many
/// they drop.
template <class Put> int64_t cleanProse(std::string_view text, Put &&put) {
  int64_t dropped = 0;
  bool afterSpace = false;
  auto space = [&] {
    if (!afterSpace)
      put(std::string_view(" "));
    afterSpace = true;
  };
  forEachCharacter(text, [&](std::string_view c, std::string_view rest) {
    const bool dash = c == "-" && rest.starts_with('-');
    if (dash || isSpace(c) || c == ";") {
      space();
    } else if (c == "." || c == "!" || c == "?") {
      put(std::string_view("."));
      afterSpace = false;
      space();
    } else if (const char letter = letterOf(c); letter || c == "'") {
      put(letter ? std::string_view(&letter, 1) : c);
      afterSpace = false;
    } else {
      ++dropped;
    }
    return dash;
  });
  return dropped;
}

/// Calls `put(word)` for each word: by the `words` rules where `clean`, else what white
/// space separates.
template <class Put> void splitWords(std::string_view text, bool clean, Put &&put) {
  std::string word;
  auto end = [&] {
    if (!word.empty())
      put(std::string_view(word));
    word.clear();
  };
  forEachCharacter(text, [&](std::string_view c, std::string_view) {
    const char letter = clean ? letterOf(c) : '\0';
    if (letter)
      word += letter;
    else if (clean ? c == "'" : !isSpace(c))
      word += c;
    else
      end();
    return false;
  });
  end();
}

/// The characters or words of the model by token id.
std::vector<std::string> unitsOf(const TextCode &code) {
  return code.words.empty() ? splitCharacters(code.alphabet).value_or(std::vector<std::string>())
                            : code.words;
}

} // namespace

int64_t firstInvalidUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const size_t bytes = characterBytes(text.substr(i));
    if (bytes == 0)
      return static_cast<int64_t>(i);
    i += bytes;
  }
  return -1;
}

std::variant<EncodedText, std::string> encodeText(const std::string &text, const TextCode &code) {
  constexpr std::string_view kByteOrderMark = "\uFEFF";
  std::string_view body = text;
  if (body.starts_with(kByteOrderMark))
    body.remove_prefix(kByteOrderMark.size());
  if (const int64_t at = firstInvalidUtf8(body); at >= 0)
    return "the text is not UTF-8: byte " + std::to_string(at) + " is 0x" +
           std::string(1, "0123456789abcdef"[static_cast<unsigned char>(body[at]) >> 4]) +
           std::string(1, "0123456789abcdef"[static_cast<unsigned char>(body[at]) & 15]);
  const std::vector<std::string> units = unitsOf(code);
  std::unordered_map<std::string_view, int32_t> ids;
  for (const std::string &unit : units)
    ids.emplace(unit, static_cast<int32_t>(ids.size()));
  EncodedText encoded;
  if (code.words.empty())
    encoded.tokens.reserve(body.size()); // a token per character, so as many at most
  auto put = [&](std::string_view unit) {
    const auto id = ids.find(unit);
    if (id == ids.end())
      ++encoded.dropped;
    else
      encoded.tokens.push_back(id->second);
  };
  if (!code.words.empty()) {
    splitWords(body, code.cleaning == "words", put);
  } else if (code.cleaning == "prose") {
    encoded.dropped += cleanProse(body, put);
  } else {
    forEachCharacter(body, [&](std::string_view c, std::string_view) {
      put(c);
      return false;
    });
  }
  if (!encoded.tokens.empty())
    return encoded;
  const std::string empty =
      "the text is empty after cleaning by the rule '" + code.cleaning + "'; ";
  if (code.words.empty())
    return empty + "the model knows these characters: " + code.alphabet;
  return empty + "none of it is among the " + std::to_string(code.words.size()) +
         " words of the model's dictionary";
}

std::string decodeTokens(const std::vector<int32_t> &tokens, const TextCode &code) {
  const std::vector<std::string> units = unitsOf(code);
  std::string text;
  for (int32_t id : tokens) {
    if (!code.words.empty() && !text.empty())
      text += ' ';
    text += id >= 0 && static_cast<size_t>(id) < units.size() ? units[id] : "\uFFFD";
  }
  return text;
}

} // namespace synfire::tool
