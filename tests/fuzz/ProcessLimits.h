// ProcessLimits: bounds of a process that works on hostile input.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_FUZZ_PROCESSLIMITS_H
#define SYNFIRE_TESTS_FUZZ_PROCESSLIMITS_H

#include <sys/resource.h>

namespace synfire::test {

/// Leaves this process so many more seconds of a processor; beyond them it is killed (SIGXCPU).
inline void limitSeconds(rlim_t seconds) {
  rusage used;
  rlimit time;
  getrusage(RUSAGE_SELF, &used);
  getrlimit(RLIMIT_CPU, &time);
  time.rlim_cur = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds;
  setrlimit(RLIMIT_CPU, &time);
}

/// Limits this process and those that it starts, so that a run without end is killed and one that
/// asks for all memory does not get it: the test fails instead of the machine. A crash leaves no
/// core file.
inline void limitProcess(rlim_t seconds, rlim_t gibibytes) {
  const rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  limitSeconds(seconds);
#ifndef __SANITIZE_ADDRESS__ // its shadow is terabytes of address space
  const rlimit bytes = {gibibytes << 30, gibibytes << 30};
  setrlimit(RLIMIT_AS, &bytes);
#endif
}

} // namespace synfire::test

#endif // SYNFIRE_TESTS_FUZZ_PROCESSLIMITS_H
