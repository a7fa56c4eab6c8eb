// Workload: connections and stages of its populations.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Workload.h"
#include "passes/mapping/Graphs.h"

#include <numeric>

namespace synfire::mapping {

NeuronBlock Projection::columnsRead(int64_t first, int64_t count, int64_t sourceColumns) const {
  if (groups == 1)
    return {.firstColumn = 0, .columns = sourceColumns};
  const int64_t inputs = sourceColumns / groups, outputs = columns / groups;
  const int64_t firstGroup = first / outputs, lastGroup = (first + count - 1) / outputs;
  return {.firstColumn = firstGroup * inputs, .columns = (lastGroup - firstGroup + 1) * inputs};
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

int64_t columnUnit(const Connections &connections, int population) {
  const int64_t columns = connections.workload.populations[population].columns;
  int64_t unit = 1;
  for (int attention : connections.of(population).attentionsInto)
    unit = std::lcm(unit, columns / connections.workload.attentions[attention].groups.heads);
  return unit;
}

} // namespace synfire::mapping
