// ChipUnits: what one chip can compute, and how it is said that it cannot.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_CHIPUNITS_H
#define SYNFIRE_PASSES_CHIPUNITS_H

#include "dialect/spike/Spike.h"
#include "targets/ChipModel.h"

#include <string>

namespace synfire {

/// Every check emits the error that names op, unit and the target's key.
class ChipUnits {
public:
  explicit ChipUnits(const ChipModel &chip) : chip(chip) {}

  mlir::LogicalResult checkNeurons(spike::NeuronLike op) const;
  mlir::LogicalResult checkAttention(spike::AttentionLike op) const;
  mlir::LogicalResult checkSynapses(spike::SynapseLike op) const;
  /// Spikes that an op sends or reads: more than one bit needs graded spikes.
  mlir::LogicalResult checkSpikes(mlir::Operation *op, mlir::Value spikes) const;
  /// The host reads integrators: a current, or counts of spikes.
  mlir::LogicalResult checkReadout(mlir::Operation *op) const;

  llvm::StringRef name() const { return chip.name; }

private:
  mlir::InFlightDiagnostic lacks(mlir::Operation *op, const llvm::Twine &unit, llvm::StringRef key,
                                 const llvm::Twine &value) const;
  bool hasModel(llvm::StringRef name) const;
  std::string modelList() const;

  const ChipModel &chip;
};

} // namespace synfire

#endif // SYNFIRE_PASSES_CHIPUNITS_H
