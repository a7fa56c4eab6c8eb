// PlacementState: a placement under construction, with what each core has left.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_PLACEMENTSTATE_H
#define SYNFIRE_PASSES_MAPPING_PLACEMENTSTATE_H

#include "passes/mapping/Placer.h"

#include <map>

namespace synfire::mapping {

/// What a core lacks for a slice: more is needed than it has left.
struct Shortage {
  Resource resource;
  int64_t needed, left;
};

/// Keeps resources and traffic up to date while slices are placed one by one,
/// in any order.
class PlacementState {
public:
  /// `reserveAxonOut`: book for every slice as many axon-out entries as if each
  /// of its pins stood on a core of its own, so that no later slice can find a
  /// source's table full.
  PlacementState(const MappingProblem &problem, bool reserveAxonOut);

  /// The first resource that the core, or the core of one of the slice's
  /// sources, does not have enough of; none: the slice fits.
  std::optional<Shortage> lacking(int slice, int core) const;
  /// Expected packets x hops that placing the slice there adds.
  double addedPacketHops(int slice, int core) const;
  /// Puts a slice on a core. Preconditions: it has none yet, and lacking() finds no shortage there.
  void place(int slice, int core);

  const Placement &placement() const { return coreOf; }

private:
  int64_t left(int core, Resource resource) const;
  /// Axon-out entries that the slice books itself (0 unless reserving, or its
  /// targets were placed before it).
  int64_t ownAxonOut(int slice) const;
  /// By how much a pin on the core widens what is needed there: columns (each takes an axon-out
  /// entry, whatever its points), and neurons (each makes packets).
  struct Growth {
    int64_t columns, neurons;
  };
  Growth growth(int edge, const Pin &pin, int core) const;
  const Pin &pinOf(int edge, int slice) const;
  bool placed(int slice) const { return coreOf[slice] >= 0; }

  const MappingProblem &problem;
  bool reserveAxonOut;
  Placement coreOf;
  std::vector<Amounts> used;                     ///< per core
  std::vector<std::map<int, NeuronBlock>> spans; ///< per edge, of each target core
};

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_PLACEMENTSTATE_H
