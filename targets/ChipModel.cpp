// ChipModel: derived quantities, and the rules that a chip must keep.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipModel.h"
#include "support/MeshNames.h"
#include "support/Message.h"
#include "targets/ChipFields.h"
#include "targets/NeuronModels.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <tuple>
#include <utility>

namespace synfire {

bool MeshModel::isFaulty(int x, int y, int core) const {
  return std::ranges::any_of(faultyCores, [&](const FaultyCore &faulty) {
    return faulty.x == x && faulty.y == y &&
           (faulty.core == FaultyCore::kAll || faulty.core == core);
  });
}

std::vector<int32_t> MeshModel::faultyLinkNumbers() const {
  std::vector<int32_t> numbers;
  for (const FaultyLink &faulty : faultyLinks)
    numbers.push_back(links().link({faulty.x, faulty.y}, faulty.direction));
  std::ranges::sort(numbers);
  return numbers;
}

int ChipModel::workingCores() const {
  int working = cores();
  for (const FaultyCore &faulty : mesh.faultyCores)
    working -= faulty.core == FaultyCore::kAll ? mesh.coresPerTile : 1;
  return working;
}

int ChipModel::hops(int xA, int yA, int xB, int yB) const {
  return static_cast<int>(mesh.links().distance({xA, yA}, {xB, yB}));
}

int64_t ChipModel::barrierPs(int tilesUsed) const {
  int64_t ps = barrier.empty() ? 0 : barrier.front().ps;
  for (const BarrierStep &step : barrier)
    if (step.tiles <= tilesUsed)
      ps = step.ps;
  return ps;
}

std::optional<double> ChipModel::actionPj(Action action) const {
  const Price &price = pricePj[action];
  return price ? std::optional(price->value / infoOf(action).perPrice) : std::nullopt;
}

static std::vector<std::string> absentKeys(const ChipModel &model, FieldKind kind) {
  std::vector<std::string> keys;
  for (const ChipField &field : chipFields())
    if (field.kind == kind && fieldNumbers(field, model).empty() &&
        (!field.relevant || field.relevant(model)))
      keys.push_back(spelledKey(field, model.clockPeriodPs.has_value()));
  return keys;
}

std::vector<std::string> ChipModel::unpricedKeys() const {
  return absentKeys(*this, FieldKind::Price);
}

std::vector<std::string> ChipModel::untimedKeys() const {
  return absentKeys(*this, FieldKind::Time);
}

std::vector<std::string> ChipModel::withoutEffect() const {
  std::vector<std::string> keys;
  if (mesh.topology == Topology::Torus && !mesh.links().hasRings())
    keys.emplace_back(
        "'mesh.topology' is torus and has no effect: a side of fewer than 3 tiles has "
        "no wrap links");
  if (noc.multicast)
    keys.emplace_back(
        "'noc.multicast' is true and has no effect: a spike is sent in one packet for "
        "each target core");
  if (maxChips > 1)
    keys.push_back("'max_chips' is " + std::to_string(maxChips) +
                   " and has no effect: a model is mapped onto one chip");
  if (core.hebbianAttention)
    keys.emplace_back("'core.hebbian_attention' is true and has no effect: attention is mapped in "
                      "its coincidence form alone");
  if (actionPj(Action::SynopMultiply) && core.gradedSynop != GradedSynop::Multiply)
    keys.push_back("'" + std::string(infoOf(Action::SynopMultiply).priceKey) +
                   "' has no effect: core.graded_synop is accumulate");
  if (actionPj(Action::ChipLinkBits))
    keys.push_back("'" + std::string(infoOf(Action::ChipLinkBits).priceKey) +
                   "' has no effect: a model is mapped onto one chip");
  return keys;
}

std::vector<std::string> ChipModel::oddUnits() const {
  // For each unit, the range in which the numbers of published chips lie; 0 is allowed, too.
  struct Plausible {
    const char *mark; ///< the part of a key that names the unit
    double least, most;
    const char *unit, *larger;
  };
  static constexpr Plausible kPlausible[] = {{"_pj", 1e-4, 1e7, "picojoules", "joules"},
                                             {"_ns", 1e-3, 1e6, "nanoseconds", "seconds"},
                                             {"_mw", 1e-5, 1e6, "milliwatts", "watts"}};
  std::vector<std::string> odd;
  for (const Provenance &entry : provenance)
    for (const Plausible &range : kPlausible) {
      const double value = entry.number.value;
      if (entry.key.find(range.mark) == std::string::npos ||
          entry.key.find("_per_ns") != std::string::npos || value == 0 || // a rate, no time
          (value >= range.least && value <= range.most))
        continue;
      odd.push_back("'" + entry.key + "' is " + formatNumber(value) + " " + range.unit +
                    ", and published chips span " + formatNumber(range.least) + " to " +
                    formatNumber(range.most) + "; was it meant in " +
                    (value < range.least ? range.larger : "a smaller unit") + "?");
    }
  return odd;
}

std::string ChipModel::validate() const {
  const std::vector<ChipViolation> violations = chipViolations(*this);
  if (violations.empty())
    return {};
  std::string key = violations.front().key;
  for (const ChipField &field : chipFields())
    if (field.key == violations.front().key)
      key = spelledKey(field, clockPeriodPs.has_value());
  return "'" + key + "' " + violations.front().fact;
}

namespace {

/// Collects a violation for each rule that does not hold.
class RuleBook {
public:
  template <typename Actual>
  void rule(bool holds, const std::string &key, const std::string &limit, const Actual &actual,
            int item = ChipViolation::kWhole) {
    if (!holds)
      violations.push_back({key, needsHas(limit, actual), item});
  }
  void refuse(const std::string &key, const std::string &fact, int item) {
    violations.push_back({key, fact, item});
  }
  std::vector<ChipViolation> violations;
};

std::string inPs(int64_t ps) { return std::to_string(ps) + " ps"; }

void checkName(RuleBook &book, const std::string &name) {
  bool plain = !name.empty() && name.size() <= 64 &&
               std::isalnum(static_cast<unsigned char>(name[0])) &&
               std::all_of(name.begin(), name.end(), [](unsigned char c) {
                 return std::isalnum(c) || c == '-' || c == '_' || c == '.';
               });
  book.rule(plain, "name",
            "1 to 64 letters, digits, '-', '_' or '.', of which the first is a letter or digit",
            "'" + name + "'");
}

void checkRanges(RuleBook &book, const ChipModel &chip) {
  for (const ChipField &field : chipFields()) {
    bool applies = field.applies == Applies::Always ||
                   (field.applies == Applies::Clocked) == chip.clockPeriodPs.has_value();
    if (!applies)
      continue;
    for (double number : fieldNumbers(field, chip)) {
      std::string limit = rangeViolation(field, number);
      book.rule(limit.empty(), field.key, limit, formatNumber(number));
    }
  }
}

/// A core of a board takes some dozens of bytes in the compiler, so a chip of more would need
/// gigabytes.
void checkMesh(RuleBook &book, const MeshModel &mesh) {
  constexpr int64_t kMostCores = 1 << 20;
  const int64_t cores = int64_t{mesh.width} * mesh.height * mesh.coresPerTile;
  book.rule(cores <= kMostCores, "mesh.cores_per_tile",
            message("a chip of at most ", kMostCores, " cores"), cores);
}

/// That an entry of a list of faults names a tile. Returns whether it does.
bool checkFaultyTile(RuleBook &book, const MeshModel &mesh, const char *key, int x, int y,
                     int item) {
  const bool held = mesh.links().holds({x, y});
  book.rule(held, key,
            message("tiles (0, 0) to (", mesh.width - 1, ", ", mesh.height - 1,
                    ") by mesh.width and mesh.height"),
            message("(", x, ", ", y, ")"), item);
  return held;
}

void checkFaultyCores(RuleBook &book, const ChipModel &chip) {
  const char *const key = "mesh.faulty_cores";
  const MeshModel &mesh = chip.mesh;
  bool good = true;
  std::set<std::tuple<int, int, int>> seen;
  for (int i = 0; i < static_cast<int>(mesh.faultyCores.size()); ++i) {
    const auto [x, y, core] = mesh.faultyCores[i];
    if (!checkFaultyTile(book, mesh, key, x, y, i)) {
      good = false;
    } else if (core < FaultyCore::kAll || core >= mesh.coresPerTile) {
      book.rule(good = false, key,
                message("cores 0 to ", mesh.coresPerTile - 1, " by mesh.cores_per_tile"), core, i);
    } else if (!seen.insert({x, y, core}).second ||
               (core != FaultyCore::kAll && seen.contains({x, y, FaultyCore::kAll}))) {
      good = false;
      book.refuse(key,
                  message("names ", core == FaultyCore::kAll ? "all cores" : message("core ", core),
                          " of tile (", x, ", ", y, ") twice"),
                  i);
    }
  }
  for (int i = 0; i < static_cast<int>(mesh.faultyCores.size()); ++i) {
    // An entry for all cores may stand behind one for a single core of the tile.
    const auto [x, y, core] = mesh.faultyCores[i];
    if (good && core != FaultyCore::kAll && seen.contains({x, y, FaultyCore::kAll})) {
      good = false;
      book.refuse(key, message("names core ", core, " of tile (", x, ", ", y, ") twice"), i);
    }
  }
  if (good)
    book.rule(chip.workingCores() > 0, key, "at least one core that is not among them", "none",
              ChipViolation::kWhole);
}

void checkFaultyLinks(RuleBook &book, const MeshModel &mesh) {
  const char *const key = "mesh.faulty_links";
  const MeshLinks links = mesh.links();
  std::set<int32_t> seen;
  for (int i = 0; i < static_cast<int>(mesh.faultyLinks.size()); ++i) {
    const auto [x, y, direction] = mesh.faultyLinks[i];
    if (!checkFaultyTile(book, mesh, key, x, y, i))
      continue;
    const std::string name =
        message(kDirectionNames[static_cast<size_t>(direction)], " of tile (", x, ", ", y, ")");
    if (!links.next({x, y}, direction))
      book.refuse(key,
                  message("names the link ", name, ", which does not exist: ",
                          mesh.topology == Topology::Torus
                              ? "a side of fewer than 3 tiles has no wrap links"
                              : "the tile lies at the edge of the mesh"),
                  i);
    else if (!seen.insert(links.link({x, y}, direction)).second)
      book.refuse(key, message("names the link ", name, " twice"), i);
  }
}

void checkWeightFormats(RuleBook &book, const CoreModel &core) {
  const std::vector<WeightFormat> &formats = core.weightFormats;
  book.rule(!formats.empty(), "core.weight_formats", "at least one format", "none");
  for (auto format = formats.begin(); format != formats.end(); ++format) {
    const std::string name = weightFormatName(*format);
    book.rule(std::find(formats.begin(), format, *format) == format, "core.weight_formats",
              "each format once", "'" + name + "' twice");
    const std::optional<int> width = widthOf(*format);
    if (width && std::ranges::find(core.weightBits, *width) == core.weightBits.end())
      book.refuse("core.weight_formats",
                  message("has '", name, "', whose width, ", *width, *width == 1 ? " bit" : " bits",
                          ", is not in core.weight_bits"),
                  static_cast<int>(format - formats.begin()));
  }
}

/// The keys of filtered currents, which only neurons of `cuba_lif` have.
void checkCurrent(RuleBook &book, const CoreModel &core) {
  const bool filters = std::ranges::count(core.neuronModels, "cuba_lif") > 0;
  const char *needs = "no value unless core.neuron_models has cuba_lif";
  if (core.currentBits)
    book.rule(filters, "core.current_bits", needs, *core.currentBits);
  if (!core.currentFractionBits)
    return;
  book.rule(filters, "core.current_fraction_bits", needs, *core.currentFractionBits);
  const int bits = core.currentBits.value_or(core.stateBits);
  book.rule(*core.currentFractionBits < bits, "core.current_fraction_bits",
            message("less than the bits of a filtered current, ", bits), *core.currentFractionBits);
}

void checkCore(RuleBook &book, const CoreModel &core) {
  book.rule(!core.weightBits.empty(), "core.weight_bits", "at least one width", "none");
  for (size_t i = 1; i < core.weightBits.size(); ++i)
    book.rule(core.weightBits[i - 1] < core.weightBits[i], "core.weight_bits", "ascending widths",
              message(core.weightBits[i], " after ", core.weightBits[i - 1]));
  checkWeightFormats(book, core);
  if (!core.weightBits.empty())
    book.rule(core.weightBits.front() <= core.stateBits, "core.state_bits",
              message("at least ", core.weightBits.front(), ", the smallest of core.weight_bits"),
              core.stateBits);
  book.rule(!core.neuronModels.empty(), "core.neuron_models", "at least one model", "none");
  for (auto model = core.neuronModels.begin(); model != core.neuronModels.end(); ++model) {
    const std::vector<std::string> &known = chipNeuronModels();
    book.rule(std::find(known.begin(), known.end(), *model) != known.end(), "core.neuron_models",
              "models that a chip can have", "'" + *model + "'");
    book.rule(std::find(core.neuronModels.begin(), model, *model) == model, "core.neuron_models",
              "each model once", "'" + *model + "' twice");
  }
  if (core.stateFractionBits)
    book.rule(*core.stateFractionBits < core.stateBits, "core.state_fraction_bits",
              message("less than core.state_bits, ", core.stateBits), *core.stateFractionBits);
  checkCurrent(book, core);
  book.rule(core.gradedSpikes == (core.gradedBits > 0), "core.graded_bits",
            core.gradedSpikes ? "at least 1 because core.graded_spikes is true"
                              : "0 because core.graded_spikes is false",
            core.gradedBits);
  book.rule(core.gradedSpikes || core.gradedSynop == GradedSynop::Accumulate, "core.graded_synop",
            "accumulate because core.graded_spikes is false", gradedSynopName(core.gradedSynop));
}

void checkNoc(RuleBook &book, const ChipModel &chip) {
  const NocModel &noc = chip.noc;
  book.rule(
      !chip.mesh.links().hasRings() || noc.virtualChannels >= 2, "noc.virtual_channels",
      "at least 2 because mesh.topology is torus: packets on a ring could wait for each other "
      "in a circle",
      noc.virtualChannels);
  if (!chip.clockPeriodPs) {
    static const char *const keys[] = {"noc.hop_east", "noc.hop_west", "noc.hop_north",
                                       "noc.hop_south"};
    for (int d = 0; d < kDirections; ++d)
      book.rule(noc.hopPs[d] > 0, keys[d], "at least 0.001 ns on a chip without a clock", "0 ns");
    return;
  }
  int64_t period = *chip.clockPeriodPs;
  auto whole = [&](const char *key, int64_t ps) {
    book.rule(ps % period == 0, key, "a multiple of the clock's period, " + inPs(period), inPs(ps));
  };
  book.rule(noc.linkPs >= period, "noc.link", "at least the clock's period, " + inPs(period),
            inPs(noc.linkPs));
  whole("noc.link", noc.linkPs);
  whole("noc.inject", noc.injectPs);
  whole("noc.eject", noc.ejectPs);
}

void checkBarrier(RuleBook &book, const ChipModel &chip) {
  const std::vector<BarrierStep> &rows = chip.barrier;
  book.rule(!rows.empty(), "barrier", "a row for 1 tile", "none");
  if (rows.empty())
    return;
  book.rule(rows.front().tiles == 1, "barrier", "a first row for 1 tile",
            message("one for ", rows.front().tiles));
  for (size_t i = 1; i < rows.size(); ++i)
    book.rule(rows[i - 1].tiles < rows[i].tiles, "barrier", "rows ascending in tiles",
              message("a row for ", rows[i].tiles, " after one for ", rows[i - 1].tiles));
}

} // namespace

std::vector<ChipViolation> chipViolations(const ChipModel &chip) {
  RuleBook book;
  checkName(book, chip.name);
  checkRanges(book, chip);
  checkMesh(book, chip.mesh);
  checkFaultyCores(book, chip);
  checkFaultyLinks(book, chip.mesh);
  checkCore(book, chip.core);
  checkNoc(book, chip);
  checkBarrier(book, chip);
  book.rule(chip.host.portX < chip.mesh.width, "host.port_x",
            message("less than mesh.width, ", chip.mesh.width), chip.host.portX);
  book.rule(chip.host.portY < chip.mesh.height, "host.port_y",
            message("less than mesh.height, ", chip.mesh.height), chip.host.portY);
  return std::move(book.violations);
}

} // namespace synfire
