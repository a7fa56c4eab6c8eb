// Activities: the spikes of every value of a model.
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

struct StatedRate {
  double rate = 0;
  RateSource source = RateSource::Given;
};

/// A rate as it was used. `of`: "spikes" of neurons, "scores" of an attention or "products" of a
/// key_value_sum that are not zero.
struct RateUse {
  std::string op, of;
  double rate = 0;
  RateSource source = RateSource::Measured;
};

/// Answers how many spikes a value of the function holds, from the first that knows:
/// a run (`measured`), the rates given, the op's attribute `spike.firing_rate`, the ops before it.
/// Ops that were asked for a rate and have none are remembered.
class Activities {
public:
  /// `tokens` stands for every dynamic size. `measured` may be null.
  Activities(mlir::func::FuncOp function, int64_t tokens, llvm::ArrayRef<GivenRate> given,
             const Measurement *measured)
      : function(function), tokens(tokens), given(given.vec()), measured(measured) {}

  /// Shape with the number of tokens filled in.
  llvm::SmallVector<int64_t> shapeOf(mlir::Value value) const;

  /// Spikes of a value of spike type; null when nothing tells.
  const Activity *find(mlir::Value spikes);
  /// As find; without a rate the op is remembered as missing and the answer is 0.
  const Activity &need(mlir::Value spikes);
  /// How many of `all` scores of an attention, or products k v of a key_value_sum, are not zero;
  /// remembered as `need` does.
  double needProducts(mlir::Operation *op, double all);

  const std::vector<RateUse> &uses() const { return used; }
  llvm::ArrayRef<std::string> missing() const { return lacking.getArrayRef(); }
  /// Patterns of the given rates that no op of the function matches.
  std::vector<std::string> unmatched() const;

private:
  std::optional<Activity> compute(mlir::Value value);
  std::optional<StatedRate> derivedRate(mlir::Operation *op);
  std::optional<StatedRate> statedRate(llvm::StringRef name, mlir::Operation *op) const;
  void blame(mlir::Value spikes);
  void record(RateUse use);
  Activity uniform(mlir::Value value, StatedRate stated) const;

  mlir::func::FuncOp function;
  int64_t tokens;
  std::vector<GivenRate> given;
  const Measurement *measured;
  llvm::DenseMap<mlir::Value, std::unique_ptr<Activity>> known; ///< null: nothing tells
  int depth = 0;                                                ///< of find in find
  std::vector<RateUse> used;
  llvm::SetVector<std::string, std::vector<std::string>, std::set<std::string>> lacking;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_ACTIVITIES_H
