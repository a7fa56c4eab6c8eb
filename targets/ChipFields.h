// ChipFields: the table of all keys of a chip file. The reader, the schema, the template and the
// checks are made from it.
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

/// The kind of value that a key takes. It decides how the value is parsed and documented.
enum class FieldKind {
  Text,
  Flag,
  Integer,
  Kibibytes,        ///< a whole number of KiB, stored as bits
  IntegerList,      ///< whole numbers, strictly ascending
  NeuronModelList,  ///< names of neuron models
  WeightFormatList, ///< names of weight formats
  GradedSynopName,
  RoundingRule,
  TopologyName,
  FaultyCoreList, ///< list of [x, y] or [x, y, core]
  FaultyLinkList, ///< list of [x, y, direction]
  Clock,          ///< a frequency in MHz, stored as a period in ps
  Time,           ///< written as KEY_ns, or as KEY_cycles on a chip with a clock; stored as ps
  Price,          ///< an energy or a power, in the unit that the key ends with
  Rate,           ///< a quantity per ns
  BarrierTable    ///< list of {tiles, time_ns | time_cycles}
};

/// Which chips may have a key: all, only those with a clock, or only those without.
enum class Applies { Always, Clocked, Clockless };

/// A function that returns a reference to the member of ChipModel behind a key.
template <class T> using MemberRef = std::function<T &(ChipModel &)>;
using FieldMember =
    std::variant<MemberRef<int>, MemberRef<int64_t>, MemberRef<bool>, MemberRef<std::string>,
                 MemberRef<Rounding>, MemberRef<Topology>, MemberRef<GradedSynop>,
                 MemberRef<std::vector<WeightFormat>>, MemberRef<std::vector<FaultyCore>>,
                 MemberRef<std::vector<FaultyLink>>, MemberRef<Price>,
                 MemberRef<std::optional<int>>, MemberRef<std::optional<int64_t>>,
                 MemberRef<std::optional<double>>, MemberRef<std::vector<int>>,
                 MemberRef<std::vector<std::string>>, MemberRef<std::vector<BarrierStep>>>;

/// A row of the table: one key of a chip file.
struct ChipField {
  std::string key; ///< with dots, "core.neurons"; of a Time field without "_ns" or "_cycles"
  FieldKind kind = FieldKind::Text;
  bool required = false; ///< whether every chip to which the key applies must have it
  FieldMember member;
  double min = 0, max = 0; ///< range of the value, in the file's unit (ns for Time)
  std::string help;        ///< meaning of the key, a phrase for the schema
  Applies applies = Applies::Always;
  /// Whether reports should name the key on a chip that leaves it out; null: always.
  bool (*relevant)(const ChipModel &) = nullptr;

  /// Whether a file must state the source of the value: true for energies, times and rates.
  bool needsSource() const {
    return kind == FieldKind::Time || kind == FieldKind::Price || kind == FieldKind::Rate ||
           kind == FieldKind::BarrierTable;
  }
};

/// All fields, in the order of SCHEMA.md.
const std::vector<ChipField> &chipFields();

/// The keys whose value is a map of other keys ("mesh", "core", ...), in table order.
const std::vector<std::string> &chipSections();

/// The numbers that `model` has for the field, in the file's unit (ns for Time): one, or one per
/// entry of a list. Empty when the model has no value, or one that is not a number.
std::vector<double> fieldNumbers(const ChipField &field, const ChipModel &model);

/// The dotted key as a file writes it: for a Time field with "_ns" or "_cycles" at its end.
std::string spelledKey(const ChipField &field, bool inCycles);

/// Returns the field's range, "MIN to MAX", when `value`, in the file's unit, is outside of it or
/// not finite; otherwise an empty string.
std::string rangeViolation(const ChipField &field, double value);

/// What a chip has when its file leaves the field out, as Markdown for the schema: the default
/// value, "unpriced" or "none". Empty for a required field.
std::string fieldDefault(const ChipField &field);

/// The shortest decimal text that reads back as the same double.
std::string formatNumber(double value);

/// An entry of a list of faults as a file writes it: "[1, 2]", "[1, 2, 0]" or "[1, 2, east]".
std::string faultText(const FaultyCore &faulty);
std::string faultText(const FaultyLink &faulty);

/// A rule that a chip breaks. The message to the user is "'KEY' FACT".
struct ChipViolation {
  std::string key;  ///< ChipField::key
  std::string fact; ///< the rule and the value that breaks it: "needs 1 to 8, has 9"
  static constexpr int kWhole = -1;
  int item = kWhole; ///< the element of a list that breaks it; kWhole: no single one
};

/// All rules that `model` breaks: ranges of single keys and rules between keys.
std::vector<ChipViolation> chipViolations(const ChipModel &model);

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPFIELDS_H
