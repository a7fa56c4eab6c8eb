// InputOptions: reads text and token files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/InputOptions.h"

#include "tools/synfire/Console.h"

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

/// Deepest nesting of lists and objects.
int64_t nestingDepth(const std::string &bytes) {
  int64_t depth = 0, deepest = 0;
  bool inString = false;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '"')
      inString = !inString;
    else if (inString)
      i += c == '\\'; // what it escapes may be a quote
    else if (c == '[' || c == '{')
      deepest = std::max(deepest, ++depth);
    else if (c == ']' || c == '}')
      --depth;
  }
  return deepest;
}

/// A list of ids, or a list of one such list: one sequence.
std::variant<Tokens, std::string> parseTokens(const std::string &path, const std::string &bytes) {
  // Deeper input is refused before parsing.
  if (nestingDepth(bytes) > 2)
    return "'" + path + "': is nested deeper than a list of lists of token ids";
  nlohmann::json json = nlohmann::json::parse(bytes, nullptr, false);
  if (!json.is_array())
    return "'" + path + "': is not a JSON list of token ids";
  if (!json.empty() && json[0].is_array()) {
    if (json.size() > 1)
      return "'" + path + "': has " + std::to_string(json.size()) +
             " sequences; one sequence is run at a time: give each its own file and run";
    json = nlohmann::json(std::move(json[0]));
  }
  Tokens tokens;
  for (size_t i = 0; i < json.size(); ++i) {
    if (!json[i].is_number_integer() || json[i] < 0 || json[i] > INT32_MAX)
      return "'" + path + "': entry " + std::to_string(i) + " is not a token id (0.." +
             std::to_string(INT32_MAX) + "): " +
             (json[i].is_number() ? json[i].dump() : std::string("a JSON ") + json[i].type_name());
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
      app.add_option("--tokens", tokensFile,
                     "JSON list of token ids to feed, or a list of one such list: one sequence")
          ->type_name("FILE");
  CLI::Option *tensor =
      app.add_option("--input", tensorFile,
                     "Tensor to feed, for models without tokens: .safetensors with one tensor "
                     "'input', an image [height, width, channels] say")
          ->type_name("FILE");
  textOption->excludes(tokens)->excludes(tensor);
  tokens->excludes(tensor);
  app.add_flag("--strict-text", strictText, "Refuse text of which a character would be dropped");
}

std::variant<Tokens, std::string> InputOptions::read(const InputRules &rules,
                                                     std::vector<std::string> *warnings) const {
  const auto warn = [&](const std::string &text) {
    printNote(text);
    if (warnings)
      warnings->push_back(text);
  };
  Tokens tokens;
  if (!tensorFile.empty())
    return std::string("--input: the model takes token ids; give --tokens FILE") +
           (rules.text.hasText() ? " or --text STRING" : "") + " instead";
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
    if (!rules.text.hasText())
      return std::string("the model has neither an alphabet nor a word dictionary: give --tokens "
                         "FILE instead of --text");
    std::string body = text;
    if (!text.empty() && text[0] == '@')
      if (std::string error = readFile(text.substr(1), body); !error.empty())
        return error;
    auto encoded = encodeText(body, rules.text);
    if (auto *error = std::get_if<std::string>(&encoded))
      return "--text: " + *error;
    const int64_t dropped = std::get<0>(encoded).dropped;
    if (dropped > 0 && strictText)
      return "--strict-text: " + std::to_string(dropped) + " " + rules.text.unit() +
             " of the text are not in the model's " +
             (rules.text.words.empty() ? "alphabet: " + rules.text.alphabet : "dictionary");
    if (dropped > 0)
      warn(std::string(rules.text.unit()) +
           " of the text that are unknown to the model and were dropped: " +
           std::to_string(dropped));
    tokens = std::move(std::get<0>(encoded).tokens);
  }
  for (size_t i = 0; i < tokens.size(); ++i)
    if (tokens[i] >= rules.vocabulary)
      return "'" + tokensFile + "': token " + std::to_string(i) + " is " +
             std::to_string(tokens[i]) + "; the model's ids go from 0 to " +
             std::to_string(rules.vocabulary - 1);
  if (static_cast<int64_t>(tokens.size()) > rules.limit) {
    warn("the input has " + std::to_string(tokens.size()) + " tokens; the last " +
         std::to_string(rules.limit) + " are used");
    tokens.erase(tokens.begin(), tokens.end() - rules.limit);
  }
  return tokens;
}

} // namespace synfire::tool
