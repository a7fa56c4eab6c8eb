// ComparisonTest: the best of some scores.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Comparison.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace synfire::tool;

TEST_CASE("the largest scores come first, of equal ones the lower index, NaN last") {
  const std::vector<double> scores = {1, NAN, 3, -INFINITY, 3, 2};
  using Indices = std::vector<int64_t>;
  CHECK(bestOf(scores, 3) == Indices{2, 4, 5});
  CHECK(bestOf(scores, 100) == Indices{2, 4, 5, 0, 1, 3});
  CHECK(bestOf(scores, 0).empty());
  CHECK(bestOf({}, 5).empty());
}
