// TestNetworks: pseudo-random tensors, and what tests ask of imported networks.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_IMPORT_TESTNETWORKS_H
#define SYNFIRE_TESTS_UNIT_IMPORT_TESTNETWORKS_H

#include "TestImporter.h"

#include "dialect/spike/Spike.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <random>
#include <set>

namespace synfire::test {

/// Numbers from low to high, the same wherever the test runs.
inline FloatTensor randomTensor(std::vector<int64_t> shape, float low, float high, uint32_t seed) {
  FloatTensor tensor = filled(std::move(shape));
  std::mt19937 random(seed);
  for (float &number : tensor.numbers)
    number = low + (high - low) * (float(random() >> 8) / float(1 << 24));
  return tensor;
}

inline mlir::func::FuncOp entryOf(mlir::ModuleOp module) {
  return *module.getOps<mlir::func::FuncOp>().begin();
}

/// "name" or "name: kind" of the ops in program order.
inline std::vector<std::string> opNames(mlir::ModuleOp module) {
  std::vector<std::string> names;
  module.walk([&](mlir::Operation *op) {
    if (mlir::isa<spike::SpikeDialect>(op->getDialect()))
      names.push_back(spike::sourceName(op));
  });
  return names;
}

inline std::string architectureOf(mlir::ModuleOp module) {
  auto name = entryOf(module)->getAttrOfType<mlir::StringAttr>(spike::kArchitectureAttrName);
  return name ? name.str() : "";
}

/// Numbers in all distinct tensors, but for running statistics.
inline int64_t parametersOf(mlir::ModuleOp module) {
  std::set<const void *> seen;
  int64_t count = 0;
  module.walk([&](mlir::Operation *op) {
    for (mlir::NamedAttribute named : op->getAttrDictionary()) {
      auto elements = mlir::dyn_cast<mlir::ElementsAttr>(named.getValue());
      bool statistic = named.getName() == "mean" || named.getName() == "variance";
      if (elements && !statistic && seen.insert(named.getValue().getAsOpaquePointer()).second)
        count += elements.getShapedType().getNumElements();
    }
  });
  return count;
}

} // namespace synfire::test

#endif // SYNFIRE_TESTS_UNIT_IMPORT_TESTNETWORKS_H
