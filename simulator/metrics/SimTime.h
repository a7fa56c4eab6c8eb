// SimTime: sums of simulated time that end with a message, not with a wrong number.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_METRICS_SIMTIME_H
#define SYNFIRE_SIMULATOR_METRICS_SIMTIME_H

#include <cstdint>
#include <stdexcept>
#include <string>

namespace synfire::sim {

/// A simulated time is longer than its type can tell: the chip's times or its host's
/// bandwidth are at fault, not Synfire. what() says which time, for the user.
class TimeOverflow : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The longest time within a tick, 26 days: it leaves room for what the network adds.
inline constexpr int64_t kMaxTickPs = int64_t{1} << 61;

/// total += times * ps. Throws TimeOverflow with `what` where the sum exceeds `most`
/// (INT64_MAX picoseconds are 106 days). `times` and `ps` are not negative.
inline void addTime(int64_t &total, int64_t ps, int64_t times, const char *what,
                    int64_t most = INT64_MAX) {
  int64_t product = 0, sum = 0;
  if (__builtin_mul_overflow(ps, times, &product) || __builtin_add_overflow(total, product, &sum) ||
      sum > most)
    throw TimeOverflow(std::string(what) + ": " + std::to_string(times) + " times " +
                       std::to_string(ps) + " ps make the simulated time longer than " +
                       std::to_string(most / 86'400'000'000'000'000) +
                       " days, more than can be told; check the times of the chip file");
  total = sum;
}

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_METRICS_SIMTIME_H
