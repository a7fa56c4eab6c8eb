// SafetensorsWriter: writes safetensors files as a stream, all or nothing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORSWRITER_H
#define SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORSWRITER_H

#include "dialect/import/safetensors/SafetensorsHeader.h"

#include <memory>
#include <optional>
#include <span>

namespace synfire {

class OutputFile;

/// Declare every tensor, append their bytes in that order in pieces of any size,
/// finish. The file appears under its name with finish(); a writer destroyed before
/// that leaves nothing (support/OutputFile.h). The first error stays and is returned by
/// finish(), so append() need not be looked at.
class SafetensorsWriter {
public:
  explicit SafetensorsWriter(std::string path);
  ~SafetensorsWriter();

  /// Announces a tensor; all of them before the first append(). Names must be
  /// UTF-8, distinct and not "__metadata__".
  void declare(const std::string &name, TensorType type, const std::vector<int64_t> &shape);

  /// The next bytes, row-major and little-endian. False after an error.
  bool append(std::span<const std::byte> bytes);

  /// Completes the file; says what went wrong with path and reason
  /// ("FILE: cannot be written: No space left on device").
  std::optional<SafetensorsError> finish();

private:
  /// Remembers the first problem, unless it is none; whether there was none so far.
  bool check(const std::string &problem);
  bool begin();

  std::unique_ptr<OutputFile> file;
  std::vector<TensorInfo> tensors;
  uint64_t declaredBytes = 0, writtenBytes = 0;
  bool begun = false;
  std::string fault; ///< with the file's name
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORSWRITER_H
