// WriterRange: how large a synapse op's weights are, and what rounding loses.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_WRITERRANGE_H
#define SYNFIRE_PASSES_WRITERRANGE_H

#include "dialect/spike/Spike.h"
#include "dialect/spike/Weights.h"

namespace synfire {

/// Factor of a synapse op's input: the scale of its encoding, 1 for spikes.
double inputScale(spike::SynapseLike synapse);

/// Largest integer that one element of a spike tensor, or of recombined spikes,
/// can have.
int64_t largestInput(mlir::Value input);

/// Stored weights of one column, rows firstRow, firstRow + 1, ... into `out`,
/// whichever way round they lie. `weights` is a view of getStoredWeight().
void loadColumn(spike::SynapseLike synapse, const spike::WeightView &weights, int64_t column,
                int64_t firstRow, llvm::MutableArrayRef<double> out);

/// Largest |weight| of every column as a real effect on the current (column
/// factor and input scale included); 1 for a diagonal op. A NaN or an infinity
/// is an error that names the op, the tensor and the place.
mlir::FailureOr<llvm::SmallVector<double>> largestWeights(spike::SynapseLike synapse);

/// What a scale per column makes of the weights.
struct WriterStatistics {
  llvm::SmallVector<int64_t> rowSum; ///< per column: sum of |integer weight|
  double largestError = 0;           ///< relative to the op's largest |weight|
  double rmsError = 0;               ///< the same, root mean square
};

/// Quantises every weight once to `weightBits` (dialect/spike/FixedPoint.h) and
/// keeps none.
WriterStatistics measureWriter(spike::SynapseLike synapse, llvm::ArrayRef<double> scale,
                               int64_t weightBits);

} // namespace synfire

#endif // SYNFIRE_PASSES_WRITERRANGE_H
