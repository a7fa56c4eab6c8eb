// InputOptions: token files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/InputOptions.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace synfire::tool;

namespace {

using Tokens = std::vector<int32_t>;
using Result = std::variant<Tokens, std::string>;

/// What a file with this text gives, for a vocabulary of 30 and 4 tokens a run.
Result readTokens(const std::string &json) {
  std::string path = (std::filesystem::temp_directory_path() / "synfire-ids-XXXXXX").string();
  const int file = mkstemp(path.data());
  REQUIRE(file >= 0);
  close(file);
  std::ofstream(path, std::ios::binary) << json;
  InputOptions options;
  options.tokensFile = path;
  InputRules rules;
  rules.context = rules.limit = 4;
  rules.vocabulary = 30;
  Result result = options.read(rules);
  std::filesystem::remove(path);
  return result;
}

Tokens idsOf(const std::string &json) {
  const Result result = readTokens(json);
  REQUIRE_MESSAGE(result.index() == 0, std::get<1>(result));
  return std::get<0>(result);
}

/// Whether the file is refused with these words.
bool refuses(const std::string &json, const std::string &words) {
  const Result result = readTokens(json);
  if (result.index() == 1 && std::get<1>(result).find(words) != std::string::npos)
    return true;
  MESSAGE(json.substr(0, 40) << ": "
                             << (result.index() == 1 ? std::get<1>(result) : "is accepted"));
  return false;
}

} // namespace

TEST_CASE("tokens: a list of ids, or a list of one list") {
  CHECK(idsOf("[1, 2, 29]") == Tokens{1, 2, 29});
  CHECK(idsOf(" [ [1, 2, 29] ] ") == Tokens{1, 2, 29});
  CHECK(idsOf("[[0, 1, 2, 3, 4]]") == Tokens{1, 2, 3, 4}); // the last four
}

TEST_CASE("tokens: one sequence is run at a time") {
  CHECK(refuses("[[1], [2], [3]]", "has 3 sequences; one sequence is run at a time"));
  CHECK(refuses("[[], []]", "has 2 sequences"));
}

TEST_CASE("tokens: what is no id is refused by its place") {
  CHECK(refuses("[1, -2]", "entry 1 needs a token id of 0 to 2147483647, has -2"));
  CHECK(refuses("[[1, 2.5]]", "entry 1 needs a token id of 0 to 2147483647, has 2.5"));
  CHECK(refuses("[4294967296]", "entry 0 needs a token id"));
  CHECK(refuses("[18446744073709551615]", "entry 0 needs a token id"));
  CHECK(refuses("[1, [2]]", "entry 1 needs a token id of 0 to 2147483647, has a JSON array"));
  CHECK(
      refuses("[1, {\"a\": 2}]", "entry 1 needs a token id of 0 to 2147483647, has a JSON object"));
  CHECK(refuses("[1, 30]", "token 1: needs an id of 0 to 29, has 30"));
}

TEST_CASE("tokens: no list, nothing in it, or too deep") {
  CHECK(refuses("", "is not a JSON list of token ids"));
  CHECK(refuses("{", "is not a JSON list of token ids"));
  CHECK(refuses("7", "is not a JSON list of token ids"));
  CHECK(refuses("[1, 2", "is not a JSON list of token ids"));
  CHECK(refuses("[]", "has no token ids"));
  CHECK(refuses("[[]]", "has no token ids"));
  CHECK(refuses("[[[1]]]", "nested deeper"));
  CHECK(refuses(std::string(1000000, '['), "nested deeper"));
  CHECK(refuses("[\"]]]\\\"]]\", [[[1]]]]", "entry 0 needs a token id of 0 to 2147483647, has a "
                                            "JSON string")); // brackets in a string are none
  std::string objects = "[";
  for (int i = 0; i < 100000; ++i)
    objects += "{\"a\":";
  CHECK(refuses(objects, "has a JSON object"));
  CHECK(refuses("[[1], 2]", "has 2 sequences"));
  CHECK(refuses("[[1]] 2", "is not a JSON list of token ids"));
  CHECK(refuses(std::string("[1]\0", 4), "is not a JSON list of token ids: byte 4 is a NUL"));
}
