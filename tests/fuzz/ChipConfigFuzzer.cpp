// Fuzzer of the chip reader: any bytes end in a message or in a valid chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipConfig.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string text(reinterpret_cast<const char *>(data), size);
  // An empty search folder: `extends:` must not reach for files by name.
  auto result = synfire::parseChip(text, "input", "");
  if (auto *chip = std::get_if<synfire::ChipModel>(&result)) {
    if (!chip->validate().empty())
      std::abort();
  } else if (std::get<synfire::ChipError>(result).message.empty()) {
    std::abort();
  }
  return 0;
}
