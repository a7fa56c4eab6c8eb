// CountReportTest: the numbers of a count made up by hand, as JSON and as a table.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/CountReport.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace synfire::spike;
using namespace synfire::tool;

namespace {

/// Two tokens through neurons and a layer, 8 microjoules.
ModelCount madeUp() {
  ModelCount count;
  count.model = "made-up";
  count.tokens = 2;
  count.timeSteps = 4;
  OpCounts lif, fc;
  lif.name = "lif";
  lif.kind = "neuron";
  lif.neuronUpdates = 1600;
  lif.spikes = std::nullopt;
  lif.unpriced = {{"neuron_updates", 1600}};
  fc.name = "fc";
  fc.kind = "linear";
  fc.macs = 1000;
  fc.acs = 2000;
  fc.synops = 3000;
  fc.parameters = 40;
  fc.energyUj = 2;
  fc.rule = "AC = 2";
  count.ops = {lif, fc};
  count.totals = fc;
  count.totals.name = "total";
  count.totals.kind.clear();
  count.totals.rule.clear();
  count.totals.neuronUpdates = 1600;
  count.totals.energyUj = 8;
  count.totals.unpriced = lif.unpriced;
  count.rates = {{"lif", "spikes", 0.25, RateSource::Given}};
  count.unknownSpikes = {"lif"};
  return count;
}

} // namespace

TEST_CASE("a count as JSON: per pass, per token, by op") {
  const auto json = nlohmann::json::parse(countJson(madeUp(), /*explain=*/false));
  CHECK(json["account"] == "op_count");
  CHECK(json["totals"]["energy_uj"] == 8.0);
  CHECK(json["energy_per_token_uj"] == 4.0);
  CHECK(json["tokens"] == 2);
  CHECK((json["table"]["mac_pj"] == 4.6 && json["table"]["ac_pj"] == 0.9));
  CHECK(json["ops"][0]["spikes"].is_null());
  CHECK(json["ops"][0]["unpriced"]["neuron_updates"] == 1600);
  const auto &fc = json["ops"][1];
  CHECK((fc["macs"] == 1000 && fc["acs"] == 2000 && fc["synops"] == 3000));
  CHECK((fc["spikes"] == 0 && fc["parameters"] == 40 && fc["energy_uj"] == 2.0));
  CHECK(json["rates"][0]["rate"] == 0.25);
  CHECK(json["spikes_unknown"][0] == "lif");
  CHECK_FALSE(json.contains("explain"));
  const auto explained = nlohmann::json::parse(countJson(madeUp(), /*explain=*/true));
  CHECK(explained["explain"][0]["rule"] == "AC = 2");
}

TEST_CASE("a count as a table: shares in percent of the total") {
  CHECK(
      countTable(madeUp(), /*explain=*/false) ==
      R"table(operation  kind                         MACs             ACs   neuron upd.       spikes  parameters     energy uJ      %
lif        neuron                                                    1,600            ?
fc         linear                      1,000           2,000                                     40         2.000   25.0
total                                  1,000           2,000         1,600                       40         8.000  100.0

account op_count: one pass over 2 tokens; 45 nm, fp32: MAC 4.6 pJ, AC 0.9 pJ
per token, over 2 tokens: 4.000 uJ
rates: 1 given
spikes not known (no rate; left out of the total): lif
not charged: 1,600 neuron_updates; nor any memory or network access
)table");
}
