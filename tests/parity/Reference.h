// Reference: where recorded data lies, and what a test says without it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_PARITY_REFERENCE_H
#define SYNFIRE_TESTS_PARITY_REFERENCE_H

#include <string>

namespace synfire::test {

/// Folder of one reference: below $SYNFIRE_REFERENCE if set, else tests/parity.
std::string referenceFolder(const std::string &name);

/// For a test case that finds no data: prints "skipped: <reason>" and makes the
/// executable end with kSkippedExitCode (unless a check fails), so that ctest
/// counts a skip. The case returns after it.
void skip(const std::string &reason);

/// SKIP_RETURN_CODE of every test, in tools/cmake/SynfireBuild.cmake.
inline constexpr int kSkippedExitCode = 77;

} // namespace synfire::test

#endif // SYNFIRE_TESTS_PARITY_REFERENCE_H
