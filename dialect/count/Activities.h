// Activities: how many spikes each value of a model holds, from a run or from rates.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_ACTIVITIES_H
#define SYNFIRE_DIALECT_COUNT_ACTIVITIES_H

#include "dialect/count/CountFiles.h"
#include "dialect/count/Measurement.h"

#include "llvm/ADT/SetVector.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace synfire::spike {

/// A rate and where it comes from.
struct StatedRate {
  double rate = 0;
  RateSource source = RateSource::Given;
};

/// A rate that the count has used, for the report. `of` says what the rate is the share of:
/// "spikes" of neurons, "scores" of an attention that are not zero, or "products" of a
/// key_value_sum that are not zero.
struct RateUse {
  std::string op, of;
  double rate = 0;
  RateSource source = RateSource::Measured;
};

/// Answers how many spikes a value of a function holds. The answer comes from the first of these
/// that has one: a run (`measured`), the rates that the user gives, the op's attribute
/// `spike.firing_rate`, and the rates of the ops before it. The object records the ops for which a
/// rate was needed and none was found.
class Activities {
public:
  /// `tokens` replaces every dynamic size. `measured` may be null. `function` and `measured` must
  /// outlive the object.
  Activities(mlir::func::FuncOp function, int64_t tokens, llvm::ArrayRef<GivenRate> given,
             const Measurement *measured)
      : function(function), tokens(tokens), given(given.vec()), measured(measured) {}

  /// The shape of a value, with `tokens` for a dynamic size.
  llvm::SmallVector<int64_t> shapeOf(mlir::Value value) const;

  /// The spikes of a value of spike type; null when no source has an answer.
  const Activity *find(mlir::Value spikes);
  /// As find, but when no source has an answer, records the op as missing and returns an activity
  /// without spikes.
  const Activity &need(mlir::Value spikes);
  /// As need(), but each spike counts as often as its value says: the sums of the values. Where no
  /// run tells the values, those of a sum of spikes follow from its operands; else they are 1.
  Activity needValues(mlir::Value spikes);
  /// How many of the `all` scores of an attention, or products k v of a key_value_sum, are not
  /// zero. When no source has an answer, records the op as missing and returns 0.
  double needProducts(mlir::Operation *op, double all);

  /// All rates that were used, in the order of their first use.
  const std::vector<RateUse> &uses() const { return used; }
  /// The names of the ops that need() and needProducts() have recorded as missing.
  llvm::ArrayRef<std::string> missing() const { return lacking.getArrayRef(); }
  /// The patterns of those given rates that match no op of the function.
  std::vector<std::string> unmatched() const;

private:
  std::optional<Activity> compute(mlir::Value value);
  std::optional<StatedRate> derivedRate(mlir::Operation *op);
  std::optional<StatedRate> statedRate(llvm::StringRef name, mlir::Operation *op) const;
  std::optional<double> derivedValueRate(mlir::Value spikes);
  void blame(mlir::Value spikes);
  void record(RateUse use);
  Activity uniform(mlir::Value value, StatedRate stated) const;

  mlir::func::FuncOp function;
  int64_t tokens;
  std::vector<GivenRate> given;
  const Measurement *measured;
  llvm::DenseMap<mlir::Value, std::unique_ptr<Activity>> known; ///< null: no source has an answer
  int depth = 0;                                                ///< of nested calls of find
  std::vector<RateUse> used;
  llvm::SetVector<std::string, std::vector<std::string>, std::set<std::string>> lacking;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_ACTIVITIES_H
