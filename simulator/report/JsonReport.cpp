// JsonReport: writes results.json.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/metrics/OpMetrics.h"
#include "simulator/metrics/SequenceWait.h"
#include "simulator/report/ResultsTree.h"
#include "support/FileFormat.h"

#include <set>
#include <tuple>

namespace synfire::sim {
namespace {

using Json = nlohmann::ordered_json;

Json energyJson(const EnergyBreakdown &energy) {
  Json json = Json::object();
  if (const std::optional<double> total = energy.total())
    json["total"] = *total;
  for (size_t c = 0; c < kEnergyCategories; ++c)
    if (energy.pj[c])
      json[energyCategoryName(static_cast<EnergyCategory>(c))] = *energy.pj[c];
  return json;
}

/// The count of every action by its key. The bits between host and chip are written as bytes, which
/// the chip file prices; the number has a fraction when the bits are not a multiple of 8.
Json actionsJson(const ActionCounts &counts) {
  Json json;
  for (size_t i = 0; i < kActions; ++i)
    json[kActionInfo[i].key] = counts[i];
  const int64_t ioBits = counts[index(Action::IoBits)];
  if (ioBits % 8 == 0)
    json["host_byte"] = ioBits / 8;
  else
    json["host_byte"] = static_cast<double>(ioBits) / 8;
  return json;
}

void putMetrics(Json &json, const OpCounters &op, bool totals) {
  for (const OpMetric &metric : opMetrics()) {
    if (totals && !metric.inTotals)
      continue;
    const MetricValue value = metric.value(op);
    if (const auto *count = std::get_if<int64_t>(&value))
      json[metric.name] = *count;
    else if (const auto *ratio = std::get_if<double>(&value))
      json[metric.name] = *ratio;
  }
}

Json targetJson(const Program &program) {
  std::set<std::tuple<int32_t, int32_t, int32_t>> tiles;
  for (int32_t c = 0; c < program.hostCore(); ++c) {
    tiles.emplace(program.cores[c].chip, program.cores[c].x, program.cores[c].y);
  }
  Json json;
  json["name"] = program.chip.name;
  json["cores_used"] = program.hostCore();
  json["cores"] = program.chip.cores();
  json["tiles_used"] = tiles.size();
  json["chips_used"] = program.chipsUsed();
  if (program.chip.clockPeriodPs)
    json["clock_period_ps"] = *program.chip.clockPeriodPs;
  return json;
}

Json totalsJson(const RunReport &report) {
  const Counters &counters = *report.counters;
  Json json;
  json["spikes"] = counters.total.spikesOut;
  putMetrics(json, counters.total, true);
  if (const auto period = report.program->chip.clockPeriodPs)
    json["cycles"] = counters.timePs / *period;
  json["time_us"] = static_cast<double>(counters.timePs) * 1e-6;
  if (report.tokens > 0)
    json["time_per_token_us"] = static_cast<double>(counters.timePs) * 1e-6 / report.tokens;
  if (const std::optional<double> total = report.energy.total.total(); total && report.tokens > 0)
    json["energy_per_token_pj"] = *total / report.tokens;
  json["energy_pj"] = energyJson(report.energy.total);
  json["actions"] = actionsJson(counters.total.actions);
  return json;
}

Json waitsJson(const RunReport &report) {
  Json list = Json::array();
  for (const SequenceWait &wait : sequenceWaits(*report.program, *report.counters, report.tokens)) {
    Json ops = Json::array();
    for (OpId op : wait.ops)
      ops.push_back(report.program->ops[op].name);
    list.push_back({{"ops", ops},
                    {"stage", wait.stage},
                    {"wait_us", static_cast<double>(wait.timePs) * 1e-6},
                    {"held_bits", wait.heldBits}});
  }
  return list;
}

Json accountJson(const RunReport &report) {
  const OpCountAccount total = opCountAccount(report.counters->total);
  Json ops = Json::array();
  for (size_t i = 0; i < report.program->ops.size(); ++i) {
    const OpCountAccount account = opCountAccount(report.counters->ops[i]);
    if (account.macs == 0 && account.acs == 0)
      continue;
    ops.push_back({{"name", report.program->ops[i].name},
                   {"macs", account.macs},
                   {"acs", account.acs},
                   {"energy_pj", account.energyPj}});
  }
  return {{"op_count",
           {{"basis", "45 nm, fp32: MAC 4.6 pJ, AC 0.9 pJ; every op once, as built"},
            {"macs", total.macs},
            {"acs", total.acs},
            {"energy_pj", total.energyPj},
            {"ops", ops}}}};
}

/// By key: the source and basis of every sourced number of the chip file, with which the counts of
/// the report are multiplied.
Json basisJson(const ChipModel &chip) {
  Json json = Json::object();
  for (const Provenance &entry : chip.provenance)
    json[entry.key] = {{"value", entry.number.value},
                       {"basis", basisName(entry.number.basis)},
                       {"source", entry.number.source}};
  return json;
}

Json coresJson(const RunReport &report) {
  const Program &program = *report.program;
  std::vector<int64_t> memoryBits(program.cores.size(), 0), neurons(program.cores.size(), 0);
  for (const Slice &slice : program.slices) {
    memoryBits[slice.core] += slice.memoryBits;
    neurons[slice.core] += slice.neurons();
  }
  Json list = Json::array();
  auto put = [&](Json row, int32_t c) {
    const CoreCounters &core = report.counters->cores[c];
    row["send_busy_ns"] = static_cast<double>(core.sendBusyPs) * 1e-3;
    row["receive_busy_ns"] = static_cast<double>(core.receiveBusyPs) * 1e-3;
    row["busy_ns"] = static_cast<double>(core.busyPs) * 1e-3;
    row["synops"] = synops(core.actions);
    row["neuron_updates"] = core.actions[index(Action::NeuronUpdate)];
    row["spikes"] = core.spikesOut;
    row["packets_out"] = core.packetsOut;
    row["packets_in"] = core.packetsIn;
    row["neurons_used"] = neurons[c];
    row["memory_used_bytes"] = (memoryBits[c] + 7) / 8;
    row["actions"] = actionsJson(core.actions);
    list.push_back(std::move(row));
  };
  put({{"name", "(host)"}}, program.hostCore());
  for (int32_t c = 0; c < program.hostCore(); ++c) {
    const Core &core = program.cores[c];
    put({{"chip", core.chip}, {"x", core.x}, {"y", core.y}, {"core", core.core}}, c);
  }
  return list;
}

Json linksJson(const RunReport &report) {
  const Program &program = *report.program;
  const Counters &counters = *report.counters;
  const MeshLinks mesh = program.chip.mesh.links();
  Json list = Json::array();
  for (size_t i = 0; i < counters.noc.linkFlits.size(); ++i) {
    if (counters.noc.linkFlits[i] == 0)
      continue;
    const auto link = static_cast<int64_t>(i);
    const MeshPlace from = mesh.place(linkRouter(link));
    const MeshPlace to = mesh.next(from, linkDirection(link)).value(); // flits crossed it
    // A link carries one flit per clock period; without a clock, one per hop time.
    const int64_t flitPs = program.chip.clockPeriodPs.value_or(
        program.chip.noc.hopPs[static_cast<size_t>(linkDirection(link))]);
    list.push_back({{"from", {from.x, from.y}},
                    {"to", {to.x, to.y}},
                    {"flits", counters.noc.linkFlits[i]},
                    {"utilization", counters.timePs == 0
                                        ? 0.0
                                        : static_cast<double>(counters.noc.linkFlits[i] * flitPs) /
                                              static_cast<double>(counters.timePs)}});
  }
  return list;
}

} // namespace

nlohmann::ordered_json resultsTree(const RunReport &report) {
  const Program &program = *report.program;
  Json json;
  json["schema"] = kResultsFormat.tag();
  json["model"] = {{"name", program.name},
                   {"time_steps", program.timeSteps},
                   {"tokens", report.tokens},
                   {"context", program.context},
                   {"vocabulary", program.vocabulary},
                   {"weight_bits", program.weightBits},
                   {"source_checksum", program.sourceChecksum}};
  json["target"] = targetJson(program);
  json["run"] = {{"ticks", report.counters->ticks},
                 {"ticks_per_step", program.stages},
                 {"schedule", program.schedule},
                 {"noc", report.noc},
                 {"seed", report.seed},
                 {"sampled", false}};
  json["unpriced"] = report.energy.unpriced;
  json["left_out"] = Json::object();
  for (const UnpricedAction &left : report.energy.leftOut)
    json["left_out"][infoOf(left.action).key] = left.count;
  json["untimed"] = untimedKeys(report);
  json["warnings"] = report.warnings;
  json["waits"] = waitsJson(report);
  json["totals"] = totalsJson(report);
  json["accounts"] = accountJson(report);
  Json ops = Json::array();
  for (size_t i = 0; i < program.ops.size(); ++i) {
    Json row = {{"name", program.ops[i].name},
                {"kind", program.ops[i].kind},
                {"where", program.ops[i].where == Where::Host ? "host" : "chip"}};
    putMetrics(row, report.counters->ops[i], false);
    row["energy_pj"] = energyJson(report.energy.ops[i]);
    row["actions"] = actionsJson(report.counters->ops[i].actions);
    row["static_share"] = report.energy.staticShares[i];
    ops.push_back(std::move(row));
  }
  json["ops"] = std::move(ops);
  json["cores"] = coresJson(report);
  json["links"] = linksJson(report);
  json["basis"] = basisJson(program.chip);
  return json;
}

ResultTexts resultTexts(const RunReport &report) {
  const Json tree = resultsTree(report);
  return {tree.dump(1, ' ', false, Json::error_handler_t::replace) + "\n", csvTables(report, tree)};
}

} // namespace synfire::sim
