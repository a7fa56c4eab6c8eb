// Kernels: the table of kernels, and messages that they share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"
#include "dialect/spike/FixedPoint.h"

#include "dialect/NamedError.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

const KernelTable &KernelTable::get() {
  static const KernelTable table = [] {
    KernelTable all;
    for (auto addGroup :
         {addTextKernels, addSynapseKernels, addGridKernels, addNormKernels, addNeuronKernels,
          addResidualKernels, addAttentionKernels, addActivationKernels, addHeadKernels})
      addGroup(all);
    return all;
  }();
  return table;
}

FailureOr<Tensor> synfire::spike::evaluate(Operation *op, Operands operands) {
  if (KernelTable::Kernel kernel = KernelTable::get().find(op))
    return kernel(op, operands);
  return emitNamedError(op) << "only operations of the spike dialect and func.return can be "
                               "interpreted";
}

ArrayRef<int64_t> synfire::spike::resultShape(Operation *op) {
  return cast<RankedTensorType>(op->getResult(0).getType()).getShape();
}

LogicalResult synfire::spike::refuseNonFinite(Operation *op, StringRef what,
                                              ArrayRef<int64_t> index, double value) {
  InFlightDiagnostic diagnostic = emitNamedError(op) << what << " [";
  llvm::interleaveComma(index, diagnostic);
  return diagnostic << "]: needs a finite number, has " << std::to_string(value);
}

FailureOr<WeightView> synfire::spike::finiteWeights(Operation *op, StringRef what,
                                                    ElementsAttr attr) {
  FailureOr<WeightView> view = WeightView::get(attr, [&] { return emitNamedError(op); });
  if (failed(view))
    return failure();
  int64_t bad = view->firstNonFinite();
  if (bad < 0)
    return view;
  SmallVector<int64_t> index;
  int64_t rest = bad;
  for (int64_t size : llvm::reverse(attr.getShapedType().getShape())) {
    index.push_back(rest % size);
    rest /= size;
  }
  std::reverse(index.begin(), index.end());
  return refuseNonFinite(op, what, index, (*view)[bad]);
}

FailureOr<std::vector<double>> synfire::spike::channelNumbers(Operation *op, StringRef what,
                                                              ElementsAttr attr) {
  FailureOr<WeightView> view = finiteWeights(op, what, attr);
  if (failed(view))
    return failure();
  std::vector<double> numbers(view->size());
  view->load(0, numbers);
  return numbers;
}

InFlightDiagnostic synfire::spike::errorAt(Operation *op, ArrayRef<int64_t> shape, int64_t index) {
  InFlightDiagnostic diagnostic = emitNamedError(op) << "column " << index % shape.back();
  index /= shape.back();
  if (shape.size() > 1)
    diagnostic << ", token " << index % shape[shape.size() - 2];
  if (shape.size() > 2)
    diagnostic << ", time step " << index / shape[1];
  diagnostic << ": ";
  return diagnostic;
}

double synfire::spike::realAt(const Tensor &value, FixedAttr encoding, int64_t index) {
  if (!encoding)
    return value.at(index);
  return std::ldexp(value.at(index) * encoding.scaleOf(index % value.columns()),
                    -static_cast<int>(encoding.getFractionBits()));
}

LogicalResult synfire::spike::refuseOverflow(InFlightDiagnostic error,
                                             const FixedNeuronState::Overflow &overflow) {
  return error << overflow.what << ": needs " << overflow.smallest() << ".." << overflow.largest()
               << " (a state of " << overflow.bits << " bits), has " << overflow.value;
}

int64_t synfire::spike::currentOf(__int128 sum, int64_t fractionBits, int64_t bias) {
  // No bias brings a sum of 2^64 back into range, and its shift by the fraction bits, at most 30,
  // does not overflow.
  constexpr __int128 beyond = static_cast<__int128>(1) << 64;
  const __int128 current = (std::clamp(sum, -beyond, beyond) << fractionBits) + bias;
  return static_cast<int64_t>(std::clamp<__int128>(current, -kIntegerLimit, kIntegerLimit));
}

bool synfire::spike::sumsFit(const Tensor &input, WeightForm form, int64_t terms) {
  double largest = 0;
  for (int64_t number : input.integers())
    largest = std::max(largest, std::fabs(static_cast<double>(number)));
  // The bound is so far below 2^63 that its own rounding does not matter.
  return largest * static_cast<double>(form.largest()) * static_cast<double>(terms) < 0x1p62;
}

LogicalResult synfire::spike::checkCurrent(Operation *op, const Tensor &current) {
  for (int64_t i = 0; i < current.size(); ++i)
    if (int64_t value = current.integers()[i]; std::abs(value) >= kIntegerLimit)
      return errorAt(op, current.shape(), i)
             << "needs a current of a magnitude below " << kIntegerLimit << ", has "
             << (value < 0 ? -kIntegerLimit : kIntegerLimit) << " or beyond";
  return success();
}
