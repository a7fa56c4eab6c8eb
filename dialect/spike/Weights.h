// Weights: typed access to the numbers of a weight attribute.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_WEIGHTS_H
#define SYNFIRE_DIALECT_SPIKE_WEIGHTS_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"

#include <cstring>

namespace synfire::spike {

/// A view of f32 or f64 numbers, row major, that neither copies them nor builds
/// an attribute per element. The numbers of a resource stay where they are (a
/// memory-mapped file, say) and are read when asked for; they need no alignment.
/// The view must not outlive the attribute's context.
class WeightView {
public:
  /// Fails, after one message through `emitError` (if given), when the attribute
  /// is neither dense nor a resource, is not f32 or f64, or when the resource's
  /// blob is missing or has the wrong size.
  static mlir::FailureOr<WeightView>
  get(mlir::ElementsAttr attr, llvm::function_ref<mlir::InFlightDiagnostic()> emitError = nullptr);

  int64_t size() const { return count; }

  double operator[](int64_t index) const {
    const char *at = data + index * stride;
    if (isDouble) {
      double value;
      std::memcpy(&value, at, sizeof(value));
      return value;
    }
    float value;
    std::memcpy(&value, at, sizeof(value));
    return value;
  }

  /// Copies elements first, first+1, ... into `out`.
  void load(int64_t first, llvm::MutableArrayRef<double> out) const {
    for (size_t i = 0; i < out.size(); ++i)
      out[i] = (*this)[first + static_cast<int64_t>(i)];
  }

  /// Index of the first NaN or infinity, -1 when all are finite.
  int64_t firstNonFinite() const;

private:
  WeightView(const char *data, int64_t count, int64_t stride, bool isDouble)
      : data(data), count(count), stride(stride), isDouble(isDouble) {}

  const char *data;
  int64_t count;
  int64_t stride; ///< bytes from one element to the next, 0 for a splat
  bool isDouble;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_WEIGHTS_H
