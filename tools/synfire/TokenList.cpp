// TokenList: reads the JSON of --tokens.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/TokenList.h"

#include "support/MemoryNeed.h"
#include "support/Message.h"
#include "support/TextCheck.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace synfire::tool {
namespace {

using Json = nlohmann::json;

const char *const kNoList = "is not a JSON list of token ids";

/// Takes the parser's events one by one; a handler returns false at a fault, which ends the
/// parsing.
class TokenEvents : public nlohmann::json_sax<Json> {
public:
  std::vector<int32_t> tokens;
  int64_t sequences = 0; ///< entries of the outer list when its first is a list
  std::string fault;

  bool null() override { return refuse("a JSON null"); }
  bool boolean(bool) override { return refuse("a JSON boolean"); }
  bool string(string_t &) override { return refuse("a JSON string"); }
  bool binary(binary_t &) override { return refuse("binary data"); }
  bool start_object(size_t) override { return refuse("a JSON object"); }
  bool key(string_t &) override { return true; }
  bool end_object() override { return true; }
  bool number_float(number_float_t, const string_t &text) override { return refuse(text); }
  bool number_integer(number_integer_t value) override { return refuse(std::to_string(value)); }

  bool number_unsigned(number_unsigned_t value) override {
    if (depth == 1 && sequences > 0) {
      ++sequences;
      return true;
    }
    if (depth == 0 || value > INT32_MAX)
      return refuse(std::to_string(value));
    if (sequences <= 1) // more are counted, for the message, but not kept
      tokens.push_back(static_cast<int32_t>(value));
    return true;
  }

  bool start_array(size_t) override {
    if (depth == 1 && sequences == 0 && !tokens.empty())
      return refuse("a JSON array");
    if (depth == 2)
      return fail("is nested deeper than a list of lists of token ids");
    sequences += depth;
    ++depth;
    return true;
  }
  bool end_array() override {
    --depth;
    return true;
  }
  bool parse_error(size_t, const std::string &, const nlohmann::detail::exception &) override {
    return fail(kNoList);
  }

private:
  bool fail(const std::string &message) {
    fault = message;
    return false;
  }
  bool refuse(const std::string &what) {
    if (depth == 0)
      return fail(kNoList);
    return fail(message("entry ", tokens.size(), " ",
                        needsHas(message("a token id of 0 to ", INT32_MAX), what)));
  }

  int depth = 0; ///< open lists
};

} // namespace

std::variant<std::vector<int32_t>, std::string> parseTokenList(const std::string &json) {
  if (const std::string nul = findNul(json); !nul.empty())
    return kNoList + (": " + nul);
  const auto entries = static_cast<size_t>(std::ranges::count(json, ',')) + 1;
  if (std::string lack = lacksMemory(message("a list of ", entries, " token ids"),
                                     static_cast<double>(entries) * sizeof(int32_t));
      !lack.empty())
    return lack;
  TokenEvents events;
  events.tokens.reserve(entries);
  if (!Json::sax_parse(json, &events))
    return events.fault;
  if (events.sequences > 1)
    return message("has ", events.sequences,
                   " sequences; one sequence is run at a time: give each its own file and run");
  if (events.tokens.empty())
    return std::string("has no token ids");
  return std::move(events.tokens);
}

} // namespace synfire::tool
