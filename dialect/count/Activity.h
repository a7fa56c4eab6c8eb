// Activity: the number of spikes in a tensor, counted in a run or expected from a rate.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_ACTIVITY_H
#define SYNFIRE_DIALECT_COUNT_ACTIVITY_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace synfire::spike {

/// Where a rate comes from. A `Derived` rate is computed from the rates of other ops as if their
/// spikes were independent. An `Assumed` rate is one half, for the bits of a code that are not
/// known.
enum class RateSource { Measured, Given, Default, Derived, Assumed };
llvm::StringRef rateSourceName(RateSource source);

/// The number of entries of a spike tensor, steps x tokens x features, that are not zero. From a
/// run it is a whole number for each time step and token; from a rate it is an expectation, which
/// is rounded only where a count is reported.
class Activity {
public:
  /// The activity of a tensor in which every entry is not zero with probability `rate`.
  static Activity expected(double rate, int64_t steps, int64_t tokens, int64_t features,
                           RateSource source);
  /// The activity of a tensor that has been counted. `cells` has steps x tokens counts, row major,
  /// each 0..features.
  static Activity counted(int64_t steps, int64_t tokens, int64_t features,
                          std::vector<int64_t> cells);

  double total() const;
  double atStep(int64_t step) const;   ///< of one time step, over all tokens
  double atToken(int64_t token) const; ///< of one token, over all time steps
  double rate() const;                 ///< total() divided by the number of entries
  /// The same spikes `lag` steps later; spikes that would come after the last step are lost. This
  /// is the feedback of `spike.recurrent`.
  Activity delayed(int64_t lag) const;

  int64_t steps() const { return stepCount; }
  RateSource source() const { return origin; }

private:
  double cell(int64_t step, int64_t token) const;

  int64_t stepCount = 0, tokenCount = 0, featureCount = 0;
  double perCell = 0;         ///< expected count of each step and token, when `cells` is empty
  std::vector<int64_t> cells; ///< counts; empty for an expectation
  RateSource origin = RateSource::Measured;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_ACTIVITY_H
