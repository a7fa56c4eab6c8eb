// MemoryNeed: whether the memory for a large step is there, asked before it is taken.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_MEMORYNEED_H
#define SYNFIRE_SUPPORT_MEMORYNEED_H

#include <cstdint>
#include <string>

namespace synfire {

/// The bytes that this process can still take: the least of what RLIMIT_AS and RLIMIT_DATA leave,
/// of what the control groups of the process leave, and of what the machine has available.
uint64_t memoryLeft();

/// "" when `bytes` are left; otherwise why not, for a message: "WHAT needs about 6.2 GiB of memory,
/// has 1.8 GiB". Less than a mebibyte is not worth asking the system for, and passes.
std::string lacksMemory(const std::string &what, double bytes);

/// "needs about 6.2 GiB of memory, has 1.8 GiB": the end of such a message, where the system has
/// refused the memory already.
std::string needsMemory(double bytes);

/// Whether not even a mebibyte can be had. Calls the system alone, so that a handler of signals may
/// ask: a fault of memory is then due to code that does not check what malloc() gives it.
bool memoryIsGone();

/// An amount of memory for a message, such as "6.2 GiB" or "310 MiB".
std::string memoryAmount(double bytes);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_MEMORYNEED_H
