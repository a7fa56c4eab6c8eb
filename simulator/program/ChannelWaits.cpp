// ChannelWaits: finds a circle by taking away what waits for nothing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/ChannelWaits.h"

#include "support/MeshPaths.h"

#include <algorithm>

namespace synfire::sim {

void ChannelWaits::add(std::span<const int32_t> path) {
  for (size_t i = 0; i < path.size(); ++i) {
    const int32_t channel = channelOf(mesh, path, i);
    waiting[channel];
    if (i > 0)
      waiting[channel].insert(channelOf(mesh, path, i - 1));
  }
}

std::vector<int32_t> ChannelWaits::findCircle() const {
  // By channel: for how many channels that are not taken away it can wait.
  std::map<int32_t, int64_t> open;
  for (const auto &[channel, waiters] : waiting) {
    open[channel];
    for (int32_t waiter : waiters)
      ++open[waiter];
  }
  std::vector<int32_t> free;
  for (const auto &[channel, count] : open)
    if (count == 0)
      free.push_back(channel);
  while (!free.empty()) {
    const int32_t channel = free.back();
    free.pop_back();
    for (int32_t waiter : waiting.at(channel))
      if (--open[waiter] == 0)
        free.push_back(waiter);
    open.erase(channel);
  }
  if (open.empty())
    return {};
  // Each channel that is left waits for another one that is left, so this walk comes back.
  std::vector<int32_t> walk;
  for (int32_t here = open.begin()->first;;) {
    const auto known = std::find(walk.begin(), walk.end(), here);
    if (known != walk.end()) {
      std::vector<int32_t> circle;
      for (auto channel = known; channel != walk.end(); ++channel)
        circle.push_back(channelLink(*channel));
      return circle;
    }
    walk.push_back(here);
    here = std::find_if(open.begin(), open.end(), [&](const auto &entry) {
             return waiting.at(entry.first).contains(here);
           })->first;
  }
}

} // namespace synfire::sim
