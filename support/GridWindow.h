// GridWindow: which points of a grid each point of another grid reads, in convolution and pooling.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_GRIDWINDOW_H
#define SYNFIRE_SUPPORT_GRIDWINDOW_H

#include <algorithm>
#include <cstdint>

namespace synfire {

/// The points [first, first + count) of a grid in row-major order.
struct PointRange {
  int64_t first = 0, count = 0;
  int64_t end() const { return first + count; }
  bool contains(int64_t point) const { return point >= first && point < end(); }
  bool operator==(const PointRange &) const = default;
};

/// A window that moves over one dimension of a grid (spike.conv and spike.pool).
struct GridAxis {
  int64_t size = 1, window = 1, stride = 1, padding = 0, dilation = 1;

  /// In how many places the window stands: the points of the target grid in this dimension.
  int64_t targets() const {
    const int64_t room = size + 2 * padding - (dilation * (window - 1) + 1);
    return room < 0 ? 0 : room / stride + 1;
  }
  /// What tap `tap` of the window in place `target` reads. It may lie outside 0 .. size - 1.
  int64_t source(int64_t target, int64_t tap) const {
    return target * stride + tap * dilation - padding;
  }
  /// The taps [firstTap(), endTap()) of the window in place `target` read points of the grid; there
  /// may be none.
  int64_t firstTap(int64_t target) const {
    const int64_t before = padding - target * stride;
    return before <= 0 ? 0 : std::min(window, (before + dilation - 1) / dilation);
  }
  int64_t endTap(int64_t target) const {
    const int64_t room = size - 1 + padding - target * stride;
    return room < 0 ? 0 : std::min(window, room / dilation + 1);
  }
  bool operator==(const GridAxis &) const = default;
};

/// A window over a grid of two dimensions; a grid of one dimension has one row. Points are numbered
/// row by row, and so are the taps of the window.
struct GridWindow {
  GridAxis y, x;

  int64_t sources() const { return y.size * x.size; }
  int64_t targets() const { return y.targets() * x.targets(); }
  int64_t taps() const { return y.window * x.window; }

  /// Calls visit(tap, source) for each tap of the window in place `target` that lies in the grid,
  /// by ascending tap.
  template <typename Visitor> void forEachSource(int64_t target, Visitor visit) const {
    const int64_t row = target / x.targets(), column = target % x.targets();
    for (int64_t ky = y.firstTap(row); ky < y.endTap(row); ++ky)
      for (int64_t kx = x.firstTap(column); kx < x.endTap(column); ++kx)
        visit(ky * x.window + kx, y.source(row, ky) * x.size + x.source(column, kx));
  }

  /// From the first to the last source point that any of these target points reads; empty when all
  /// their taps lie outside the grid.
  PointRange sourcesOf(PointRange targets) const {
    int64_t first = sources(), last = -1;
    for (int64_t target = targets.first; target < targets.end(); ++target) {
      const int64_t row = target / x.targets(), column = target % x.targets();
      const int64_t endY = y.endTap(row), endX = x.endTap(column);
      const int64_t firstY = y.firstTap(row), firstX = x.firstTap(column);
      if (firstY >= endY || firstX >= endX)
        continue;
      first = std::min(first, y.source(row, firstY) * x.size + x.source(column, firstX));
      last = std::max(last, y.source(row, endY - 1) * x.size + x.source(column, endX - 1));
    }
    return first > last ? PointRange{} : PointRange{first, last - first + 1};
  }

  bool operator==(const GridWindow &) const = default;
};

/// The window by which each point of a target reads the point of the same number alone.
inline GridWindow sameWindow(int64_t points) { return {{.size = 1}, {.size = points}}; }

} // namespace synfire

#endif // SYNFIRE_SUPPORT_GRIDWINDOW_H
