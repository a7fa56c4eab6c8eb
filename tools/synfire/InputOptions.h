// InputOptions: the options that give the input of a command: --text, --tokens or --input.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_INPUTOPTIONS_H
#define SYNFIRE_TOOLS_SYNFIRE_INPUTOPTIONS_H

#include "tools/synfire/Tokenizer.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace synfire::tool {

/// The properties of a model on which the reading of its input depends.
struct InputRules {
  TextCode text;
  int64_t context = 0, vocabulary = 0;
  int64_t limit = 0; ///< most tokens of one run: max tokens of a PROGRAM, otherwise the context
};

/// The options.
struct InputOptions {
  std::string text, tokensFile;
  std::string tensorFile;  ///< for models that take no token ids (TensorInput.h)
  bool strictText = false; ///< whether unknown characters or words are an error
  CLI::Option *textOption = nullptr;

  void define(CLI::App &app);
  bool given() const {
    return textOption->count() > 0 || !tokensFile.empty() || !tensorFile.empty();
  }

  /// Reads the token ids of the input. When characters or words were dropped, or only the last
  /// tokens are used, prints a note and adds it to `warnings` unless that is null. The second
  /// alternative is an error message.
  std::variant<std::vector<int32_t>, std::string>
  read(const InputRules &rules, std::vector<std::string> *warnings = nullptr) const;
};

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_INPUTOPTIONS_H
