// SpikeDecoderBuilder: builds the module of a described SpikeDecoder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKEDECODERBUILDER_H
#define SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKEDECODERBUILDER_H

#include "dialect/import/WeightSource.h"
#include "dialect/import/description/Description.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace synfire {

/// Builds a module at the location `origin` with the function
/// `func.func @main(tensor<?xi32>) -> tensor<?xVxf32>`, which takes token ids and returns logits
/// over a vocabulary of V. The location of every op is the op's name in reports. Returns null after
/// diagnostics when a tensor is missing or wrong.
mlir::OwningOpRef<mlir::ModuleOp> buildSpikeDecoder(const ModelDescription &model,
                                                    WeightSource &weights, mlir::Location origin);

/// The static position code of the public SpikeDecoder implementation, row-major [context, width].
/// Column j of position p is sin(p / 10000^(j / width)) for even j and cos of the same for odd j.
/// It differs from the code of Vaswani et al. (2017), where an odd j has the exponent of j - 1.
std::vector<float> sinusoid(int64_t context, int64_t width);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKEDECODERBUILDER_H
