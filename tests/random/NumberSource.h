// NumberSource: weights, thresholds and constants of drawn ops.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_NUMBERSOURCE_H
#define SYNFIRE_TESTS_RANDOM_NUMBERSOURCE_H

#include "dialect/spike/Spike.h"
#include "tests/random/Choices.h"

#include "mlir/IR/Builders.h"

namespace synfire::test {

/// Draws the numbers of tensors. A tensor takes two choices only, its distribution and a seed, so
/// that shrinking is quick; the simplest tensor is all ones.
class NumberSource {
public:
  NumberSource(mlir::MLIRContext *context, Choices &choices) : builder(context), choices(choices) {}

  /// f32, dense or a resource: ones, zeros, signs, eighths, reals, reals of very
  /// different magnitude.
  mlir::ElementsAttr weights(llvm::ArrayRef<int64_t> shape);
  /// Numbers of at least 1/8, f32.
  mlir::ElementsAttr positive(int64_t count);
  /// As weights(), but sometimes of type f64, as the folding of a norm makes them.
  mlir::ElementsAttr bias(int64_t count);

  /// A weight of shape [outputs, inputs], or [inputs, outputs] when transposed. Its entries are
  /// multiples of 1/64 up to 127/64, and every output has one entry of 127/64. `shape` is another
  /// one of as many numbers.
  mlir::ElementsAttr exactWeights(int64_t outputs, int64_t inputs, bool transposed,
                                  llvm::ArrayRef<int64_t> shape = {});
  /// Multiples of 1/64 in -1 .. 1.
  mlir::ElementsAttr exactBias(int64_t count);
  /// f32 or f64 signs.
  mlir::ElementsAttr signs(int64_t count);
  mlir::DenseF64ArrayAttr signFactors(int64_t count);
  mlir::ElementsAttr constant(int64_t count, float value);

  /// A number of low .. high: a short binary fraction or any real.
  double number(double low, double high);
  /// One number, or one for each of `count` channels.
  mlir::DenseF64ArrayAttr numbers(int64_t count, double low, double high);
  mlir::FloatAttr attribute(double value) { return builder.getF64FloatAttr(value); }

private:
  mlir::ElementsAttr dense(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<float> values);

  mlir::Builder builder;
  Choices &choices;
  int64_t resources = 0;
};

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_NUMBERSOURCE_H
