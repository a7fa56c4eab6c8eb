// Shrink: the simplest choices that still fail.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_SHRINK_H
#define SYNFIRE_TESTS_RANDOM_SHRINK_H

#include "tests/random/Choices.h"

#include <functional>

namespace synfire::test {

/// Whether the graph that these choices make shows the failure. The function draws from them.
using Fails = std::function<bool(Choices &)>;

/// Shrinks a sequence of choices that fails: deletes groups and chunks, sets chunks to zero and
/// lowers single choices as long as the result still fails and is shorter, or as short and
/// lexicographically smaller. Ends when no such step succeeds, or after `attempts` calls of
/// `fails`. Trailing zeros are left out. Precondition: `choices` fail.
std::vector<uint64_t> shrink(std::vector<uint64_t> choices, const Fails &fails,
                             int64_t attempts = 3000);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_SHRINK_H
