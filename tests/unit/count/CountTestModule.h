// CountTestModule: parses and counts small models in tests.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_COUNT_COUNTTESTMODULE_H
#define SYNFIRE_TESTS_UNIT_COUNT_COUNTTESTMODULE_H

#include "dialect/count/Count.h"
#include "dialect/spike/Spike.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"

#include <doctest/doctest.h>

#include <string>

namespace synfire::spike::test {

/// One module and every message about it.
class CountTestModule {
public:
  explicit CountTestModule(const std::string &text) {
    context.loadDialect<SpikeDialect, mlir::func::FuncDialect>();
    context.printOpOnDiagnostic(false);
    context.getDiagEngine().registerHandler([this](mlir::Diagnostic &diagnostic) {
      messages += diagnostic.str() + "\n";
      return mlir::success();
    });
    module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    REQUIRE_MESSAGE(module, messages);
  }

  mlir::func::FuncOp main() { return module->lookupSymbol<mlir::func::FuncOp>("main"); }

  /// The counts; fails the test with the messages when there are none.
  ModelCount count(const CountOptions &options = {}) {
    auto result = countModel(main(), options);
    REQUIRE_MESSAGE(mlir::succeeded(result), messages);
    return std::move(*result);
  }

  /// The messages of a count that must fail.
  std::string refusal(const CountOptions &options = {}) {
    messages.clear();
    REQUIRE(mlir::failed(countModel(main(), options)));
    return messages;
  }

  /// Runs the tokens in the interpreter and counts with the spikes of that run.
  ModelCount countRun(const std::vector<int32_t> &tokens, CountOptions options = {}) {
    Measurement measurement;
    InterpretOptions watch;
    watch.observe = [&](mlir::Operation *op, llvm::ArrayRef<const Tensor *> operands,
                        const Tensor &value) { measurement.observe(op, operands, value); };
    REQUIRE_MESSAGE(mlir::succeeded(interpret(main(), tokens, watch)), messages);
    options.tokens = static_cast<int64_t>(tokens.size());
    options.measured = &measurement;
    return count(options);
  }

  std::string messages;

private:
  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

inline const OpCounts &opNamed(const ModelCount &count, const std::string &name) {
  for (const OpCounts &op : count.ops)
    if (op.name == name)
      return op;
  FAIL("no op " << name);
  return count.totals;
}

/// The count of one kind of work that the account does not charge; 0 when it is not listed.
inline int64_t unpriced(const OpCounts &op, const std::string &what) {
  for (const auto &[name, count] : op.unpriced)
    if (name == what)
      return count;
  return 0;
}

inline bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

} // namespace synfire::spike::test

#endif // SYNFIRE_TESTS_UNIT_COUNT_COUNTTESTMODULE_H
