// SafetensorsHeader: parses and checks the JSON header of a safetensors file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORSHEADER_H
#define SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORSHEADER_H

#include "dialect/import/safetensors/TensorType.h"

#include <cstddef>
#include <span>
#include <variant>

namespace synfire {

/// A message about a fault, which names tensor, value and limit. Functions that read a file put its
/// name before the message ("FILE: ...").
struct SafetensorsError {
  std::string message;
};

/// Limits of this reader, so that a malicious header costs little time and memory.
inline constexpr uint64_t kMaxHeaderBytes = 100'000'000; ///< the limit of the format's own readers
inline constexpr size_t kMaxRank = 16;

/// Parses a header and returns its tensors in the order of the header. `json` is the text of the
/// header, and `dataBytes` the number of bytes behind it in the file. Fails unless every tensor
/// lies inside the data and has as many bytes as its shape and type need, and the tensors cover the
/// data without overlap or gap, as the format demands.
std::variant<std::vector<TensorInfo>, SafetensorsError> parseHeader(std::string_view json,
                                                                    uint64_t dataBytes);

/// The places of the tensors in a file.
struct SafetensorsLayout {
  std::vector<TensorInfo> tensors;
  uint64_t dataBegin = 0; ///< number of bytes before the data section
};

/// Finds the tensors in the bytes of a whole file. Reads the header only.
std::variant<SafetensorsLayout, SafetensorsError> parseLayout(std::span<const std::byte> file);

/// A name from a file in quotes, for a message: a long name is cut, and control bytes are escaped.
std::string quotedName(std::string_view name);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORSHEADER_H
