// Counters: sums and the conservation check.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/metrics/Counters.h"

#include "simulator/metrics/SimTime.h"

#include <string>

namespace synfire::sim {
namespace {

void add(ActionCounts &into, const ActionCounts &from) {
  for (size_t i = 0; i < kActions; ++i)
    into[i] += from[i];
}

void add(OpCounters &into, const OpCounters &from) {
  add(into.actions, from.actions);
  into.spikesIn += from.spikesIn;
  into.spikesOut += from.spikesOut;
  into.neuronSteps += from.neuronSteps;
  into.packets += from.packets;
  into.packetHops += from.packetHops;
  into.payloadBits += from.payloadBits;
  into.ioTicks += from.ioTicks;
  into.scores += from.scores;
  into.scoresNotZero += from.scoresNotZero;
  into.accumulates += from.accumulates;
  into.products += from.products;
}

/// Whether a core or the host does the action. Link crossings and barriers belong to the chip.
bool happensOnCore(Action action) {
  switch (infoOf(action).category) {
  case EnergyCategory::Barrier:
  case EnergyCategory::ChipLink:
    return false;
  case EnergyCategory::Noc:
    return action == Action::Inject || action == Action::Eject;
  default:
    return true;
  }
}

std::string disagree(const char *what, const char *left, int64_t leftCount, const char *right,
                     int64_t rightCount) {
  return std::string(what) + ": " + left + " " + std::to_string(leftCount) + ", " + right + " " +
         std::to_string(rightCount);
}

} // namespace

Counters &Counters::operator+=(const Counters &other) {
  for (size_t i = 0; i < ops.size(); ++i)
    add(ops[i], other.ops[i]);
  for (size_t i = 0; i < cores.size(); ++i) {
    add(cores[i].actions, other.cores[i].actions);
    cores[i].spikesOut += other.cores[i].spikesOut;
    cores[i].packetsOut += other.cores[i].packetsOut;
    cores[i].packetsIn += other.cores[i].packetsIn;
    cores[i].sendBusyPs += other.cores[i].sendBusyPs;
    cores[i].receiveBusyPs += other.cores[i].receiveBusyPs;
    cores[i].busyPs += other.cores[i].busyPs;
  }
  add(total, other.total);
  noc.injectedPackets += other.noc.injectedPackets;
  noc.ejectedPackets += other.noc.ejectedPackets;
  noc.flitHops += other.noc.flitHops;
  for (size_t i = 0; i < noc.linkFlits.size(); ++i)
    noc.linkFlits[i] += other.noc.linkFlits[i];
  ticks += other.ticks;
  addTime(timePs, other.timePs, 1, "the run");
  for (size_t i = 0; i < laterTokensPs.size(); ++i)
    laterTokensPs[i] += other.laterTokensPs[i]; // no more than timePs
  return *this;
}

std::string checkConservation(const Counters &counters) {
  OpCounters ops;
  for (const OpCounters &op : counters.ops)
    add(ops, op);
  const OpCounters &total = counters.total;
  for (size_t i = 0; i < kActions; ++i)
    if (ops.actions[i] != total.actions[i])
      return disagree(kActionInfo[i].key, "sum over ops", ops.actions[i], "total",
                      total.actions[i]);
  if (ops.spikesOut != total.spikesOut)
    return disagree("spikes", "sum over ops", ops.spikesOut, "total", total.spikesOut);
  if (ops.packets != total.packets)
    return disagree("packets", "sum over ops", ops.packets, "total", total.packets);
  if (ops.packetHops != total.packetHops)
    return disagree("packet hops", "sum over ops", ops.packetHops, "total", total.packetHops);

  ActionCounts cores{};
  int64_t spikesOut = 0, packetsOut = 0, packetsIn = 0;
  for (const CoreCounters &core : counters.cores) {
    add(cores, core.actions);
    spikesOut += core.spikesOut;
    packetsOut += core.packetsOut;
    packetsIn += core.packetsIn;
  }
  for (size_t i = 0; i < kActions; ++i)
    if (happensOnCore(static_cast<Action>(i)) && cores[i] != total.actions[i])
      return disagree(kActionInfo[i].key, "sum over cores", cores[i], "total", total.actions[i]);
  if (spikesOut != total.spikesOut)
    return disagree("spikes", "sum over cores", spikesOut, "total", total.spikesOut);

  const NocCounters &noc = counters.noc;
  if (packetsOut != noc.injectedPackets)
    return disagree("packets", "sent by cores", packetsOut, "injected", noc.injectedPackets);
  if (noc.injectedPackets != noc.ejectedPackets)
    return disagree("packets", "injected", noc.injectedPackets, "ejected", noc.ejectedPackets);
  if (packetsIn != noc.ejectedPackets)
    return disagree("packets", "received by cores", packetsIn, "ejected", noc.ejectedPackets);
  if (total.packets != noc.injectedPackets)
    return disagree("packets", "total", total.packets, "injected", noc.injectedPackets);
  int64_t links = 0;
  std::array<int64_t, kDirections> byDirection{};
  for (size_t i = 0; i < noc.linkFlits.size(); ++i) {
    links += noc.linkFlits[i];
    byDirection[static_cast<size_t>(linkDirection(static_cast<int64_t>(i)))] += noc.linkFlits[i];
  }
  if (links != noc.flitHops)
    return disagree("flit hops", "sum over links", links, "routers", noc.flitHops);
  for (int d = 0; d < kDirections; ++d) {
    const int64_t hops = total.actions[index(hopAction(static_cast<Direction>(d)))];
    if (byDirection[d] != hops)
      return disagree("flit hops of a direction", "links", byDirection[d], "total", hops);
  }
  return {};
}

} // namespace synfire::sim
