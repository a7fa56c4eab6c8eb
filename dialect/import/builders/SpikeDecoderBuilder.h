// SpikeDecoderBuilder: a described spiking decoder as a spike module.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKEDECODERBUILDER_H
#define SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKEDECODERBUILDER_H

#include "dialect/import/WeightSource.h"
#include "dialect/import/description/Description.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace synfire {

/// The model as `func.func @main(tensor<?xi32>) -> tensor<?xVxf32>` in a module
/// at `origin`: token ids in, logits out. Every op's location is its report
/// name. Null after diagnostics when a tensor is missing or wrong.
mlir::OwningOpRef<mlir::ModuleOp> buildSpikeDecoder(const ModelDescription &model,
                                                    WeightSource &weights, mlir::Location origin);

/// The published sinusoid, row-major [context, width]: column j of position p is
/// sin (even j) or cos (odd j) of p / 10000^(j / width), with j itself in the
/// exponent.
std::vector<float> sinusoid(int64_t context, int64_t width);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKEDECODERBUILDER_H
