// Fuzzer of the safetensors reader: any bytes end in a message, or in tensors
// that cover the file's data exactly.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/safetensors/SafetensorsHeader.h"

#include <cstdlib>
#include <cstring>

/// A layout of `size` bytes keeps its promise, or there is a message.
static void check(const std::variant<synfire::SafetensorsLayout, synfire::SafetensorsError> &parsed,
                  size_t size) {
  if (auto *error = std::get_if<synfire::SafetensorsError>(&parsed)) {
    if (error->message.empty())
      std::abort();
    return;
  }
  const auto &layout = std::get<synfire::SafetensorsLayout>(parsed);
  uint64_t covered = 0;
  for (const synfire::TensorInfo &tensor : layout.tensors) {
    if (tensor.begin > tensor.end || tensor.end > size - layout.dataBegin)
      std::abort();
    covered += tensor.bytes();
  }
  if (layout.dataBegin + covered != size)
    std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  check(synfire::parseLayout(std::as_bytes(std::span(data, size))), size);

  // The same bytes as a header whose length is right: a fuzzer seldom finds it.
  std::vector<std::byte> file(8 + size + 64);
  uint64_t length = size;
  std::memcpy(file.data(), &length, 8);
  if (size > 0)
    std::memcpy(file.data() + 8, data, size);
  check(synfire::parseLayout(file), file.size());
  return 0;
}
