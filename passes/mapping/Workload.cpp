// Workload: connections and stages of its populations.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Workload.h"
#include "passes/mapping/Graphs.h"

#include <algorithm>
#include <numeric>

namespace synfire::mapping {

NeuronBlock Projection::columnsRead(int64_t first, int64_t count, int64_t sourceColumns) const {
  if (groups == 1)
    return {.firstColumn = 0, .columns = sourceColumns};
  const int64_t inputs = sourceColumns / groups, outputs = columns / groups;
  const int64_t firstGroup = first / outputs, lastGroup = (first + count - 1) / outputs;
  return {.firstColumn = firstGroup * inputs, .columns = (lastGroup - firstGroup + 1) * inputs};
}

bool Projection::isLate() const {
  return !delays.empty() && *std::min_element(delays.begin(), delays.end()) > 0;
}

int64_t Projection::heldSteps(int64_t sourceColumn) const {
  if (delays.empty())
    return 0;
  const int64_t delay = delays[delays.size() == 1 ? 0 : sourceColumn];
  return wrapsStep ? delay - 1 : delay;
}

int64_t Projection::mostHeldSteps() const {
  int64_t most = 0;
  for (size_t c = 0; c < delays.size(); ++c)
    most = std::max(most, heldSteps(static_cast<int64_t>(c)));
  return most;
}

Connections::Connections(const Workload &workload)
    : workload(workload), ends(workload.populations.size()) {
  for (size_t i = 0; i < workload.projections.size(); ++i) {
    const Projection &projection = workload.projections[i];
    ends[projection.source].projectionsFrom.push_back(static_cast<int>(i));
    ends[projection.target].projectionsInto.push_back(static_cast<int>(i));
  }
  for (size_t i = 0; i < workload.attentions.size(); ++i) {
    const Attention &attention = workload.attentions[i];
    for (int source : attention.sources()) {
      std::vector<int> &from = ends[source].attentionsFrom;
      if (from.empty() || from.back() != static_cast<int>(i)) // one population may be all three
        from.push_back(static_cast<int>(i));
    }
    ends[attention.target].attentionsInto.push_back(static_cast<int>(i));
  }
}

StageResult computeStages(const Workload &workload) {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  Graph graph(workload.populations.size());
  for (const Projection &projection : workload.projections)
    if (!projection.isLate())
      boost::add_edge(projection.source, projection.target, graph);
  for (const Attention &attention : workload.attentions)
    for (int source : attention.sources())
      boost::add_edge(source, attention.target, graph);

  std::vector<bool> isRead(workload.populations.size());
  for (const Projection &projection : workload.projections)
    isRead[projection.source] = true;
  for (const Attention &attention : workload.attentions)
    for (int source : attention.sources())
      isRead[source] = true;
  for (size_t p = 0; p < workload.populations.size(); ++p)
    for (int readout : workload.populations[p].readouts)
      boost::add_edge(readout, p, graph);

  auto [order, cycle] = orderOrCycle(graph);
  StageResult result;
  result.cycle.assign(cycle.begin(), cycle.end());
  if (!cycle.empty())
    return result;
  // A chip's population takes part from stage 1 on, with or without a source.
  for (const Population &population : workload.populations)
    result.stages.push_back(population.onHost ? 0 : 1);
  for (auto source : order)
    for (auto [edge, end] = boost::out_edges(source, graph); edge != end; ++edge) {
      const auto target = boost::target(*edge, graph);
      // Spikes of the host that no population reads are not sent, so that they take no tick.
      const bool sends = !workload.populations[target].onHost || isRead[target];
      int &stage = result.stages[target];
      stage = std::max(stage, result.stages[source] + (sends ? 1 : 0));
    }
  return result;
}

void setWraps(Workload &workload, const std::vector<int> &stages) {
  for (Projection &projection : workload.projections)
    projection.wrapsStep = stages[projection.target] <= stages[projection.source];
}

/// Back edges lead to their own source or one before it. Those whose ranges overlap are of one
/// cycle.
static std::vector<Cycle> cyclesOf(const Workload &workload) {
  std::vector<Cycle> back;
  for (const Projection &projection : workload.projections)
    if (projection.target <= projection.source)
      back.push_back({projection.target, projection.source});
  std::sort(back.begin(), back.end(), [](Cycle a, Cycle b) { return a.first < b.first; });
  std::vector<Cycle> cycles;
  for (const Cycle &edge : back)
    if (!cycles.empty() && edge.first <= cycles.back().last)
      cycles.back().last = std::max(cycles.back().last, edge.last);
    else
      cycles.push_back(edge);
  return cycles;
}

std::optional<HostInCycle> findHostInCycle(const Workload &workload) {
  for (const Cycle &cycle : cyclesOf(workload))
    for (int population = cycle.first; population <= cycle.last; ++population)
      for (int readout : workload.populations[population].readBefore)
        if (readout >= cycle.first && readout <= cycle.last)
          return HostInCycle{population, readout, cycle};
  return std::nullopt;
}

int64_t columnUnit(const Connections &connections, int population) {
  const int64_t columns = connections.workload.populations[population].columns;
  int64_t unit = 1;
  for (int attention : connections.of(population).attentionsInto)
    unit = std::lcm(unit, columns / connections.workload.attentions[attention].groups.heads);
  return unit;
}

} // namespace synfire::mapping
