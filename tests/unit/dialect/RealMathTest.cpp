// RealMathTest: functions of reals against 50 digits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/RealMath.h"

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace synfire::spike;
using Exact = boost::multiprecision::cpp_bin_float_50;

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Distance to the true value, in units of its last place as a double.
static double ulps(double value, const Exact &exact) {
  int exponent = exact == 0 ? -1074 : std::max(static_cast<int>(ilogb(exact)) - 52, -1074);
  return static_cast<double>(ldexp(abs(Exact(value) - exact), -exponent));
}

static Exact trueGelu(double x) {
  const Exact exact(x), cube = exact * exact * exact, factor("0.044715");
  const Exact z = sqrt(2 / boost::math::constants::pi<Exact>()) * (exact + factor * cube);
  return exact / (1 + exp(-2 * z)); // 0.5 (1 + tanh z) = 1 / (1 + e^(-2z))
}

TEST_CASE("exp is within two units in the last place over its whole range") {
  std::mt19937_64 random(1);
  double worst = 0;
  auto measure = [&](double x) {
    double error = ulps(real::exp(x), exp(Exact(x)));
    INFO("x = " << x);
    REQUIRE(error <= 2.0);
    worst = std::max(worst, error);
  };
  for (auto [low, high] :
       {std::pair(-745.13, 709.78), {-1.0, 1.0}, {-745.1, -708.0}, {-40.0, 40.0}})
    for (int i = 0; i < 20'000; ++i)
      measure(std::uniform_real_distribution(low, high)(random));
  for (int exponent = -60; exponent <= 9; ++exponent) // near 0, and powers of two
    for (double sign : {-1.0, 1.0})
      measure(std::ldexp(sign, exponent));
  const double ln2 = std::log(2.0);
  for (int k = -1074; k <= 1023; ++k) // where the reduction changes k, both sides
    for (double x : {(k + 0.5) * ln2, k * ln2})
      if (x < 709.78)
        for (double near : {x, std::nextafter(x, kInfinity), std::nextafter(x, -kInfinity)})
          measure(near);
  CHECK(worst > 0.5); // not a correctly rounded function by accident: the measure works
}

TEST_CASE("exp at its edges") {
  CHECK(real::exp(0.0) == 1.0);
  CHECK(real::exp(-0.0) == 1.0);
  CHECK(real::exp(kInfinity) == kInfinity);
  CHECK(real::exp(-kInfinity) == 0.0);
  CHECK(std::isnan(real::exp(kNaN)));
  CHECK(real::exp(0x1.62e42fefa39efp+9) < kInfinity);         // the last finite one
  CHECK(real::exp(0x1.62e42fefa39f0p+9) == kInfinity);        // the first above
  CHECK(real::exp(std::nextafter(709.79, 1e3)) == kInfinity); // both sides of the stated limits
  CHECK(real::exp(709.79) == kInfinity);
  CHECK(real::exp(-745.1) == 0x1p-1074);
  CHECK(real::exp(-745.2) == 0.0);
  CHECK(real::exp(std::nextafter(-745.2, -1e3)) == 0.0);
}

TEST_CASE("gelu is GPT-2's function, within 4 + 8 |z| units in the last place") {
  std::mt19937_64 random(2);
  for (double range : {0.01, 1.0, 6.0, 20.0})
    for (int i = 0; i < 20'000; ++i) {
      double x = std::uniform_real_distribution(-range, range)(random);
      double z = 0.7978845608 * (x + 0.044715 * x * x * x);
      INFO("x = " << x);
      REQUIRE(ulps(real::gelu(x), trueGelu(x)) <= 4 + 8 * std::fabs(z));
    }
  // 0.5 x (1 + tanh z) as it stands: the same function, with less accuracy below 0.
  for (double x : {-3.0, -1.0, -0.5, 0.5, 1.0, 3.0}) {
    double z = std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x);
    CHECK(real::gelu(x) == doctest::Approx(0.5 * x * (1 + std::tanh(z))).epsilon(1e-12));
  }
}

TEST_CASE("gelu of any finite number is finite") {
  CHECK(real::gelu(0.0) == 0.0);
  for (double x : {30.0, 1e3, 1e100, 1e200, std::numeric_limits<double>::max()}) {
    CHECK(real::gelu(x) == x);
    CHECK(real::gelu(-x) == 0.0);
  }
  CHECK(real::gelu(kInfinity) == kInfinity);
  CHECK(std::isnan(real::gelu(kNaN)));
}
