// WriterRange: how large a synapse op's weights are, and what rounding loses.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_WRITERRANGE_H
#define SYNFIRE_PASSES_WRITERRANGE_H

#include "dialect/spike/Spike.h"
#include "dialect/spike/Weights.h"

#include <limits>

namespace synfire {

/// The real value for which an input of 1 stands: the scale of the input's encoding, 1 for spikes.
double inputScale(spike::SynapseLike synapse);

/// The largest integer that an element of `input` can have. `input` is a spike tensor, or the
/// recombination of one.
int64_t largestInput(mlir::Value input);

/// Sets `out` to the stored weight * row factor of one column, beginning with row `firstRow`, as
/// many as `out` has entries; whether the op stores weights by rows or by columns makes no
/// difference.
/// Precondition: `weights` is the view of the op's getStoredWeight().
void loadColumn(spike::SynapseLike synapse, const spike::WeightView &weights, int64_t column,
                int64_t firstRow, llvm::MutableArrayRef<double> out);

/// The largest |stored weight * row factor * column factor * input scale| of every column: the most
/// that an input of 1 changes the current by. Its one weight for every column of a diagonal op.
/// Fails, after an error that names op, tensor and element, when a weight, factor or bias is not
/// finite.
mlir::FailureOr<llvm::SmallVector<double>> largestWeights(spike::SynapseLike synapse);

/// Of the weights of a column those that its format keeps, for the scale (dialect/RATIONALE.md,
/// "Formats of weights"). `least` and `largest` are magnitudes.
struct KeptWeights {
  double sum = 0, least = std::numeric_limits<double>::infinity(), largest = 0;
  int64_t count = 0;

  /// The scale at which the error of the kept weights is least: their mean magnitude, which is that
  /// of each if they have one. 0 if there are none.
  double scale() const {
    if (count == 0)
      return 0;
    return least == largest ? largest : sum / static_cast<double>(count);
  }
};

/// Adds the weights that an op with binary, sign or ternary weights keeps to those of each column.
/// Preconditions: the op states its form, and largestWeights() of it has succeeded.
void addKeptWeights(spike::SynapseLike synapse, llvm::MutableArrayRef<KeptWeights> columns);

/// What the quantised weights of one op are like.
struct WriterStatistics {
  llvm::SmallVector<int64_t> rowSum; ///< per column: sum of |integer weight| over its inputs
  double largestError = 0;           ///< relative to the op's largest |weight|
  double rmsError = 0;               ///< the same, root mean square
};

/// A weight here is stored weight * row factor * column factor * input scale; a diagonal op has one
/// weight per column for all that enters it. Errors include those of clamping, and are 0 when all
/// weights are 0. Quantises every weight of the op to the form that it states, with the scale of
/// its column (one entry per column; quantizeWeight in dialect/spike/FixedPoint.h), and returns the
/// statistics alone. Reads all weights. Precondition: largestWeights() of the op has succeeded.
WriterStatistics measureWriter(spike::SynapseLike synapse, llvm::ArrayRef<double> scale);

} // namespace synfire

#endif // SYNFIRE_PASSES_WRITERRANGE_H
