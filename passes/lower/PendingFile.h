// PendingFile: an OutputFile that LLVM's writers write to.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_LOWER_PENDINGFILE_H
#define SYNFIRE_PASSES_LOWER_PENDINGFILE_H

#include "mlir/IR/BuiltinOps.h"
#include "support/OutputFile.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>
#include <string>

namespace synfire {

/// A file that is written under a temporary name beside `path` and gets its name at the end, by
/// keep() or keepBoth(). The destructor removes it when that has not succeeded. Order of calls:
/// open(), writes, finish(), sum(), keepBoth().
class PendingFile {
public:
  explicit PendingFile(llvm::StringRef path) : file(path.str()) {}
  ~PendingFile();

  /// This and the following return an empty string on success, else "'FILE': reason".
  std::string open();
  /// Writes a module as text. A lack of the memory for its largest tensor, which MLIR prints by way
  /// of strings, is said before; a stream that fails is reported by finish().
  std::string writeText(mlir::ModuleOp module, const mlir::OpPrintingFlags &flags);
  /// Closes the file and says whether everything has reached it.
  std::string finish();
  /// Fills in the checksum of a finished file (dialect/chip/SideFile.h), read
  /// from what stands on the disk.
  std::string sum(std::string &checksum) const;
  /// Before finish(), for bytecode with programProducerPlace() as its producer: puts the name with
  /// its checksum in that place (dialect/chip/ProgramBytes.h).
  std::string seal();
  /// Gives a finished file its name, in place of any older one.
  std::string keep();
  /// Gives both finished files their names (support/OutputPair.h), in place of older ones; `side`
  /// has the checksum that sum() gave. The message of a fault names the file.
  static std::string keepBoth(PendingFile &side, const std::string &checksum, PendingFile &program);

  llvm::raw_ostream &os() { return *stream; }

private:
  std::string named(const std::string &reason) const;
  /// Ends the stream, whose destructor must not find an error.
  std::error_code endStream();

  OutputFile file;
  std::unique_ptr<llvm::raw_fd_ostream> stream; ///< on the descriptor of `file`
};

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_PENDINGFILE_H
