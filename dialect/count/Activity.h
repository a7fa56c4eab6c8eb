// Activity: how many spikes a tensor holds, counted or expected.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_ACTIVITY_H
#define SYNFIRE_DIALECT_COUNT_ACTIVITY_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace synfire::spike {

/// Where a rate comes from. `Derived` follows from the rates of other ops (independent spikes);
/// `Assumed` is one half, where a code's bits are not known.
enum class RateSource { Measured, Given, Default, Derived, Assumed };
llvm::StringRef rateSourceName(RateSource source);

/// Entries of a spike tensor that are not zero, by time step and token: whole numbers from a run,
/// or expectations from a rate (as doubles, rounded where a count is reported).
class Activity {
public:
  /// Every entry is not zero with probability `rate`.
  static Activity expected(double rate, int64_t steps, int64_t tokens, int64_t features,
                           RateSource source);
  /// `cells`: steps x tokens counts, step by step, each 0..features.
  static Activity counted(int64_t steps, int64_t tokens, int64_t features,
                          std::vector<int64_t> cells);

  double total() const;
  double atStep(int64_t step) const;
  double atToken(int64_t token) const; ///< over all steps
  double rate() const;                 ///< total over all entries

  /// The same spikes `lag` steps later, those after the last step lost: the feedback of
  /// `spike.recurrent`.
  Activity delayed(int64_t lag) const;

  int64_t steps() const { return stepCount; }
  RateSource source() const { return origin; }

private:
  double cell(int64_t step, int64_t token) const;

  int64_t stepCount = 0, tokenCount = 0, featureCount = 0;
  double perCell = 0;         ///< without cells
  std::vector<int64_t> cells; ///< empty for an expectation
  RateSource origin = RateSource::Measured;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_ACTIVITY_H
