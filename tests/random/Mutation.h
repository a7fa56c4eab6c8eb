// Mutation: damages the text of a module, token by token.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_MUTATION_H
#define SYNFIRE_TESTS_RANDOM_MUTATION_H

#include "tests/random/Choices.h"

#include <string>

namespace synfire::test {

/// Makes one to three random changes to a text. A change replaces a number, a size, an element
/// type, a word or an operand by another one of the same kind, in one place or in all places where
/// it occurs; or it removes or repeats a token or a line.
std::string mutated(const std::string &text, Choices &choices);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_MUTATION_H
