// ToolCase: one drawn use of the tool, from model and chip to spikes, and what must hold of it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_FUZZ_TOOLCASE_H
#define SYNFIRE_TESTS_FUZZ_TOOLCASE_H

#include <cstdint>
#include <string>

namespace synfire::test {

/// Processor time for a run of the tool; with sanitizers text is parsed ten times slower.
#ifdef __SANITIZE_ADDRESS__
constexpr int64_t kMostSeconds = 60;
#else
constexpr int64_t kMostSeconds = 20;
#endif

/// What the cases so far came to.
struct Tally {
  int64_t cases = 0;
  int64_t runs = 0;     ///< command lines of the tool
  int64_t done = 0;     ///< of the runs, those that ended in success
  int64_t compiled = 0; ///< programs written
  int64_t compared = 0; ///< cases in which chip and interpreter gave the same spikes and logits
  int64_t programs = 0; ///< damaged programs simulated, of which `accepted` ran
  int64_t accepted = 0;
};

/// Draws a model, a chip and an input, damages one of them now and then, and runs the tool on them
/// in this process, as its command line would: compile, simulate, interpret, count, import. Equal
/// seeds give equal cases. Files are written to `folder`, which is empty.
///
/// Returns an empty string, or what is wrong:
/// - a run ended in neither success nor one diagnostic, or called itself a defect;
/// - what `compile` wrote was refused by `simulate`, for another reason than what came of the run:
///   a state that overflowed, a time that no number holds;
/// - a run did not end in kMostSeconds: this process is killed;
/// - chip and quantised interpreter both ran, and a spike or a logit differs, or only one of them
///   overflowed.
///
/// Standard error must be a file that can be read back and emptied: `stderrFile` is a descriptor
/// of it.
std::string runToolCase(uint64_t seed, const std::string &folder, int stderrFile, Tally &tally);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_FUZZ_TOOLCASE_H
