// InputOptions: reads text and token files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/InputOptions.h"

#include "support/InputFile.h"
#include "support/MemoryNeed.h"
#include "support/Message.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/LastResort.h"
#include "tools/synfire/TokenList.h"

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
    auto parsed = parseTokenList(bytes);
    if (auto *error = std::get_if<std::string>(&parsed))
      return nameOf(tokensFile) + ": " + *error;
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
