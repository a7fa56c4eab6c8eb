// Activity: the number of spikes in a tensor, counted in a run or expected from a rate.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/Activity.h"

namespace synfire::spike {

llvm::StringRef rateSourceName(RateSource source) {
  switch (source) {
  case RateSource::Measured:
    return "measured";
  case RateSource::Given:
    return "given";
  case RateSource::Default:
    return "default";
  case RateSource::Derived:
    return "derived";
  case RateSource::Assumed:
    return "assumed";
  }
  return "";
}

Activity Activity::expected(double rate, int64_t steps, int64_t tokens, int64_t features,
                            RateSource source) {
  Activity activity;
  activity.stepCount = steps;
  activity.tokenCount = tokens;
  activity.featureCount = features;
  activity.perCell = rate * static_cast<double>(features);
  activity.origin = source;
  return activity;
}

Activity Activity::counted(int64_t steps, int64_t tokens, int64_t features,
                           std::vector<int64_t> cells) {
  Activity activity = expected(0, steps, tokens, features, RateSource::Measured);
  activity.cells = std::move(cells);
  return activity;
}

double Activity::cell(int64_t step, int64_t token) const {
  return static_cast<double>(cells[static_cast<size_t>(step * tokenCount + token)]);
}

double Activity::total() const {
  if (cells.empty())
    return perCell * static_cast<double>(stepCount) * static_cast<double>(tokenCount);
  double sum = 0;
  for (int64_t count : cells)
    sum += static_cast<double>(count);
  return sum;
}

double Activity::atStep(int64_t step) const {
  if (cells.empty())
    return perCell * static_cast<double>(tokenCount);
  double sum = 0;
  for (int64_t token = 0; token < tokenCount; ++token)
    sum += cell(step, token);
  return sum;
}

double Activity::atToken(int64_t token) const {
  if (cells.empty())
    return perCell * static_cast<double>(stepCount);
  double sum = 0;
  for (int64_t step = 0; step < stepCount; ++step)
    sum += cell(step, token);
  return sum;
}

double Activity::rate() const {
  return total() / (static_cast<double>(stepCount) * static_cast<double>(tokenCount) *
                    static_cast<double>(featureCount));
}

Activity Activity::delayed(int64_t lag) const {
  if (lag == 0)
    return *this;
  const int64_t kept = std::max<int64_t>(stepCount - lag, 0);
  if (cells.empty())
    return expected(rate() * static_cast<double>(kept) / static_cast<double>(stepCount), stepCount,
                    tokenCount, featureCount, RateSource::Derived);
  std::vector<int64_t> shifted(cells.size(), 0);
  std::copy(cells.begin(), cells.begin() + kept * tokenCount,
            shifted.begin() + (stepCount - kept) * tokenCount);
  return counted(stepCount, tokenCount, featureCount, std::move(shifted));
}

} // namespace synfire::spike
