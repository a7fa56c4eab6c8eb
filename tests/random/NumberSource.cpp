// NumberSource: weights, thresholds and constants of drawn ops.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/NumberSource.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>
#include <functional>

using namespace mlir;
using namespace synfire::test;

static int64_t countOf(ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

/// Any real of low .. high, that a float32 holds.
static float realBetween(SplitMix64 &random, double low, double high) {
  return static_cast<float>(low + (high - low) * random.unit());
}

static float magnitude(SplitMix64 &random) {
  int exponent = static_cast<int>(random.next() % 17) - 10;
  return std::ldexp(realBetween(random, -1, 1), exponent);
}

ElementsAttr NumberSource::dense(ArrayRef<int64_t> shape, ArrayRef<float> values) {
  auto type = RankedTensorType::get(shape, builder.getF32Type());
  if (!choices.rarely(8))
    return DenseElementsAttr::get(type, values);
  std::string key = "weights" + std::to_string(resources++);
  return cast<ElementsAttr>(Attribute(DenseF32ResourceElementsAttr::get(
      type, key, HeapAsmResourceBlob::allocateAndCopyInferAlign(values))));
}

ElementsAttr NumberSource::weights(ArrayRef<int64_t> shape) {
  uint64_t kind = choices.below(7);
  SplitMix64 random(choices.below(1 << 16));
  std::vector<float> values(countOf(shape));
  for (float &value : values)
    switch (kind) {
    case 0:
      value = 1;
      break;
    case 1:
      value = 0;
      break;
    case 2:
      value = random.next() % 2 == 0 ? 1.0f : -1.0f;
      break;
    case 3:
      value = static_cast<float>(static_cast<int64_t>(random.next() % 33) - 16) / 8;
      break;
    case 4:
      value = realBetween(random, -1, 1);
      break;
    case 5: // mostly zeros, of either sign, and one magnitude, as pruned ternary weights have
      value = random.next() % 4 == 0 ? 0.375f : 0.0f;
      value = random.next() % 2 == 0 ? value : -value;
      break;
    default:
      value = magnitude(random);
    }
  return dense(shape, values);
}

ElementsAttr NumberSource::positive(int64_t count) {
  SplitMix64 random(choices.below(1 << 16));
  std::vector<float> values(count);
  for (float &value : values)
    value = realBetween(random, 0.125, 3);
  return dense({count}, values);
}

ElementsAttr NumberSource::bias(int64_t count) {
  if (!choices.rarely(4))
    return weights({count});
  SplitMix64 random(choices.below(1 << 16));
  std::vector<double> values(count);
  for (double &value : values)
    value = random.unit() - 0.5;
  return DenseElementsAttr::get(RankedTensorType::get({count}, builder.getF64Type()),
                                ArrayRef(values));
}

ElementsAttr NumberSource::exactWeights(int64_t outputs, int64_t inputs, bool transposed,
                                        ArrayRef<int64_t> shape) {
  SplitMix64 random(choices.below(1 << 16));
  std::vector<float> values(outputs * inputs);
  for (int64_t o = 0; o < outputs; ++o)
    for (int64_t i = 0; i < inputs; ++i) {
      int64_t sixtyFourths = i == 0 ? 127 : static_cast<int64_t>(random.next() % 255) - 127;
      values[transposed ? i * outputs + o : o * inputs + i] = static_cast<float>(sixtyFourths) / 64;
    }
  if (!shape.empty())
    return dense(shape, values);
  return dense(transposed ? ArrayRef({inputs, outputs}) : ArrayRef({outputs, inputs}), values);
}

ElementsAttr NumberSource::exactBias(int64_t count) {
  SplitMix64 random(choices.below(1 << 16));
  std::vector<float> values(count);
  for (float &value : values)
    value = static_cast<float>(static_cast<int64_t>(random.next() % 129) - 64) / 64;
  return dense({count}, values);
}

ElementsAttr NumberSource::signs(int64_t count) {
  SplitMix64 random(choices.below(1 << 16));
  std::vector<float> values(count);
  for (float &value : values)
    value = random.next() % 2 == 0 ? 1.0f : -1.0f;
  return dense({count}, values);
}

DenseF64ArrayAttr NumberSource::signFactors(int64_t count) {
  SplitMix64 random(choices.below(1 << 16));
  std::vector<double> values(count);
  for (double &value : values)
    value = random.next() % 2 == 0 ? 1.0 : -1.0;
  return builder.getDenseF64ArrayAttr(values);
}

ElementsAttr NumberSource::constant(int64_t count, float value) {
  return dense({count}, std::vector<float>(count, value));
}

double NumberSource::number(double low, double high) {
  if (choices.flip())
    return low + (high - low) * SplitMix64(choices.below(1 << 16)).unit();
  // Eighths, the one nearest to 1 first.
  auto first = static_cast<int64_t>(std::ceil(low * 8));
  auto last = static_cast<int64_t>(std::floor(high * 8));
  int64_t simplest = std::clamp<int64_t>(8, first, last);
  int64_t chosen = choices.between(0, last - first) + simplest;
  return static_cast<double>(chosen > last ? chosen - (last - first + 1) : chosen) / 8;
}

DenseF64ArrayAttr NumberSource::numbers(int64_t count, double low, double high) {
  SmallVector<double> values{number(low, high)};
  if (count > 1 && choices.flip()) {
    SplitMix64 random(choices.below(1 << 16));
    for (int64_t i = 1; i < count; ++i)
      values.push_back(low + (high - low) * random.unit());
  }
  return builder.getDenseF64ArrayAttr(values);
}
