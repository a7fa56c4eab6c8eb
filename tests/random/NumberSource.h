// NumberSource: weights, thresholds and constants of drawn ops.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_NUMBERSOURCE_H
#define SYNFIRE_TESTS_RANDOM_NUMBERSOURCE_H

#include "dialect/spike/Spike.h"
#include "tests/random/Choices.h"

#include "mlir/IR/Builders.h"

namespace synfire::test {

/// A tensor of numbers costs two choices, its distribution and a seed, so that
/// shrinking stays quick; the simplest one is all ones.
class NumberSource {
public:
  NumberSource(mlir::MLIRContext *context, Choices &choices) : builder(context), choices(choices) {}

  /// f32, dense or a resource: ones, zeros, signs, eighths, reals, reals of very
  /// different magnitude.
  mlir::ElementsAttr weights(llvm::ArrayRef<int64_t> shape);
  /// Numbers of at least 1/8, f32.
  mlir::ElementsAttr positive(int64_t count);
  /// As weights, f64 now and then: what a folded norm leaves.
  mlir::ElementsAttr bias(int64_t count);

  /// A weight of [outputs, inputs] ([inputs, outputs] when transposed) whose
  /// entries are multiples of 1/64 up to 127/64, which stands once per output.
  mlir::ElementsAttr exactWeights(int64_t outputs, int64_t inputs, bool transposed);
  /// Multiples of 1/64 in -1 .. 1.
  mlir::ElementsAttr exactBias(int64_t count);
  /// f32 or f64 signs.
  mlir::ElementsAttr signs(int64_t count);
  mlir::DenseF64ArrayAttr signFactors(int64_t count);
  mlir::ElementsAttr constant(int64_t count, float value);

  /// One number of low .. high: short binary fractions, else any real.
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
