// NearestName: finds the known name that an unknown one may be a misspelling of.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/NearestName.h"

#include <algorithm>
#include <utility>

namespace synfire {

/// Maps an upper-case letter to its lower-case form and '-' to '_'.
static char folded(char c) {
  if (c >= 'A' && c <= 'Z')
    return char(c - 'A' + 'a');
  return c == '-' ? '_' : c;
}

/// Levenshtein distance of the folded names.
static size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t substituted = diagonal + (folded(a[i - 1]) != folded(b[j - 1]));
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

std::string nearestName(std::string_view name, const std::vector<std::string> &candidates) {
  // No known name is this long, so a longer one cannot be near any.
  constexpr size_t kLongestName = 128;
  if (name.size() > kLongestName)
    return {};
  size_t best = std::max<size_t>(2, name.size() / 3) + 1;
  const std::string *nearest = nullptr;
  for (const std::string &candidate : candidates) {
    size_t distance = editDistance(name, candidate);
    // At this distance every letter differs, and the hint would not help.
    if (distance < best && distance < std::max(name.size(), candidate.size())) {
      best = distance;
      nearest = &candidate;
    }
  }
  return nearest ? "; did you mean '" + *nearest + "'?" : std::string();
}

} // namespace synfire
