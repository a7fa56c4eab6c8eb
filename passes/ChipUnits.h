// ChipUnits: what one chip can compute, and how it is said that it cannot.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_CHIPUNITS_H
#define SYNFIRE_PASSES_CHIPUNITS_H

#include "dialect/spike/Spike.h"
#include "targets/ChipModel.h"

#include <string>

namespace synfire {

/// What one chip can compute. Each check succeeds when the chip has the unit that the op needs.
/// Otherwise it emits one error at the op, with a note that names the target's key, and fails.
class ChipUnits {
public:
  explicit ChipUnits(const ChipModel &chip) : chip(chip) {}

  mlir::LogicalResult checkNeurons(spike::NeuronLike op) const;
  mlir::LogicalResult checkIntegrator(spike::IntegratorLike op) const;
  mlir::LogicalResult checkAttention(spike::AttentionLike op) const;
  mlir::LogicalResult checkSynapses(spike::SynapseLike op) const;
  mlir::LogicalResult checkGate(spike::SpikeGate op) const;
  /// `spikes` are sent or read by the op. Those of more than one bit need graded spikes of that
  /// width.
  mlir::LogicalResult checkSpikes(mlir::Operation *op, mlir::Value spikes) const;
  /// The op hands a current, or counts of spikes, to the host, which needs integrators.
  mlir::LogicalResult checkReadout(mlir::Operation *op) const;

  llvm::StringRef name() const { return chip.name; }

private:
  mlir::LogicalResult checkScoreNeurons(spike::AttentionLike op) const;
  mlir::LogicalResult checkMembranes(mlir::Operation *op, spike::StateAttr state,
                                     llvm::ArrayRef<double> decays) const;
  mlir::InFlightDiagnostic lacks(mlir::Operation *op, const llvm::Twine &unit, llvm::StringRef key,
                                 const llvm::Twine &value) const;
  bool hasModel(llvm::StringRef name) const;
  std::string modelList() const;

  const ChipModel &chip;
};

} // namespace synfire

#endif // SYNFIRE_PASSES_CHIPUNITS_H
