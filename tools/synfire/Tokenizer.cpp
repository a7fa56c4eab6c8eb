// Tokenizer: cleaning, characters and words as token ids.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Tokenizer.h"

#include "support/Utf8.h"

#include <unordered_map>

namespace synfire::tool {
namespace {

bool isSpace(const std::string &c) {
  static const char *const kSpaces[] = {
      " ",      "\t",     "\n",     "\v",     "\f",     "\r",     "\u0085", "\u00A0", "\u1680",
      "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
      "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};
  for (const char *space : kSpaces)
    if (c == space)
      return true;
  return false;
}

/// The `prose` rules on characters; counts what is dropped.
std::vector<std::string> cleanProse(const std::vector<std::string> &characters, int64_t &dropped) {
  std::vector<std::string> cleaned;
  auto put = [&](const std::string &c) {
    if (c == " " && !cleaned.empty() && cleaned.back() == " ")
      return;
    cleaned.push_back(c);
  };
  for (size_t i = 0; i < characters.size(); ++i) {
    std::string c = characters[i];
    if (c.size() == 1 && c[0] >= 'A' && c[0] <= 'Z')
      c[0] = static_cast<char>(c[0] - 'A' + 'a');
    if (c == "-" && i + 1 < characters.size() && characters[i + 1] == "-") {
      put(" ");
      ++i;
    } else if (isSpace(c) || c == ";") {
      put(" ");
    } else if (c == "." || c == "!" || c == "?") {
      put(".");
      put(" ");
    } else if ((c.size() == 1 && c[0] >= 'a' && c[0] <= 'z') || c == "'") {
      put(c);
    } else {
      ++dropped;
    }
  }
  return cleaned;
}

/// Words of a text: the `words` rules, or what white space separates.
std::vector<std::string> splitWords(const std::vector<std::string> &characters, bool clean) {
  std::vector<std::string> words;
  std::string word;
  auto end = [&] {
    if (!word.empty())
      words.push_back(std::move(word));
    word.clear();
  };
  for (std::string c : characters) {
    if (clean && c.size() == 1 && c[0] >= 'A' && c[0] <= 'Z')
      c[0] = static_cast<char>(c[0] - 'A' + 'a');
    const bool kept = c == "'" || (c.size() == 1 && c[0] >= 'a' && c[0] <= 'z');
    if (clean ? kept : !isSpace(c))
      word += c;
    else
      end();
  }
  end();
  return words;
}

/// What has one token id each.
std::vector<std::string> unitsOf(const TextCode &code) {
  return code.words.empty() ? splitCharacters(code.alphabet).value_or(std::vector<std::string>())
                            : code.words;
}

} // namespace

int64_t firstInvalidUtf8(const std::string &text) {
  for (size_t i = 0; i < text.size();) {
    const size_t bytes = characterBytes(std::string_view(text).substr(i));
    if (bytes == 0)
      return static_cast<int64_t>(i);
    i += bytes;
  }
  return -1;
}

std::variant<EncodedText, std::string> encodeText(const std::string &text, const TextCode &code) {
  const std::string bom = "\uFEFF";
  const std::string body = text.compare(0, bom.size(), bom) == 0 ? text.substr(bom.size()) : text;
  if (const int64_t at = firstInvalidUtf8(body); at >= 0)
    return "the text is not UTF-8: byte " + std::to_string(at) + " is 0x" +
           std::string(1, "0123456789abcdef"[static_cast<unsigned char>(body[at]) >> 4]) +
           std::string(1, "0123456789abcdef"[static_cast<unsigned char>(body[at]) & 15]);
  EncodedText encoded;
  std::vector<std::string> units = *splitCharacters(body);
  if (!code.words.empty())
    units = splitWords(units, code.cleaning == "words");
  else if (code.cleaning == "prose")
    units = cleanProse(units, encoded.dropped);

  std::unordered_map<std::string, int32_t> ids;
  for (std::string &unit : unitsOf(code))
    ids.emplace(std::move(unit), static_cast<int32_t>(ids.size()));
  for (const std::string &unit : units) {
    const auto id = ids.find(unit);
    if (id == ids.end())
      ++encoded.dropped;
    else
      encoded.tokens.push_back(id->second);
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
