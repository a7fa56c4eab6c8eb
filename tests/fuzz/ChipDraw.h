// ChipDraw: chip files whose keys stand at the ends of their ranges.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_FUZZ_CHIPDRAW_H
#define SYNFIRE_TESTS_FUZZ_CHIPDRAW_H

#include "tests/random/Choices.h"

#include <string>

namespace synfire::test {

/// The name of a shipped chip.
std::string drawShippedChip(Choices &choices);

/// A chip file that extends a shipped chip. Some of its keys, from one to all of the schema's, are
/// drawn among the least, the largest, a small and a common value, or are removed. The keys and
/// ranges are those of chipFields(). Rules between keys are kept nearly always.
std::string drawChip(Choices &choices);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_FUZZ_CHIPDRAW_H
