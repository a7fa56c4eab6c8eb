// Fuzzer of the description reader: any bytes end in a message with a place, or
// in a description that keeps its own rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/DescriptionFields.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string text(reinterpret_cast<const char *>(data), size);
  auto parsed = synfire::parseDescription(text, "input");
  if (auto *error = std::get_if<synfire::DescriptionError>(&parsed)) {
    if (error->message.empty() || error->position.line < 1 || error->position.column < 1)
      std::abort();
  } else if (synfire::firstViolation(std::get<synfire::ModelDescription>(parsed))) {
    std::abort();
  }
  return 0;
}
