// ParameterCountTest: the published parameter counts, from the built modules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestImporter.h"

#include "dialect/count/Count.h"
#include "dialect/spike/Spike.h"

#include <cmath>

using namespace synfire;
using namespace synfire::test;

/// Numbers that training learns: weights, biases, norms and tables; not the
/// statistics of norms, not tables that are computed.
static int64_t parameters(mlir::ModuleOp module) {
  int64_t total = 0;
  module.walk([&](mlir::Operation *op) {
    if (op->hasAttr(spike::kFixedTableAttrName))
      return;
    for (const char *name : {"weight", "bias", "table"})
      if (auto numbers = op->getAttrOfType<mlir::ElementsAttr>(name))
        total += numbers.getNumElements();
  });
  return total;
}

/// In millions, as printed: two decimals.
static int64_t hundredths(int64_t count) { return std::llround(double(count) / 1e4); }

struct Shapes : Importer {
  Folder folder;

  int64_t count(const std::string &path) {
    auto module = import(path);
    INFO(messages);
    REQUIRE(module);
    // `synfire count` agrees.
    spike::ParameterCounter counter;
    int64_t counted = 0;
    module->walk([&](mlir::Operation *op) { counted += counter.ofOp(op); });
    CHECK(counted == parameters(*module));
    return counted;
  }
};

TEST_CASE("the embedding comparison: 14 codes, their widths and parameters (models.md 1.6)") {
  struct Row {
    const char *token, *position, *codes;
    int64_t width, hundredths;
  };
  const Row rows[] = {
      {"two-hot", "one-hot", "", 286, 1778},
      {"two-hot", "binary", "", 38, 33},
      {"two-hot", "static", "position_width: 34", 64, 91},
      {"two-hot", "learned", "position_width: 34", 64, 92},
      {"binary", "one-hot", "", 261, 1482},
      {"binary", "binary", "", 13, 4},
      {"binary", "static", "position_width: 35", 40, 36},
      {"binary", "learned", "position_width: 19", 24, 14},
      {"learned", "one-hot", "token_width: 50", 306, 2035},
      {"learned", "binary", "token_width: 50", 58, 75},
      {"learned", "static", "token_width: 50, position_width: 30", 80, 142},
      {"learned", "learned", "token_width: 50, position_width: 30", 80, 142},
      {"learned", "static", "token_width: 64, combine: sum", 64, 91},
      {"learned", "learned", "token_width: 64, combine: sum", 64, 93},
  };
  for (const Row &row : rows) {
    CAPTURE(row.token);
    CAPTURE(row.position);
    Shapes shapes;
    std::string codes = *row.codes ? std::string(row.codes) + ", " : "";
    std::string path = shapes.folder.write(
        "m.yaml", "synfire: model/1\nname: m\narchitecture: spikedecoder\nconfig: {token_code: " +
                      std::string(row.token) + ", position_code: " + row.position + ", " + codes +
                      "vocabulary: 30, context: 256, blocks: 6, heads: 1, norm: layer, width: " +
                      std::to_string(row.width) + "}\n");
    CHECK(hundredths(shapes.count(path)) == row.hundredths);
  }
}

TEST_CASE("the shipped descriptions have the published parameters (models.md 1.1)") {
  Shapes shapes;
  auto count = [&](const std::string &name) {
    return hundredths(shapes.count(std::string(SYNFIRE_SOURCE_DIR) +
                                   "/examples/models/spikedecoder-" + name + ".yaml"));
  };
  CHECK(count("word-strict") == 2788);
  CHECK(count("char-strict") == 284);
  CHECK(count("char-onehead") == 283);
  CHECK(count("char-ann") == 280);
}
