// Safetensors: opens safetensors files without reading their data.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORS_H
#define SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORS_H

#include "dialect/import/safetensors/SafetensorsHeader.h"
#include "support/MappedFile.h"

#include <memory>
#include <unordered_map>

namespace synfire {

/// A safetensors file: 8 bytes with the length of the header, little-endian; the header in JSON;
/// the data (https://github.com/huggingface/safetensors). Opening a file maps it and reads only the
/// header.
class Safetensors {
public:
  /// Opens a file and checks its header (parseLayout). Errors begin with the path.
  static std::variant<std::shared_ptr<const Safetensors>, SafetensorsError>
  open(const std::string &path);

  const std::string &path() const { return filePath; }

  /// All tensors in the header's order.
  const std::vector<TensorInfo> &tensors() const { return infos; }

  /// The tensor of a name, or null.
  const TensorInfo *find(std::string_view name) const;

  /// The bytes of one of this file's tensors, row-major and little-endian. They lie in the mapping
  /// and are valid as long as this object. They may be unaligned for the tensor's type.
  std::span<const std::byte> bytes(const TensorInfo &tensor) const {
    return data.subspan(tensor.begin, tensor.bytes());
  }

private:
  Safetensors() = default;

  std::string filePath;
  MappedFile file;
  std::span<const std::byte> data; ///< the bytes behind the header
  std::vector<TensorInfo> infos;
  std::unordered_map<std::string_view, size_t> byName; ///< views into `infos`
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORS_H
