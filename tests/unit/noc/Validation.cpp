// Networks that cannot be built and packets that do not fit are refused.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/FlitMesh.h"

#include <doctest/doctest.h>

#include <limits>

using namespace synfire::sim;

TEST_CASE("a configuration is refused with name, value and limits") {
  NocConfig config;
  CHECK(validate(config).empty());
  config.virtualChannels = 33;
  CHECK(validate(config) == "virtual channels: needs 1 to 32, has 33");
  CHECK_THROWS_WITH_AS(FlitMesh{config}, "network on chip: virtual channels: needs 1 to 32, has 33",
                       std::invalid_argument);
  config = {};
  config.width = 0;
  CHECK(validate(config).starts_with("mesh width: needs 1 to 4096, has 0"));
  config = {};
  config.localPorts = 29;
  CHECK(validate(config).starts_with("local ports per router: needs 1 to 28, has 29"));
  config = {};
  config.routerStages = 5;
  CHECK(validate(config).starts_with("router stages: needs 1 to 4, has 5"));
  config = {};
  config.bufferFlits = 0;
  CHECK(validate(config).starts_with("buffer flits: needs 1 to 32767, has 0"));
  config = {};
  config.hopPs[3] = -1;
  CHECK(validate(config).starts_with("hop time south in ps: needs 0 to 17592186044416, has -1"));
}

TEST_CASE("a packet is refused with its index, the field and the limits") {
  NocConfig config;
  config.width = config.height = 2;
  std::vector<NocPacket> packets(2);
  FlitMesh mesh(config);
  NocCounters counters;
  auto refusedFor = [&](const char *message) {
    CHECK(validate(config, packets) == message);
    CHECK_THROWS_AS(mesh.deliver(packets, counters), std::invalid_argument);
    CHECK(counters.injectedPackets == 0);
    packets[1] = {};
  };
  packets[1].targetRouter = 4;
  refusedFor("packet 1: target router: needs 0 to 3, has 4");
  packets[1].sourcePort = 1;
  refusedFor("packet 1: source port: needs 0 to 0, has 1");
  packets[1].targetPort = 1;
  refusedFor("packet 1: target port: needs 0 to 0, has 1");
  packets[1].flits = 0;
  refusedFor("packet 1: flits: needs 1 to 1073741823, has 0");
  packets[1].flits = std::numeric_limits<int32_t>::min();
  refusedFor("packet 1: flits: needs 1 to 1073741823, has -2147483648");
  packets[1].readyPs = -5;
  refusedFor("packet 1: ready time in ps: needs 0 to 2305843009213693952, has -5");
  packets[1].readyPs = 2305843009213693952;
  CHECK(validate(config, packets).empty());
  packets[1] = {};
  mesh.deliver(packets, counters);
  CHECK(counters.ejectedPackets == 2);
}

TEST_CASE("a torus needs two virtual channels where it has rings") {
  NocConfig config;
  config.torus = true;
  config.width = config.height = 2;
  CHECK(validate(config).empty());
  config.height = 3;
  CHECK(validate(config) == "virtual channels: needs at least 2 on a torus, has 1");
  config.virtualChannels = 2;
  CHECK(validate(config).empty());
}

TEST_CASE("a path is refused that does not lead from source to target, or takes a link twice") {
  NocConfig config;
  config.width = config.height = 2;
  NocPacket packet;
  packet.targetRouter = 3;
  auto objection = [&](const std::vector<int32_t> &links) {
    packet.links = links;
    return validate(config, {packet});
  };
  CHECK(objection({0 * 4 + 0, 1 * 4 + 2}) == "");
  CHECK(objection({0 * 4 + 2, 2 * 4 + 0}) == "");
  CHECK(objection({0 * 4 + 0}) == "packet 0: path: needs an end at router 3, has one at 1");
  CHECK(objection({0 * 4 + 0, 2 * 4 + 0}) ==
        "packet 0: path: has link (0, 1) -> (1, 1) at tile (1, 0)");
  // A link of another row, after which the directions would lead to the target all the same.
  CHECK(objection({0 * 4 + 0, 0 * 4 + 2}) ==
        "packet 0: path: has link (0, 0) -> (0, 1) at tile (1, 0)");
  CHECK(objection({0 * 4 + 1}) == "packet 0: path: has link (0, 0) -> (-1, 0) at tile (0, 0)");
  CHECK(objection({99}) == "packet 0: path: has link 99 at tile (0, 0)");
  CHECK(objection({-1}) == "packet 0: path: has link -1 at tile (0, 0)");
  CHECK(objection({0, 5, 0, 6}) == "packet 0: path: has link (0, 0) -> (1, 0) twice");
}

TEST_CASE("a full-size router works: 28 local ports, 32 virtual channels") {
  for (int64_t periodPs : {0, 1000}) {
    NocConfig config;
    config.width = 2;
    config.localPorts = 28;
    config.virtualChannels = 32;
    config.bufferFlits = 2;
    config.periodPs = periodPs;
    config.linkPs = periodPs;
    config.hopPs = {10, 10, 10, 10};
    std::vector<NocPacket> packets;
    for (int i = 0; i < 28 * 50; ++i) {
      NocPacket packet;
      packet.sourcePort = i % 28;
      packet.targetRouter = i % 3 != 0;
      packet.targetPort = (i * 5) % 28;
      packet.flits = 1 + i % 4;
      packets.push_back(packet);
    }
    NocCounters counters;
    FlitMesh(config).deliver(packets, counters);
    CHECK(counters.ejectedPackets == 28 * 50);
  }
}
