// ChipFields: the table of all keys of a chip file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipFields.h"

#include "support/Limits.h"
#include "support/MeshNames.h"
#include "support/Message.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

namespace synfire {
namespace {

// Upper bounds of prices and times. They are far beyond any chip, and small enough that the sums
// of a long run fit int64 picoseconds and are exact as doubles. The ranges of the network's keys
// below are those that the flit-level engine supports.
constexpr double kMaxPj = 1e12, kMaxNs = 1e7;

/// Returns a predicate that tells whether a chip has the unit that does `action`, so that an absent
/// price or time of it is worth reporting; null for a unit that every chip has.
auto relevantFor(Action action) -> bool (*)(const ChipModel &) {
  if (action == Action::SynopMultiply)
    return [](const ChipModel &chip) { return chip.core.gradedSynop == GradedSynop::Multiply; };
  switch (infoOf(action).unit) {
  case ActionUnit::Attention:
    return [](const ChipModel &chip) { return chip.core.coincidenceAttention; };
  case ActionUnit::ChipLinks:
    return [](const ChipModel &chip) { return chip.maxChips > 1; };
  default:
    return nullptr;
  }
}

/// All actions, sorted by unit; the actions of one unit keep the order of Actions.def.
std::vector<Action> actionsByUnit() {
  std::vector<Action> actions;
  for (size_t i = 0; i < kActions; ++i)
    actions.push_back(static_cast<Action>(i));
  // The action itself is the second key, which keeps the order of the table within a unit.
  // std::stable_sort would need no second key, but clang warns about gcc 12's implementation.
  std::ranges::sort(actions, {}, [](Action a) { return std::pair(infoOf(a).unit, a); });
  return actions;
}

/// Adds the field `timing.KEY` of every action that takes time of a core.
void addActionTimes(std::vector<ChipField> &fields) {
  for (Action action : actionsByUnit()) {
    const ActionInfo &info = infoOf(action);
    if (info.timed)
      fields.push_back({std::string("timing.") + info.key, FieldKind::Time, false,
                        [action](ChipModel &m) -> auto & { return m.timePs[action]; }, 0, kMaxNs,
                        info.chipHelp, Applies::Always, relevantFor(action)});
  }
}

/// Adds the price fields of all actions whose price key begins with `section`.
void addActionPrices(std::vector<ChipField> &fields, std::string_view section) {
  for (Action action : actionsByUnit()) {
    const ActionInfo &info = infoOf(action);
    if (info.priceKey && std::string_view(info.priceKey).starts_with(section))
      fields.push_back({info.priceKey, FieldKind::Price, false,
                        [action](ChipModel &m) -> auto & { return m.pricePj[action]; }, 0, kMaxPj,
                        info.chipHelp, Applies::Always, relevantFor(action)});
  }
}

// A function that returns a reference to the member `path` of a ChipModel.
#define MEMBER(path) +[](ChipModel &m) -> decltype((m.path)) { return m.path; }

std::vector<ChipField> makeFields() {
  using K = FieldKind;
  constexpr bool need = true, free = false;
  // clang-format off: one row per key reads as a table.
  std::vector<ChipField> fields = {
      {"name", K::Text, need, MEMBER(name), 0, 0, "name in reports; letters, digits, `-`, `_` and `.`"},
      {"description", K::Text, need, MEMBER(description), 0, 0, "one sentence"},
      {"clock_mhz", K::Clock, free, MEMBER(clockPeriodPs), 1e-3, 1e6, "clock; a chip without it is clockless"},
      {"max_chips", K::Integer, free, MEMBER(maxChips), 1, 65536, "chips that can be linked"},

      {"mesh.width", K::Integer, need, MEMBER(mesh.width), 1, 1024, "tiles in x (east is +x)"},
      {"mesh.height", K::Integer, need, MEMBER(mesh.height), 1, 1024, "tiles in y (north is +y)"},
      {"mesh.cores_per_tile", K::Integer, need, MEMBER(mesh.coresPerTile), 1, 27, "cores that share a router; a chip has at most 1048576"},
      {"mesh.topology", K::TopologyName, free, MEMBER(mesh.topology), 0, 0, "`mesh`, or `torus`: wrap links join opposite edges, along sides of at least 3 tiles"},
      {"mesh.faulty_cores", K::FaultyCoreList, free, MEMBER(mesh.faultyCores), 0, 1023, "cores that do not work, `[x, y]` for all of a tile; its router works"},
      {"mesh.faulty_links", K::FaultyLinkList, free, MEMBER(mesh.faultyLinks), 0, 1023, "links that do not work, each by the tile that it leaves and its direction; the link back is another one"},

      {"core.neurons", K::Integer, need, MEMBER(core.neurons), 1, 1 << 20, "neurons of a core"},
      {"core.synapse_memory_kib", K::Kibibytes, need, MEMBER(core.synapseMemoryBits), 1, 1 << 20, "memory of a core for weights and stored K and V spikes"},
      {"core.weight_bits", K::IntegerList, need, MEMBER(core.weightBits), kMinWeightBits, kMaxWeightBits, "weight precisions, ascending, sign included; 1 bit is a sign, -1 or 1"},
      {"core.weight_formats", K::WeightFormatList, free, MEMBER(core.weightFormats), 0, 0, "`signed`, `binary` (0, 1) and `sign` (-1, 1), of 1 bit, `ternary` (-1, 0, 1), of 2 bits; the preferred one first"},
      {"core.sparse_weights", K::Flag, free, MEMBER(core.sparseWeights), 0, 1, "a block of weights is stored as indexed rows without zeros where that takes less memory"},
      {"core.sparse_index_bits", K::Integer, free, MEMBER(core.sparseIndexBits), 1, kMaxIndexBits, "index of a weight of an indexed row, which limits the columns of its block; as many as they need if it is absent"},
      {"core.axon_in_entries", K::Integer, need, MEMBER(core.axonInEntries), 1, 1 << 24, "rows of target synapse blocks of a core"},
      {"core.axon_out_entries", K::Integer, need, MEMBER(core.axonOutEntries), 1, 1 << 24, "pairs of neuron and destination core of a core"},
      {"core.state_bits", K::Integer, need, MEMBER(core.stateBits), kMinStateBits, kMaxStateBits, "membrane bits, sign included"},
      {"core.state_fraction_bits", K::Integer, free, MEMBER(core.stateFractionBits), 0, kMaxFractionBits, "guard bits kept where those of an exact leak do not fit"},
      {"core.current_bits", K::Integer, free, MEMBER(core.currentBits), kMinStateBits, kMaxStateBits, "bits of the filtered current of `cuba_lif`, sign included; by default those of the membrane"},
      {"core.current_fraction_bits", K::Integer, free, MEMBER(core.currentFractionBits), 0, kMaxFractionBits, "most bits behind the binary point that a filtered current keeps; by default those of the membrane"},
      {"core.leak_rounding", K::RoundingRule, free, MEMBER(core.leakRounding), 0, 0, "`toward_zero`, `floor` or `nearest`, where the leak is rounded"},
      {"core.saturates", K::Flag, free, MEMBER(core.saturates), 0, 1, "membranes saturate; otherwise an overflow is an error"},
      {"core.neuron_models", K::NeuronModelList, need, MEMBER(core.neuronModels), 0, 0, "what its neurons can be, by `synfire list neuron-models`"},
      {"core.multiplicative_leak", K::Flag, free, MEMBER(core.multiplicativeLeak), 0, 1, "a membrane can decay by a factor"},
      {"core.coincidence_attention", K::Flag, free, MEMBER(core.coincidenceAttention), 0, 1, "has a unit for `(Q K^T) V`"},
      {"core.score_neurons", K::Flag, free, MEMBER(core.scoreNeurons), 0, 1, "that unit keeps a membrane for each score of a token, whose spikes take the place of the scores"},
      {"core.hebbian_attention", K::Flag, free, MEMBER(core.hebbianAttention), 0, 1, "can add outer products to weights, for `Q (K^T V)`"},
      {"core.graded_spikes", K::Flag, free, MEMBER(core.gradedSpikes), 0, 1, "spikes can carry a payload"},
      {"core.graded_bits", K::Integer, free, MEMBER(core.gradedBits), 0, kMaxGradedBits, "most payload bits that a graded spike can carry; a packet carries those of its population"},
      {"core.graded_synop", K::GradedSynopName, free, MEMBER(core.gradedSynop), 0, 0, "what a graded spike of value v costs at each weight: `accumulate`, v times, or `multiply`, once"},
      {"core.max_delay_ticks", K::Integer, free, MEMBER(core.maxDelayTicks), 0, 65536, "longest delay of synapses: how many updates of the neuron behind them a spike can be held back, beyond the next one; a population updates in one tick of each time step, so this counts time steps"},
      {"core.updates_all_neurons", K::Flag, free, MEMBER(core.updatesAllNeurons), 0, 1, "an active slice updates all its neurons; otherwise those with input, or with a membrane or bias that is not 0"},
  };
  addActionTimes(fields);
  addActionPrices(fields, "energy.");
  fields.insert(fields.end(), {
      {"energy.static_mw_per_chip", K::Price, free, MEMBER(staticMwPerChip), 0, kMaxPj, "power of a chip at rest"},

      {"noc.flit_bits", K::Integer, need, MEMBER(noc.flitBits), 1, 4096, "bits that cross a link at once"},
      {"noc.packet_header_bits", K::Integer, need, MEMBER(noc.packetHeaderBits), 1, 4096, "bits of a packet without payload: a binary spike"},
      {"noc.virtual_channels", K::Integer, free, MEMBER(noc.virtualChannels), 1, 32, "virtual channels per link; a torus needs 2, and has 2 by default"},
      {"noc.buffer_flits", K::Integer, free, MEMBER(noc.bufferFlits), 1, 32767, "buffer per input port and virtual channel"},
      {"noc.router_stages", K::Integer, need, MEMBER(noc.routerStages), 1, 4, "router pipeline; 4 = route, allocate channel, allocate switch, traverse", Applies::Clocked},
      {"noc.link", K::Time, need, MEMBER(noc.linkPs), 0, kMaxNs, "flit over a link", Applies::Clocked},
      {"noc.hop_east", K::Time, need, MEMBER(noc.hopPs[0]), 0, kMaxNs, "flit through a router and the link in +x", Applies::Clockless},
      {"noc.hop_west", K::Time, need, MEMBER(noc.hopPs[1]), 0, kMaxNs, "flit through a router and the link in -x", Applies::Clockless},
      {"noc.hop_north", K::Time, need, MEMBER(noc.hopPs[2]), 0, kMaxNs, "flit through a router and the link in +y", Applies::Clockless},
      {"noc.hop_south", K::Time, need, MEMBER(noc.hopPs[3]), 0, kMaxNs, "flit through a router and the link in -y", Applies::Clockless},
      {"noc.inject", K::Time, free, MEMBER(noc.injectPs), 0, kMaxNs, "packet occupies the injection port"},
      {"noc.eject", K::Time, free, MEMBER(noc.ejectPs), 0, kMaxNs, "packet occupies the ejection port"},
      {"noc.multicast", K::Flag, free, MEMBER(noc.multicast), 0, 1, "routers copy a packet to several outputs"},

      {"barrier", K::BarrierTable, need, MEMBER(barrier), 0, kMaxNs, "time of the barrier by tiles in use: the row with the largest `tiles` not above the count holds"},

      {"host.port_x", K::Integer, free, MEMBER(host.portX), 0, 1023, "x of the tile whose router the host hangs on"},
      {"host.port_y", K::Integer, free, MEMBER(host.portY), 0, 1023, "y of that tile"},
      {"host.latency", K::Time, free, MEMBER(host.latencyPs), 0, kMaxNs, "one crossing between host and chip"},
      {"host.bandwidth_bits_per_ns", K::Rate, free, MEMBER(host.bandwidthBitsPerNs), 1e-9, 1e9, "between host and chip"},
  });
  // clang-format on
  addActionPrices(fields, "host.");
  return fields;
}

#undef MEMBER

/// Calls `visitor` with the member of `model` behind `field`. The accessors in the table return
/// references for writing and so need the cast; `visitor` gets a const reference.
template <class Visitor>
auto visitMember(const ChipField &field, const ChipModel &model, Visitor visitor) {
  return std::visit(
      [&](const auto &member) {
        return visitor(std::as_const(member(const_cast<ChipModel &>(model))));
      },
      field.member);
}

/// Converts a number from the unit in which ChipModel stores it to the unit of the file.
double toFileUnit(FieldKind kind, double stored) {
  switch (kind) {
  case FieldKind::Kibibytes:
    return stored / 8192;
  case FieldKind::Clock:
    return 1e6 / stored;
  case FieldKind::Time:
  case FieldKind::BarrierTable:
    return stored / 1000;
  default:
    return stored;
  }
}

struct NumbersOf {
  std::vector<double> operator()(bool value) const { return {double(value)}; }
  std::vector<double> operator()(int value) const { return {double(value)}; }
  std::vector<double> operator()(int64_t value) const { return {double(value)}; }
  std::vector<double> operator()(const Price &price) const {
    return price ? std::vector<double>{price->value} : std::vector<double>{};
  }
  template <class T> std::vector<double> operator()(const std::optional<T> &value) const {
    return value ? std::vector<double>{double(*value)} : std::vector<double>{};
  }
  std::vector<double> operator()(const std::vector<int> &list) const {
    return {list.begin(), list.end()};
  }
  std::vector<double> operator()(const std::vector<BarrierStep> &steps) const {
    std::vector<double> times;
    for (const BarrierStep &step : steps)
      times.push_back(double(step.ps));
    return times;
  }
  template <class T> std::vector<double> operator()(const T &) const { return {}; }
};

} // namespace

const std::vector<ChipField> &chipFields() {
  static const std::vector<ChipField> fields = makeFields();
  return fields;
}

const std::vector<std::string> &chipSections() {
  static const std::vector<std::string> sections = [] {
    std::vector<std::string> names;
    for (const ChipField &field : chipFields()) {
      size_t dot = field.key.find('.');
      if (dot == std::string::npos)
        continue;
      std::string section = field.key.substr(0, dot);
      if (std::find(names.begin(), names.end(), section) == names.end())
        names.push_back(section);
    }
    return names;
  }();
  return sections;
}

std::vector<double> fieldNumbers(const ChipField &field, const ChipModel &model) {
  std::vector<double> numbers = visitMember(field, model, NumbersOf());
  for (double &number : numbers)
    number = toFileUnit(field.kind, number);
  return numbers;
}

std::string formatNumber(double value) {
  char text[32];
  auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return {text, end};
}

std::string faultText(const FaultyCore &faulty) {
  const std::string core =
      faulty.core == FaultyCore::kAll ? "" : ", " + std::to_string(faulty.core);
  return message("[", faulty.x, ", ", faulty.y, core, "]");
}

std::string faultText(const FaultyLink &faulty) {
  return message("[", faulty.x, ", ", faulty.y, ", ",
                 kDirectionNames[static_cast<size_t>(faulty.direction)], "]");
}

std::string spelledKey(const ChipField &field, bool inCycles) {
  if (field.kind != FieldKind::Time)
    return field.key;
  return field.key + (inCycles ? "_cycles" : "_ns");
}

std::string rangeViolation(const ChipField &field, double value) {
  if (std::isfinite(value) && value >= field.min && value <= field.max)
    return {};
  return formatNumber(field.min) + " to " + formatNumber(field.max);
}

std::string fieldDefault(const ChipField &field) {
  const ChipModel fresh;
  if (field.required)
    return "";
  switch (field.kind) {
  case FieldKind::Flag:
    return std::get<MemberRef<bool>>(field.member)(const_cast<ChipModel &>(fresh)) ? "`true`"
                                                                                   : "`false`";
  case FieldKind::RoundingRule:
    return std::string("`") + roundingName(fresh.core.leakRounding) + "`";
  case FieldKind::TopologyName:
    return std::string("`") + topologyName(fresh.mesh.topology) + "`";
  case FieldKind::GradedSynopName:
    return std::string("`") + gradedSynopName(fresh.core.gradedSynop) + "`";
  case FieldKind::WeightFormatList:
    return std::string("`[") + weightFormatName(fresh.core.weightFormats.front()) + "]`";
  case FieldKind::Price:
    return "unpriced";
  case FieldKind::Clock:
    return "none";
  default:
    std::vector<double> numbers = fieldNumbers(field, fresh);
    return numbers.empty() ? "none" : formatNumber(numbers.front());
  }
}

} // namespace synfire
