// InputOptions: reads text and token files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/InputOptions.h"

#include "support/InputFile.h"
#include "support/MemoryNeed.h"
#include "support/Message.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/LastResort.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>

namespace synfire::tool {
namespace {

using Tokens = std::vector<int32_t>;

constexpr size_t kMostInputBytes = size_t{64} << 20;

/// The name of a file, or of standard input, for messages.
std::string nameOf(const std::string &path) {
  return path == "-" ? "standard input" : "'" + path + "'";
}

/// Reads a file, or standard input for "-", into `bytes`. Returns an error message or "".
std::string readInput(const std::string &path, std::string &bytes) {
  auto read = path == "-" ? readStandardInput(kMostInputBytes) : readFile(path, kMostInputBytes);
  if (auto *fault = std::get_if<FileFault>(&read))
    return nameOf(path) + ": " + fault->reason;
  bytes = std::get<std::string>(std::move(read));
  return {};
}

/// The depth of the deepest nesting of lists and objects in a JSON text.
int64_t nestingDepth(const std::string &bytes) {
  int64_t depth = 0, deepest = 0;
  bool inString = false;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '"')
      inString = !inString;
    else if (inString)
      i += c == '\\'; // skips the escaped character, which may be a quote
    else if (c == '[' || c == '{')
      deepest = std::max(deepest, ++depth);
    else if (c == ']' || c == '}')
      --depth;
  }
  return deepest;
}

/// Parses a JSON list of token ids, or a list that contains one such list.
std::variant<Tokens, std::string> parseTokens(const std::string &path, const std::string &bytes) {
  // The parser is recursive, so a deep nesting is refused before it runs.
  if (nestingDepth(bytes) > 2)
    return nameOf(path) + ": is nested deeper than a list of lists of token ids";
  // nlohmann's parser takes a NUL for the end, and would ignore what stands behind it.
  if (const size_t nul = bytes.find('\0'); nul != std::string::npos)
    return message(nameOf(path), ": is not a JSON list of token ids: byte ", nul + 1, " is a NUL");
  // The parser's list doubles as it grows; while it does, the old half stands beside the new list.
  const auto entries = static_cast<size_t>(std::ranges::count(bytes, ',')) + 1;
  const double listBytes =
      1.5 * sizeof(nlohmann::json) * static_cast<double>(std::bit_ceil(entries));
  if (std::string lack = lacksMemory(message("a list of ", entries, " token ids"), listBytes);
      !lack.empty())
    return nameOf(path) + ": " + lack;
  nlohmann::json json = nlohmann::json::parse(bytes, nullptr, false);
  if (!json.is_array())
    return nameOf(path) + ": is not a JSON list of token ids";
  if (!json.empty() && json[0].is_array()) {
    if (json.size() > 1)
      return nameOf(path) + ": has " + std::to_string(json.size()) +
             " sequences; one sequence is run at a time: give each its own file and run";
    json = nlohmann::json(std::move(json[0]));
  }
  Tokens tokens;
  tokens.reserve(json.size());
  for (size_t i = 0; i < json.size(); ++i) {
    if (!json[i].is_number_integer() || json[i] < 0 || json[i] > INT32_MAX)
      return message(nameOf(path), ": entry ", i, " ",
                     needsHas(message("a token id of 0 to ", INT32_MAX),
                              json[i].is_number() ? json[i].dump()
                                                  : std::string("a JSON ") + json[i].type_name()));
    tokens.push_back(json[i].get<int32_t>());
  }
  if (tokens.empty())
    return nameOf(path) + ": has no token ids";
  return tokens;
}

} // namespace

void InputOptions::define(CLI::App &app) {
  textOption =
      app.add_option("--text", text,
                     "Text to feed, or @FILE (@- is standard input); cleaned by the model's rules")
          ->type_name("STRING|@FILE");
  CLI::Option *tokens =
      app.add_option("--tokens", tokensFile,
                     "JSON list of token ids to feed, or a list of one such list: one sequence; "
                     "- is standard input")
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
  setStage("reading the input");
  Tokens tokens;
  if (!tensorFile.empty())
    return std::string("--input: the model takes token ids; give --tokens FILE") +
           (rules.text.hasText() ? " or --text STRING" : "") + " instead";
  if (!tokensFile.empty()) {
    std::string bytes;
    if (std::string error = readInput(tokensFile, bytes); !error.empty())
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
      if (std::string error = readInput(text.substr(1), body); !error.empty())
        return error;
    if (rules.text.words.empty())
      if (std::string lack = lacksMemory(message("a text of ", body.size(), " bytes"),
                                         static_cast<double>(body.size()) * sizeof(int32_t));
          !lack.empty())
        return "--text: " + lack;
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
      return message(nameOf(tokensFile), ": token ", i, ": ",
                     needsHas(message("an id of 0 to ", rules.vocabulary - 1), tokens[i]));
  if (static_cast<int64_t>(tokens.size()) > rules.limit) {
    warn("the input has " + std::to_string(tokens.size()) + " tokens; the last " +
         std::to_string(rules.limit) + " are used");
    tokens.erase(tokens.begin(), tokens.end() - rules.limit);
  }
  return tokens;
}

} // namespace synfire::tool
