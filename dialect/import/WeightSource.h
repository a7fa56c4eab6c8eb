// WeightSource: gives a builder the tensors of a weights file as checked attributes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_WEIGHTSOURCE_H
#define SYNFIRE_DIALECT_IMPORT_WEIGHTSOURCE_H

#include "dialect/import/safetensors/Safetensors.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"

#include <optional>
#include <set>

namespace synfire {

/// The meaning of a tensor's numbers. It decides which numbers are refused, and from which range
/// random numbers are drawn.
enum class WeightKind {
  Table,
  Matrix,           ///< of shape [outputs, inputs ...]
  TransposedMatrix, ///< of shape [inputs, outputs]
  /// As Matrix, for the last linear of a residual branch without a norm; random numbers are small
  /// so that the stream does not grow.
  ResidualMatrix,
  Bias,
  NormWeight,
  NormBias,
  Mean,
  Variance,
  SpikingVariance, ///< of a norm before neurons whose threshold is 1 and was not learned
  Threshold
};

/// Gives out tensors as `dense_resource` attributes that point into the mapped file. It checks
/// names, types and shapes, and the numbers of vectors and thresholds. It does not read the numbers
/// of tables and matrices; checkWeights() reads them before the first use. Without a file, the
/// attributes have random numbers or only a shape. When a tensor is missing or wrong, the caller
/// gets an attribute without numbers and goes on; finish() reports all faults together.
class WeightSource {
public:
  /// Takes the numbers from a file. Diagnostics appear at `where`.
  WeightSource(mlir::Location where, std::shared_ptr<const Safetensors> file)
      : where(where), file(std::move(file)) {}
  /// Draws random numbers with `seed`, or, without a seed, gives attributes that have no numbers.
  WeightSource(mlir::Location where, std::optional<uint64_t> seed) : where(where), seed(seed) {}

  /// Whether the source is a file that has a tensor of this name.
  bool has(std::string_view name) const { return file && file->find(name); }
  /// The path of the file; "" without a file.
  std::string path() const { return file ? file->path() : std::string(); }
  mlir::Location location() const { return where; }

  /// The tensor `name`, of type f32, which the file must store with shape `stored`, as an attribute
  /// of shape `shape`. Precondition: both shapes have the same number of elements.
  mlir::ElementsAttr tensor(const std::string &name, llvm::ArrayRef<int64_t> stored,
                            llvm::ArrayRef<int64_t> shape, WeightKind kind);

  /// The value of a threshold that the file stores as one number, [1] or a scalar.
  double threshold(const std::string &name);
  /// An attribute of the numbers that the caller has computed, as a resource called `name`.
  mlir::ElementsAttr computed(const std::string &name, llvm::ArrayRef<int64_t> shape,
                              llvm::ArrayRef<float> numbers);

  /// Whether the file has both tensors, with equal type and shape but different bytes. Reads both.
  bool differ(std::string_view first, std::string_view second) const;

  /// Ends the building of a model. Reports all tensors that were missing or wrong and fails. When
  /// there were none, warns of the tensors of the file that nobody asked for, except those for
  /// which `isLeftover` is true.
  mlir::LogicalResult finish(bool (*isLeftover)(std::string_view));

private:
  struct Fault {
    std::string tensor, message;
    bool missing;
  };

  const TensorInfo *find(const std::string &name, llvm::ArrayRef<std::vector<int64_t>> shapes);
  bool checkNumbers(const TensorInfo &info, WeightKind kind);
  mlir::ElementsAttr withoutNumbers(const std::string &name, llvm::ArrayRef<int64_t> shape);
  /// Fills `numbers` with the random numbers of a tensor.
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
