// OutputFile: whole files or none: written under a temporary name, then renamed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_OUTPUTFILE_H
#define SYNFIRE_SUPPORT_OUTPUTFILE_H

#include <cstdint>
#include <string>
#include <string_view>

namespace synfire {

/// Writes a file that appears under its name only when it is complete, so that a reader sees
/// the old file or the new one, never a part. The bytes go to a temporary file in the same
/// folder, whose name is unique; when two programs write the same file at once, the one that
/// finishes last wins. The destructor removes the temporary file unless keep() has renamed it;
/// only SIGKILL leaves it behind. The order of calls is: open(), append()
/// any number of times, optionally sync(), finish(), keep(). Each returns an empty string, or
/// on failure a phrase to be put behind the file's name ("cannot be written: No space left on
/// device").
class OutputFile {
public:
  explicit OutputFile(std::string path) : path(std::move(path)) {}
  ~OutputFile();
  OutputFile(const OutputFile &) = delete;
  OutputFile &operator=(const OutputFile &) = delete;

  /// Creates the temporary file. Fails when something other than a regular file has the final
  /// name, because keep() would replace a device or a pipe by a plain file, and when the final
  /// name is that of a file that this run has read (RunInputs.h).
  std::string open();
  /// Adds `bytes` at the end. They are buffered and written in large pieces.
  std::string append(std::string_view bytes);
  /// Waits until all bytes are on the disk. Some file systems report a full disk only then.
  std::string sync();
  /// Closes the file, complete but still under its temporary name.
  std::string finish();
  /// Renames the finished file to its final name and so replaces an older file of that name.
  /// When that name is a symbolic link, the link itself is replaced, not the file behind it.
  std::string keep();

  const std::string &name() const { return path; }
  /// The path of the file that holds the bytes until keep().
  const std::string &temporaryName() const { return temporary; }
  /// The descriptor of the temporary file, for code that writes through a stream of its own;
  /// valid between open() and finish().
  int descriptor() const { return file; }

private:
  friend std::string keepPair(OutputFile &side, const std::string &standIn, OutputFile &main);
  std::string flush();

  std::string path, temporary, gathered;
  int file = -1;
};

/// Writes `text` to `path` in one go, and waits until it is on the disk. Returns an
/// empty string, or a message that names the file and the cause.
std::string writeFile(const std::string &path, std::string_view text);

/// Makes `folder` (and its parents) and checks that it can be written to.
/// Returns an empty string or a message.
std::string prepareFolder(const std::string &folder);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_OUTPUTFILE_H
