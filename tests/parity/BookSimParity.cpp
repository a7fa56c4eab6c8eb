// FlitMesh against the published curves of BookSim2 on an 8x8 mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/FlitMesh.h"
#include "tests/parity/Reference.h"
#include "tests/unit/noc/RandomTraffic.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace synfire::sim;

namespace {

constexpr int kSide = 8, kNodes = kSide * kSide;
constexpr int64_t kWarmupCycles = 3000, kCycles = 15000;

using Row = std::map<std::string, std::string>;

double number(const Row &row, const char *column) { return std::stod(row.at(column)); }

std::vector<Row> readCsv(const std::string &path) {
  std::ifstream file(path);
  std::vector<Row> rows;
  std::vector<std::string> names;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');)
      cells.push_back(cell);
    if (names.empty()) {
      names = cells;
      continue;
    }
    Row row;
    for (size_t i = 0; i < cells.size() && i < names.size(); ++i)
      row[names[i]] = cells[i];
    rows.push_back(row);
  }
  return rows;
}

struct OpenLoopResult {
  double packetLatency = 0, hops = 0, acceptedFlits = 0;
};

/// Bernoulli sources that never wait. Latency and hops of the packets offered
/// after the warm-up; flits accepted per node and cycle after it.
OpenLoopResult runOpenLoop(const Row &row) {
  NocConfig config;
  config.width = config.height = kSide;
  config.virtualChannels = static_cast<int>(number(row, "vcs"));
  config.bufferFlits = 8;
  config.periodPs = config.linkPs = 1000;
  int flits = static_cast<int>(number(row, "packet_size"));
  bool transpose = row.at("traffic") == "transpose";
  Dice dice(1);
  auto threshold = static_cast<int64_t>(number(row, "rate_flits") / flits * 1e9);
  std::vector<NocPacket> packets;
  for (int64_t cycle = 0; cycle < kCycles; ++cycle)
    for (int node = 0; node < kNodes; ++node)
      if (dice.draw(1, 1000000000) <= threshold) {
        NocPacket packet;
        packet.readyPs = cycle * config.periodPs;
        packet.sourceRouter = node;
        packet.targetRouter = static_cast<int32_t>(transpose ? node % kSide * kSide + node / kSide
                                                             : dice.draw(0, kNodes - 1));
        packet.flits = flits;
        packets.push_back(packet);
      }
  NocCounters counters;
  FlitMesh(config).deliver(packets, counters);

  OpenLoopResult result;
  int64_t counted = 0, accepted = 0;
  for (const NocPacket &packet : packets) {
    int64_t arrival = packet.arrivalPs / config.periodPs;
    accepted += arrival >= kWarmupCycles && arrival < kCycles ? flits : 0;
    int64_t ready = packet.readyPs / config.periodPs;
    if (ready < kWarmupCycles)
      continue;
    ++counted;
    result.packetLatency += static_cast<double>(arrival - ready);
    result.hops += static_cast<double>(linksCrossed(config, packet) + 1);
  }
  result.packetLatency /= static_cast<double>(counted);
  result.hops /= static_cast<double>(counted);
  result.acceptedFlits =
      static_cast<double>(accepted) / static_cast<double>(kNodes * (kCycles - kWarmupCycles));
  return result;
}

std::string curveOf(const Row &row) {
  return row.at("traffic") + "," + row.at("packet_size") + "," + row.at("vcs");
}

/// Rate at which the latency of each curve first exceeds 3 x zero load.
std::map<std::string, double> saturationRates(const std::vector<Row> &rows) {
  std::map<std::string, double> rates, zeroLoad;
  for (const Row &row : rows) {
    if (row.at("sim_type") != "latency")
      continue;
    zeroLoad.try_emplace(curveOf(row), number(row, "plat"));
    if (number(row, "plat") > 3 * zeroLoad[curveOf(row)])
      rates.try_emplace(curveOf(row), number(row, "rate_flits"));
  }
  return rates;
}

} // namespace

TEST_CASE("packet latency below saturation and throughput past it are those of "
          "BookSim2") {
  const std::set<std::string> latencyRates{"0.02", "0.1", "0.2", "0.3"};
  for (const char *file : {"A.csv", "C.csv"}) {
    std::string path = synfire::test::referenceFolder("booksim") + "/" + file;
    std::vector<Row> rows = readCsv(path);
    if (rows.empty()) {
      synfire::test::skip("no reference curves of BookSim2 at " + path);
      continue;
    }
    std::map<std::string, double> saturation = saturationRates(rows);
    std::set<std::string> throughputDone; // the first rate of each curve
    int compared = 0;
    for (const Row &row : rows) {
      double rate = number(row, "rate_flits");
      bool latency = row.at("sim_type") == "latency";
      auto limit = saturation.find(curveOf(row));
      bool wanted = latency ? latencyRates.contains(row.at("rate_flits")) &&
                                  (limit == saturation.end() || rate < 0.8 * limit->second)
                            : throughputDone.insert(curveOf(row)).second;
      if (!wanted)
        continue;
      ++compared;
      OpenLoopResult ours = runOpenLoop(row);
      double expected = number(row, latency ? "plat" : "accepted_flits");
      // Our draw of the targets has other distances than BookSim's.
      double actual =
          latency ? ours.packetLatency - 5 * (ours.hops - number(row, "hops")) : ours.acceptedFlits;
      // Eight times fewer packets sample the same rate with eight flits each.
      double tolerance = row.at("packet_size") == "1" ? 0.015 : 0.04;
      INFO(file << ": " << curveOf(row) << " at " << rate << ": " << actual << ", BookSim2 "
                << expected);
      CHECK(std::abs(actual / expected - 1) < tolerance);
    }
    CHECK(compared >= 10);
  }
}
