// ProcessLimits: bounds of a process that works on hostile input.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_FUZZ_PROCESSLIMITS_H
#define SYNFIRE_TESTS_FUZZ_PROCESSLIMITS_H

#include <sys/resource.h>

namespace synfire::test {

/// Limits this process and those that it starts, so that a run without end is killed (SIGXCPU) and
/// one that asks for all memory does not get it: the test fails instead of the machine. `seconds`
/// are those of a processor. A crash leaves no core file.
inline void limitProcess(rlim_t seconds, rlim_t gibibytes) {
  const rlimit none = {0, 0}, time = {seconds, seconds + 5};
  setrlimit(RLIMIT_CORE, &none);
  setrlimit(RLIMIT_CPU, &time);
#ifndef __SANITIZE_ADDRESS__ // its shadow is terabytes of address space
  const rlimit bytes = {gibibytes << 30, gibibytes << 30};
  setrlimit(RLIMIT_AS, &bytes);
#endif
}

} // namespace synfire::test

#endif // SYNFIRE_TESTS_FUZZ_PROCESSLIMITS_H
