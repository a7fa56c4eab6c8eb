// TickEngine: the work of the cores and the traffic between them in one tick.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/timing/TickEngine.h"

#include "simulator/functional/AttentionKernel.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <utility>

namespace synfire::sim {
namespace {

int64_t roundUp(int64_t ps, int64_t period) { return (ps + period - 1) / period * period; }

} // namespace

NocConfig networkConfig(const ChipModel &chip) {
  NocConfig config;
  config.width = chip.mesh.width;
  config.height = chip.mesh.height;
  config.torus = chip.mesh.topology == Topology::Torus;
  config.localPorts = chip.mesh.coresPerTile + 1; // the last port is for the host
  config.virtualChannels = chip.noc.virtualChannels;
  config.bufferFlits = chip.noc.bufferFlits;
  config.periodPs = chip.clockPeriodPs.value_or(0);
  config.routerStages = chip.noc.routerStages;
  config.linkPs = chip.noc.linkPs;
  config.hopPs = chip.noc.hopPs;
  config.injectPs = chip.noc.injectPs;
  config.ejectPs = chip.noc.ejectPs;
  return config;
}

TickEngine::TickEngine(const Program &program, const TrafficPlan &plan, const ActivityTrace &trace,
                       std::unique_ptr<Noc> network, Counters &counters)
    : program(program), plan(plan), trace(trace), counters(counters), network(std::move(network)),
      sendEndPs(program.cores.size()), receiveEndPs(program.cores.size()) {}

void TickEngine::run(int32_t token, int32_t step, int32_t stage) {
  std::fill(sendEndPs.begin(), sendEndPs.end(), 0);
  std::fill(receiveEndPs.begin(), receiveEndPs.end(), 0);
  packets.clear();
  inFlight.clear();

  for (const Slice &slice : program.slices) {
    if (program.populations[slice.population].stage != stage) {
      idle(slice);
      continue;
    }
    attend(slice, token, step);
    update(slice, token, step);
  }
  for (size_t p = 0; p < program.populations.size(); ++p)
    if (program.populations[p].kind == PopulationKind::HostSpikes &&
        program.populations[p].stage == stage)
      sendFromHost(static_cast<int32_t>(p), token, step);

  checkNetworkTime();
  network->deliver(packets, counters.noc);
  receive(step);

  int64_t endPs = 0;
  for (size_t c = 0; c < program.cores.size(); ++c) {
    endPs = std::max({endPs, sendEndPs[c], receiveEndPs[c]});
    counters.cores[c].sendBusyPs += sendEndPs[c];
    counters.cores[c].busyPs += sendEndPs[c];
  }
  addTime(endPs, readByHost(step, stage), 1, "host", kMaxTickPs);
  if (step + 1 == program.timeSteps && stage + 1 == program.stages)
    countHostWork(token);
  if (program.chip.clockPeriodPs)
    endPs = roundUp(endPs, *program.chip.clockPeriodPs);
  const int64_t beforePs = counters.timePs;
  addTime(counters.timePs, endPs, 1, "the run");
  addTime(counters.timePs, program.chip.barrierPs(plan.tilesUsed), 1, "barrier");
  if (token > 0)
    counters.laterTokensPs[stage] += counters.timePs - beforePs;
  ++counters.ticks;
  ++counters.ops[program.chipOp()].actions[index(Action::Barrier)];
  ++counters.total.actions[index(Action::Barrier)];
}

void TickEngine::count(OpId op, int32_t core, Action action, int64_t times) {
  counters.ops[op].actions[index(action)] += times;
  counters.cores[core].actions[index(action)] += times;
  counters.total.actions[index(action)] += times;
}

void TickEngine::attend(const Slice &slice, int32_t token, int32_t step) {
  for (const AttentionBlock &block : slice.attention) {
    const Attention &attention = program.attentions[block.attention];
    const int32_t first = token + slice.firstPoint;
    if (attention.q < 0) {
      addProducts(slice, attention, token, step);
      continue;
    }
    for (int32_t i = 0; i < block.heads * slice.points; ++i) {
      const HeadColumns head = headColumns(program, attention, block.firstHead + i % block.heads);
      const AttentionWork work =
          attentionWork(trace, attention, head, first + i / block.heads, step);
      count(attention.op, slice.core, Action::AttentionScore, work.scoreAccumulates);
      count(attention.op, slice.core, Action::AttentionValue, work.valueAccumulates);
      counters.ops[attention.op].scores += work.scores;
      counters.ops[attention.op].scoresNotZero += work.scoresNotZero;
      const int64_t accumulates = work.scoreAccumulates + work.valueAccumulates;
      counters.ops[attention.op].accumulates += accumulates;
      counters.total.accumulates += accumulates;
      spend(sendEndPs[slice.core], Action::AttentionScore, work.scoreAccumulates);
      spend(sendEndPs[slice.core], Action::AttentionValue, work.valueAccumulates);
      count(attention.op, slice.core, Action::NeuronUpdate, work.neuronUpdates);
      spend(sendEndPs[slice.core], Action::NeuronUpdate, work.neuronUpdates);
    }
  }
}

void TickEngine::addProducts(const Slice &slice, const Attention &attention, int32_t token,
                             int32_t step) {
  // Of a text, the sums of a causal attention grow by the products of each token. Else a slice adds
  // up all products that its points see: those before its last point, or all, once.
  const bool spatial = program.populations[slice.population].points > 1;
  const int32_t end = token + slice.firstPoint + slice.points;
  const int32_t first = attention.causal && !spatial ? token : 0;
  const int32_t last = attention.causal ? end : token == 0 ? trace.positions(attention.k) : 0;
  const ColumnRange columns{slice.firstColumn, slice.columns};
  int64_t products = 0, own = 0;
  for (int32_t position = first; position < last; ++position) {
    const int64_t here = countProducts(trace, attention, columns, position, step);
    products += here;
    // The account of the model has each product once, whatever slices compute it again.
    own += !spatial || (position >= slice.firstPoint && position < end) ? here : 0;
  }
  count(attention.op, slice.core, Action::AttentionValue, products);
  spend(sendEndPs[slice.core], Action::AttentionValue, products);
  counters.ops[attention.op].accumulates += own;
  counters.total.accumulates += own;
}

void TickEngine::idle(const Slice &slice) {
  const int64_t neurons = slice.neurons();
  count(program.populations[slice.population].op, slice.core, Action::NeuronIdle, neurons);
  spend(sendEndPs[slice.core], Action::NeuronIdle, neurons);
}

void TickEngine::update(const Slice &slice, int32_t token, int32_t step) {
  const Population &population = program.populations[slice.population];
  int64_t &clock = sendEndPs[slice.core];
  // Neurons are visited point by point in column order. Some chips update only the neurons for
  // which an update can have an effect (core.updates_all_neurons).
  const bool updatesAll =
      program.chip.core.updatesAllNeurons || population.kind != PopulationKind::Neurons;
  const bool fires = population.kind != PopulationKind::Readout;
  const int32_t payloadBits = population.spikeBits > 1 ? population.spikeBits : 0;
  int64_t updated = 0;
  for (int32_t point = slice.firstPoint; point < slice.firstPoint + slice.points; ++point) {
    const int32_t position = token + point;
    int32_t visited = 0;
    Fired fired;
    auto visitUpTo = [&](int32_t columns) {
      const int32_t now =
          updatesAll ? columns - visited
                     : trace.countEffective(slice.population, position, step,
                                            slice.firstColumn + visited, columns - visited);
      spend(clock, Action::NeuronUpdate, now);
      spend(clock, Action::NeuronIdle, columns - visited - now);
      updated += now;
      visited = columns;
    };
    if (fires)
      trace.forEachSpike(slice.population, position, step, [&](int32_t column, int32_t value) {
        if (column < slice.firstColumn || column >= slice.firstColumn + slice.columns)
          return;
        fired.add(value);
        visitUpTo(column - slice.firstColumn + 1);
        spend(clock, Action::Spike, 1);
        if (const Departure *departure = departureOf(slice.population, point, column))
          emit(*departure, point, column, value, population.op, payloadBits);
      });
    visitUpTo(slice.columns);
    if (!fires)
      continue;
    count(population.op, slice.core, Action::Spike, fired.spikes);
    countFiring({slice.population, position, point, slice.firstColumn, slice.columns}, step, fired,
                slice.core);
  }
  if (fires) {
    counters.ops[population.op].neuronSteps += slice.neurons();
    counters.total.neuronSteps += slice.neurons();
  }
  count(population.op, slice.core, Action::NeuronUpdate, updated);
  count(population.op, slice.core, Action::NeuronIdle, slice.neurons() - updated);
}

TickEngine::Fired TickEngine::countAdded(const Firing &neurons, const Consumer &consumer,
                                         int32_t step, Fired fired) const {
  const Projection *projection = consumer.projection;
  if (!projection)
    return fired;
  if (projection->delays.size() <= 1)
    return projection->adds(0, step, program.timeSteps) ? fired : Fired{};
  Fired added;
  trace.forEachSpike(
      neurons.population, neurons.position, step, [&](int32_t column, int32_t value) {
        if (column >= neurons.firstColumn && column < neurons.firstColumn + neurons.columns &&
            projection->adds(column, step, program.timeSteps))
          added.add(value);
      });
  return added;
}

void TickEngine::countFiring(const Firing &neurons, int32_t step, Fired fired, int32_t core) {
  counters.ops[program.populations[neurons.population].op].spikesOut += fired.spikes;
  counters.cores[core].spikesOut += fired.spikes;
  counters.total.spikesOut += fired.spikes;
  for (const Consumer &consumer : plan.consumers[neurons.population]) {
    counters.ops[consumer.op].spikesIn += fired.spikes;
    counters.total.spikesIn += fired.spikes;
    const int64_t targets = consumer.reach ? consumer.reach->of(neurons.point) : 1;
    const int64_t sums = targets * consumer.accumulatesPerSpike;
    const Fired added = countAdded(neurons, consumer, step, fired);
    for (OpCounters *counts : {&counters.ops[consumer.op], &counters.total})
      if (consumer.multiplies)
        counts->products += added.spikes * sums;
      else
        counts->accumulates += added.values * sums;
  }
}

const Departure *TickEngine::departureOf(int32_t population, int32_t point, int32_t column) {
  // Blocks of columns are cut into ranges of points: of the departures that start at or before the
  // point, the last one that has the column is the one, if it goes on to the point.
  const std::vector<Departure> &list = plan.departures[population];
  auto at = std::upper_bound(list.begin(), list.end(), point,
                             [](int32_t p, const Departure &d) { return p < d.firstPoint; });
  while (at != list.begin()) {
    --at;
    if (column >= at->firstColumn && column < at->firstColumn + at->columns)
      return point < at->firstPoint + at->points ? &*at : nullptr;
  }
  return nullptr;
}

void TickEngine::emit(const Departure &departure, int32_t point, int32_t column, int32_t value,
                      OpId op, int32_t payloadBits) {
  const NocModel &noc = program.chip.noc;
  const Core &from = program.cores[departure.core];
  const bool fromHost = departure.core == program.hostCore();
  const int32_t bits = noc.packetHeaderBits + payloadBits;
  const int32_t flits = (bits + noc.flitBits - 1) / noc.flitBits;
  OpCounters &opCounters = counters.ops[op];
  int64_t &clock = sendEndPs[departure.core];
  for (const Delivery &delivery : departure.deliveries) {
    if (!delivery.needs(point, column))
      continue;
    if (fromHost) {
      addTime(clock, hostPs(bits), 1, "host.bandwidth_bits_per_ns", kMaxTickPs);
      count(op, departure.core, Action::IoBits, bits);
    } else {
      spend(clock, Action::AxonOut, 1);
      count(op, departure.core, Action::AxonOut, 1);
    }
    const Core &to = program.cores[delivery.core];
    NocPacket packet;
    packet.readyPs =
        program.chip.clockPeriodPs ? roundUp(clock, *program.chip.clockPeriodPs) : clock;
    packet.sourceRouter = from.x + from.y * program.chip.mesh.width;
    packet.sourcePort = fromHost ? program.chip.mesh.coresPerTile : from.core;
    packet.targetRouter = to.x + to.y * program.chip.mesh.width;
    packet.targetPort = to.core;
    packet.flits = flits;
    packet.links = delivery.detour;
    packets.push_back(packet);
    inFlight.push_back({&delivery, op, departure.population, point, column, value, flits});

    ++opCounters.packets;
    opCounters.packetHops += delivery.hops;
    opCounters.payloadBits += bits;
    ++opCounters.actions[index(Action::Inject)];
    ++counters.cores[departure.core].actions[index(Action::Inject)];
    for (int d = 0; d < kDirections; ++d)
      opCounters.actions[index(hopAction(static_cast<Direction>(d)))] +=
          static_cast<int64_t>(delivery.hopsByDirection[d]) * flits;
    ++counters.cores[departure.core].packetsOut;
  }
}

void TickEngine::sendFromHost(int32_t population, int32_t token, int32_t step) {
  if (step >= trace.timeSteps(population))
    return;
  const Population &source = program.populations[population];
  const int32_t host = program.hostCore();
  const bool heard = !plan.departures[population].empty(); // whether the chip reads the spikes
  const int32_t payloadBits = source.spikeBits > 1 ? source.spikeBits : 0;
  if (heard)
    addTime(sendEndPs[host], program.chip.host.latencyPs.value_or(0), 1, "host.latency",
            kMaxTickPs);
  int64_t all = 0;
  for (int32_t point = 0; point < source.points; ++point) {
    Fired fired;
    trace.forEachSpike(population, token + point, step, [&](int32_t column, int32_t value) {
      fired.add(value);
      if (const Departure *departure = departureOf(population, point, column))
        emit(*departure, point, column, value, source.op, payloadBits);
    });
    countFiring({population, token + point, point, 0, source.columns}, step, fired, host);
    all += fired.spikes;
  }
  counters.ops[source.op].neuronSteps += int64_t{source.columns} * source.points;
  counters.total.neuronSteps += int64_t{source.columns} * source.points;
  if (heard && all > 0) {
    ++counters.ops[source.op].ioTicks;
    ++counters.total.ioTicks;
  }
}

int64_t TickEngine::hostPs(int64_t bits) const {
  const HostModel &host = program.chip.host;
  if (!host.bandwidthBitsPerNs)
    return 0;
  const double ps = static_cast<double>(bits) / *host.bandwidthBitsPerNs * 1000;
  // Below 2^61 a double converts to a whole number of picoseconds without overflow.
  return ps < static_cast<double>(kMaxTickPs) ? std::llround(ps) : kMaxTickPs;
}

void TickEngine::checkNetworkTime() const {
  // While packets are inside, some flit makes a step within the time of the longest
  // one, whatever waits for whom. So all of them, one after the other, are a bound.
  const ChipModel &chip = program.chip;
  const NocModel &noc = chip.noc;
  int64_t readyPs = 0;
  double flitSteps = 0;
  for (const NocPacket &packet : packets) {
    readyPs = std::max(readyPs, packet.readyPs);
    const auto links = static_cast<double>(packet.links.size());
    flitSteps += static_cast<double>(packet.flits) *
                 std::max(links + 2, static_cast<double>(chip.mesh.width + chip.mesh.height + 2));
  }
  const double stepPs =
      static_cast<double>(std::max(noc.linkPs, *std::ranges::max_element(noc.hopPs))) +
      static_cast<double>(chip.clockPeriodPs.value_or(0)) * (noc.routerStages + 4);
  const double endPs = static_cast<double>(readyPs) + flitSteps * stepPs +
                       static_cast<double>(packets.size()) *
                           (static_cast<double>(noc.injectPs) + static_cast<double>(noc.ejectPs));
  if (endPs > 2 * static_cast<double>(kMaxTickPs))
    throw TimeOverflow("noc: the traffic of one tick could take longer than 53 days, more than can "
                       "be told; check the times of the chip file");
}

std::array<int64_t, kDirections> TickEngine::linksCrossed(const NocPacket &packet) const {
  std::array<int64_t, kDirections> links{};
  for (int32_t link : packet.links)
    ++links[static_cast<size_t>(linkDirection(link))];
  if (!packet.links.empty())
    return links;
  const MeshLinks mesh = program.chip.mesh.links();
  const MeshPlace way =
      mesh.offset(mesh.place(packet.sourceRouter), mesh.place(packet.targetRouter));
  links[static_cast<size_t>(way.x > 0 ? Direction::East : Direction::West)] = std::abs(way.x);
  links[static_cast<size_t>(way.y > 0 ? Direction::North : Direction::South)] = std::abs(way.y);
  return links;
}

void TickEngine::receive(int32_t step) {
  order.resize(packets.size());
  for (size_t i = 0; i < order.size(); ++i)
    order[i] = static_cast<int32_t>(i);
  std::stable_sort(order.begin(), order.end(), [this](int32_t a, int32_t b) {
    return packets[a].arrivalPs < packets[b].arrivalPs;
  });
  for (int32_t i : order) {
    const InFlight &flight = inFlight[i];
    const int32_t core = flight.delivery->core;
    int64_t workPs = 0;
    for (const Receiver &receiver : flight.delivery->receivers) {
      const std::optional<int64_t> synops =
          receiver.synops(flight.point, flight.column, receiver.dueStep(flight.column, step));
      if (!synops)
        continue;
      count(receiver.op, core, Action::AxonIn, 1);
      spend(workPs, Action::AxonIn, 1);
      if (receiver.attention) {
        if (!receiver.storesSpike)
          continue;
        count(receiver.op, core, Action::AttentionStore, 1);
        spend(workPs, Action::AttentionStore, 1);
      } else if (receiver.projection->adds(flight.column, step, program.timeSteps)) {
        const int64_t times = *synops * (receiver.perValue ? flight.value : 1);
        count(receiver.op, core, receiver.synop, times);
        spend(workPs, receiver.synop, times);
      }
    }
    // The receiving side works on this packet from `start` on. The sending side has worked without
    // a break from the start of the tick to its end, so only the time after that end adds to
    // busyPs.
    const int64_t start = std::max(receiveEndPs[core], packets[i].arrivalPs);
    int64_t end = start;
    addTime(end, workPs, 1, "receiving spikes");
    const int64_t alone = end - std::max(start, sendEndPs[core]);
    receiveEndPs[core] = end;
    counters.cores[core].receiveBusyPs += workPs;
    counters.cores[core].busyPs += std::max<int64_t>(alone, 0);
    ++counters.cores[core].packetsIn;
    ++counters.cores[core].actions[index(Action::Eject)];
    ++counters.ops[flight.op].actions[index(Action::Eject)];

    // The totals of the traffic are counted here, where packets arrive; those of the ops were
    // counted where packets left (see Counters).
    const NocPacket &packet = packets[i];
    ActionCounts &total = counters.total.actions;
    const std::array<int64_t, kDirections> hops = linksCrossed(packet);
    for (int d = 0; d < kDirections; ++d)
      total[index(hopAction(static_cast<Direction>(d)))] += hops[d] * packet.flits;
    ++total[index(Action::Inject)];
    ++total[index(Action::Eject)];
    ++counters.total.packets;
    counters.total.packetHops += std::accumulate(hops.begin(), hops.end(), int64_t{0});
    const int32_t spikeBits = program.populations[flight.population].spikeBits;
    counters.total.payloadBits +=
        program.chip.noc.packetHeaderBits + (spikeBits > 1 ? spikeBits : 0);
  }
}

int64_t TickEngine::readByHost(int32_t step, int32_t stage) {
  int64_t ps = 0;
  for (const HostOp &host : program.hostOps) {
    if (host.readout < 0)
      continue;
    const Population &readout = program.populations[host.readout];
    if (readout.stage != stage || (!readout.perStep && step + 1 != program.timeSteps))
      continue;
    const int64_t bits = int64_t{readout.columns} * readout.points * readout.neuron.stateBits;
    count(host.op, program.hostCore(), Action::IoBits, bits);
    ++counters.ops[host.op].ioTicks;
    ++counters.total.ioTicks;
    addTime(ps, program.chip.host.latencyPs.value_or(0), 1, "host.latency", kMaxTickPs);
    addTime(ps, hostPs(bits), 1, "host.bandwidth_bits_per_ns", kMaxTickPs);
  }
  // The host reads after all other work of the tick, so its two sides do not overlap here.
  counters.cores[program.hostCore()].receiveBusyPs += ps;
  counters.cores[program.hostCore()].busyPs += ps;
  return ps;
}

void TickEngine::countHostWork(int32_t token) {
  for (const HostOp &host : program.hostOps) {
    const std::vector<HostValue> inputs = inputsOf(host, program.hostOps);
    const int32_t positions = host.points > 1 ? host.points : trace.tokens();
    for (int32_t point = 0; point < host.points; ++point) {
      const HostWork work = host.kernel->work({host.value(), inputs}, token + point, positions);
      count(host.op, program.hostCore(), Action::HostMac, work.macs);
      count(host.op, program.hostCore(), Action::HostElement, work.elements);
    }
  }
}

} // namespace synfire::sim
