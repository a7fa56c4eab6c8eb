// Windows over grids, against the definition of spike.conv in plain loops.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/GridWindow.h"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using namespace synfire;

TEST_CASE("a window reads the points that the definition of a convolution says") {
  int windows = 0;
  for (int64_t height : {1, 3, 4})
    for (int64_t width : {1, 2, 5})
      for (int64_t k : {1, 2, 3})
        for (int64_t stride : {1, 2})
          for (int64_t padding : {0, 1})
            for (int64_t dilation : {1, 2}) {
              const GridWindow window{{height, k, stride, padding, dilation},
                                      {width, 1, 1, 0, dilation}};
              // floor((size + 2 padding - dilation (k - 1) - 1) / stride) + 1
              const int64_t room = height + 2 * padding - dilation * (k - 1) - 1;
              CHECK(window.y.targets() == (room < 0 ? 0 : room / stride + 1));
              CHECK(window.targets() == window.y.targets() * width);
              CHECK(window.sources() == height * width);
              CHECK(window.taps() == k);
              for (int64_t target = 0; target < window.targets(); ++target) {
                int64_t first = window.sources(), last = -1;
                std::vector<std::pair<int64_t, int64_t>> wanted, found;
                for (int64_t tap = 0; tap < k; ++tap) {
                  const int64_t row = target / width * stride + tap * dilation - padding;
                  const bool inside = row >= 0 && row < height;
                  const int64_t point = row * width + target % width;
                  if (inside) {
                    wanted.emplace_back(tap, point);
                    first = std::min(first, point);
                    last = std::max(last, point);
                  }
                }
                window.forEachSource(
                    target, [&](int64_t tap, int64_t point) { found.emplace_back(tap, point); });
                CHECK(found == wanted);
                const PointRange read = window.sourcesOf({target, 1});
                CHECK(read == (last < 0 ? PointRange{} : PointRange{first, last - first + 1}));
                ++windows;
              }
            }
  CHECK(windows > 500);
}

TEST_CASE("a range of points reads from the first to the last source of all of them") {
  const GridWindow window{{4, 3, 1, 1, 1}, {5, 3, 1, 1, 1}};
  CHECK(window.sourcesOf({0, 1}) == PointRange{0, 7});   // up to (1, 1)
  CHECK(window.sourcesOf({5, 5}) == PointRange{0, 15});  // row 1 reads rows 0 to 2
  CHECK(window.sourcesOf({0, 20}) == PointRange{0, 20}); // all
  CHECK(window.sourcesOf({19, 1}) == PointRange{13, 7}); // from (2, 3)
}

TEST_CASE("the window of one point reads the point of the same number") {
  const GridWindow window = sameWindow(6);
  CHECK(window.targets() == 6);
  CHECK(window.taps() == 1);
  for (int64_t point = 0; point < 6; ++point)
    CHECK(window.sourcesOf({point, 1}) == PointRange{point, 1});
}

TEST_CASE("a window of mostly padding costs no more than the points under it") {
  const GridWindow window{{4, 1 << 20, 1, 1 << 19, 1}, {5, 1 << 20, 1, 1 << 19, 1}};
  int64_t taps = 0;
  window.forEachSource(0, [&](int64_t, int64_t) { ++taps; });
  CHECK(taps == 20);
  CHECK(window.sourcesOf({0, window.targets()}) == PointRange{0, 20});
}
