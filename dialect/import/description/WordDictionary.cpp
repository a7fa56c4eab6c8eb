// WordDictionary: reads the words of a model whose tokens are words.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/WordDictionary.h"
#include "support/InputFile.h"
#include "support/Message.h"
#include "support/TextCheck.h"

#include <unordered_map>

namespace synfire {

constexpr size_t kMaxDictionaryBytes = size_t(64) << 20;

using Words = std::vector<std::string>;

std::variant<Words, DescriptionError> parseWords(const std::string &text,
                                                 const std::string &fileName, int64_t count) {
  if (text.size() > kMaxDictionaryBytes)
    return DescriptionError{
        fileName,
        {},
        "the dictionary " +
            needsHas(message("at most ", kMaxDictionaryBytes, " bytes"), text.size())};
  if (auto fault = findNoText(text))
    return DescriptionError{fileName, fault->position, fault->message};
  Words words;
  std::unordered_map<std::string_view, int> lines;
  std::string_view rest = text, byteOrderMark = "\uFEFF";
  if (rest.starts_with(byteOrderMark))
    rest.remove_prefix(byteOrderMark.size());
  for (int line = 1; !rest.empty(); ++line) {
    size_t end = rest.find('\n');
    std::string_view word = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    // Messages name the line and not the word: the file may be one that was not meant.
    auto fault = [&](const std::string &message) {
      return DescriptionError{fileName, {line, 1}, message};
    };
    if (word.empty())
      return fault("the line " + needsHas("a word", "none"));
    if (word.find_first_of(" \t\r") != std::string_view::npos)
      return fault(
          "the word holds white space; give one word per line, lines ending in a line feed");
    auto [first, isNew] = lines.emplace(word, line);
    if (!isNew)
      return fault("the word stands in line " + std::to_string(first->second) + " already");
    words.emplace_back(word);
  }
  if (int64_t(words.size()) != count)
    return DescriptionError{fileName,
                            {int(words.size()) + 1, 1},
                            "the dictionary " +
                                needsHas(message(count, " words, one per token id"), words.size())};
  return words;
}

std::variant<Words, DescriptionError> loadWords(const std::string &path, int64_t count) {
  auto text = readFile(path, kMaxDictionaryBytes);
  if (auto *fault = std::get_if<FileFault>(&text))
    return DescriptionError{path, {}, fault->reason};
  return parseWords(std::get<std::string>(text), path, count);
}

} // namespace synfire
