// ProgramRows: one report row of the chip.program for every op of the model.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_LOWER_PROGRAMROWS_H
#define SYNFIRE_PASSES_LOWER_PROGRAMROWS_H

#include "passes/lower/CurrentWalk.h"

#include "dialect/chip/Chip.h"
#include "dialect/spike/TimedValue.h"
#include "targets/ChipModel.h"

#include "mlir/IR/Builders.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

#include <optional>

namespace synfire {

/// A projection whose op is created when all populations of the program exist.
struct PendingProjection {
  std::string op, source, target; ///< symbols
  int64_t rows = 0, columns = 0;
  bool diagonal = false;
  WeightForm weights;
  int64_t rowStride = 0;
  bool lastStepOnly = false;
  std::optional<GridWindow> window = {}; ///< between grids
  int64_t groups = 1;                    ///< of a convolution
  int64_t uniform = 1;                   ///< the weight of all synapses that the model has none for
  llvm::SmallVector<int64_t> delays = {}; ///< see chip.projection; empty for none
};

/// Writes the rows of a function in model order into a program, and collects
/// the projections between them.
class ProgramRows {
public:
  /// `widest` is the form of the widest weights of the model; `targetsFolder` has the shipped
  /// chips, which a message may name.
  ProgramRows(chip::ProgramOp program, const ChipModel &chip, WeightForm widest,
              llvm::StringRef targetsFolder);

  /// Writes the rows of all ops. Fails, after an error at the op, where the chip dialect has no
  /// form for what an op does. Precondition: quantize-weights and assign-host have run.
  mlir::LogicalResult write(mlir::FunctionOpInterface function);

  /// The projections that write() found, in model order.
  llvm::ArrayRef<PendingProjection> projections() const { return pending; }

  /// The name of the chip.host that yields `value`, null when none does.
  mlir::FlatSymbolRefAttr hostRowOf(mlir::Value value);

private:
  mlir::LogicalResult checkNeurons(mlir::FunctionOpInterface function);
  mlir::LogicalResult checkFanIn(mlir::Operation *reader, const CurrentWriters &writers);
  mlir::LogicalResult collectWriters(mlir::FunctionOpInterface function);
  void writeInputTensor(mlir::FunctionOpInterface function);
  mlir::LogicalResult writeRow(mlir::Operation *op);
  mlir::LogicalResult writeHostOp(mlir::Operation *op);
  mlir::LogicalResult writeNeurons(spike::NeuronLike neuron);
  mlir::LogicalResult writeGate(spike::SpikeGate gate);
  mlir::LogicalResult writeWire(mlir::Operation *op);
  mlir::LogicalResult writeAttention(spike::AttentionLike attention);
  mlir::LogicalResult writeReadout(mlir::Operation *op, spike::RecombineOp recombine);
  mlir::LogicalResult writeStepReadout(mlir::Operation *reader);
  /// The form of the synapses of `op` that have no weights in the model, but +-1 each: that of the
  /// program's widest weights. Fails, after an error, if it does not hold `weight`.
  mlir::FailureOr<WeightForm> formOfOnes(mlir::Operation *op, int64_t weight);
  mlir::LogicalResult addProjections(const CurrentWriters &writers, llvm::StringRef target);
  /// Adds the row of a population whose neurons are those of `value`, and makes it the row of
  /// `value`.
  void addPopulation(llvm::StringRef name, llvm::StringRef role, llvm::StringRef kind,
                     mlir::Value value, int64_t spikeBits, chip::NeuronAttr model,
                     llvm::StringRef neuronModel, bool perStep = false);
  /// Gives a projection of `reader` its window: that of an op on a grid, or, where a grid is read
  /// point by point, the window of one point. `spikes` is what the projection reads.
  mlir::LogicalResult setWindow(PendingProjection &projection, mlir::Operation *reader,
                                mlir::Value spikes, std::optional<GridWindow> window);
  /// Gives a projection of `reader` the delays of `spikes`, which it reads. Fails, after an error,
  /// when one is longer than the chip's longest.
  mlir::LogicalResult setDelays(PendingProjection &projection, mlir::Operation *reader,
                                mlir::Value spikes);
  /// Refuses, at its reader, a value that nothing but itself feeds, and one of earlier steps that
  /// the host reads.
  static mlir::LogicalResult checkTimed(mlir::Operation *reader, const spike::TimedValue &timed);
  /// Whether the op is neurons or a gate on the chip, whose row has its name.
  static bool isPopulation(mlir::Operation *op);
  void writePlainRow(llvm::StringRef name, llvm::StringRef kind);
  void writeFoldedRows(mlir::Location location);

  /// The population or host op that yields a value; fails after an error at
  /// `reader`. For a reader on the chip also when the host knows the value only
  /// after a token's last time step.
  mlir::FailureOr<std::string> sourceOf(mlir::Operation *reader, mlir::Value spikes);
  /// Row of the population that reads a current.
  std::string readerName(mlir::Operation *reader) const;
  /// The points of a grid that the value has: 1 in a model without one.
  int64_t pointsOf(mlir::Value value) const;

  chip::ProgramOp program;
  const ChipModel &chip;
  WeightForm widest;
  llvm::StringRef targetsFolder;
  mlir::OpBuilder builder;
  bool grid = false;                     ///< whether the model's tokens are points of a grid
  llvm::DenseSet<mlir::Value> flattened; ///< spikes of all points of a population, side by side
  llvm::DenseMap<mlir::Value, llvm::SmallVector<int64_t>> delaysOfWire; ///< by column of the source
  llvm::StringMap<mlir::Operation *> symbols;                           ///< the rows, by name
  llvm::DenseMap<mlir::Value, std::string> rowOfValue;
  llvm::DenseSet<mlir::Value> late;      ///< known to the host only after a token
  llvm::DenseSet<mlir::Value> afterChip; ///< depends on the chip
  /// By neuron op, or by the dequantize that reads a current in every time step.
  llvm::MapVector<mlir::Operation *, CurrentWriters> writersOfReader;
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<mlir::Operation *>> attentionReaders;
  llvm::SmallVector<PendingProjection, 0> pending;
};

mlir::LogicalResult refuseFlattened(mlir::Operation *reader);
mlir::LogicalResult refuseLateAttention(mlir::Operation *attention);

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_PROGRAMROWS_H
