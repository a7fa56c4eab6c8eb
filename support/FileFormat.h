// FileFormat: the formats of our own files, each with the version that this program writes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_FILEFORMAT_H
#define SYNFIRE_SUPPORT_FILEFORMAT_H

#include <string>
#include <string_view>

namespace synfire {

/// The name of a format and the version of it that this program reads and writes.
struct FileFormat {
  const char *name;
  int version;

  /// The tag that a file of this format carries, NAME/VERSION: "synfire.results/2".
  std::string tag() const;
  /// Compares the tag of a file with tag(). Returns an empty string when they are equal.
  /// Otherwise returns a message to be put behind the file's name: "was written by version
  /// 1 of synfire.results, this program reads version 2", or "is not a file of the format
  /// synfire.results/2".
  std::string mismatch(std::string_view tag) const;
};

/// results.json (simulator/README.md).
inline constexpr FileFormat kResultsFormat{"synfire.results", 2};
/// A compiled PROGRAM and its side file of weights (dialect/README.md).
inline constexpr FileFormat kProgramFormat{"synfire.program", 7};

} // namespace synfire

#endif // SYNFIRE_SUPPORT_FILEFORMAT_H
