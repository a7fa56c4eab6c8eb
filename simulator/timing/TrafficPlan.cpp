// TrafficPlan: finds, for each flow, the blocks on its target cores that read its packets.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/timing/TrafficPlan.h"

#include "simulator/metrics/Actions.h"
#include "simulator/program/SynapseWeights.h"
#include "support/MeshPaths.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace synfire::sim {
namespace {

using ReachTable = std::shared_ptr<const Reach>;

/// How many of the points `targets` read each point of the source.
ReachTable makeReach(const GridWindow &window, PointRange targets) {
  const PointRange read = window.sourcesOf(targets);
  Reach reach{read.first, std::vector<int32_t>(read.count)};
  for (int64_t target = targets.first; target < targets.end(); ++target)
    window.forEachSource(target,
                         [&](int64_t, int64_t source) { ++reach.targets[source - read.first]; });
  return std::make_shared<const Reach>(std::move(reach));
}

/// The slices that differ in columns alone share their tables, as do all targets of a core.
class ReachTables {
public:
  ReachTable of(const Program &program, int32_t projection, PointRange targets) {
    const std::optional<GridWindow> &window = program.projections[projection].window;
    if (!window)
      return {};
    ReachTable &reach = tables[{projection, targets.first, targets.count}];
    if (!reach)
      reach = makeReach(*window, targets);
    return reach;
  }

private:
  std::map<std::tuple<int32_t, int64_t, int64_t>, ReachTable> tables;
};

/// How many weights of each row of a block are not 0.
std::shared_ptr<const std::vector<int32_t>> countEntries(const Slice &slice,
                                                         const SynapseBlock &block) {
  auto entries = std::make_shared<std::vector<int32_t>>(block.rows);
  visitWeights(block, [&](const auto *weight) {
    for (int32_t &row : *entries) {
      row = slice.columns - static_cast<int32_t>(std::count(weight, weight + slice.columns, 0));
      weight += slice.columns;
    }
  });
  return entries;
}

/// Whether the chip multiplies weights by the values of the population's spikes.
bool multiplies(const Program &program, int32_t source) {
  return program.populations[source].spikeBits > 1 &&
         program.chip.core.gradedSynop == GradedSynop::Multiply;
}

void addSynapseReceivers(const Program &program, const Slice &slice, int32_t source,
                         ReachTables &tables, std::vector<Receiver> &receivers) {
  for (const SynapseBlock &block : slice.synapses) {
    const Projection &projection = program.projections[block.projection];
    if (projection.source != source)
      continue;
    Receiver receiver;
    receiver.op = projection.op;
    receiver.encoding = projection.encoding;
    receiver.synop = multiplies(program, source) ? Action::SynopMultiply
                     : block.indexed             ? Action::SynopSparse
                                                 : synopAction(projection.encoding);
    receiver.perValue = !multiplies(program, source);
    if (block.indexed)
      receiver.entries = countEntries(slice, block);
    receiver.firstRow = block.firstRow;
    receiver.rows = block.rows;
    receiver.rowStride = projection.rowStride;
    receiver.projection = &projection;
    receiver.synopsPerRow = projection.encoding == SynapseEncoding::Sparse ? 1 : slice.columns;
    receiver.reach = tables.of(program, block.projection, {slice.firstPoint, slice.points});
    if (projection.encoding == SynapseEncoding::Dense)
      receiver.pointStride = program.populations[source].columns;
    if (projection.encoding == SynapseEncoding::Conv) {
      receiver.firstColumn = slice.firstColumn;
      receiver.columns = slice.columns;
      receiver.groupInputs = program.populations[source].columns / projection.groups;
      receiver.groupOutputs = projection.columns / projection.groups;
    }
    receivers.push_back(receiver);
  }
}

void addAttentionReceivers(const Program &program, const Slice &slice, int32_t source,
                           std::vector<Receiver> &receivers) {
  for (const AttentionBlock &block : slice.attention) {
    const Attention &attention = program.attentions[block.attention];
    const int32_t width = program.populations[attention.target].columns / attention.heads;
    const HeadGroups::Range keys = attention.groups().keyHeadsOf(block.firstHead, block.heads);
    // One population may serve as queries, keys and values at once.
    const std::pair<int32_t, bool> roles[] = {
        {attention.q, false}, {attention.k, true}, {attention.v, true}};
    for (const auto &[population, stores] : roles) {
      if (population != source)
        continue;
      Receiver receiver;
      receiver.op = attention.op;
      receiver.attention = true;
      receiver.storesSpike = stores;
      receiver.firstRow = static_cast<int32_t>(stores ? keys.first : block.firstHead) * width;
      receiver.rows = static_cast<int32_t>(stores ? keys.count : block.heads) * width;
      // Keys and values of all points are read, queries only where the slice has their point.
      if (program.populations[source].points > 1 && !stores)
        receiver.reach = std::make_shared<const Reach>(
            Reach{slice.firstPoint, std::vector<int32_t>(slice.points, 1)});
      receivers.push_back(receiver);
    }
  }
}

Delivery makeDelivery(const Program &program, const std::vector<std::vector<int32_t>> &slicesOf,
                      const Flow &flow, const Flow::Target &target, ReachTables &tables) {
  Delivery delivery;
  delivery.core = target.core;
  delivery.firstColumn = target.firstColumn;
  delivery.columns = target.columns;
  delivery.firstPoint = target.firstPoint;
  delivery.points = target.points;
  delivery.hops = static_cast<int32_t>(target.links.size());
  for (int32_t link : target.links)
    ++delivery.hopsByDirection[static_cast<size_t>(linkDirection(link))];
  const Core &from = program.cores[flow.sourceCore], &to = program.cores[target.core];
  if (!isDimensionOrder(program.chip.mesh.links(), {from.x, from.y}, {to.x, to.y}, target.links))
    delivery.detour = target.links;
  for (int32_t s : slicesOf[target.core]) {
    const Slice &slice = program.slices[s];
    addSynapseReceivers(program, slice, flow.population, tables, delivery.receivers);
    addAttentionReceivers(program, slice, flow.population, delivery.receivers);
  }
  return delivery;
}

/// The sums at one point that a spike of a projection is added to (Consumer).
int32_t accumulatesPerSpike(const Projection &projection, const Population &target) {
  switch (projection.encoding) {
  case SynapseEncoding::Dense:
    return projection.columns;
  case SynapseEncoding::Conv:
    return projection.columns / projection.groups;
  case SynapseEncoding::Sparse:
    break;
  }
  // Pooling adds spikes up, but for a maximum, which is neurons that belong to the op itself.
  const bool adds = projection.window && projection.window->taps() > 1;
  const bool compares = target.kind == PopulationKind::Neurons && target.op == projection.op;
  return adds && !compares ? 1 : 0;
}

} // namespace

TrafficPlan::TrafficPlan(const Program &program)
    : departures(program.populations.size()), consumers(program.populations.size()) {
  std::vector<std::vector<int32_t>> slicesOf(program.cores.size()); // by core
  for (size_t s = 0; s < program.slices.size(); ++s)
    slicesOf[program.slices[s].core].push_back(static_cast<int32_t>(s));
  ReachTables tables;
  for (const Flow &flow : program.flows) {
    Departure departure{flow.population,
                        flow.firstColumn,
                        flow.columns,
                        flow.firstPoint,
                        flow.points,
                        flow.sourceCore,
                        {}};
    for (const Flow::Target &target : flow.targets)
      departure.deliveries.push_back(makeDelivery(program, slicesOf, flow, target, tables));
    departures[flow.population].push_back(std::move(departure));
  }
  for (std::vector<Departure> &list : departures)
    std::sort(list.begin(), list.end(), [](const Departure &a, const Departure &b) {
      return std::tie(a.firstPoint, a.firstColumn) < std::tie(b.firstPoint, b.firstColumn);
    });

  std::set<std::pair<int32_t, OpId>> seen; // (source population, op)
  for (size_t i = 0; i < program.projections.size(); ++i) {
    const Projection &projection = program.projections[i];
    if (!seen.emplace(projection.source, projection.op).second)
      continue;
    const Population &target = program.populations[projection.target];
    consumers[projection.source].push_back(
        {projection.op, accumulatesPerSpike(projection, target), &projection,
         multiplies(program, projection.source),
         tables.of(program, static_cast<int32_t>(i), {0, target.points})});
  }
  for (const Attention &attention : program.attentions)
    for (int32_t source : attention.sources())
      if (seen.emplace(source, attention.op).second)
        consumers[source].push_back({attention.op});

  for (size_t p = 0; p < program.populations.size(); ++p)
    if (program.populations[p].kind == PopulationKind::HostSpikes)
      for (const HostOp &host : program.hostOps)
        if (std::count(host.inputs.begin(), host.inputs.end(), program.populations[p].hostOp) > 0)
          consumers[p].push_back({host.op});

  std::set<std::tuple<int32_t, int32_t, int32_t>> tiles;
  for (const Slice &slice : program.slices) {
    const Core &core = program.cores[slice.core];
    tiles.emplace(core.chip, core.x, core.y);
  }
  tilesUsed = static_cast<int32_t>(tiles.size());
}

} // namespace synfire::sim
