// ProgramRules: what the rules of a Program's parts have in common.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_PROGRAMRULES_H
#define SYNFIRE_SIMULATOR_PROGRAM_PROGRAMRULES_H

#include <cstddef>
#include <cstdint>

namespace synfire::sim {

/// More columns than this are not a model but a damaged file; the limit bounds
/// what the engines allocate.
inline constexpr int32_t kMaxColumns = 1 << 24;

/// Whether `index` is that of an element of `list`.
template <typename Index, typename Container> bool indexes(Index index, const Container &list) {
  return index >= 0 && static_cast<size_t>(index) < list.size();
}

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_PROGRAMRULES_H
