// LargestSpike: how large the values of a spike tensor can be.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/TensorRules.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <limits>

using namespace mlir;
using namespace synfire::spike;

namespace {

/// The most values that one search looks at, enough for a residual stream of a thousand additions.
/// The verifier of every sum searches, so this also bounds its work on a hostile module.
constexpr size_t kMaxValues = 1024;

/// The largest sum of the points of a window that lie in the grid, where no point is more than
/// `largest`.
uint64_t windowSum(PoolOp pool, uint64_t largest) {
  for (auto [size, window] : llvm::zip(pool.getGrid(), pool.getWindow()))
    largest = llvm::SaturatingMultiply(largest, static_cast<uint64_t>(std::min(size, window)));
  return largest;
}

/// Searches upper bounds of spike values, and remembers those that it has found.
class Bound {
public:
  uint64_t of(Value value) {
    uint64_t largest = maximumOf(value.getType());
    if (auto entry = known.find(value); entry != known.end())
      return entry->second;
    if (largest == 1 || known.size() >= kMaxValues || !value.getDefiningOp())
      return largest;
    // While the operands are searched, the value counts as the maximum of its type. So the search
    // ends if the value depends on itself.
    known[value] = largest;
    largest = std::min(largest, ofResult(value.getDefiningOp(), largest));
    return known[value] = largest;
  }

  uint64_t ofResult(Operation *producer, uint64_t typeMaximum) {
    return llvm::TypeSwitch<Operation *, uint64_t>(producer)
        .Case([&](AddOp op) {
          uint64_t lhs = of(op.getLhs());
          return llvm::SaturatingAdd(lhs, of(op.getRhs()));
        })
        .Case([&](PoolOp op) {
          uint64_t input = of(op.getInput());
          return op.getMode() == Pooling::Sum ? windowSum(op, input) : input;
        })
        .Case([&](ConcatOp op) {
          uint64_t largest = 0;
          for (Value input : op.getInputs())
            largest = std::max(largest, of(input));
          return largest;
        })
        .Case<SliceOp, RepeatOp, DelayOp, FlattenOp>([&](auto op) { return of(op.getInput()); })
        .Default(typeMaximum);
  }

private:
  /// The largest number that the type can hold. Operands that are no spikes, which the verifier of
  /// an op may not have refused yet, are not bounded.
  static uint64_t maximumOf(Type type) {
    if (!isSpikeType(type))
      return std::numeric_limits<uint64_t>::max();
    return (uint64_t{1} << getElementTypeOrSelf(type).getIntOrFloatBitWidth()) - 1;
  }

  llvm::DenseMap<Value, uint64_t> known;
};

} // namespace

uint64_t synfire::spike::largestSpike(Value spikes) { return Bound().of(spikes); }

uint64_t synfire::spike::largestSum(Operation *op) {
  return Bound().ofResult(op, std::numeric_limits<uint64_t>::max());
}
