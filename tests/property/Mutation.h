// Mutation: damages the text of a module, token by token.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_PROPERTY_MUTATION_H
#define SYNFIRE_TESTS_PROPERTY_MUTATION_H

#include "tests/random/Choices.h"

#include <string>

namespace synfire::test {

/// One to three changes: a number, a size, an element type, a word or an operand
/// becomes another one of its kind, in one place or wherever it stands; a token or
/// a line goes or stands twice.
std::string mutated(const std::string &text, Choices &choices);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_PROPERTY_MUTATION_H
