// InputOptions: reads text and token files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/InputOptions.h"

#include "tools/synfire/Console.h"
#include "tools/synfire/TextRules.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace synfire::tool {
namespace {

using Tokens = std::vector<int32_t>;

constexpr int64_t kMaxInputBytes = int64_t{64} << 20;

/// The file's bytes; the error has the path.
std::string readFile(const std::string &path, std::string &bytes) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return "'" + path + "': cannot open: " + std::strerror(errno ? errno : ENOENT);
  bytes.clear();
  std::vector<char> buffer(1 << 16);
  while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount()) {
    bytes.append(buffer.data(), static_cast<size_t>(file.gcount()));
    if (static_cast<int64_t>(bytes.size()) > kMaxInputBytes)
      return "'" + path + "': is larger than 64 MiB, the limit of an input";
  }
  if (file.bad())
    return "'" + path + "': cannot read: " + std::strerror(errno ? errno : EIO);
  return {};
}

std::variant<Tokens, std::string> parseTokens(const std::string &path, const std::string &bytes) {
  // A list of ids is one level deep; deeper input is refused before parsing.
  if (std::count(bytes.begin(), bytes.end(), '[') > 1)
    return "'" + path + "': one flat JSON list of token ids is wanted, this one is nested";
  const nlohmann::json json = nlohmann::json::parse(bytes, nullptr, false);
  if (!json.is_array())
    return "'" + path + "': is not a JSON list of token ids";
  Tokens tokens;
  for (size_t i = 0; i < json.size(); ++i) {
    if (!json[i].is_number_integer() || json[i] < 0 || json[i] > INT32_MAX)
      return "'" + path + "': entry " + std::to_string(i) + " is not a token id: " + json[i].dump();
    tokens.push_back(json[i].get<int32_t>());
  }
  if (tokens.empty())
    return "'" + path + "': has no token ids";
  return tokens;
}

} // namespace

void InputOptions::define(CLI::App &app) {
  textOption =
      app.add_option("--text", text, "Text to feed, or @FILE; cleaned by the model's rules")
          ->type_name("STRING|@FILE");
  CLI::Option *tokens =
      app.add_option("--tokens", tokensFile, "JSON list of token ids to feed")->type_name("FILE");
  textOption->excludes(tokens);
  app.add_flag("--strict-text", strictText, "Refuse text of which a character would be dropped");
}

std::variant<Tokens, std::string> InputOptions::read(const InputRules &rules) const {
  Tokens tokens;
  if (!tokensFile.empty()) {
    std::string bytes;
    if (std::string error = readFile(tokensFile, bytes); !error.empty())
      return error;
    auto parsed = parseTokens(tokensFile, bytes);
    if (parsed.index() == 1)
      return parsed;
    tokens = std::get<0>(std::move(parsed));
  } else {
    if (textOption->count() == 0)
      return std::string("no input: give --text STRING, --text @FILE or --tokens FILE");
    if (rules.alphabet.empty())
      return std::string("the model has no alphabet: give --tokens FILE instead of --text");
    std::string body = text;
    if (!text.empty() && text[0] == '@')
      if (std::string error = readFile(text.substr(1), body); !error.empty())
        return error;
    auto encoded = encodeText(body, rules.alphabet, rules.cleaning);
    if (auto *error = std::get_if<std::string>(&encoded))
      return "--text: " + *error;
    const int64_t dropped = std::get<0>(encoded).droppedCharacters;
    if (dropped > 0 && strictText)
      return "--strict-text: " + std::to_string(dropped) +
             " characters of the text are not in the model's alphabet: " + rules.alphabet;
    if (dropped > 0)
      printNote(std::to_string(dropped) + " characters of the text are unknown to the model and "
                                          "were dropped");
    tokens = std::move(std::get<0>(encoded).tokens);
  }
  for (size_t i = 0; i < tokens.size(); ++i)
    if (tokens[i] >= rules.vocabulary)
      return "token " + std::to_string(i) + " is " + std::to_string(tokens[i]) +
             "; the model's vocabulary has " + std::to_string(rules.vocabulary) + " ids";
  if (static_cast<int64_t>(tokens.size()) > rules.limit) {
    printNote("the input has " + std::to_string(tokens.size()) + " tokens; the last " +
              std::to_string(rules.limit) + " are used");
    tokens.erase(tokens.begin(), tokens.end() - rules.limit);
  }
  return tokens;
}

} // namespace synfire::tool
