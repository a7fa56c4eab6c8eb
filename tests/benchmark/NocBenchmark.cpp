// Flit-hops per second of FlitMesh, and how much faster it is than NaiveMesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/FlitMesh.h"
#include "tests/unit/noc/NaiveMesh.h"
#include "tests/unit/noc/RandomTraffic.h"

#include <benchmark/benchmark.h>

using namespace synfire::sim;

namespace {

NocConfig clockedConfig(int side) {
  NocConfig config;
  config.width = config.height = side;
  config.virtualChannels = 4;
  config.bufferFlits = 8;
  config.periodPs = config.linkPs = 1000;
  return config;
}

NocConfig clocklessConfig(int side) {
  NocConfig config;
  config.width = config.height = side;
  config.virtualChannels = 1;
  config.bufferFlits = 16;
  config.hopPs = {4100, 4100, 6500, 6500};
  config.injectPs = 2100;
  config.ejectPs = 4100;
  return config;
}

/// Uniform one-flit packets, `perMille` flits per node and 1000 cycles of 1 ns.
std::vector<NocPacket> uniformTraffic(const NocConfig &config, int64_t perMille, int64_t cycles) {
  Dice dice(1);
  int nodes = config.width * config.height;
  std::vector<NocPacket> packets;
  for (int64_t cycle = 0; cycle < cycles; ++cycle)
    for (int node = 0; node < nodes; ++node)
      if (dice.draw(1, 1000) <= perMille) {
        NocPacket packet;
        packet.readyPs = cycle * 1000;
        packet.sourceRouter = node;
        packet.targetRouter = static_cast<int32_t>(dice.draw(0, nodes - 1));
        packets.push_back(packet);
      }
  return packets;
}

template <class Mesh>
void run(benchmark::State &state, const NocConfig &config, std::vector<NocPacket> packets) {
  Mesh mesh(config);
  NocCounters counters;
  for (auto _ : state)
    mesh.deliver(packets, counters);
  state.counters["flit_hops/s"] =
      benchmark::Counter(static_cast<double>(counters.flitHops), benchmark::Counter::kIsRate);
}

void clockedMesh(benchmark::State &state) {
  NocConfig config = clockedConfig(static_cast<int>(state.range(0)));
  run<FlitMesh>(state, config, uniformTraffic(config, state.range(1), 2000));
}

void clocklessMesh(benchmark::State &state) {
  NocConfig config = clocklessConfig(static_cast<int>(state.range(0)));
  run<FlitMesh>(state, config, uniformTraffic(config, state.range(1), 2000));
}

/// A tick of a chip: every node sends a few packets at once.
void clockedBurst(benchmark::State &state) {
  NocConfig config = clockedConfig(static_cast<int>(state.range(0)));
  std::vector<NocPacket> packets = uniformTraffic(config, 1000, state.range(1));
  for (NocPacket &packet : packets)
    packet.readyPs = 0;
  run<FlitMesh>(state, config, packets);
}

void naiveMesh(benchmark::State &state) {
  NocConfig config = clockedConfig(static_cast<int>(state.range(0)));
  run<NaiveMesh>(state, config, uniformTraffic(config, state.range(1), 100));
}

} // namespace

// Side of the mesh, flits per node and 1000 cycles.
BENCHMARK(clockedMesh)
    ->ArgNames({"side", "rate"})
    ->ArgsProduct({{8}, {20, 100, 200, 360}})
    ->Args({16, 20})
    ->Args({16, 100})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(clocklessMesh)
    ->ArgNames({"side", "rate"})
    ->ArgsProduct({{8}, {5, 20, 40}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(clockedBurst)
    ->ArgNames({"side", "packets"})
    ->ArgsProduct({{8}, {1, 10, 100}})
    ->Unit(benchmark::kMillisecond);
// The reference router, for the ratio at the same rate.
BENCHMARK(naiveMesh)
    ->ArgNames({"side", "rate"})
    ->ArgsProduct({{8}, {20, 100, 360}})
    ->Unit(benchmark::kMillisecond);
