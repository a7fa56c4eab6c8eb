// NumberText: writes numbers with grouped digits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/NumberText.h"

namespace synfire {

std::string grouped(int64_t number) {
  std::string digits = std::to_string(number);
  const size_t first = number < 0 ? 1 : 0;
  for (size_t at = digits.size(); at > first + 3;)
    digits.insert(at -= 3, ",");
  return digits;
}

} // namespace synfire
