// InputDraw: token lists and texts for a drawn model, legal and hostile.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_FUZZ_INPUTDRAW_H
#define SYNFIRE_TESTS_FUZZ_INPUTDRAW_H

#include "tests/fuzz/ModelDraw.h"

namespace synfire::test {

/// A drawn input, which the tool may have to refuse when it is `hostile`.
struct DrawnInput {
  std::string text;
  bool hostile = false;
};

/// The JSON of a token list. Now and then it has ids beyond the vocabulary, more tokens than the
/// context, or is no list of ids at all.
DrawnInput drawTokens(const DrawnModel &model, Choices &choices);

/// A value of --text for a model with an alphabet: characters in it and beyond it, bytes that are
/// no UTF-8, nothing at all, or a file that is missing.
DrawnInput drawText(const DrawnModel &model, Choices &choices);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_FUZZ_INPUTDRAW_H
