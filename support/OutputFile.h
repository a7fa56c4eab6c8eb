// OutputFile: whole files or none: written under a temporary name, then renamed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_OUTPUTFILE_H
#define SYNFIRE_SUPPORT_OUTPUTFILE_H

#include <cstdint>
#include <string>
#include <string_view>

namespace synfire {

/// A file that appears under its name only when it is complete: a reader sees the
/// old file or the new one, never a part. The bytes go to a file of a name of its own
/// in the same folder, so that two programs may write the same file at once: the last
/// one wins. The temporary file is removed unless it is kept; only SIGKILL leaves it
/// behind. In order: open(), append() as often as wanted, sync() if wanted, finish(),
/// keep(). All of them return an empty string, or what to put behind the file's name
/// ("cannot be written: No space left on device").
class OutputFile {
public:
  explicit OutputFile(std::string path) : path(std::move(path)) {}
  ~OutputFile();
  OutputFile(const OutputFile &) = delete;
  OutputFile &operator=(const OutputFile &) = delete;

  /// Makes the temporary file. Refuses a name at which something else than a regular
  /// file stands: the rename would put a plain file in the place of a device or a pipe.
  std::string open();
  /// Bytes are gathered and written in large pieces.
  std::string append(std::string_view bytes);
  /// Waits until all bytes are on the disk: a full one may only show itself here.
  std::string sync();
  /// Closes the file, complete but still under its temporary name.
  std::string finish();
  /// Gives a finished file its name, in place of any older one. A link of that name is
  /// replaced, not followed.
  std::string keep();

  const std::string &name() const { return path; }
  /// Where the bytes are until keep().
  const std::string &temporaryName() const { return temporary; }
  /// For other writers' streams, between open() and finish().
  int descriptor() const { return file; }

private:
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
