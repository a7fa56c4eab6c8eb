// SourceQueues: counting sort by interface, then by time within each.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/SourceQueues.h"

#include <algorithm>

namespace synfire::sim {

SourceQueues::SourceQueues(const NocConfig &config)
    : localPorts(config.localPorts),
      begin(static_cast<size_t>(config.width) * config.height * localPorts + 1),
      cursor(begin.size() - 1) {}

void SourceQueues::fill(const std::vector<NocPacket> &packets) {
  auto interfaceOf = [&](const NocPacket &packet) {
    return packet.sourceRouter * localPorts + packet.sourcePort;
  };
  used.clear();
  std::fill(cursor.begin(), cursor.end(), 0);
  for (const NocPacket &packet : packets)
    ++cursor[interfaceOf(packet)];
  int32_t sum = 0;
  for (size_t i = 0; i < cursor.size(); ++i) {
    begin[i] = sum;
    if (cursor[i])
      used.push_back(static_cast<int32_t>(i));
    sum += cursor[i];
    cursor[i] = begin[i];
  }
  begin.back() = sum;

  order.resize(packets.size());
  for (size_t i = 0; i < packets.size(); ++i)
    order[cursor[interfaceOf(packets[i])]++] = static_cast<int32_t>(i);
  auto earlier = [&](int32_t a, int32_t b) { return packets[a].readyPs < packets[b].readyPs; };
  for (int32_t interface : used) {
    auto first = order.begin() + begin[interface];
    auto last = order.begin() + begin[interface + 1];
    if (!std::is_sorted(first, last, earlier))
      std::stable_sort(first, last, earlier);
    cursor[interface] = begin[interface];
  }
}

} // namespace synfire::sim
