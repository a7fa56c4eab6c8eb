// NaiveWay: where a packet goes next, for the naive meshes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_NOC_NAIVEWAY_H
#define SYNFIRE_TESTS_UNIT_NOC_NAIVEWAY_H

#include "simulator/noc/Noc.h"

#include <vector>

namespace synfire::sim {

/// The side of the mesh along a direction (0 and 1 are along x), and whether it is a ring.
inline int naiveSide(const NocConfig &config, int direction) {
  return direction < 2 ? config.width : config.height;
}
inline bool naiveRing(const NocConfig &config, int direction) {
  return config.torus && naiveSide(config, direction) >= 3;
}

/// The router behind the link of a direction; `wrapped` tells whether the link joins two edges.
inline int naiveAcross(const NocConfig &config, int router, int direction,
                       bool *wrapped = nullptr) {
  int x = router % config.width, y = router / config.width;
  int &moved = direction < 2 ? x : y;
  moved += direction % 2 == 0 ? 1 : -1;
  const int side = naiveSide(config, direction);
  if (wrapped)
    *wrapped = moved < 0 || moved == side;
  moved = (moved + side) % side;
  return x + y * config.width;
}

/// The directions of a packet's path. On a ring it goes the shorter way, of two equal ones the one
/// within the mesh.
inline std::vector<int> naivePath(const NocConfig &config, const NocPacket &packet) {
  std::vector<int> path;
  for (int32_t link : packet.links)
    path.push_back(link % 4);
  if (!path.empty())
    return path;
  for (int up : {0, 2}) {
    const int side = naiveSide(config, up), unit = up == 0 ? 1 : config.width;
    const int from = packet.sourceRouter / unit % side, to = packet.targetRouter / unit % side;
    const int ascending = (to - from + side) % side, descending = (from - to + side) % side;
    bool ascends = to > from;
    if (naiveRing(config, up) && ascending != descending)
      ascends = ascending < descending;
    path.insert(path.end(), ascends ? ascending : descending, ascends ? up : up + 1);
  }
  return path;
}

/// The output port of a packet that has come to `router` by the port `input`, and the virtual
/// channels [firstVc, endVc) of it that it may take.
struct NaiveWay {
  int output, firstVc, endVc;
};

inline NaiveWay naiveWay(const NocConfig &config, int router, int input, const NocPacket &packet) {
  const int facing[4] = {1, 0, 3, 2};
  const std::vector<int> path = naivePath(config, packet);
  size_t i = 0;
  for (int here = packet.sourceRouter;
       here != router || (i == 0 ? input < 4 : input != facing[path[i - 1]]); ++i)
    here = naiveAcross(config, here, path[i]);
  if (i == path.size())
    return {4 + packet.targetPort, 0, config.virtualChannels};
  if (!naiveRing(config, path[i]))
    return {path[i], 0, config.virtualChannels};
  // The first half of the channels as long as the straight run has a wrap link before it.
  const int half = config.virtualChannels / 2;
  for (size_t k = i; k < path.size() && path[k] == path[i]; ++k) {
    bool wrapped = false;
    router = naiveAcross(config, router, path[k], &wrapped);
    if (wrapped)
      return {path[i], 0, half};
  }
  return {path[i], half, config.virtualChannels};
}

} // namespace synfire::sim

#endif // SYNFIRE_TESTS_UNIT_NOC_NAIVEWAY_H
