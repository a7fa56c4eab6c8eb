// ChipModel: derived quantities, and the rules that a chip must keep.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipModel.h"
#include "targets/ChipFields.h"
#include "targets/NeuronModels.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <utility>

namespace synfire {

int ChipModel::hops(int xA, int yA, int xB, int yB) const {
  return std::abs(xA - xB) + std::abs(yA - yB);
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
  if (noc.multicast)
    keys.emplace_back(
        "'noc.multicast' is true and has no effect: a spike is sent in one packet for "
        "each target core");
  if (maxChips > 1)
    keys.push_back("'max_chips' is " + std::to_string(maxChips) +
                   " and has no effect: a model is mapped onto one chip");
  return keys;
}

std::vector<std::string> ChipModel::oddUnits() const {
  // For each unit, the range in which the numbers of all known chips lie; 0 is allowed, too.
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
                    ", which no known chip has; was it meant in " +
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
  void rule(bool holds, const std::string &key, const std::string &fact, const std::string &limit) {
    if (!holds)
      violations.push_back({key, fact + ", " + limit});
  }
  std::vector<ChipViolation> violations;
};

std::string is(int64_t value) { return "is " + std::to_string(value); }

void checkName(RuleBook &book, const std::string &name) {
  bool plain = !name.empty() && name.size() <= 64 &&
               std::isalnum(static_cast<unsigned char>(name[0])) &&
               std::all_of(name.begin(), name.end(), [](unsigned char c) {
                 return std::isalnum(c) || c == '-' || c == '_' || c == '.';
               });
  book.rule(plain, "name", "is '" + name + "'",
            "must be 1 to 64 letters, digits, '-', '_' or '.', the first a "
            "letter or digit");
}

void checkRanges(RuleBook &book, const ChipModel &chip) {
  for (const ChipField &field : chipFields()) {
    bool applies = field.applies == Applies::Always ||
                   (field.applies == Applies::Clocked) == chip.clockPeriodPs.has_value();
    if (!applies)
      continue;
    for (double number : fieldNumbers(field, chip)) {
      std::string limit = rangeViolation(field, number);
      book.rule(limit.empty(), field.key, "is " + formatNumber(number), limit);
    }
  }
}

void checkCore(RuleBook &book, const CoreModel &core) {
  book.rule(!core.weightBits.empty(), "core.weight_bits", "is empty",
            "must name at least one precision");
  for (size_t i = 1; i < core.weightBits.size(); ++i)
    book.rule(core.weightBits[i - 1] < core.weightBits[i], "core.weight_bits",
              "has " + std::to_string(core.weightBits[i]) + " after " +
                  std::to_string(core.weightBits[i - 1]),
              "must be ascending");
  if (!core.weightBits.empty())
    book.rule(core.weightBits.front() <= core.stateBits, "core.state_bits", is(core.stateBits),
              "must not be below the smallest of core.weight_bits, " +
                  std::to_string(core.weightBits.front()));
  book.rule(!core.neuronModels.empty(), "core.neuron_models", "is empty",
            "must name at least one model");
  for (auto model = core.neuronModels.begin(); model != core.neuronModels.end(); ++model) {
    const std::vector<std::string> &known = chipNeuronModels();
    book.rule(std::find(known.begin(), known.end(), *model) != known.end(), "core.neuron_models",
              "names '" + *model + "'", "must name models that a chip can have");
    book.rule(std::find(core.neuronModels.begin(), model, *model) == model, "core.neuron_models",
              "names '" + *model + "' twice", "must name each model once");
  }
  if (core.stateFractionBits)
    book.rule(*core.stateFractionBits < core.stateBits, "core.state_fraction_bits",
              is(*core.stateFractionBits),
              "must be below core.state_bits, " + std::to_string(core.stateBits));
  book.rule(core.gradedSpikes == (core.gradedBits > 0), "core.graded_bits", is(core.gradedBits),
            core.gradedSpikes ? "must be at least 1 where core.graded_spikes is true"
                              : "must be 0 where core.graded_spikes is false");
}

void checkNoc(RuleBook &book, const ChipModel &chip) {
  const NocModel &noc = chip.noc;
  if (!chip.clockPeriodPs) {
    static const char *const keys[] = {"noc.hop_east", "noc.hop_west", "noc.hop_north",
                                       "noc.hop_south"};
    for (int d = 0; d < kDirections; ++d)
      book.rule(noc.hopPs[d] > 0, keys[d], "is 0 ns",
                "must be at least 0.001 ns on a chip without a clock");
    return;
  }
  int64_t period = *chip.clockPeriodPs;
  auto whole = [&](const char *key, int64_t ps) {
    book.rule(ps % period == 0, key, is(ps) + " ps",
              "must be a multiple of the clock's period, " + std::to_string(period) + " ps");
  };
  book.rule(noc.linkPs >= period, "noc.link", is(noc.linkPs) + " ps",
            "must be at least the clock's period, " + std::to_string(period) + " ps");
  whole("noc.link", noc.linkPs);
  whole("noc.inject", noc.injectPs);
  whole("noc.eject", noc.ejectPs);
}

void checkBarrier(RuleBook &book, const ChipModel &chip) {
  const std::vector<BarrierStep> &rows = chip.barrier;
  book.rule(!rows.empty(), "barrier", "is empty", "must have a row for 1 tile");
  if (rows.empty())
    return;
  book.rule(rows.front().tiles == 1, "barrier",
            "begins at " + std::to_string(rows.front().tiles) + " tiles", "must begin at 1");
  for (size_t i = 1; i < rows.size(); ++i)
    book.rule(rows[i - 1].tiles < rows[i].tiles, "barrier",
              "has a row for " + std::to_string(rows[i].tiles) + " tiles after one for " +
                  std::to_string(rows[i - 1].tiles),
              "must be ascending in tiles");
}

} // namespace

std::vector<ChipViolation> chipViolations(const ChipModel &chip) {
  RuleBook book;
  checkName(book, chip.name);
  checkRanges(book, chip);
  checkCore(book, chip.core);
  checkNoc(book, chip);
  checkBarrier(book, chip);
  book.rule(chip.host.portX < chip.mesh.width, "host.port_x", is(chip.host.portX),
            "must be below mesh.width, " + std::to_string(chip.mesh.width));
  book.rule(chip.host.portY < chip.mesh.height, "host.port_y", is(chip.host.portY),
            "must be below mesh.height, " + std::to_string(chip.mesh.height));
  return std::move(book.violations);
}

const char *basisName(Basis basis) {
  switch (basis) {
  case Basis::Measured:
    return "measured";
  case Basis::Simulated:
    return "simulated";
  case Basis::Calibrated:
    return "calibrated";
  case Basis::Assumed:
    return "assumed";
  }
  return "";
}

const char *encodingName(SynapseEncoding encoding) {
  switch (encoding) {
  case SynapseEncoding::Dense:
    return "dense";
  case SynapseEncoding::Sparse:
    return "sparse";
  case SynapseEncoding::Conv:
    return "conv";
  }
  return "";
}

const char *roundingName(Rounding rounding) {
  switch (rounding) {
  case Rounding::TowardZero:
    return "toward_zero";
  case Rounding::Floor:
    return "floor";
  case Rounding::Nearest:
    return "nearest";
  }
  return "";
}

} // namespace synfire
