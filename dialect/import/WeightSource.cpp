// WeightSource: gives a builder the tensors of a weights file as checked attributes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/WeightSource.h"
#include "support/NamedRandom.h"
#include "support/NearestName.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/BuiltinDialect.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "support/Message.h"

#include <cmath>
#include <cstring>

using namespace mlir;

namespace synfire {

static RankedTensorType floatTensor(MLIRContext *context, ArrayRef<int64_t> shape) {
  return RankedTensorType::get(shape, Float32Type::get(context));
}

/// The f32 number `index` of `bytes`, which need not be aligned.
static float numberAt(std::span<const std::byte> bytes, size_t index) {
  float number;
  std::memcpy(&number, bytes.data() + index * sizeof(float), sizeof(float));
  return number;
}

const TensorInfo *WeightSource::find(const std::string &name,
                                     ArrayRef<std::vector<int64_t>> shapes) {
  std::string wanted = shapeText(shapes.front());
  const TensorInfo *info = file->find(name);
  if (!info) {
    faults.push_back({name, wanted + " of F32 is missing", true});
    return nullptr;
  }
  used.insert(name);
  if (info->type != TensorType::F32) {
    std::string type(describe(info->type).name);
    faults.push_back({name, needsHas("type F32", type), false});
    return nullptr;
  }
  if (!llvm::is_contained(shapes, info->shape)) {
    faults.push_back({name, needsHas("shape " + wanted, shapeText(info->shape)), false});
    return nullptr;
  }
  return info;
}

bool WeightSource::checkNumbers(const TensorInfo &info, WeightKind kind) {
  if (kind == WeightKind::Table || kind == WeightKind::Matrix ||
      kind == WeightKind::TransposedMatrix || kind == WeightKind::ResidualMatrix)
    return true;
  std::span<const std::byte> bytes = file->bytes(info);
  for (size_t i = 0; i < bytes.size() / sizeof(float); ++i) {
    float number = numberAt(bytes, i);
    const char *rule = nullptr;
    if (!std::isfinite(number))
      rule = "finite numbers";
    else if ((kind == WeightKind::Variance || kind == WeightKind::SpikingVariance) && number < 0)
      rule = "numbers of at least 0";
    else if (kind == WeightKind::Threshold && number <= 0)
      rule = "numbers above 0, so that a neuron at rest does not fire";
    if (rule) {
      faults.push_back({info.name,
                        needsHas(rule, std::to_string(number) + " at [" + std::to_string(i) + "]"),
                        false});
      return false;
    }
  }
  return true;
}

/// An attribute whose resource has no data: its shape is known, its numbers are not.
ElementsAttr WeightSource::withoutNumbers(const std::string &name, ArrayRef<int64_t> shape) {
  MLIRContext *context = where.getContext();
  auto *builtin = context->getLoadedDialect<BuiltinDialect>();
  auto &manager = DenseResourceElementsHandle::getManagerInterface(context).getBlobManager();
  auto handle = manager.insert<DenseResourceElementsHandle>(builtin, name);
  return DenseResourceElementsAttr::get(floatTensor(context, shape), handle);
}

ElementsAttr WeightSource::tensor(const std::string &name, ArrayRef<int64_t> stored,
                                  ArrayRef<int64_t> shape, WeightKind kind) {
  if (!file && seed) {
    // The numbers are drawn directly into the resource, so that memory holds a large model once.
    AsmResourceBlob blob = HeapAsmResourceBlob::allocate(
        size_t(ShapedType::getNumElements(shape)) * sizeof(float), alignof(float));
    MutableArrayRef<char> bytes = blob.getMutableData();
    drawNumbers(name, shape, kind,
                {reinterpret_cast<float *>(bytes.data()), bytes.size() / sizeof(float)});
    return DenseResourceElementsAttr::get(floatTensor(where.getContext(), shape), name,
                                          std::move(blob));
  }
  const TensorInfo *info = file ? find(name, {stored.vec()}) : nullptr;
  if (!info || !checkNumbers(*info, kind))
    return withoutNumbers(name, shape);
  std::span<const std::byte> bytes = file->bytes(*info);
  ArrayRef<char> data(reinterpret_cast<const char *>(bytes.data()), bytes.size());
  bool aligned = reinterpret_cast<uintptr_t>(data.data()) % alignof(float) == 0;
  // The deleter owns a reference to the file, so that the mapping lives as long as the resource.
  AsmResourceBlob blob =
      aligned ? UnmanagedAsmResourceBlob::allocateWithAlign(
                    data, alignof(float), [keep = file](void *, size_t, size_t) {})
              : HeapAsmResourceBlob::allocateAndCopyWithAlign(data, alignof(float), false);
  return DenseResourceElementsAttr::get(floatTensor(where.getContext(), shape), name,
                                        std::move(blob));
}

double WeightSource::threshold(const std::string &name) {
  if (!file) {
    float number = 1;
    if (seed)
      drawNumbers(name, {1}, WeightKind::Threshold, number);
    return number;
  }
  const TensorInfo *info = find(name, {{1}, {}});
  if (!info || !checkNumbers(*info, WeightKind::Threshold))
    return 1.0;
  return numberAt(file->bytes(*info), 0);
}

ElementsAttr WeightSource::computed(const std::string &name, ArrayRef<int64_t> shape,
                                    ArrayRef<float> numbers) {
  ArrayRef<char> bytes(reinterpret_cast<const char *>(numbers.data()),
                       numbers.size() * sizeof(float));
  return DenseResourceElementsAttr::get(
      floatTensor(where.getContext(), shape), name,
      HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, alignof(float), false));
}

bool WeightSource::differ(std::string_view first, std::string_view second) const {
  const TensorInfo *a = file ? file->find(first) : nullptr;
  const TensorInfo *b = file ? file->find(second) : nullptr;
  if (!a || !b || a->type != b->type || a->shape != b->shape)
    return false;
  return std::memcmp(file->bytes(*a).data(), file->bytes(*b).data(), a->bytes()) != 0;
}

LogicalResult WeightSource::finish(bool (*isLeftover)(std::string_view)) {
  if (!file)
    return success();
  std::vector<std::string> unused;
  for (const TensorInfo &info : file->tensors())
    if (!used.count(info.name) && !isLeftover(info.name))
      unused.push_back(info.name);

  // A wrong description makes most tensors wrong, so only the first few are shown.
  constexpr size_t kShown = 8;
  for (size_t i = 0; i < std::min(faults.size(), kShown); ++i) {
    InFlightDiagnostic error = emitError(where);
    error << file->path() << ": tensor '" << faults[i].tensor << "' " << faults[i].message;
    if (faults[i].missing)
      error << nearestName(faults[i].tensor, unused);
  }
  if (faults.size() > kShown)
    emitError(where) << file->path() << ": " << faults.size() - kShown
                     << " more tensors are missing or wrong";
  if (!faults.empty())
    return failure();
  if (unused.empty())
    return success();
  InFlightDiagnostic warning = emitWarning(where);
  warning << file->path() << ": tensor " << quotedName(unused.front());
  if (unused.size() == 1)
    warning << " is not used by the model";
  else
    warning << " and " << unused.size() - 1 << " more are not used by the model";
  warning << "; does the description fit the weights?";
  return success();
}

/// The number of inputs over which one output of a matrix sums.
static int64_t inputsOf(ArrayRef<int64_t> shape, WeightKind kind) {
  return kind == WeightKind::TransposedMatrix ? shape.front()
                                              : ShapedType::getNumElements(shape.drop_front());
}

void WeightSource::drawNumbers(const std::string &name, ArrayRef<int64_t> shape, WeightKind kind,
                               MutableArrayRef<float> numbers) const {
  // With these ranges, every layer of a model with random weights fires: pre-activations have a
  // variance near 1 when about half of the inputs spike.
  double low = 0, high = 0;
  switch (kind) {
  case WeightKind::Table:
  case WeightKind::Bias:
  case WeightKind::NormBias:
    low = -0.5, high = 0.5;
    break;
  case WeightKind::Matrix:
  case WeightKind::TransposedMatrix:
    high = std::sqrt(6.0 / double(inputsOf(shape, kind)));
    low = -high;
    break;
  case WeightKind::ResidualMatrix:
    // With larger numbers, the residual stream would grow with every block that is added to it.
    high = std::sqrt(6.0 / double(inputsOf(shape, kind))) / 8;
    low = -high;
    break;
  case WeightKind::Mean:
    low = -0.1, high = 0.1;
    break;
  case WeightKind::NormWeight:
  case WeightKind::Variance:
    low = 0.8, high = 1.2;
    break;
  case WeightKind::SpikingVariance:
    // This is about the variance of a sum over inputs that fire at a rate of 0.1 to 0.2.
    low = 0.2, high = 0.4;
    break;
  case WeightKind::Threshold:
    low = 0.3, high = 0.6;
    break;
  }
  NamedRandom random(*seed, name);
  for (float &number : numbers)
    number = float(random.between(low, high));
}

} // namespace synfire
