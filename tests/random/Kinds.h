// Kinds: what a value of the spike dialect is, as generators ask it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_KINDS_H
#define SYNFIRE_TESTS_RANDOM_KINDS_H

#include "dialect/spike/Spike.h"

namespace synfire::test {

inline mlir::RankedTensorType typeOf(mlir::Value value) {
  return mlir::cast<mlir::RankedTensorType>(value.getType());
}
inline mlir::Type elementOf(mlir::Value value) { return typeOf(value).getElementType(); }
inline int64_t width(mlir::Value value) { return typeOf(value).getShape().back(); }

inline bool isIds(mlir::Value value) {
  return typeOf(value).getRank() == 1 && elementOf(value).isSignlessInteger(32);
}
/// Whether a value has features: it is not a list of token ids and not the result of a top_k.
inline bool isFeatures(mlir::Value value) {
  return typeOf(value).getRank() >= 2 && !elementOf(value).isSignlessInteger(32);
}
inline bool isTimed(mlir::Value value) { return typeOf(value).getRank() == 3; }
inline bool isReal(mlir::Value value) { return elementOf(value).isF32(); }
inline bool isBinary(mlir::Value value) { return elementOf(value).isSignlessInteger(1); }
inline bool isSpikes(mlir::Value value) { return spike::isSpikeType(value.getType()); }
inline spike::FixedAttr encodingOf(mlir::Value value) {
  return spike::getFixedEncoding(value.getType());
}
inline bool hasStaticTokens(mlir::Value value) { return typeOf(value).hasStaticShape(); }

/// The type with another last dimension, and without its encoding.
inline mlir::RankedTensorType withWidth(mlir::RankedTensorType type, int64_t features) {
  llvm::SmallVector<int64_t> shape(type.getShape());
  shape.back() = features;
  return mlir::RankedTensorType::get(shape, type.getElementType());
}
/// The type with other elements, and without its encoding.
inline mlir::RankedTensorType withElement(mlir::RankedTensorType type, mlir::Type element,
                                          mlir::Attribute encoding = {}) {
  return mlir::RankedTensorType::get(type.getShape(), element, encoding);
}

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_KINDS_H
