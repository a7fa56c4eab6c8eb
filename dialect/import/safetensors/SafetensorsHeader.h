// SafetensorsHeader: the JSON header of a safetensors file, checked.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORSHEADER_H
#define SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORSHEADER_H

#include "dialect/import/safetensors/TensorType.h"

#include <cstddef>
#include <span>
#include <variant>

namespace synfire {

/// What is wrong: names tensor, value and limit. Readers of files put the file
/// before it ("FILE: ...").
struct SafetensorsError {
  std::string message;
};

/// Limits beyond those of the format, so that a hostile header costs little.
inline constexpr uint64_t kMaxHeaderBytes = 100'000'000; ///< as the format's own readers
inline constexpr size_t kMaxRank = 16;

/// Tensors of a header in its order. `json` is the header's text without the
/// length before it, `dataBytes` what follows it in the file. Every tensor of
/// the result has a size that fits its shape and type, lies inside the data, and
/// the tensors cover the data without overlap or gap, as the format demands.
std::variant<std::vector<TensorInfo>, SafetensorsError> parseHeader(std::string_view json,
                                                                    uint64_t dataBytes);

/// Where everything lies in a file.
struct SafetensorsLayout {
  std::vector<TensorInfo> tensors;
  uint64_t dataBegin = 0; ///< bytes before the data section
};

/// Layout of a whole file: 8 bytes little-endian header length, header, data.
/// Touches the header only.
std::variant<SafetensorsLayout, SafetensorsError> parseLayout(std::span<const std::byte> file);

/// A name from a file, quoted for a message: shortened, control bytes escaped.
std::string quotedName(std::string_view name);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORSHEADER_H
