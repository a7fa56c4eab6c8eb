// SpikeTestModule: builds and runs single operations and functions in tests.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_DIALECT_SPIKETESTMODULE_H
#define SYNFIRE_TESTS_UNIT_DIALECT_SPIKETESTMODULE_H

#include "dialect/interpreter/Interpreter.h"
#include "dialect/interpreter/Kernels.h"
#include "dialect/spike/Spike.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"

#include <random>
#include <string>
#include <vector>

namespace synfire::spike::test {

/// A context with the dialects loaded that keeps every message it is given.
class SpikeTestModule {
public:
  SpikeTestModule() : builder(&context), module(mlir::ModuleOp::create(builder.getUnknownLoc())) {
    context.loadDialect<SpikeDialect, mlir::func::FuncDialect>();
    context.getDiagEngine().registerHandler([this](mlir::Diagnostic &diagnostic) {
      messages += diagnostic.str() + "\n";
      return mlir::success();
    });
    builder.setInsertionPointToEnd(module->getBody());
  }

  /// A value of this type to build operations on.
  mlir::Value argument(mlir::Type type) {
    return module->getBody()->addArgument(type, builder.getUnknownLoc());
  }

  mlir::Type spikes(std::vector<int64_t> shape) {
    return mlir::RankedTensorType::get(shape, builder.getI1Type());
  }
  mlir::Type real(std::vector<int64_t> shape) {
    return mlir::RankedTensorType::get(shape, builder.getF32Type());
  }
  FixedAttr encoding(std::vector<double> scale, int64_t fractionBits) {
    return FixedAttr::get(&context, builder.getDenseF64ArrayAttr(scale), fractionBits);
  }
  mlir::Type fixed(std::vector<int64_t> shape, FixedAttr encoding) {
    return mlir::RankedTensorType::get(
        shape, mlir::IntegerType::get(&context, 32, mlir::IntegerType::Signed), encoding);
  }
  mlir::ElementsAttr floats(std::vector<int64_t> shape, const std::vector<float> &values) {
    return mlir::DenseElementsAttr::get(mlir::RankedTensorType::get(shape, builder.getF32Type()),
                                        llvm::ArrayRef(values));
  }
  LifAttr lif(double tau, std::vector<double> threshold, Reset reset = Reset::Hard,
              Compare compare = Compare::GreaterEqual) {
    return LifAttr::get(&context, builder.getDenseF64ArrayAttr({tau}),
                        builder.getDenseF64ArrayAttr(threshold), reset, compare, {}, {}, {});
  }
  IfAttr integrateAndFire(std::vector<double> threshold, Reset reset = Reset::Hard,
                          Compare compare = Compare::GreaterEqual) {
    return IfAttr::get(&context, builder.getDenseF64ArrayAttr(threshold), reset, compare, {}, {},
                       {});
  }

  /// Parses and verifies; null with the reason in `messages`.
  mlir::OwningOpRef<mlir::ModuleOp> parse(llvm::StringRef text) {
    return mlir::parseSourceString<mlir::ModuleOp>(text, &context);
  }

  /// Parses and verifies one operation, `%y = ...` on %a, %b, %c of these types,
  /// and evaluates it; fails with the reason in `messages`.
  mlir::FailureOr<Tensor> evaluateLine(const std::string &line,
                                       const std::vector<std::string> &types, Operands operands) {
    std::string text = "func.func @f(";
    for (size_t i = 0; i < types.size(); ++i)
      text += (i == 0 ? "%" : ", %") + std::string(1, static_cast<char>('a' + i)) + ": " + types[i];
    lines.push_back(parse(text + ") {\n" + line + "\nreturn\n}"));
    if (!lines.back())
      return mlir::failure();
    auto function = *lines.back()->getOps<mlir::func::FuncOp>().begin();
    return evaluate(&function.getBody().front().front(), operands);
  }

  mlir::MLIRContext context;
  mlir::OpBuilder builder;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::vector<mlir::OwningOpRef<mlir::ModuleOp>> lines;
  std::string messages;
};

/// Drawn numbers; spikes are 1 with probability `rate`.
inline Tensor randomSpikes(std::vector<int64_t> shape, double rate, std::mt19937 &random) {
  Tensor tensor = Tensor::ofIntegers(std::move(shape));
  std::bernoulli_distribution spike(rate);
  for (int64_t &s : tensor.integers())
    s = spike(random);
  return tensor;
}

inline Tensor randomReals(std::vector<int64_t> shape, std::mt19937 &random, double scale = 1.0) {
  Tensor tensor = Tensor::ofReals(std::move(shape));
  std::normal_distribution<double> draw(0.0, scale);
  for (double &x : tensor.reals())
    x = draw(random);
  return tensor;
}

inline std::vector<float> randomFloats(int64_t count, std::mt19937 &random) {
  std::vector<float> numbers(count);
  std::normal_distribution<float> draw;
  for (float &x : numbers)
    x = draw(random);
  return numbers;
}

inline Tensor integers(std::vector<int64_t> shape, std::vector<int64_t> values) {
  Tensor tensor = Tensor::ofIntegers(std::move(shape));
  tensor.integers() = std::move(values);
  return tensor;
}

inline mlir::func::FuncOp mainOf(mlir::ModuleOp module) {
  return module.lookupSymbol<mlir::func::FuncOp>("main");
}

inline Tensor reals(std::vector<int64_t> shape, std::vector<double> values) {
  Tensor tensor = Tensor::ofReals(std::move(shape));
  tensor.reals() = std::move(values);
  return tensor;
}

} // namespace synfire::spike::test

#endif // SYNFIRE_TESTS_UNIT_DIALECT_SPIKETESTMODULE_H
