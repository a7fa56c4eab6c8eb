// WeightSource: tensors of a weights file as checked attributes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_WEIGHTSOURCE_H
#define SYNFIRE_DIALECT_IMPORT_WEIGHTSOURCE_H

#include "dialect/import/safetensors/Safetensors.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"

#include <optional>
#include <set>

namespace synfire {

/// What the numbers of a tensor are: decides what is checked, and from where
/// random ones are drawn.
enum class WeightKind {
  Table,
  Matrix,           ///< [outputs, inputs ...]
  TransposedMatrix, ///< [inputs, outputs]
  ResidualMatrix,   ///< as Matrix, of a branch that no norm bounds: random ones are small
  Bias,
  NormWeight,
  NormBias,
  Mean,
  Variance,
  SpikingVariance, ///< of what feeds neurons whose threshold, 1, was not learned
  Threshold
};

/// Hands out tensors of a file as `dense_resource` attributes that point into
/// its mapping. Names, types and shapes are checked here, numbers of vectors and
/// thresholds too; numbers of tables and matrices are not touched (checkWeights
/// looks at them before the first use). Without a file the attributes have a
/// shape only, or random numbers.
/// A tensor that is missing or wrong does not stop the caller: it gets one
/// without numbers, and finish() reports all such faults together.
class WeightSource {
public:
  /// Numbers of a file. Diagnostics appear at `where`.
  WeightSource(mlir::Location where, std::shared_ptr<const Safetensors> file)
      : where(where), file(std::move(file)) {}
  /// Random numbers of a seed, or none at all.
  WeightSource(mlir::Location where, std::optional<uint64_t> seed) : where(where), seed(seed) {}

  bool has(std::string_view name) const { return file && file->find(name); }
  /// Path of the file, "" without one.
  std::string path() const { return file ? file->path() : std::string(); }
  mlir::Location location() const { return where; }

  /// Tensor `name` of f32, stored with shape `stored`, as an attribute of
  /// `shape` (the same count of numbers).
  mlir::ElementsAttr tensor(const std::string &name, llvm::ArrayRef<int64_t> stored,
                            llvm::ArrayRef<int64_t> shape, WeightKind kind);

  /// A threshold, stored as one number.
  double threshold(const std::string &name);

  /// Numbers computed elsewhere, under a name of their own.
  mlir::ElementsAttr computed(const std::string &name, llvm::ArrayRef<int64_t> shape,
                              llvm::ArrayRef<float> numbers);

  /// Whether the file holds both tensors, of one type and shape, with different
  /// bytes. Reads them.
  bool differ(std::string_view first, std::string_view second) const;

  /// Reports what was missing or wrong and fails, or, when nothing was, warns of
  /// tensors that nobody asked for, leaving out those that `isLeftover`.
  mlir::LogicalResult finish(bool (*isLeftover)(std::string_view));

private:
  struct Fault {
    std::string tensor, message;
    bool missing;
  };

  const TensorInfo *find(const std::string &name, llvm::ArrayRef<std::vector<int64_t>> shapes);
  bool checkNumbers(const TensorInfo &info, WeightKind kind);
  mlir::ElementsAttr withoutNumbers(const std::string &name, llvm::ArrayRef<int64_t> shape);
  /// Fills `numbers`, those of a tensor of `shape`.
  void drawNumbers(const std::string &name, llvm::ArrayRef<int64_t> shape, WeightKind kind,
                   llvm::MutableArrayRef<float> numbers) const;

  mlir::Location where;
  std::shared_ptr<const Safetensors> file;
  std::optional<uint64_t> seed;
  std::set<std::string> used;
  std::vector<Fault> faults;
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_WEIGHTSOURCE_H
