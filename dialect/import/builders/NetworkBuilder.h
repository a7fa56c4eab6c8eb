// NetworkBuilder: builds the layers of a network as ops, and gets their tensors by name.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_BUILDERS_NETWORKBUILDER_H
#define SYNFIRE_DIALECT_IMPORT_BUILDERS_NETWORKBUILDER_H

#include "dialect/import/WeightSource.h"
#include "dialect/import/description/Description.h"
#include "dialect/spike/Spike.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"

namespace synfire {

/// The attribute `spike.model` of a description's entry function: the model's time steps, context
/// (most tokens of one run), vocabulary and text rules.
spike::ModelAttr modelAttribute(mlir::OpBuilder &builder, const ModelDescription &model,
                                int64_t timeSteps, int64_t context);

/// Makes a module at the location `origin`, lets `build` fill it and verifies it. Returns null when
/// `build` or the verification fails, which have then emitted diagnostics.
mlir::OwningOpRef<mlir::ModuleOp>
buildModule(mlir::Location origin, llvm::function_ref<mlir::LogicalResult(mlir::ModuleOp)> build);

/// How a linear layer is stored.
struct LinearForm {
  bool bias = true;
  bool transposed = false; ///< whether the weight has the shape [inputs, outputs]
  bool residual = false;   ///< whether the weight is a WeightKind::ResidualMatrix
};

/// The size of a feature map. Its points, row by row, are the tokens of the values on it.
struct Grid {
  int64_t height = 0, width = 0;
  int64_t points() const { return height * width; }
};

/// Builds the entry function of a module op by op. A layer called `name` becomes an op whose
/// location is `name`; its tensors are called `<prefix><name>.weight`, `<prefix><name>.bias` and so
/// on. A missing or wrong tensor does not stop the building (see WeightSource): the caller asks
/// WeightSource::finish() at the end whether all tensors were right.
///
/// Values have the shape [T x] N x D: T time steps, which a value without time does not have, N
/// tokens or grid points, and D features. The layers keep T and N unless they say otherwise.
class NetworkBuilder {
public:
  NetworkBuilder(mlir::ModuleOp module, WeightSource &weights, std::string tensorPrefix = {})
      : weights(weights), prefix(std::move(tensorPrefix)), builder(module.getBodyRegion()) {}

  /// Begins the entry function `main`, which has one argument, and returns the argument.
  /// `architecture`, the description's word for it, becomes the attribute `spike.architecture`.
  mlir::Value begin(const ModelDescription &model, llvm::StringRef architecture, int64_t timeSteps,
                    int64_t context, mlir::RankedTensorType argument);
  /// Ends the entry function, which returns `result`.
  void end(mlir::Value result);

  // Types.
  mlir::RankedTensorType tensorOf(llvm::ArrayRef<int64_t> shape, mlir::Type element) const {
    return mlir::RankedTensorType::get(shape, element);
  }
  mlir::Type real() { return builder.getF32Type(); }
  /// The element type of spikes of the values 0 to `largest`: i1 for 1, otherwise the narrowest
  /// unsigned integer that holds `largest`.
  mlir::Type spikesUpTo(uint64_t largest);
  /// The type of `like` with the element type `element`.
  static mlir::RankedTensorType withElement(mlir::Value like, mlir::Type element);
  /// The type of `like` with f32 elements and a last dimension of `features`.
  mlir::RankedTensorType realWithFeatures(mlir::Value like, int64_t features);
  /// The last dimension of a value.
  static int64_t featuresOf(mlir::Value value);

  // Tensors.
  /// The table `<prefix><name>.weight`, stored and returned with `shape`.
  mlir::ElementsAttr table(llvm::StringRef name, llvm::ArrayRef<int64_t> shape);
  /// The vector `<prefix><name>.<part>` of `count` numbers.
  mlir::ElementsAttr channels(llvm::StringRef name, llvm::StringRef part, int64_t count,
                              WeightKind kind);

  // Layers.
  /// A linear from the D features of `input` to `outputs` features; the result is real. Owns
  /// `weight`, and `bias` when the form has one.
  mlir::Value linear(llvm::StringRef name, mlir::Value input, int64_t outputs,
                     LinearForm form = {});
  /// A convolution with a 3 x 3 kernel, stride 1, padding 1 and no bias, which keeps the grid. Owns
  /// `weight` [outputs, D, 3, 3].
  mlir::Value conv3x3(llvm::StringRef name, mlir::Value input, Grid grid, int64_t outputs);
  /// The maximum over windows of 3 x 3 with stride 2 and padding 1. Halves the sides of `grid`; N
  /// becomes its number of points. Precondition: both sides are even.
  mlir::Value maxPool(llvm::StringRef name, mlir::Value input, Grid &grid);
  /// The mean over all N points of the grid; N becomes 1.
  mlir::Value meanOverTokens(llvm::StringRef name, mlir::Value input, Grid grid);
  /// A batch norm of real features. Owns `weight`, `bias`, `running_mean` and `running_var`, [D].
  mlir::Value batchNorm(llvm::StringRef name, mlir::Value input);
  /// A layer norm of real features. Owns `weight` and `bias`, [D].
  mlir::Value layerNorm(llvm::StringRef name, mlir::Value input, double epsilon);
  /// LIF neurons with tau 2 and a hard reset to 0; the result is binary spikes.
  mlir::Value lif(llvm::StringRef name, mlir::Value current, double threshold = 1.0);
  /// Repeats a value without time in `timeSteps` time steps.
  mlir::Value repeat(llvm::StringRef name, mlir::Value input, int64_t timeSteps);
  /// The sum of two values, both real or both spikes; sums of spikes are graded spikes.
  mlir::Value add(llvm::StringRef name, mlir::Value lhs, mlir::Value rhs);
  /// Joins the time steps into a value without time. D is multiplied by T when `mode` concatenates.
  mlir::Value recombine(llvm::StringRef name, mlir::Value input, spike::Recombination mode);

  /// The location of a layer: its name.
  mlir::Location at(llvm::StringRef name);
  mlir::OpBuilder &ops() { return builder; }

private:
  WeightSource &weights;
  std::string prefix;
  mlir::OpBuilder builder;
  mlir::func::FuncOp function;
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_BUILDERS_NETWORKBUILDER_H
