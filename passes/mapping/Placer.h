// Placer: the strategy interface of placement, and its registry.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_PLACER_H
#define SYNFIRE_PASSES_MAPPING_PLACER_H

#include "passes/mapping/MappingProblem.h"

#include <string_view>
#include <variant>

namespace synfire::mapping {

struct PlacerOptions {
  uint64_t seed = 1; ///< of placers that draw random numbers
  /// False where it is only asked whether there is a placement: a placer may then return any.
  bool good = true;
};

/// The slice for which no core was left, and the resource that most cores lack;
/// for axon-out, the core may be that of a source of the slice.
struct PlacementFailure {
  int slice = -1;
  Resource resource = Resource::SynapseMemory;
  int64_t needed = 0;
  int64_t available = 0; ///< the most that any core had left
};

using PlacementResult = std::variant<Placement, PlacementFailure>;

/// A way to give every slice a core. place() expects a problem that passed
/// check(), returns the same placement for the same arguments on any machine,
/// and never judges itself: MappingProblem::verifyPlacement does.
class Placer {
public:
  virtual ~Placer() = default;
  virtual std::string_view name() const = 0;
  /// One sentence for `synfire list placers`.
  virtual std::string_view summary() const = 0;
  virtual PlacementResult place(const MappingProblem &problem,
                                const PlacerOptions &options) const = 0;
};

inline constexpr std::string_view kDefaultPlacer = "greedy-snake";

/// All placers, by name ascending.
const std::vector<const Placer *> &placers();
/// The placer of that name, null when there is none.
const Placer *findPlacer(std::string_view name);

/// `greedy-snake`; see GreedySnakePlacer.cpp.
const Placer &greedySnakePlacer();

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_PLACER_H
