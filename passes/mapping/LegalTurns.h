// LegalTurns: which link a packet may take behind which other one around faulty links.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_LEGALTURNS_H
#define SYNFIRE_PASSES_MAPPING_LEGALTURNS_H

#include "support/MeshLinks.h"

#include <optional>
#include <span>
#include <vector>

namespace synfire::mapping {

/// A set of steps from one channel to the next (channelOf()) that has no cycle, so that packets
/// whose paths consist of such steps cannot deadlock. No step takes or follows a faulty link, and
/// none turns back. The sets depend on the mesh, its faulty links and their number alone:
///
/// - 0 to 3, *dimension order and detours* (kDetours sets): all steps of dimension order, straight
///   on and from x to y, and turns from y to x at the corners of faulty links, of which each is
///   taken only if it closes no cycle with the steps before it. Each faulty link has two such
///   corners: that where a path beside it comes back to its row, one to the north and one to the
///   south, or its column, one to the east and one to the west. The first usable corner of each
///   link is taken first, then the other ones; the number says which of the two is tried first.
/// - 4, *up and down*: the tiles have an order, by their distance from a root over links of which
///   both directions work, and a path first takes links to earlier tiles, then links to later ones
///   (Schroeder et al., Autonet, IEEE J. Sel. Areas Commun. 9, 1991). If every faulty link is
///   faulty in both directions, all tiles that are connected have a path to each other.
///
/// Why not one set of all turns that close no cycle: two turns of which each one would do for a
/// fault may exclude the turn that another fault needs.
class LegalTurns {
public:
  static constexpr int kDetours = 4, kSets = 5;

  /// The set of number `set`. `faultyLinks` are existing links, ascending; `root` is a tile.
  LegalTurns(const MeshLinks &mesh, const std::vector<int32_t> &faultyLinks, int set,
             MeshPlace root);

  /// Whether every step of a path of links of the mesh is in the set, and no link faulty.
  bool allows(std::span<const int32_t> path) const;

  /// The shortest allowed paths from one tile to all others. The search goes on as far as it is
  /// asked for: a chip may have a million tiles, and a slice few readers.
  class Tree {
  public:
    /// The links to a tile; of several shortest paths the one found first in the order of
    /// Direction. Nothing when no allowed path leads there, or only one that takes a link twice.
    std::optional<std::vector<int32_t>> pathTo(MeshPlace target);

  private:
    friend class LegalTurns;
    explicit Tree(const LegalTurns &turns, MeshPlace source);
    /// A path has come to a channel behind the channel `from`, or -1.
    void meet(int32_t channel, int32_t from);
    const LegalTurns *turns;
    MeshPlace source;
    std::vector<int32_t> before;  ///< by channel: the one before it on its path
    std::vector<int32_t> arrival; ///< by router: the channel by which the path to it arrives
    std::vector<int32_t> queue;   ///< channels in the order in which they were met
    size_t next = 0;              ///< in `queue`: the first whose followers were not met yet
  };
  /// The set must outlive the tree.
  Tree pathsFrom(MeshPlace source) const { return Tree(*this, source); }

private:
  /// What a path can take next: a direction and one of the two channels there.
  static constexpr int kChoices = 2 * kDirections;
  bool exists(int32_t channel) const;
  /// The channel that is choice `choice` behind a channel; -1 when no packet can go on so.
  int32_t follow(int32_t channel, int choice) const;
  /// Whether a packet may leave its row or column, or the network, behind the channel: it has no
  /// wrap link before it.
  bool isRunComplete(int32_t channel) const;
  bool reaches(int32_t from, int32_t to) const;
  /// Adds the turn at a tile from direction `in` to direction `out`, for each pair of channels for
  /// which it closes no cycle. Returns whether the set has it then for any.
  bool addTurn(MeshPlace at, Direction in, Direction out);
  /// Adds the turn of the corner of a faulty link; `side` is the first step of the way around.
  bool addCorner(int32_t faulty, Direction side);
  void addDetours(const std::vector<int32_t> &faultyLinks, bool southFirst, bool eastFirst);
  void addDimensionOrder();
  void addUpAndDown(MeshPlace root);

  template <class Visit> void forEachNext(int32_t channel, Visit visit) const {
    for (int choice = 0; choice < kChoices; ++choice)
      if (steps[channel] >> choice & 1)
        visit(follow(channel, choice));
  }

  MeshLinks mesh;
  std::vector<char> faulty;           ///< by link
  std::vector<uint8_t> steps;         ///< by channel: a bit for each choice
  mutable std::vector<uint32_t> seen; ///< by channel: the search that has met it
  mutable std::vector<int32_t> stack; ///< of a search
  mutable uint32_t search = 0;
};

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_LEGALTURNS_H
