// Count: operations and energy of a model, without any chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_COUNT_H
#define SYNFIRE_DIALECT_COUNT_COUNT_H

#include "dialect/count/Activities.h"
#include "dialect/count/EnergyTable.h"

namespace synfire::spike {

/// `OpCount`: every op once, as built. The other two are SpikeDecoder's own conventions.
enum class Account { OpCount, Published, Corrected };
llvm::StringRef accountName(Account account);

struct CountOptions {
  Account account = Account::OpCount;
  EnergyTable table;
  int64_t tokens = 0; ///< of the pass; 0: the model's context
  std::vector<GivenRate> rates;
  const Measurement *measured = nullptr;
};

/// Counts of one op, or of the whole model. Expectations are rounded here, op by op, so that
/// totals are exact sums.
struct OpCounts {
  std::string name, kind;
  double energyUj = 0;
  int64_t macs = 0, acs = 0, synops = 0, neuronUpdates = 0, parameters = 0;
  /// Spikes that the op makes; nothing where no rate tells and no rule asks for one.
  std::optional<int64_t> spikes = 0;
  std::vector<std::pair<std::string, int64_t>> unpriced; ///< work that is not charged
  std::string rule, stated, meant;                       ///< see Work
};

struct ModelCount {
  Account account = Account::OpCount;
  std::string model, system; ///< system: of SpikeDecoder, for its conventions
  EnergyTable table;
  int64_t tokens = 0, timeSteps = 0;
  std::vector<OpCounts> ops; ///< in program order
  OpCounts totals;
  std::vector<RateUse> rates;
  std::vector<std::string> unknownSpikes; ///< ops whose spikes no rate tells; left out of totals
};

/// Counts one pass over `options.tokens` tokens. Reads shapes, never a weight. Fails after a
/// message at the function or op: rates that are missing (all of them) or match nothing, an
/// account that the model has not, counts above 2^53.
mlir::FailureOr<ModelCount> countModel(mlir::func::FuncOp function, const CountOptions &options);

/// Numbers that training set: weights, biases, tables, and what `plif` learned. A resource that
/// several ops share counts at the first. Running statistics, tables marked `spike.fixed_table`
/// and thresholds (the dialect does not tell learned ones) do not count.
class ParameterCounter {
public:
  int64_t ofOp(mlir::Operation *op);

private:
  int64_t ofTensor(mlir::ElementsAttr numbers);
  llvm::DenseSet<void *> seen;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_COUNT_H
