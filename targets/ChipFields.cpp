// ChipFields: the one table of everything a chip file can say.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipFields.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace synfire {
namespace {

// Bounds of prices and times: far beyond any chip, small enough that the sums
// of a long run stay within int64 picoseconds and exact doubles. The ranges of
// the network below are those that the flit-level engine can hold.
constexpr double kMaxPj = 1e12, kMaxNs = 1e7;

bool hasCoincidenceUnit(const ChipModel &chip) { return chip.core.coincidenceAttention; }
bool hasSeveralChips(const ChipModel &chip) { return chip.maxChips > 1; }

ChipField price(const char *key, FieldMember member, const char *help,
                bool (*relevant)(const ChipModel &) = nullptr) {
  return {key, FieldKind::Price, false, member, 0, kMaxPj, help, Applies::Always, relevant};
}

ChipField time(const char *key, FieldMember member, const char *help,
               bool (*relevant)(const ChipModel &) = nullptr) {
  return {key, FieldKind::Time, false, member, 0, kMaxNs, help, Applies::Always, relevant};
}

// The accessor of one member of ChipModel.
#define MEMBER(path) +[](ChipModel &m) -> decltype((m.path)) { return m.path; }

std::vector<ChipField> makeFields() {
  using K = FieldKind;
  constexpr bool need = true, free = false;
  // clang-format off: one row per key reads as a table.
  return {
      {"name", K::Text, need, MEMBER(name), 0, 0, "name in reports; letters, digits, `-`, `_` and `.`"},
      {"description", K::Text, need, MEMBER(description), 0, 0, "one sentence"},
      {"clock_mhz", K::Clock, free, MEMBER(clockPeriodPs), 1e-3, 1e6, "clock; a chip without it is clockless"},
      {"max_chips", K::Integer, free, MEMBER(maxChips), 1, 65536, "chips that can be linked"},

      {"mesh.width", K::Integer, need, MEMBER(mesh.width), 1, 1024, "tiles in x (east is +x)"},
      {"mesh.height", K::Integer, need, MEMBER(mesh.height), 1, 1024, "tiles in y (north is +y)"},
      {"mesh.cores_per_tile", K::Integer, need, MEMBER(mesh.coresPerTile), 1, 27, "cores that share a router"},

      {"core.neurons", K::Integer, need, MEMBER(core.neurons), 1, 1 << 20, "neurons of a core"},
      {"core.synapse_memory_kib", K::Kibibytes, need, MEMBER(core.synapseMemoryBits), 1, 1 << 20, "memory of a core for weights and stored K and V spikes"},
      {"core.weight_bits", K::IntegerList, need, MEMBER(core.weightBits), 1, 32, "weight precisions, ascending, sign included"},
      {"core.axon_in_entries", K::Integer, need, MEMBER(core.axonInEntries), 1, 1 << 24, "rows of target synapse blocks of a core"},
      {"core.axon_out_entries", K::Integer, need, MEMBER(core.axonOutEntries), 1, 1 << 24, "pairs of neuron and destination core of a core"},
      {"core.state_bits", K::Integer, need, MEMBER(core.stateBits), 2, 63, "membrane bits, sign included"},
      {"core.state_fraction_bits", K::Integer, free, MEMBER(core.stateFractionBits), 0, 62, "guard bits kept where those of an exact leak do not fit"},
      {"core.leak_rounding", K::RoundingRule, free, MEMBER(core.leakRounding), 0, 0, "`toward_zero`, `floor` or `nearest`, where the leak is rounded"},
      {"core.saturates", K::Flag, free, MEMBER(core.saturates), 0, 1, "membranes saturate; otherwise an overflow is an error"},
      {"core.neuron_models", K::NeuronModelList, need, MEMBER(core.neuronModels), 0, 0, "of `if`, `lif`, `integrator`"},
      {"core.multiplicative_leak", K::Flag, free, MEMBER(core.multiplicativeLeak), 0, 1, "a membrane can decay by a factor"},
      {"core.coincidence_attention", K::Flag, free, MEMBER(core.coincidenceAttention), 0, 1, "has a unit for `(Q K^T) V`"},
      {"core.hebbian_attention", K::Flag, free, MEMBER(core.hebbianAttention), 0, 1, "can add outer products to weights, for `Q (K^T V)`"},
      {"core.graded_spikes", K::Flag, free, MEMBER(core.gradedSpikes), 0, 1, "spikes can carry a payload"},
      {"core.graded_bits", K::Integer, free, MEMBER(core.gradedBits), 0, 64, "most payload bits that a graded spike can carry; a packet carries those of its population"},
      {"core.max_delay_ticks", K::Integer, free, MEMBER(core.maxDelayTicks), 0, 65536, "longest synaptic delay beyond the tick in which a spike is integrated"},
      {"core.updates_all_neurons", K::Flag, free, MEMBER(core.updatesAllNeurons), 0, 1, "an active slice updates all its neurons; otherwise those with input, or with a membrane or bias that is not 0"},

      time("timing.neuron_update", MEMBER(timing.neuronUpdatePs), "update of a neuron"),
      time("timing.neuron_idle", MEMBER(timing.neuronIdlePs), "visit of a neuron that is not updated"),
      time("timing.spike", MEMBER(timing.spikePs), "a neuron's firing, beyond its update"),
      time("timing.synop_dense", MEMBER(timing.synopPs[0]), "synaptic operation, dense rows"),
      time("timing.synop_sparse", MEMBER(timing.synopPs[1]), "synaptic operation, indexed rows"),
      time("timing.synop_conv", MEMBER(timing.synopPs[2]), "synaptic operation, shared kernels"),
      time("timing.attention_score", MEMBER(timing.attentionScorePs), "accumulate of `Q K^T`", hasCoincidenceUnit),
      time("timing.attention_value", MEMBER(timing.attentionValuePs), "accumulate of `(Q K^T) V`", hasCoincidenceUnit),
      time("timing.attention_store", MEMBER(timing.attentionStorePs), "K or V spike written to memory", hasCoincidenceUnit),
      time("timing.axon_in", MEMBER(timing.axonInPs), "packet received and its rows looked up"),
      time("timing.axon_out", MEMBER(timing.axonOutPs), "packet formed and handed to the router"),

      price("energy.neuron_update_pj", MEMBER(energy.neuronUpdatePj), "update of a neuron"),
      price("energy.neuron_idle_pj", MEMBER(energy.neuronIdlePj), "visit of a neuron that is not updated"),
      price("energy.spike_pj", MEMBER(energy.spikePj), "a neuron's firing, beyond its update"),
      price("energy.synop_dense_pj", MEMBER(energy.synopPj[0]), "synaptic operation, dense rows"),
      price("energy.synop_sparse_pj", MEMBER(energy.synopPj[1]), "synaptic operation, indexed rows"),
      price("energy.synop_conv_pj", MEMBER(energy.synopPj[2]), "synaptic operation, shared kernels"),
      price("energy.attention_score_pj", MEMBER(energy.attentionScorePj), "accumulate of `Q K^T`", hasCoincidenceUnit),
      price("energy.attention_value_pj", MEMBER(energy.attentionValuePj), "accumulate of `(Q K^T) V`", hasCoincidenceUnit),
      price("energy.attention_store_pj", MEMBER(energy.attentionStorePj), "K or V spike written to memory", hasCoincidenceUnit),
      price("energy.axon_in_pj", MEMBER(energy.axonInPj), "packet received and its rows looked up"),
      price("energy.axon_out_pj", MEMBER(energy.axonOutPj), "packet formed and handed to the router"),
      price("energy.hop_east_pj", MEMBER(energy.hopPj[0]), "flit over one link in +x"),
      price("energy.hop_west_pj", MEMBER(energy.hopPj[1]), "flit over one link in -x"),
      price("energy.hop_north_pj", MEMBER(energy.hopPj[2]), "flit over one link in +y"),
      price("energy.hop_south_pj", MEMBER(energy.hopPj[3]), "flit over one link in -y"),
      price("energy.inject_pj", MEMBER(energy.injectPj), "packet into the network"),
      price("energy.eject_pj", MEMBER(energy.ejectPj), "packet out of the network"),
      price("energy.chip_link_pj_per_bit", MEMBER(energy.chipLinkPjPerBit), "bit from chip to chip", hasSeveralChips),
      price("energy.barrier_pj", MEMBER(energy.barrierPj), "barrier at the end of a tick"),
      price("energy.static_mw_per_chip", MEMBER(energy.staticMwPerChip), "power of a chip at rest"),

      {"noc.flit_bits", K::Integer, need, MEMBER(noc.flitBits), 1, 4096, "bits that cross a link at once"},
      {"noc.packet_header_bits", K::Integer, need, MEMBER(noc.packetHeaderBits), 1, 4096, "bits of a packet without payload: a binary spike"},
      {"noc.virtual_channels", K::Integer, free, MEMBER(noc.virtualChannels), 1, 32, "virtual channels per link"},
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
      time("host.latency", MEMBER(host.latencyPs), "one crossing between host and chip"),
      {"host.bandwidth_bits_per_ns", K::Rate, free, MEMBER(host.bandwidthBitsPerNs), 1e-9, 1e9, "between host and chip"},
      price("host.mac_pj", MEMBER(host.macPj), "multiply-accumulate on the host"),
      price("host.byte_pj", MEMBER(host.bytePj), "byte between host and chip"),
  };
  // clang-format on
}

#undef MEMBER

/// Reads `field` of a model that must not change; members are accessors for
/// reading and writing, hence the cast.
template <class Visitor>
auto visitMember(const ChipField &field, const ChipModel &model, Visitor visitor) {
  return std::visit(
      [&](auto member) { return visitor(std::as_const(member(const_cast<ChipModel &>(model)))); },
      field.member);
}

/// Stored value -> the file's unit.
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

std::optional<double> numberAt(const ChipModel &model, std::string_view key) {
  for (const ChipField &field : chipFields())
    if (field.key == key)
      if (const std::vector<double> numbers = fieldNumbers(field, model); numbers.size() == 1)
        return numbers.front();
  return std::nullopt;
}

std::string formatNumber(double value) {
  char text[32];
  auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return {text, end};
}

std::string spelledKey(const ChipField &field, bool inCycles) {
  if (field.kind != FieldKind::Time)
    return field.key;
  return field.key + (inCycles ? "_cycles" : "_ns");
}

std::string rangeViolation(const ChipField &field, double value) {
  if (std::isfinite(value) && value >= field.min && value <= field.max)
    return {};
  return "must be " + formatNumber(field.min) + " to " + formatNumber(field.max);
}

std::string fieldDefault(const ChipField &field) {
  const ChipModel fresh;
  if (field.required)
    return "";
  switch (field.kind) {
  case FieldKind::Flag:
    return (*std::get<MemberRef<bool>>(field.member))(const_cast<ChipModel &>(fresh)) ? "`true`"
                                                                                      : "`false`";
  case FieldKind::RoundingRule:
    return std::string("`") + roundingName(fresh.core.leakRounding) + "`";
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
