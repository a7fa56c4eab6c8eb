// DescriptionValues: stores and checks the values of a description.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/DescriptionFields.h"
#include "dialect/import/NearestName.h"
#include "dialect/import/Utf8.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace synfire {

using Model = ModelDescription;

static std::string assign(const FieldWords &words, const std::string &value, Model &model) {
  std::vector<std::string> supported, known;
  for (const FieldWord &word : words) {
    bool matches =
        word.word == value || std::count(word.aliases.begin(), word.aliases.end(), value);
    if (matches && word.set) {
      word.set(model);
      return {};
    }
    if (word.set)
      supported.push_back(word.word);
    if (matches)
      known.push_back(word.word);
  }
  std::string list;
  for (const std::string &word : supported)
    list += (list.empty() ? "" : ", ") + word;
  list = (supported.size() == 1 ? "; supported is " : "; supported are ") + list;
  if (!known.empty())
    return "is " + quotedText(value) + ", which is known but not supported" + list;
  return "is " + quotedText(value) + list + nearestName(value, supported);
}

template <class T>
static std::string assignNumber(const char *kind, T &member, T min, T max,
                                const std::string &value) {
  T number{};
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  bool whole = error == std::errc() && end == value.data() + value.size();
  if (!whole && error != std::errc::result_out_of_range)
    return "is " + quotedText(value) + ", not " + kind;
  auto text = [](T bound) {
    char buffer[32];
    return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, bound).ptr);
  };
  if (!whole || !(number >= min && number <= max))
    return "is " + quotedText(value) + ", must be " + text(min) + " to " + text(max);
  member = number;
  return {};
}

std::string assignField(const DescriptionField &field, const std::string &value, Model &model) {
  if (auto *text = std::get_if<FieldText>(&field.kind)) {
    model.*(*text) = value;
    return {};
  }
  if (auto *words = std::get_if<FieldWords>(&field.kind))
    return assign(*words, value, model);
  if (auto *integer = std::get_if<FieldInteger>(&field.kind))
    return assignNumber<int64_t>("a whole number", model.*(integer->member), integer->min,
                                 integer->max, value);
  const auto &number = std::get<FieldNumber>(field.kind);
  return assignNumber<double>("a number", model.*(number.member), number.min, number.max, value);
}

std::optional<DescriptionViolation> firstViolation(const Model &model) {
  auto count = [](int64_t number) { return std::to_string(number); };
  if (model.name.empty())
    return DescriptionViolation{"name", "'name' is empty"};
  if (model.statedWidth != 0 && model.statedWidth != model.width())
    return DescriptionViolation{"width", "'width' is " + count(model.statedWidth) +
                                             ", but token_width + position_width is " +
                                             count(model.width())};
  if (model.width() % model.heads != 0)
    return DescriptionViolation{
        "heads", "'heads' is " + count(model.heads) + ", which does not divide the width " +
                     count(model.width()) + " (token_width + position_width)"};
  if (model.firstBlockLif && model.residual == 2)
    return DescriptionViolation{"first_block_lif",
                                "'first_block_lif' is not supported with residual 2, whose "
                                "attention outputs all have a LIF; supported with residual 0 or 1"};
  // A computed table is held in memory: 1 GiB at most.
  constexpr int64_t kMostComputed = int64_t(1) << 28;
  int64_t codes = model.context * model.positionWidth;
  if (model.positionCode == PositionCode::Static && codes > kMostComputed)
    return DescriptionViolation{"context", "'context' times 'position_width' is " + count(codes) +
                                               " numbers of a static position code, at most " +
                                               count(kMostComputed)};
  if (model.alphabet.empty())
    return std::nullopt;
  auto characters = splitCharacters(model.alphabet);
  if (!characters)
    return DescriptionViolation{"alphabet", "'alphabet' is not valid UTF-8"};
  if (int64_t(characters->size()) != model.vocabulary)
    return DescriptionViolation{"alphabet", "'alphabet' has " + count(characters->size()) +
                                                " characters, the vocabulary has " +
                                                count(model.vocabulary) + " ids"};
  std::set<std::string> distinct;
  for (const std::string &character : *characters)
    if (!distinct.insert(character).second)
      return DescriptionViolation{"alphabet", "'alphabet' holds '" + character + "' twice"};
  return std::nullopt;
}

} // namespace synfire
