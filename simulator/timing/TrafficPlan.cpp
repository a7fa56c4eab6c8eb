// TrafficPlan: finds, for each flow, the blocks on its target cores that read its packets.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/timing/TrafficPlan.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace synfire::sim {
namespace {

void addSynapseReceivers(const Program &program, const Slice &slice, int32_t source,
                         std::vector<Receiver> &receivers) {
  for (const SynapseBlock &block : slice.synapses) {
    const Projection &projection = program.projections[block.projection];
    if (projection.source != source)
      continue;
    Receiver receiver;
    receiver.op = projection.op;
    receiver.encoding = projection.encoding;
    receiver.firstRow = block.firstRow;
    receiver.rows = block.rows;
    receiver.rowStride = projection.rowStride;
    receiver.lastStepOnly = projection.lastStepOnly;
    receiver.synopsPerRow = projection.encoding == SynapseEncoding::Sparse ? 1 : slice.columns;
    receivers.push_back(receiver);
  }
}

void addAttentionReceivers(const Program &program, const Slice &slice, int32_t source,
                           std::vector<Receiver> &receivers) {
  for (const AttentionBlock &block : slice.attention) {
    const Attention &attention = program.attentions[block.attention];
    const int32_t width = program.populations[attention.q].columns / attention.heads;
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
      receiver.firstRow = block.firstHead * width;
      receiver.rows = block.heads * width;
      receivers.push_back(receiver);
    }
  }
}

Delivery makeDelivery(const Program &program, const Flow &flow, const Flow::Target &target) {
  Delivery delivery;
  delivery.core = target.core;
  delivery.firstColumn = target.firstColumn;
  delivery.columns = target.columns;
  delivery.hops = static_cast<int32_t>(target.links.size());
  for (int32_t link : target.links)
    ++delivery.hopsByDirection[static_cast<size_t>(linkDirection(link))];
  for (const Slice &slice : program.slices) {
    if (slice.core != target.core)
      continue;
    addSynapseReceivers(program, slice, flow.population, delivery.receivers);
    addAttentionReceivers(program, slice, flow.population, delivery.receivers);
  }
  return delivery;
}

} // namespace

TrafficPlan::TrafficPlan(const Program &program)
    : departures(program.populations.size()), consumers(program.populations.size()) {
  for (const Flow &flow : program.flows) {
    Departure departure{flow.population, flow.firstColumn, flow.columns, flow.sourceCore, {}};
    for (const Flow::Target &target : flow.targets)
      departure.deliveries.push_back(makeDelivery(program, flow, target));
    departures[flow.population].push_back(std::move(departure));
  }
  for (std::vector<Departure> &list : departures)
    std::sort(list.begin(), list.end(),
              [](const Departure &a, const Departure &b) { return a.firstColumn < b.firstColumn; });

  std::set<std::pair<int32_t, OpId>> seen; // (source population, op)
  for (const Projection &projection : program.projections)
    if (seen.emplace(projection.source, projection.op).second)
      consumers[projection.source].push_back(
          {projection.op, projection.encoding == SynapseEncoding::Sparse ? 0 : projection.columns,
           projection.lastStepOnly});
  for (const Attention &attention : program.attentions)
    for (int32_t source : {attention.q, attention.k, attention.v})
      if (seen.emplace(source, attention.op).second)
        consumers[source].push_back({attention.op, 0, false});

  for (size_t p = 0; p < program.populations.size(); ++p)
    if (program.populations[p].kind == PopulationKind::HostSpikes)
      for (const HostOp &host : program.hostOps)
        if (std::count(host.inputs.begin(), host.inputs.end(), program.populations[p].hostOp) > 0)
          consumers[p].push_back({host.op, 0, false});

  std::set<std::tuple<int32_t, int32_t, int32_t>> tiles;
  for (const Slice &slice : program.slices) {
    const Core &core = program.cores[slice.core];
    tiles.emplace(core.chip, core.x, core.y);
  }
  tilesUsed = static_cast<int32_t>(tiles.size());
}

} // namespace synfire::sim
