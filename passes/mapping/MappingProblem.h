// MappingProblem: slices, cores and the hypergraph between them; its solutions
// and the rules that both have to keep.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_MAPPINGPROBLEM_H
#define SYNFIRE_PASSES_MAPPING_MAPPINGPROBLEM_H

#include "passes/mapping/Board.h"
#include "passes/mapping/Hypergraph.h"
#include "support/MeshLinks.h"

#include <optional>
#include <string>
#include <vector>

namespace synfire::mapping {

/// What can be wrong with a problem or with a solution.
enum class Rule {
  // check(): the problem is well formed and not hopeless.
  SliceDemand,     ///< (P1) demands are not negative, neurons positive
  CoreOutsideMesh, ///< (P2) cores lie on the mesh
  CoreTwice,       ///< (P3) a core stands in the list once
  EdgeEndpoint,    ///< (P4) sources and pins are slices (or the host)
  EdgeColumns,     ///< (P5) pins read columns of their edge, which has some
  PinTwice,        ///< (P6) a slice is a pin of an edge once
  SourceTwice,     ///< (P7) a range of source columns has one edge
  SliceTooLarge,   ///< (P8) each slice fits an empty core
  TotalTooLarge,   ///< (P9) all slices together do not exceed all cores
  // verify(): a solution of the problem.
  SliceUnplaced,    ///< (S1) every slice has a core of the board
  CapacityExceeded, ///< (S2) no core gets more than it has, of any resource
  RouteMissing,     ///< (S3) each pin's core is reached
  RouteUnneeded,    ///< (S4) no core without a pin is reached
  RouteTwice,       ///< (S5) a core is reached by one route per edge
  RouteColumns,     ///< (S6) a route carries the columns and points its pins span
  LinkOutsideMesh,  ///< (S7) links lie on the mesh
  PathBroken,       ///< (S8) links lead from the source's router to the core's
  LinkFaulty,       ///< (S9) no path takes a faulty link
  LinkTwice,        ///< (S10) a path takes a link once, so that the network finds the next one
  DependencyCycle,  ///< (S11) the channel dependency graph is acyclic
};

/// What one slice takes of a resource.
struct Share {
  int slice = -1;
  int64_t amount = 0;
};

/// One broken rule. Indices are -1 where they do not apply.
struct Violation {
  Rule rule = Rule::SliceDemand;
  int slice = -1; ///< RouteMissing, RouteColumns: a slice on `core` that reads the source
  int edge = -1, core = -1;
  int route = -1;        ///< among the routes of `edge`
  int32_t link = -1;     ///< PathBroken: -1 when the path ends at `router`
  MeshPlace router = {}; ///< of a rule of paths, S7 to S10: where the path stands
  std::optional<Resource> resource = {};
  int64_t needed = 0, available = 0;
  NeuronBlock neededNeurons = {};  ///< RouteMissing, RouteColumns
  NeuronBlock hasNeurons = {};     ///< RouteColumns
  std::vector<Share> shares = {};  ///< CapacityExceeded: of the slices on `core` that take some
  std::vector<int32_t> links = {}; ///< DependencyCycle: the cycle in order
};

/// A slice as the placer sees it.
struct SliceNode {
  std::string name;
  Amounts demand; ///< axon-out 0: the solution decides it
};

/// Spikes of one hyperedge to one core.
struct Route {
  int core = -1;
  int64_t firstColumn = 0, columns = 0; ///< of the source's population
  std::vector<int32_t> links;           ///< in path order
  int64_t firstPoint = 0, points = 1;   ///< of the source's population

  NeuronBlock block() const { return {firstColumn, columns, firstPoint, points}; }
};

/// A core per slice.
using Placement = std::vector<int>;

struct Solution {
  Placement coreOfSlice;
  std::vector<std::vector<Route>> routes; ///< per hyperedge
};

class MappingProblem {
public:
  MappingProblem(Board board, std::vector<SliceNode> slices, std::vector<Hyperedge> edges);

  const Board &board() const { return mesh; }
  const std::vector<SliceNode> &slices() const { return nodes; }
  const Hypergraph &hypergraph() const { return graph; }

  /// Rules P1 to P9; empty when an algorithm may start.
  std::vector<Violation> check() const;
  /// Rules S1 to S11 for a solution of a problem that passed check(), in this order, but for the
  /// cycle, which comes last. S2 to S11 are judged only when every slice has a core.
  std::vector<Violation> verify(const Solution &solution) const;
  /// S1 and S2 alone.
  std::vector<Violation> verifyPlacement(const Placement &placement) const;

private:
  Board mesh;
  std::vector<SliceNode> nodes;
  Hypergraph graph;
};

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_MAPPINGPROBLEM_H
