// GraphBuilder: what the recipes of the ops share while a graph is drawn.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_GRAPHBUILDER_H
#define SYNFIRE_TESTS_RANDOM_GRAPHBUILDER_H

#include "tests/random/Kinds.h"
#include "tests/random/NumberSource.h"
#include "tests/random/RandomGraph.h"

#include "mlir/IR/Builders.h"

namespace synfire::test {

/// An attribute of an op that is drawn; one without a value is left out.
struct Field {
  llvm::StringRef name;
  mlir::Attribute value;
};

class GraphBuilder {
public:
  GraphBuilder(mlir::MLIRContext &context, Choices &choices, const GraphOptions &options);

  /// Draws the whole function: input, operations and head.
  Graph draw();

  Choices &choices;
  const GraphOptions &options;
  mlir::OpBuilder builder;
  NumberSource numbers;
  bool takesIds = false; ///< whether the input is token ids
  int64_t timeSteps = 1, tokens = 1, context = 1, vocabulary = 1;

  bool exact() const { return options.numbers == Numbers::Exact; }
  bool spiking() const { return options.profile == Profile::Spiking; }
  /// Whether the chip path may have grids here: it has none in models of text.
  bool hasGrids() const { return !spiking() || !takesIds; }
  int64_t recurrenceDepth() const { return depth; }

  /// An op `spike.MNEMONIC` with one result, which later ops may read.
  mlir::Value emit(llvm::StringRef mnemonic, mlir::ValueRange operands, mlir::Type result,
                   llvm::ArrayRef<Field> fields = {});
  /// Element types.
  mlir::Type real() { return builder.getF32Type(); }
  mlir::Type binary() { return builder.getI1Type(); }
  mlir::Type graded(int64_t bits) {
    return mlir::IntegerType::get(builder.getContext(), static_cast<unsigned>(bits),
                                  mlir::IntegerType::Unsigned);
  }
  /// The type of a quantised current with the shape of `like` and this encoding.
  mlir::RankedTensorType fixed(mlir::RankedTensorType like, spike::FixedAttr encoding);
  mlir::Attribute integer(int64_t value) { return builder.getI64IntegerAttr(value); }
  mlir::Attribute optional(bool present) { return present ? builder.getUnitAttr() : nullptr; }

  /// Draws the number of features of a new value.
  int64_t drawWidth() { return choices.between(1, options.maxFeatures); }
  /// A divisor of `number`, 1 being the simplest.
  int64_t drawDivisor(int64_t number);
  /// Draws one of the values in scope that `accepts` allows; `fallback` when there is none.
  mlir::Value pick(llvm::function_ref<bool(mlir::Value)> accepts, mlir::Value fallback);
  /// Removes a value from the scope, so that no op that is drawn later reads it.
  void hide(mlir::Value value) { llvm::erase(scope, value); }

  /// A value of this type: one that exists already, or one computed from `from`, which must have
  /// the same time steps and tokens. The element type must be f32, i1 or ui2, without encoding.
  mlir::Value make(mlir::RankedTensorType type, mlir::Value from);
  /// Dense synapses to `features` outputs.
  mlir::Value linear(mlir::Value input, int64_t features, bool quantized = false);
  mlir::Value neuron(mlir::Value current);
  /// Draws a value of spike.firing_rate, in most cases none.
  mlir::Attribute drawFiringRate();

  /// Draws up to `limit` ops into the block where the builder stands.
  void drawOps(int64_t limit);
  /// A region of recurrence that reads `outside`; see spike.recurrent.
  void drawRecurrence(mlir::Value outside);

private:
  mlir::RankedTensorType drawInputType(bool dynamic);
  void embed(mlir::Value ids);
  bool drawOp();
  mlir::Value drawHead();
  mlir::Value toLogits(mlir::Value value);
  spike::ModelAttr drawModel(bool ofText);
  GraphInput drawValues(mlir::RankedTensorType type);
  mlir::Location name(llvm::StringRef mnemonic);

  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::vector<mlir::Value> scope; ///< oldest first
  int64_t depth = 0, named = 0;
};

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_GRAPHBUILDER_H
