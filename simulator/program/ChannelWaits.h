// ChannelWaits: which channels of the network can wait for which others.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_CHANNELWAITS_H
#define SYNFIRE_SIMULATOR_PROGRAM_CHANNELWAITS_H

#include "support/MeshLinks.h"

#include <map>
#include <set>
#include <span>
#include <vector>

namespace synfire::sim {

/// The channel dependency graph of paths: each channel of a path (channelOf()) may have to wait for
/// the next one.
class ChannelWaits {
public:
  explicit ChannelWaits(const MeshLinks &mesh) : mesh(mesh) {}

  /// Precondition: the links are link numbers of the mesh.
  void add(std::span<const int32_t> path);
  /// Links that can wait for each other in a circle, each for the next and the last for the first;
  /// empty when none can.
  std::vector<int32_t> findCircle() const;

private:
  MeshLinks mesh;
  std::map<int32_t, std::set<int32_t>> waiting; ///< by channel: those that wait for it
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_CHANNELWAITS_H
