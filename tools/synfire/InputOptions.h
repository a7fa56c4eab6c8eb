// InputOptions: the INPUT of a command: --text, --tokens or --input.
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

/// What of a model decides how input is read.
struct InputRules {
  TextCode text;
  int64_t context = 0, vocabulary = 0;
  int64_t limit = 0; ///< most tokens of one run (max tokens of a PROGRAM, or the context)
};

struct InputOptions {
  std::string text, tokensFile;
  std::string tensorFile; ///< for models that take no token ids (TensorInput.h)
  bool strictText = false;
  CLI::Option *textOption = nullptr;

  void define(CLI::App &app);
  bool given() const {
    return textOption->count() > 0 || !tokensFile.empty() || !tensorFile.empty();
  }

  /// Token ids of the input. Says on standard error, and adds to `warnings` where
  /// it is given, what was dropped and when only the last tokens are used. The
  /// second alternative is an error.
  std::variant<std::vector<int32_t>, std::string>
  read(const InputRules &rules, std::vector<std::string> *warnings = nullptr) const;
};

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_INPUTOPTIONS_H
