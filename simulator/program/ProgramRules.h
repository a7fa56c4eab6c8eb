// ProgramRules: helpers that the checks of a Program's parts share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_PROGRAMRULES_H
#define SYNFIRE_SIMULATOR_PROGRAM_PROGRAMRULES_H

#include "support/Limits.h"
#include "support/Message.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace synfire::sim {

/// Returns "WHAT: needs LOW to HIGH, has VALUE" when `value` is outside low..high; otherwise "".
inline std::string outside(const char *what, int64_t value, int64_t low, int64_t high) {
  if (value >= low && value <= high)
    return {};
  return message(what, ": ", needsHas(message(low, " to ", high), value));
}

/// Whether `list` has an element with this index.
template <typename Index, typename Container> bool indexes(Index index, const Container &list) {
  return index >= 0 && static_cast<size_t>(index) < list.size();
}

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_PROGRAMRULES_H
