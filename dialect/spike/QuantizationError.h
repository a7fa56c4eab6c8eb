// QuantizationError: where quantising leaves what its rounding cost.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_QUANTIZATIONERROR_H
#define SYNFIRE_DIALECT_SPIKE_QUANTIZATIONERROR_H

#include "llvm/ADT/StringRef.h"

namespace synfire::spike {

/// Attribute of an op with quantised weights: two f64, the largest and the root
/// mean square rounding error of its weights, relative to the largest of them.
inline constexpr llvm::StringLiteral kQuantizationErrorAttrName = "spike.quantization_error";

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_QUANTIZATIONERROR_H
