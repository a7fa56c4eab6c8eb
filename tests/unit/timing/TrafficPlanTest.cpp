// TrafficPlanTest: which spikes go to which core.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/timing/TrafficPlan.h"

#include <doctest/doctest.h>

using namespace synfire::sim;

TEST_CASE("a core gets the spikes of its columns at its points, and no others") {
  Delivery delivery;
  delivery.firstColumn = 2;
  delivery.columns = 3;
  delivery.firstPoint = 4;
  delivery.points = 2;
  for (int32_t point = 0; point < 8; ++point)
    for (int32_t column = 0; column < 8; ++column) {
      CAPTURE(point);
      CAPTURE(column);
      const bool inside = (point == 4 || point == 5) && (column == 2 || column == 3 || column == 4);
      CHECK(delivery.needs(point, column) == inside);
    }
}
