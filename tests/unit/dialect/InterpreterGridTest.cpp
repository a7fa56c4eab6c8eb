// InterpreterGridTest: convolution and pooling against loops over rows and columns.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;

namespace {

/// A drawn geometry, kept as height and width (height 1 in one dimension).
struct Geometry {
  int64_t dimensions, steps, height, width, kernelHeight, kernelWidth;
  int64_t strideY, strideX, paddingY, paddingX, dilationY, dilationX;

  int64_t outHeight() const {
    return (height + 2 * paddingY - dilationY * (kernelHeight - 1) - 1) / strideY + 1;
  }
  int64_t outWidth() const {
    return (width + 2 * paddingX - dilationX * (kernelWidth - 1) - 1) / strideX + 1;
  }
  /// The entries of an attribute: both, or the second only.
  std::vector<int64_t> both(int64_t y, int64_t x) const {
    return dimensions == 2 ? std::vector<int64_t>{y, x} : std::vector<int64_t>{x};
  }
};

} // namespace

static Geometry drawGeometry(std::mt19937 &random, bool pool) {
  auto draw = [&](int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(random);
  };
  Geometry g;
  g.dimensions = draw(1, 2);
  g.steps = draw(1, 2);
  bool flat = g.dimensions == 1;
  g.kernelHeight = flat ? 1 : draw(1, 3);
  g.kernelWidth = draw(1, 4);
  g.dilationY = flat || pool ? 1 : draw(1, 2);
  g.dilationX = pool ? 1 : draw(1, 3);
  g.strideY = flat ? 1 : draw(1, 3);
  g.strideX = draw(1, 3);
  g.paddingY = flat ? 0 : draw(0, pool ? g.kernelHeight - 1 : 2);
  g.paddingX = draw(0, pool ? g.kernelWidth - 1 : 3);
  g.height = flat ? 1 : g.dilationY * (g.kernelHeight - 1) + draw(1, 5);
  g.width = g.dilationX * (g.kernelWidth - 1) + draw(1, 5);
  return g;
}

TEST_CASE("convolution is the sum over kernel rows, columns and the group's channels") {
  std::mt19937 random(3);
  int64_t grouped = 0, outside = 0;
  for (int trial = 0; trial < 60; ++trial) {
    SpikeTestModule test;
    Geometry g = drawGeometry(random, false);
    auto draw = [&](int64_t low, int64_t high) {
      return std::uniform_int_distribution<int64_t>(low, high)(random);
    };
    int64_t groups = draw(1, 3), perGroup = draw(1, 3), outPerGroup = trial == 0 ? 70 : draw(1, 3);
    int64_t channels = groups * perGroup, outputs = groups * outPerGroup;
    bool spikes = draw(0, 1) == 0;
    grouped += groups > 1;
    std::vector<int64_t> kernel{outputs, perGroup};
    for (int64_t size : g.both(g.kernelHeight, g.kernelWidth))
      kernel.push_back(size);
    int64_t area = g.kernelHeight * g.kernelWidth;
    std::vector<float> weight = randomFloats(outputs * perGroup * area, random);
    std::vector<float> bias = randomFloats(outputs, random);
    std::vector<double> scale(outputs);
    for (double &s : scale)
      s = std::ldexp(static_cast<double>(draw(-9, 9)), -2);
    std::vector<int64_t> in{g.steps, g.height * g.width, channels};
    std::vector<int64_t> out{g.steps, g.outHeight() * g.outWidth(), outputs};
    auto entries = [&](int64_t y, int64_t x) {
      return test.builder.getDenseI64ArrayAttr(g.both(y, x));
    };
    auto op = ConvOp::create(test.builder, test.builder.getUnknownLoc(), test.real(out),
                             test.argument(spikes ? test.spikes(in) : test.real(in)),
                             test.floats(kernel, weight), test.floats({outputs}, bias),
                             entries(g.height, g.width), entries(g.strideY, g.strideX),
                             entries(g.paddingY, g.paddingX), entries(g.dilationY, g.dilationX),
                             test.builder.getI64IntegerAttr(groups),
                             test.builder.getDenseF64ArrayAttr(scale), IntegerAttr(), StringAttr());
    REQUIRE(succeeded(op.verify()));
    Tensor x = spikes ? randomSpikes(in, 0.5, random) : randomReals(in, random);
    FailureOr<Tensor> y = evaluate(op, {&x});
    REQUIRE(succeeded(y));
    REQUIRE(y->shape() == out);
    int64_t at = 0;
    for (int64_t t = 0; t < g.steps; ++t)
      for (int64_t oy = 0; oy < g.outHeight(); ++oy)
        for (int64_t ox = 0; ox < g.outWidth(); ++ox)
          for (int64_t o = 0; o < outputs; ++o, ++at) {
            double sum = 0;
            for (int64_t ky = 0; ky < g.kernelHeight; ++ky)
              for (int64_t kx = 0; kx < g.kernelWidth; ++kx)
                for (int64_t i = 0; i < perGroup; ++i) {
                  int64_t iy = oy * g.strideY + ky * g.dilationY - g.paddingY;
                  int64_t ix = ox * g.strideX + kx * g.dilationX - g.paddingX;
                  if (iy < 0 || iy >= g.height || ix < 0 || ix >= g.width) {
                    ++outside;
                    continue;
                  }
                  int64_t channel = o / outPerGroup * perGroup + i;
                  sum += x.at(((t * g.height + iy) * g.width + ix) * channels + channel) *
                         weight[(o * perGroup + i) * area + ky * g.kernelWidth + kx];
                }
            // Equal to the bit: the order of the sum is part of the definition.
            REQUIRE(y->reals()[at] == scale[o] * sum + bias[o]);
          }
  }
  CHECK(grouped > 10);
  CHECK(outside > 1000);
}

TEST_CASE("a 1x1 convolution is a linear at every point") {
  std::mt19937 random(4);
  SpikeTestModule test;
  std::vector<float> weight = randomFloats(5 * 3, random);
  auto numbers = [&](std::vector<int64_t> entries) {
    return test.builder.getDenseI64ArrayAttr(entries);
  };
  Location loc = test.builder.getUnknownLoc();
  auto conv = ConvOp::create(test.builder, loc, test.real({6, 5}), test.argument(test.real({6, 3})),
                             test.floats({5, 3, 1, 1}, weight), ElementsAttr(), numbers({2, 3}),
                             numbers({1, 1}), numbers({0, 0}), DenseI64ArrayAttr(),
                             test.builder.getI64IntegerAttr(1), DenseF64ArrayAttr(), IntegerAttr(),
                             StringAttr());
  auto linear =
      LinearOp::create(test.builder, loc, test.real({6, 5}), test.argument(test.real({6, 3})),
                       test.floats({5, 3}, weight), ElementsAttr(), DenseF64ArrayAttr(),
                       DenseF64ArrayAttr(), IntegerAttr(), StringAttr(), UnitAttr());
  Tensor x = randomReals({6, 3}, random);
  CHECK(evaluate(conv, {&x})->reals() == evaluate(linear, {&x})->reals());
}

TEST_CASE("pooling takes the sum, the average or the maximum of the points in the grid") {
  std::mt19937 random(5);
  for (int trial = 0; trial < 40; ++trial) {
    Geometry g = drawGeometry(random, true);
    int64_t channels = 2;
    std::vector<int64_t> in{g.steps, g.height * g.width, channels};
    std::vector<int64_t> out{g.steps, g.outHeight() * g.outWidth(), channels};
    for (bool spikes : {true, false})
      for (Pooling mode : {Pooling::Average, Pooling::Sum, Pooling::Max}) {
        SpikeTestModule test;
        auto entries = [&](int64_t y, int64_t x) {
          return test.builder.getDenseI64ArrayAttr(g.both(y, x));
        };
        int64_t area = g.kernelHeight * g.kernelWidth;
        Type graded =
            IntegerType::get(&test.context, llvm::Log2_64(area) + 1, IntegerType::Unsigned);
        Type element = !spikes || mode == Pooling::Average ? test.builder.getF32Type()
                       : mode == Pooling::Max              ? test.builder.getI1Type()
                                                           : graded;
        auto op = PoolOp::create(
            test.builder, test.builder.getUnknownLoc(), RankedTensorType::get(out, element),
            PoolingAttr::get(&test.context, mode),
            test.argument(spikes ? test.spikes(in) : test.real(in)), entries(g.height, g.width),
            entries(g.kernelHeight, g.kernelWidth), entries(g.strideY, g.strideX),
            entries(g.paddingY, g.paddingX), IntegerAttr(), StringAttr());
        Tensor x = spikes ? randomSpikes(in, 0.4, random) : randomReals(in, random);
        FailureOr<Tensor> y = evaluate(op, {&x});
        REQUIRE(succeeded(y));
        REQUIRE(y->shape() == out);
        CHECK(y->isReal() == element.isF32());
        int64_t at = 0;
        for (int64_t t = 0; t < g.steps; ++t)
          for (int64_t oy = 0; oy < g.outHeight(); ++oy)
            for (int64_t ox = 0; ox < g.outWidth(); ++ox)
              for (int64_t c = 0; c < channels; ++c, ++at) {
                double sum = 0, most = -std::numeric_limits<double>::infinity();
                for (int64_t iy = oy * g.strideY - g.paddingY;
                     iy < oy * g.strideY - g.paddingY + g.kernelHeight; ++iy)
                  for (int64_t ix = ox * g.strideX - g.paddingX;
                       ix < ox * g.strideX - g.paddingX + g.kernelWidth; ++ix)
                    if (iy >= 0 && iy < g.height && ix >= 0 && ix < g.width) {
                      double number = x.at(((t * g.height + iy) * g.width + ix) * channels + c);
                      sum += number;
                      most = std::max(most, number);
                    }
                double wanted = mode == Pooling::Max   ? most
                                : mode == Pooling::Sum ? sum
                                                       : sum / static_cast<double>(area);
                REQUIRE(y->at(at) == wanted);
              }
      }
  }
}

TEST_CASE("a convolution's weights and factors are numbers") {
  SpikeTestModule test;
  Tensor x = integers({1, 4, 1}, {1, 0, 1, 0});
  std::string rest = " channel_scale [1.0] grid [4] stride [1] padding [0] : "
                     "tensor<1x4x1xi1> -> tensor<1x3x1xf32> loc(\"stem\")";
  CHECK(failed(test.evaluateLine(
      "%y = spike.conv %a, dense<[[[1.0, 0x7F800000]]]> : tensor<1x1x2xf32>" + rest,
      {"tensor<1x4x1xi1>"}, {&x})));
  CHECK(test.messages == "'stem': weight [0, 0, 1]: needs a finite number, has inf\n");
}
