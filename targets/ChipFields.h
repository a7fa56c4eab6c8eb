// ChipFields: the one table of everything a chip file can say.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPFIELDS_H
#define SYNFIRE_TARGETS_CHIPFIELDS_H

#include "targets/ChipModel.h"

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace synfire {

/// What stands behind a key, which is also how it is parsed and documented.
enum class FieldKind {
  Text,
  Flag,
  Integer,
  Kibibytes,       ///< a whole number of KiB, stored as bits
  IntegerList,     ///< strictly ascending
  NeuronModelList, ///< names of neuron models
  RoundingRule,
  Clock,       ///< MHz, stored as a period
  Time,        ///< KEY_ns, or KEY_cycles on chips with a clock; stored as ps
  Price,       ///< energy or power
  Rate,        ///< a quantity per ns
  BarrierTable ///< list of {tiles, time_ns | time_cycles}
};

/// On which chips a key has a meaning.
enum class Applies { Always, Clocked, Clockless };

/// Access to the member behind a key, to read and to write.
template <class T> using MemberRef = std::function<T &(ChipModel &)>;
using FieldMember =
    std::variant<MemberRef<int>, MemberRef<int64_t>, MemberRef<bool>, MemberRef<std::string>,
                 MemberRef<Rounding>, MemberRef<Price>, MemberRef<std::optional<int>>,
                 MemberRef<std::optional<int64_t>>, MemberRef<std::optional<double>>,
                 MemberRef<std::vector<int>>, MemberRef<std::vector<std::string>>,
                 MemberRef<std::vector<BarrierStep>>>;

struct ChipField {
  std::string key; ///< dotted; Time fields without their unit
  FieldKind kind = FieldKind::Text;
  bool required = false; ///< on the chips that it applies to
  FieldMember member;
  double min = 0, max = 0; ///< of its numbers, in the file's unit (Time: ns)
  std::string help;
  Applies applies = Applies::Always;
  /// When an absent price or time is worth a word; null: always.
  bool (*relevant)(const ChipModel &) = nullptr;

  /// Energies, times and rates must say where they come from.
  bool needsSource() const {
    return kind == FieldKind::Time || kind == FieldKind::Price || kind == FieldKind::Rate ||
           kind == FieldKind::BarrierTable;
  }
};

/// The table, in the order of the documentation.
const std::vector<ChipField> &chipFields();

/// "mesh", "core" ...: the keys that hold other keys, in table order.
const std::vector<std::string> &chipSections();

/// The numbers that `model` has for the field, in the file's unit (Time: ns);
/// empty when absent.
std::vector<double> fieldNumbers(const ChipField &field, const ChipModel &model);

/// The dotted key as one writes it: a Time field gets "_ns" or "_cycles".
std::string spelledKey(const ChipField &field, bool inCycles);

/// "must be 1 to 9" when the value is outside the field's range or not finite,
/// else empty.
std::string rangeViolation(const ChipField &field, double value);

/// The value of a fresh ChipModel as text, "unpriced" ... for the documentation.
std::string fieldDefault(const ChipField &field);

/// Shortest text that reads back as the same number.
std::string formatNumber(double value);

/// A broken rule: "'KEY' FACT". Time fields without their unit.
struct ChipViolation {
  std::string key, fact;
};
std::vector<ChipViolation> chipViolations(const ChipModel &model);

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPFIELDS_H
