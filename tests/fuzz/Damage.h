// Damage: changes of bytes and of numbers in the files of a run.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_FUZZ_DAMAGE_H
#define SYNFIRE_TESTS_FUZZ_DAMAGE_H

#include "tests/random/Choices.h"

#include <string>

namespace synfire::test {

/// One to eight bytes changed; every eighth time the file is cut short, every eighth time a part of
/// it stands twice. Precondition: `bytes` is not empty.
std::string damageBytes(std::string bytes, Choices &choices);

/// Any text with one to three of its numbers replaced by numbers at the ends of some range.
std::string damageNumbers(std::string text, Choices &choices);

/// The bytecode of a PROGRAM with the checksum that it should have: damage that no checksum finds.
/// Bytes without a producer's name are returned as they are.
std::string withChecksum(std::string bytes);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_FUZZ_DAMAGE_H
