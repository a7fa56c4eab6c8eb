// Mutation: damages the text of a module, token by token.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Mutation.h"

#include <algorithm>
#include <cctype>
#include <regex>
#include <string_view>
#include <vector>

namespace synfire::test {
namespace {

using Tokens = std::vector<std::string>;

const Tokens kIntegers = {"0", "1",  "-1",  "2",          "3",
                          "7", "64", "255", "2147483648", "9223372036854775807"};
const Tokens kReals = {"0.5",
                       "0.0",
                       "-0.0",
                       "1.0",
                       "-3.25",
                       "1.0e300",
                       "1.0e-320",
                       "0x7FF0000000000000",
                       "0x7FF8000000000000"};
const Tokens kSizes = {"1", "2", "3", "5", "0", "?", "257", "1099511627777"};
const Tokens kElements = {"f32", "i1", "ui2", "ui32", "si32", "i32", "f64", "ui33", "index"};
/// Words of which one may stand where another does.
const std::vector<Tokens> kWords = {
    {"hard", "soft", "none"},
    {"ge", "gt"},
    {"mean", "sum", "last", "concatenate", "max", "average"},
    {"or", "and", "iand"},
    {"token", "position", "token_at_position", "one_hot", "binary", "binary_left"},
    {"toward_zero", "floor", "nearest"},
    {"steps", "steps_and_tokens"},
    {"true", "false"},
    {"causal", "transposed"},
    {"spike.if", "spike.lif", "spike.plif", "spike.cuba_lif"},
    {"spike.relu", "spike.gelu", "spike.softmax", "spike.integrator", "spike.flatten"},
    {"spike.inject", "spike.binarize", "spike.repeat", "spike.dequantize", "spike.top_k"},
    {"threshold", "tau", "w", "v_reset", "v_init", "bias", "reset", "compare"},
};

/// Words (dotted names, shapes, numbers, %values, #attributes), white space and
/// single characters; together they are the text.
Tokens split(const std::string &text) {
  // By hand: std::regex takes a frame of the stack for each character of a blob.
  const auto isDigit = [&](size_t i) {
    return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0;
  };
  const auto isSpace = [&](size_t i) {
    return i < text.size() && std::isspace(static_cast<unsigned char>(text[i])) != 0;
  };
  const auto isWord = [&](size_t i) {
    return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) != 0 ||
                               std::string_view("_.?$").find(text[i]) != std::string_view::npos);
  };
  // The end of a number like -1.5e-3 that begins at `i`, or `i`.
  const auto exponentEnd = [&](size_t i) {
    size_t at = i + (text[i] == '-' ? 1 : 0);
    const size_t whole = at;
    while (isDigit(at))
      ++at;
    if (at == whole || at >= text.size() || text[at] != '.')
      return i;
    while (isDigit(++at)) {
    }
    if (text.compare(at, 2, "e+") != 0 && text.compare(at, 2, "e-") != 0)
      return i;
    const size_t exponent = at += 2;
    while (isDigit(at))
      ++at;
    return at > exponent ? at : i;
  };
  Tokens tokens;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = exponentEnd(begin);
    if (end == begin && std::string_view("%^@!").find(text[begin]) != std::string_view::npos &&
        isWord(begin + 1))
      ++end;
    if (end == begin || end == begin + 1)
      while (isWord(end))
        ++end;
    if (end == begin)
      while (isSpace(end))
        ++end;
    if (end == begin)
      ++end;
    tokens.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return tokens;
}

bool isShape(const std::string &token) {
  static const std::regex kShape(R"((\d+x|\?x)+[a-z]+\d*)");
  return std::regex_match(token, kShape);
}
bool isReal(const std::string &token) {
  return std::isdigit(static_cast<unsigned char>(token.back())) != 0 &&
         token.find('.') != std::string::npos && token[0] != '%';
}
bool isInteger(const std::string &token) {
  return std::all_of(token.begin(), token.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}
const Tokens *wordsWith(const std::string &token) {
  for (const Tokens &words : kWords)
    if (std::find(words.begin(), words.end(), token) != words.end())
      return &words;
  return nullptr;
}

const std::string &pick(const Tokens &tokens, Choices &choices) {
  return tokens[choices.below(tokens.size())];
}

/// "4x?x80xi1" with another size or element type, or of another rank.
std::string otherShape(const std::string &shape, Choices &choices) {
  Tokens parts;
  for (size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
    end = shape.find('x', begin);
    parts.push_back(shape.substr(begin, end == std::string::npos ? end : end - begin));
  }
  size_t part = choices.below(parts.size());
  parts[part] = pick(part + 1 == parts.size() ? kElements : kSizes, choices);
  if (choices.rarely(8))
    parts.erase(parts.begin());
  std::string result;
  for (const std::string &one : parts)
    result += (result.empty() ? "" : "x") + one;
  return result;
}

/// Another token of the kind; the token where it has no other.
std::string other(const std::string &token, const Tokens &all, Choices &choices) {
  if (isShape(token))
    return otherShape(token, choices);
  if (isInteger(token))
    return pick(kIntegers, choices);
  if (isReal(token))
    return pick(kReals, choices);
  if (const Tokens *words = wordsWith(token))
    return pick(*words, choices);
  if (token[0] != '%')
    return token;
  Tokens values;
  std::copy_if(all.begin(), all.end(), std::back_inserter(values),
               [](const std::string &one) { return one[0] == '%'; });
  return pick(values, choices);
}

void changeToken(Tokens &tokens, Choices &choices) {
  size_t at = choices.below(tokens.size());
  uint64_t kind = choices.below(16);
  if (kind == 15) {
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at));
    return;
  }
  if (kind == 14) {
    tokens[at] += " " + tokens[at];
    return;
  }
  // The next token that has another; where it stands elsewhere too, now and then there as well.
  for (size_t tried = 0; tried < tokens.size(); ++tried, at = (at + 1) % tokens.size()) {
    const std::string old = tokens[at], changed = other(old, tokens, choices);
    if (changed == old)
      continue;
    if (kind < 8)
      tokens[at] = changed;
    else
      std::replace(tokens.begin(), tokens.end(), old, changed);
    return;
  }
}

/// A line goes, or stands twice.
std::string changeLine(const std::string &text, Choices &choices) {
  std::vector<size_t> begins{0};
  for (size_t i = 0; i + 1 < text.size(); ++i)
    if (text[i] == '\n')
      begins.push_back(i + 1);
  size_t begin = begins[choices.below(begins.size())], end = text.find('\n', begin);
  end = end == std::string::npos ? text.size() : end + 1;
  if (choices.flip())
    return text.substr(0, end) + text.substr(begin);
  return text.substr(0, begin) + text.substr(end);
}

} // namespace

std::string mutated(const std::string &text, Choices &choices) {
  if (choices.rarely(16))
    return changeLine(text, choices);
  Tokens tokens = split(text);
  for (int64_t count = choices.between(1, 3); count > 0; --count)
    changeToken(tokens, choices);
  std::string result;
  for (const std::string &token : tokens)
    result += token;
  return result;
}

} // namespace synfire::test
