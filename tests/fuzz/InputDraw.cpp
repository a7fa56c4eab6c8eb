// InputDraw: token lists and texts for a drawn model, legal and hostile.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/fuzz/InputDraw.h"

#include <algorithm>

namespace synfire::test {
namespace {

/// Most tokens of an input: a run takes milliseconds.
constexpr int64_t kMostTokens = 7;

std::string drawHostileList(Choices &choices) {
  static const std::vector<std::string> kLists = {"",
                                                  "[]",
                                                  "[[]]",
                                                  "[[0]]",
                                                  "[[0],[0]]",
                                                  "[[[0]]]",
                                                  "[-1]",
                                                  "[0.0]",
                                                  "[1e0]",
                                                  "[1e400]",
                                                  "[true]",
                                                  "[null]",
                                                  "[\"0\"]",
                                                  "{\"0\": 0}",
                                                  "[0, 0",
                                                  "[0, ]",
                                                  "[0] 0",
                                                  "\xef\xbb\xbf[0]",
                                                  std::string("[0]\0[", 5),
                                                  "[2147483648]",
                                                  "[4294967296]",
                                                  "[9223372036854775808]",
                                                  "[18446744073709551616]",
                                                  std::string(99999, '['),
                                                  "[\"" + std::string(99999, '\\')};
  return kLists[choices.below(kLists.size())];
}

} // namespace

DrawnInput drawTokens(const DrawnModel &model, Choices &choices) {
  if (choices.rarely(24))
    return {drawHostileList(choices), true};
  std::string text;
  const auto add = [&](int64_t token) {
    text += (text.empty() ? "" : ", ") + std::to_string(token);
  };
  for (int64_t token : model.tokens)
    add(token);
  if (!model.tokens.empty())
    return {"[" + text + "]"};
  // An input longer than the context is cut, with a warning.
  const int64_t more = choices.rarely(16) ? 3 : 0;
  const int64_t most = std::max<int64_t>(std::min(model.context, kMostTokens), 1) + more;
  for (int64_t count = choices.between(1, most); count > 0; --count)
    add(choices.pick<int64_t>(
        {0, static_cast<int64_t>(choices.below(model.vocabulary)), model.vocabulary - 1}));
  if (!choices.rarely(32))
    return {"[" + text + "]"};
  add(model.vocabulary);
  return {"[" + text + "]", true};
}

DrawnInput drawText(const DrawnModel &model, Choices &choices) {
  if (choices.rarely(16))
    return {choices.pick<std::string>({"", "@", "@/", "@/missing", "\xff", "\xc3", "\xed\xa0\x80",
                                       "\xf4\x90\x80\x80", std::string(100000, '!')}),
            true};
  static const std::vector<std::string> kOthers = {
      "A",          "!",   "--", " \t\n", "\u00e9",       "\u20ac",
      "\U0001f525", "...", "'",  "0",     "\u0301\u0301", std::string(1, '\1')};
  DrawnInput input;
  for (int64_t count = choices.between(1, kMostTokens); count > 0; --count)
    if (choices.rarely(4))
      input.text += kOthers[choices.below(kOthers.size())];
    else
      input.text += model.alphabet[choices.below(model.alphabet.size())];
  // Nothing may be left of it, or a character may be strange to the alphabet.
  input.hostile = true;
  return input;
}

} // namespace synfire::test
