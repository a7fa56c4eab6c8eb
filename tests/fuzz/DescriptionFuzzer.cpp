// Fuzzer of the description and dictionary readers: any bytes end in a message
// with a place, or in a description (a dictionary) that keeps its own rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/DescriptionFields.h"
#include "dialect/import/description/WordDictionary.h"

#include <cstdlib>

static void checkError(const synfire::DescriptionError &error) {
  if (error.message.empty() || error.position.line < 1 || error.position.column < 1)
    std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string text(reinterpret_cast<const char *>(data), size);
  auto parsed = synfire::parseDescription(text, "input");
  if (auto *error = std::get_if<synfire::DescriptionError>(&parsed)) {
    checkError(*error);
  } else if (synfire::firstViolation(std::get<synfire::ModelDescription>(parsed))) {
    std::abort();
  }
  constexpr int64_t kWords = 3;
  auto words = synfire::parseWords(text, "input", kWords);
  if (auto *error = std::get_if<synfire::DescriptionError>(&words))
    checkError(*error);
  else if (std::get<0>(words).size() != kWords)
    std::abort();
  return 0;
}
