// Child: runs code in a process of its own, so that a crash is a result.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_PROPERTY_CHILD_H
#define SYNFIRE_TESTS_PROPERTY_CHILD_H

#include <functional>
#include <string>

namespace synfire::test {

/// The child says what it is about to do.
using Announce = std::function<void(const std::string &)>;

/// Runs `work` in a child that has 10 s of processor time and 4 GiB of address
/// space. Empty when the child came to its end, else what killed it, and at
/// what.
std::string crashOf(const std::function<void(const Announce &)> &work);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_PROPERTY_CHILD_H
