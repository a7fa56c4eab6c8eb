// HeadGroups: which head of keys and values each head of an attention reads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_HEADGROUPS_H
#define SYNFIRE_SUPPORT_HEADGROUPS_H

#include <cstdint>

namespace synfire {

/// Grouped heads (Ainslie et al.: GQA, EMNLP 2023): `heads` heads of queries share `keyHeads` heads
/// of keys and values, which divide them. All heads have the same number of columns.
struct HeadGroups {
  int64_t heads, keyHeads;

  /// Every head has keys and values of its own.
  HeadGroups(int64_t heads = 1) : HeadGroups(heads, heads) {}
  HeadGroups(int64_t heads, int64_t keyHeads) : heads(heads), keyHeads(keyHeads) {}

  /// The head of keys and values that a head of queries reads.
  int64_t keyHead(int64_t head) const { return head * keyHeads / heads; }

  struct Range {
    int64_t first = 0, count = 0;
  };
  /// Those that `count` heads of queries from `first` on read; `count` is at least 1.
  Range keyHeadsOf(int64_t first, int64_t count) const {
    const int64_t firstKey = keyHead(first);
    return {firstKey, keyHead(first + count - 1) - firstKey + 1};
  }
};

} // namespace synfire

#endif // SYNFIRE_SUPPORT_HEADGROUPS_H
