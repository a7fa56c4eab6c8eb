// Shrink: the simplest choices that still fail.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_SHRINK_H
#define SYNFIRE_TESTS_RANDOM_SHRINK_H

#include "tests/random/Choices.h"

#include <functional>

namespace synfire::test {

/// Whether what these choices make shows the failure; it draws from them.
using Fails = std::function<bool(Choices &)>;

/// The shortest and then lexicographically smallest sequence that deleting
/// groups and chunks, zeroing chunks and lowering single choices finds, none of
/// which helps any more (or `attempts` runs of `fails` were made). Precondition:
/// `choices` fail. Trailing zeros are left out.
std::vector<uint64_t> shrink(std::vector<uint64_t> choices, const Fails &fails,
                             int64_t attempts = 3000);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_SHRINK_H
