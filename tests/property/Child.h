// Child: runs code in a process of its own, so that a crash is a result.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_PROPERTY_CHILD_H
#define SYNFIRE_TESTS_PROPERTY_CHILD_H

#include <functional>
#include <string>

namespace synfire::test {

/// Called in the child with a text about what it does next.
using Announce = std::function<void(const std::string &)>;

/// Runs `work` in a child process that has 10 s of processor time and 4 GiB of address space.
/// Returns an empty string when the child has finished its work; otherwise the cause of its death
/// and the last text that it announced.
std::string crashOf(const std::function<void(const Announce &)> &work);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_PROPERTY_CHILD_H
