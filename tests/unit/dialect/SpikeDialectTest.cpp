// SpikeDialectTest: what text keeps, names of ops, weights and interfaces.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include "dialect/spike/Weights.h"

#include "mlir/AsmParser/AsmParser.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

using synfire::WeightForm;
using synfire::WeightFormat;
using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;

TEST_CASE("text gives back every scale and threshold to the last bit") {
  SpikeTestModule test;
  std::mt19937_64 random(3);
  std::vector<double> numbers{1.0, 0.1, 1.0 / 3.0, 1e-300, 5e-324, 1.7976931348623157e308};
  while (numbers.size() < 300) {
    double number = std::bit_cast<double>(random() >> 1); // any positive pattern
    if (std::isfinite(number) && number > 0)
      numbers.push_back(number);
  }
  for (Attribute attr :
       {Attribute(test.encoding(numbers, 7)), Attribute(test.lif(2.5, numbers, Reset::Soft)),
        Attribute(test.integrateAndFire(numbers, Reset::None, Compare::Greater))}) {
    std::string text;
    llvm::raw_string_ostream(text) << attr;
    CHECK(parseAttribute(text, &test.context) == attr);
  }
}

TEST_CASE("numbers at the ends of their ranges are accepted, those beyond are not") {
  struct Range {
    std::string text; ///< @ stands for the number
    std::vector<const char *> inside, outside;
  };
  const std::string spikes = "tensor<4x?x2xi1>", reals = "tensor<4x?x2xf32>";
  const auto fixed = [](const std::string &scale, const std::string &bits) {
    return "tensor<4x?x2xsi32, #spike.fixed<scale = [" + scale + "], fraction_bits = " + bits +
           ">>";
  };
  const auto inject = [&](const std::string &type) {
    return "%i = spike.inject %x {weight_bits = 8 : i64} : " + spikes + " -> " + type + "\n";
  };
  const auto neuron = [&](const std::string &model) {
    return "%y = spike.neuron #spike." + model + ", threshold = [1.0]>, %c : " + reals + " -> " +
           spikes;
  };
  for (const Range &range : {
           Range{"%y = spike.linear %x, dense<1.0> : tensor<2x2xf32> {weight_bits = @ : i64} : " +
                     spikes + " -> " + fixed("1.0", "0"),
                 {"1", "32"},
                 {"0", "33"}},
           Range{inject(fixed("1.0", "@")), {"0", "30"}, {"-1", "31"}},
           Range{inject(fixed("@", "0")), {"1.0e-300"}, {"0.0", "-1.0"}},
           Range{"%y = spike.self_attention %x, %x, %x heads 1 scale @ : " + spikes + ", " +
                     spikes + ", " + spikes + " -> " + reals,
                 {"1.0e-300"},
                 {"0.0", "-1.0"}},
           Range{inject(fixed("1.0", "0")) + "%y = spike.neuron #spike.if<threshold = [1.0]>, %i " +
                     "state(<bits = @>) : " + fixed("1.0", "0") + " -> " + spikes,
                 {"2", "48"},
                 {"1", "49"}},
           Range{neuron("lif<tau = @"), {"1.0"}, {"0.99"}},
           Range{neuron("plif<w = @"), {"-700.0", "700.0"}, {"-700.1", "700.1"}},
           Range{neuron("cuba_lif<current_decay = @, current_gain = 1.0, membrane_decay = 0.5, "
                        "membrane_gain = 1.0"),
                 {"0.0", "1.0"},
                 {"-0.01", "1.01"}},
           Range{neuron("cuba_lif<current_decay = 0.5, current_gain = 1.0, membrane_decay = @, "
                        "membrane_gain = 1.0"),
                 {"0.0", "1.0"},
                 {"-0.01", "1.01"}},
       }) {
    const auto accepted = [&](const std::string &number) {
      std::string text = range.text;
      text.replace(text.find('@'), 1, number);
      SpikeTestModule test;
      return bool(test.parse("func.func @f(%x: " + spikes + ", %c: " + reals + ") {\n" + text +
                             "\nreturn\n}"));
    };
    CAPTURE(range.text);
    for (const char *number : range.inside)
      CHECK_MESSAGE(accepted(number), number);
    for (const char *number : range.outside)
      CHECK_MESSAGE(!accepted(number), number);
  }
}

TEST_CASE("an op is called what its location says") {
  SpikeTestModule test;
  MLIRContext *context = &test.context;
  Location q = NameLoc::get(StringAttr::get(context, "block0.attn.q"));
  Location norm = NameLoc::get(StringAttr::get(context, "block0.attn.q_norm"));
  Location file = FileLineColLoc::get(context, "model.mlir", 3, 1);
  auto nameAt = [&](Location loc) {
    auto op = RepeatOp::create(test.builder, loc, test.spikes({4, 2, 3}),
                               test.argument(test.spikes({2, 3})));
    return sourceName(op);
  };
  CHECK(nameAt(q) == "block0.attn.q");
  CHECK(nameAt(FusedLoc::get(context, {file, q, norm})) == "block0.attn.q");
  CHECK(nameAt(CallSiteLoc::get(norm, file)) == "block0.attn.q_norm");
  CHECK(nameAt(file) == "spike.repeat");
}

TEST_CASE("kinds of tensors stay distinguishable") {
  SpikeTestModule test;
  FixedAttr encoding = test.encoding({0.5}, 4);
  CHECK(isSpikeType(test.spikes({4, 2, 3})));
  CHECK_FALSE(isCurrentType(test.spikes({4, 2, 3})));
  CHECK(isCurrentType(test.real({4, 2, 3})));
  CHECK(isCurrentType(test.fixed({4, 2, 3}, encoding)));
  CHECK_FALSE(isSpikeType(test.fixed({4, 2, 3}, encoding)));
  CHECK(getFixedEncoding(test.fixed({4, 2, 3}, encoding)) == encoding);
  CHECK_FALSE(getFixedEncoding(test.real({4, 2, 3})));
}

/// Sums x + x, doubling every time.
static Value doubled(SpikeTestModule &test, int times, unsigned width) {
  Value value = test.argument(test.spikes({4, 2, 3}));
  Type graded = RankedTensorType::get(
      {4, 2, 3}, IntegerType::get(&test.context, width, IntegerType::Unsigned));
  for (int i = 0; i < times; ++i)
    value = AddOp::create(test.builder, test.builder.getUnknownLoc(), graded, value, value);
  return value;
}

TEST_CASE("the largest spike of a sum is followed back to spikes") {
  SpikeTestModule test;
  // 2^20 paths lead from the result to the argument.
  CHECK(largestSpike(doubled(test, 20, 32)) == 1 << 20);
  // The type is a bound, too.
  CHECK(largestSpike(doubled(test, 20, 8)) == 255);
  CHECK(largestSpike(test.argument(test.spikes({4, 2, 3}))) == 1);
}

TEST_CASE("a stream deeper than the verifier looks ends in its type's maximum") {
  SpikeTestModule test;
  Value spikes = test.argument(test.spikes({4, 2, 3})), stream = spikes;
  auto type =
      RankedTensorType::get({4, 2, 3}, IntegerType::get(&test.context, 32, IntegerType::Unsigned));
  for (int depth = 1; depth <= 5000; ++depth) {
    stream = AddOp::create(test.builder, test.builder.getUnknownLoc(), type, stream, spikes);
    if (depth == 1000)
      CHECK(largestSpike(stream) == 1001);
  }
  CHECK(largestSpike(stream) == 4294967295);
}

TEST_CASE("the largest spike of what passes spikes on") {
  SpikeTestModule test;
  OwningOpRef<ModuleOp> module = test.parse(R"(
    func.func @f(%a: tensor<4x6x3xi1>, %b: tensor<4x6x3xui4>, %c: tensor<6x3xui5>) {
      %two = spike.add %a, %a : tensor<4x6x3xi1>, tensor<4x6x3xi1> -> tensor<4x6x3xui32>
      %w = spike.pool sum %two grid [2, 3] window [3, 2] stride [1, 1] padding [1, 1] : tensor<4x6x3xui32> -> tensor<4x8x3xui32>
      %m = spike.pool max %two grid [2, 3] window [2, 2] stride [1, 1] padding [0, 0] : tensor<4x6x3xui32> -> tensor<4x2x3xui32>
      %s = spike.slice %two from 1 : tensor<4x6x3xui32> -> tensor<4x6x1xui32>
      %j = spike.concat %two, %s : tensor<4x6x3xui32>, tensor<4x6x1xui32> -> tensor<4x6x4xui32>
      %d = spike.delay %j steps [1] : tensor<4x6x4xui32> -> tensor<4x6x4xui32>
      %e = spike.flatten %d : tensor<4x6x4xui32> -> tensor<4x1x24xui32>
      %r = spike.repeat %c : tensor<6x3xui5> -> tensor<4x6x3xui5>
      %g = spike.add %r, %b : tensor<4x6x3xui5>, tensor<4x6x3xui4> -> tensor<4x6x3xui32>
      return
    })");
  REQUIRE(module);
  std::vector<uint64_t> bounds;
  module->walk([&](Operation *op) {
    if (op->getNumResults() == 1)
      bounds.push_back(largestSpike(op->getResult(0)));
  });
  // sum pool: 2 of the 3 rows and 2 columns lie in the grid at most, 2 each.
  CHECK(bounds == std::vector<uint64_t>{2, 8, 2, 2, 2, 2, 2, 31, 31 + 15});
}

TEST_CASE("a linear tells passes about its synapses") {
  SpikeTestModule test;
  auto linear = LinearOp::create(
      test.builder, test.builder.getUnknownLoc(), test.real({4, 1, 2}),
      test.argument(test.spikes({4, 1, 3})), test.floats({2, 3}, {1, 2, 3, 4, 5, 6}),
      test.floats({2}, {0.5f, -1.0f}), test.builder.getDenseF64ArrayAttr({1.0, 3.0}),
      test.builder.getDenseF64ArrayAttr({1.0, 2.0, 4.0}), IntegerAttr(), StringAttr(), UnitAttr());
  auto synapses = cast<SynapseLike>(linear.getOperation());
  CHECK(synapses.getRows() == 3);
  CHECK(synapses.getColumns() == 2);
  CHECK_FALSE(synapses.isDiagonal());
  CHECK(synapses.getColumnFactor(1) == 3.0);
  CHECK(synapses.getRowFactors()[2] == 4.0);
  CHECK(synapses.getBiasAt(1) == -1.0);
  CHECK_FALSE(synapses.getStatedWeightBits());
  CHECK_FALSE(synapses.getStatedWeightFormat());
  // Signed weights, and those of 1 bit with the format sign, state no format.
  for (auto [form, states] : {std::pair(WeightForm{5, WeightFormat::Signed}, false),
                              {WeightForm{2, WeightFormat::Ternary}, true},
                              {WeightForm{1, WeightFormat::Binary}, true},
                              {WeightForm{1, WeightFormat::Sign}, false}}) {
    synapses.setWeightForm(form);
    CHECK(synapses.getWeightForm() == form);
    CHECK(synapses.getStatedWeightBits() == form.bits);
    CHECK(synapses.getStatedWeightFormat().has_value() == states);
  }
}

/// The table of a lookup whose weights are a resource with these bytes.
static ElementsAttr resource(SpikeTestModule &test, OwningOpRef<ModuleOp> &module,
                             llvm::StringRef bytes) {
  std::string text = "func.func @f(%t: tensor<?xi32>) -> tensor<?x1xf32> {\n"
                     "  %e = spike.lookup %t, dense_resource<table> : tensor<3x1xf32>\n"
                     "      : tensor<?xi32> -> tensor<?x1xf32>\n"
                     "  return %e : tensor<?x1xf32>\n}\n"
                     "{-# dialect_resources: { builtin: { table: \"0x04000000" +
                     bytes.str() + "\" } } #-}";
  module = test.parse(text);
  REQUIRE(module);
  ElementsAttr table;
  module->walk([&](LookupOp op) { table = op.getTable(); });
  return table;
}

TEST_CASE("weights of a resource are read where they lie") {
  SpikeTestModule test;
  OwningOpRef<ModuleOp> module;
  // 1.5, -2, 0.25 as little-endian float32.
  FailureOr<WeightView> view = WeightView::get(resource(test, module, "0000C03F000000C00000803E"));
  REQUIRE(succeeded(view));
  CHECK(view->size() == 3);
  CHECK((*view)[1] == -2.0);
  CHECK(view->firstNonFinite() == -1);
  std::vector<double> two(2);
  view->load(1, two);
  CHECK(two == std::vector<double>{-2.0, 0.25});
}

TEST_CASE("splats, float64 and numbers that are none") {
  SpikeTestModule test;
  FailureOr<WeightView> splat = WeightView::get(test.floats({4}, {0.5f}));
  REQUIRE(succeeded(splat));
  CHECK((*splat)[3] == 0.5);
  auto wide = RankedTensorType::get({2}, test.builder.getF64Type());
  FailureOr<WeightView> doubles =
      WeightView::get(DenseElementsAttr::get(wide, ArrayRef<double>{0.1, 0.2}));
  REQUIRE(succeeded(doubles));
  CHECK((*doubles)[1] == 0.2);
  float nan = std::numeric_limits<float>::quiet_NaN();
  CHECK(WeightView::get(test.floats({3}, {0.0f, nan, 1.0f}))->firstNonFinite() == 1);
}

TEST_CASE("weights that are missing or of the wrong size are refused in words") {
  SpikeTestModule test;
  auto emitError = [&] { return mlir::emitError(test.builder.getUnknownLoc()); };
  OwningOpRef<ModuleOp> module;
  CHECK(failed(WeightView::get(resource(test, module, "0000C03F000000C0"), emitError)));
  CHECK(test.messages == "weights 'table': needs 12 bytes, has 8\n");
  test.messages.clear();
  Attribute missing = parseAttribute("dense_resource<absent> : tensor<3xf32>", &test.context);
  CHECK(failed(WeightView::get(cast<ElementsAttr>(missing), emitError)));
  CHECK(test.messages == "weights 'absent' are not in the file (a description without weights); "
                         "give them with --weights\n");
  test.messages.clear();
  auto integers = RankedTensorType::get({1}, test.builder.getI32Type());
  CHECK(failed(WeightView::get(DenseElementsAttr::get(integers, ArrayRef<int32_t>{1}), emitError)));
  CHECK(test.messages == "needs weights of f32 or f64, has i32\n");
}
