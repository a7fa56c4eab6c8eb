// SafetensorsWriter: writes a safetensors file piece by piece.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORSWRITER_H
#define SYNFIRE_DIALECT_IMPORT_SAFETENSORS_SAFETENSORSWRITER_H

#include "dialect/import/safetensors/SafetensorsHeader.h"

#include <memory>
#include <optional>
#include <span>

namespace synfire {

class OutputFile;

/// Use: declare() every tensor, append() their bytes in the same order in pieces of any size, and
/// finish(). The file appears under its name only in finish(); a writer that is destroyed before
/// leaves no file (support/OutputFile.h). finish() returns the first error of all calls, so the
/// results of append() need not be checked.
class SafetensorsWriter {
public:
  explicit SafetensorsWriter(std::string path);
  ~SafetensorsWriter();

  /// Adds a tensor to the header. Precondition: append() has not been called. Names must be UTF-8,
  /// distinct and not "__metadata__".
  void declare(const std::string &name, TensorType type, const std::vector<int64_t> &shape);
  /// Writes the next bytes of the tensors, row-major and little-endian. Returns false after an
  /// error.
  bool append(std::span<const std::byte> bytes);

  /// Completes the file. Returns the first error, if any, with path and reason: "FILE: cannot be
  /// written: No space left on device".
  std::optional<SafetensorsError> finish();

private:
  /// Keeps `problem` when it is the first that is not empty. Returns whether there was none so far.
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
