// Count: counts the operations of a model and computes their energy, without a chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_COUNT_H
#define SYNFIRE_DIALECT_COUNT_COUNT_H

#include "dialect/count/Activities.h"
#include "dialect/count/EnergyTable.h"
#include "support/GradedSynop.h"

namespace synfire::spike {

/// A way to count. `OpCount` counts what each op does as the model defines it, and exists for every
/// model. The other two are the conventions of SpikeDecoder's authors (ConventionRules.h).
enum class Account { OpCount, Published, Corrected };
/// The name of an account, as `--account` takes it.
llvm::StringRef accountName(Account account);

/// What countModel counts, and with which rates and prices.
struct CountOptions {
  Account account = Account::OpCount;
  EnergyTable table;
  int64_t tokens = 0;           ///< number of tokens of the pass; 0: the model's context
  std::vector<GivenRate> rates; ///< rates that the user gives
  /// What the account op_count charges for graded spikes: as many ACs as the value says, or a MAC.
  GradedSynop gradedSynop = GradedSynop::Accumulate;
  const Measurement *measured = nullptr; ///< spikes of a run, which come before all rates; or null
};

/// The counts of one op, or of the whole model. Expected counts are rounded for each op, so that
/// the totals are exact sums of whole numbers.
struct OpCounts {
  std::string name, kind;
  double energyUj = 0; ///< energy of `macs` and `acs` in microjoules
  int64_t macs = 0, acs = 0, synops = 0, neuronUpdates = 0, parameters = 0;
  /// Spikes that the op emits; nothing when no source has an answer and no rule needs one.
  std::optional<int64_t> spikes = 0;
  /// Work that the account names and does not charge, by name (Unpriced).
  std::vector<std::pair<std::string, int64_t>> unpriced;
  std::string rule, stated, meant; ///< see Work
};

/// The counts of a model.
struct ModelCount {
  Account account = Account::OpCount;
  std::string model;
  std::string system; ///< systemName() of a SpikeDecoder under its conventions; otherwise empty
  EnergyTable table;
  int64_t tokens = 0, timeSteps = 0;
  std::vector<OpCounts> ops; ///< in program order
  OpCounts totals;
  std::vector<RateUse> rates; ///< all rates that were used
  /// The ops whose number of spikes is not known; the totals do not include their spikes.
  std::vector<std::string> unknownSpikes;
};

/// Counts one pass of the model over `options.tokens` tokens. Reads shapes only, no weights. Fails
/// after a message at the function or an op: rates that the account needs are missing (the message
/// names all of them); a given rate matches no op; the model does not have the account; a count is
/// above 2^53.
mlir::FailureOr<ModelCount> countModel(mlir::func::FuncOp function, const CountOptions &options);

/// Counts parameters: the numbers that training has set. These are weights, biases, tables, and the
/// time constants of `plif` neurons. Running statistics of norms and tables marked
/// `spike.fixed_table` are not counted; thresholds are not counted either, because the dialect does
/// not say which of them were learned.
class ParameterCounter {
public:
  /// The parameters of `op`. A resource that several ops share (a tied weight) is counted at the
  /// first of them for which this object is asked.
  int64_t ofOp(mlir::Operation *op);

private:
  int64_t ofTensor(mlir::ElementsAttr numbers);
  llvm::DenseSet<void *> seen;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_COUNT_H
