// ProblemCheck: the rules of a mapping problem, P1 to P9.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/MappingProblem.h"
#include "support/Saturating.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace synfire::mapping {

namespace {

using Violations = std::vector<Violation>;

void checkCores(const Board &board, Violations &found) {
  // A board that is sorted by (chip, y, x, core), as makeBoard() makes it, has no core twice, so
  // that there is nothing to search.
  auto place = [](const Core &core) { return std::tuple(core.chip, core.y, core.x, core.core); };
  const bool ordered =
      std::adjacent_find(board.cores.begin(), board.cores.end(), [&](const Core &a, const Core &b) {
        return !(place(a) < place(b));
      }) == board.cores.end();
  std::set<std::tuple<int, int, int, int>> seen;
  for (int c = 0; c < static_cast<int>(board.cores.size()); ++c) {
    const Core &core = board.cores[c];
    if (core.x < 0 || core.x >= board.width)
      found.push_back(
          {.rule = Rule::CoreOutsideMesh, .core = c, .needed = core.x, .available = board.width});
    if (core.y < 0 || core.y >= board.height)
      found.push_back(
          {.rule = Rule::CoreOutsideMesh, .core = c, .needed = core.y, .available = board.height});
    if (!ordered && !seen.insert(place(core)).second)
      found.push_back({.rule = Rule::CoreTwice, .core = c});
  }
}

void checkEdge(const Hyperedge &edge, int index, int slices, Violations &found) {
  if (edge.source < kHost || edge.source >= slices)
    found.push_back(
        {.rule = Rule::EdgeEndpoint, .slice = edge.source, .edge = index, .available = slices});
  if (edge.block().empty() || edge.firstColumn < 0 || edge.firstPoint < 0)
    found.push_back({.rule = Rule::EdgeColumns, .edge = index, .available = edge.columns});
  std::set<int> seen;
  for (const Pin &pin : edge.pins) {
    if (pin.slice < 0 || pin.slice >= slices)
      found.push_back(
          {.rule = Rule::EdgeEndpoint, .slice = pin.slice, .edge = index, .available = slices});
    if (pin.block().empty() || edge.block().shared(pin.block()) != pin.block())
      found.push_back({.rule = Rule::EdgeColumns,
                       .slice = pin.slice,
                       .edge = index,
                       .needed = pin.columns,
                       .available = edge.columns});
    if (!seen.insert(pin.slice).second)
      found.push_back({.rule = Rule::PinTwice, .slice = pin.slice, .edge = index});
  }
}

/// Two edges of one source must not have columns in common. The edges of the host are exempt,
/// because they may belong to several populations, each of which counts its columns from 0.
void checkSources(const std::vector<Hyperedge> &edges, Violations &found) {
  std::vector<std::tuple<int, int64_t, int64_t, int>> ranges;
  for (int e = 0; e < static_cast<int>(edges.size()); ++e)
    if (edges[e].source != kHost)
      ranges.push_back({edges[e].source, edges[e].firstColumn, edges[e].columns, e});
  std::sort(ranges.begin(), ranges.end());
  for (size_t i = 1; i < ranges.size(); ++i) {
    auto [source, first, columns, edge] = ranges[i];
    auto [before, start, length, other] = ranges[i - 1];
    if (source == before && first - start < length)
      found.push_back({.rule = Rule::SourceTwice, .slice = source, .edge = edge});
  }
}

void checkSizes(const Board &board, const std::vector<SliceNode> &slices, Violations &found) {
  for (Resource resource : kAllResources) {
    int64_t largest = 0, total = 0, needed = 0;
    for (const Core &core : board.cores) {
      largest = std::max(largest, core.capacity[resource]);
      total += core.capacity[resource];
    }
    for (int s = 0; s < static_cast<int>(slices.size()); ++s) {
      int64_t demand = slices[s].demand[resource];
      needed = saturatingAdd(needed, demand);
      if (demand > largest)
        found.push_back({.rule = Rule::SliceTooLarge,
                         .slice = s,
                         .resource = resource,
                         .needed = demand,
                         .available = largest});
    }
    if (needed > total)
      found.push_back({.rule = Rule::TotalTooLarge,
                       .resource = resource,
                       .needed = needed,
                       .available = total});
  }
}

} // namespace

std::vector<Violation> MappingProblem::check() const {
  Violations found;
  for (int s = 0; s < static_cast<int>(nodes.size()); ++s)
    for (Resource resource : kAllResources) {
      int64_t least = resource == Resource::Neurons ? 1 : 0;
      int64_t demand = nodes[s].demand[resource];
      if (demand < least)
        found.push_back({.rule = Rule::SliceDemand,
                         .slice = s,
                         .resource = resource,
                         .needed = demand,
                         .available = least});
    }
  checkCores(mesh, found);
  const std::vector<Hyperedge> &edges = graph.edges();
  for (int e = 0; e < static_cast<int>(edges.size()); ++e)
    checkEdge(edges[e], e, static_cast<int>(nodes.size()), found);
  checkSources(edges, found);
  if (found.empty())
    checkSizes(mesh, nodes, found);
  return found;
}

} // namespace synfire::mapping
