// NetworkBuilder: layers of a network, each under the name of its tensors.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_BUILDERS_NETWORKBUILDER_H
#define SYNFIRE_DIALECT_IMPORT_BUILDERS_NETWORKBUILDER_H

#include "dialect/import/WeightSource.h"
#include "dialect/import/description/Description.h"
#include "dialect/spike/Spike.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"

namespace synfire {

/// The `spike.model` of a description's entry function.
spike::ModelAttr modelAttribute(mlir::OpBuilder &builder, const ModelDescription &model,
                                int64_t timeSteps, int64_t context);

struct LinearForm {
  bool bias = true;
  bool transposed = false; ///< the weight is stored as [inputs, outputs]
  bool residual = false;   ///< see WeightKind::ResidualMatrix
};

/// Points of a feature map, the tokens of its values row by row.
struct Grid {
  int64_t height = 0, width = 0;
  int64_t points() const { return height * width; }
};

/// Builds the entry function of a module op by op. A layer called `name` is an
/// op at the location `name`, and owns the tensors `<prefix><name>.weight`,
/// `.bias` and so on. Tensors that are missing or wrong come as shapes, so that
/// only the end needs to ask the weights whether all went well.
class NetworkBuilder {
public:
  NetworkBuilder(mlir::ModuleOp module, WeightSource &weights, std::string tensorPrefix = {})
      : weights(weights), prefix(std::move(tensorPrefix)), builder(module.getBodyRegion()) {}

  /// Begins the entry function `main` of one argument, which is returned.
  /// `architecture`: the word of the description, kept as `spike.architecture`.
  mlir::Value begin(const ModelDescription &model, llvm::StringRef architecture, int64_t timeSteps,
                    int64_t context, mlir::RankedTensorType argument);
  /// Ends it: `result` is what it returns.
  void end(mlir::Value result);

  // Types.
  mlir::RankedTensorType tensorOf(llvm::ArrayRef<int64_t> shape, mlir::Type element) const {
    return mlir::RankedTensorType::get(shape, element);
  }
  mlir::Type real() { return builder.getF32Type(); }
  /// i1, or the narrowest unsigned integer that holds `largest`.
  mlir::Type spikesUpTo(uint64_t largest);
  /// The type of `like` with another element type, or another last dimension.
  static mlir::RankedTensorType withElement(mlir::Value like, mlir::Type element);
  mlir::RankedTensorType realWithFeatures(mlir::Value like, int64_t features);
  static int64_t featuresOf(mlir::Value value);

  // Tensors.
  mlir::ElementsAttr table(llvm::StringRef name, llvm::ArrayRef<int64_t> shape);
  mlir::ElementsAttr channels(llvm::StringRef name, llvm::StringRef part, int64_t count,
                              WeightKind kind);

  // Layers.
  mlir::Value linear(llvm::StringRef name, mlir::Value input, int64_t outputs,
                     LinearForm form = {});
  /// 3 x 3, stride 1, padding 1, no bias: the grid stays.
  mlir::Value conv3x3(llvm::StringRef name, mlir::Value input, Grid grid, int64_t outputs);
  /// Maximum of 3 x 3, stride 2, padding 1: halves `grid`, rounded up.
  mlir::Value maxPool(llvm::StringRef name, mlir::Value input, Grid &grid);
  /// Mean over all points: one token.
  mlir::Value meanOverTokens(llvm::StringRef name, mlir::Value input, Grid grid);
  mlir::Value batchNorm(llvm::StringRef name, mlir::Value input);
  mlir::Value layerNorm(llvm::StringRef name, mlir::Value input, double epsilon);
  /// LIF, tau 2, hard reset to 0.
  mlir::Value lif(llvm::StringRef name, mlir::Value current, double threshold = 1.0);
  mlir::Value repeat(llvm::StringRef name, mlir::Value input, int64_t timeSteps);
  /// real + real, or spike + spike.
  mlir::Value add(llvm::StringRef name, mlir::Value lhs, mlir::Value rhs);
  /// Time steps as one activation.
  mlir::Value recombine(llvm::StringRef name, mlir::Value input, spike::Recombination mode);

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
