// OutputSet: the files of one run, which appear in their folder all at once.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_OUTPUTSET_H
#define SYNFIRE_SUPPORT_OUTPUTSET_H

#include <string>
#include <vector>

namespace synfire {

/// Whoever looks into FOLDER, at any moment and however the writer ended, sees the files
/// of one run: those of the run before, or all of this one. One rename makes the change:
///
///     FOLDER/results.json -> .synfire/current/results.json   a link, as all of the set
///     FOLDER/.synfire/current -> 4f0c...                     the link that is renamed
///     FOLDER/.synfire/4f0c...                                the files of the last run
///     FOLDER/.synfire/lock                                   held by the run that writes
///
/// A name that no set had before gets its link first, and leads nowhere until the rename.
/// Other files of FOLDER are left alone, but a link with the name of an output is replaced; files
/// of the set before that this one does not replace stay. What a killed run leaves in .synfire the
/// next one removes. A folder has one writer at a time. In order: begin(), files written to
/// path(NAME), commit(); functions return an empty string, or a message that names the folder and
/// the cause.
class OutputSet {
public:
  explicit OutputSet(std::string folder) : folder(std::move(folder)) {}
  /// Removes what was not committed, and lets the next writer in.
  ~OutputSet();
  OutputSet(const OutputSet &) = delete;
  OutputSet &operator=(const OutputSet &) = delete;

  /// Makes the folder and takes its lock. Fails within a tenth of a second, with the number
  /// of the process that writes, where another has it.
  std::string begin();
  /// Where to write the file `name`, a plain file name, until commit().
  std::string path(const std::string &name) const { return pending + "/" + name; }
  /// Shows all files that were written in `folder`, in place of older ones. Refuses where
  /// something else than a regular file or a link has the name of one, and where a file of
  /// that name is an input of this run (RunInputs.h).
  std::string commit();

private:
  std::string fault(const std::string &what) const;
  std::string takeLock();
  /// Brings an older layout, regular files in `folder` itself, into the form above.
  std::string adopt(const std::vector<std::string> &names);
  std::string point(const std::string &generation);
  bool replaceByLink(const std::string &path, const std::string &target) const;
  std::string hidden() const { return folder + "/.synfire"; }
  std::string currentGeneration() const;

  std::string folder, pending;
  int lock = -1;
};

} // namespace synfire

#endif // SYNFIRE_SUPPORT_OUTPUTSET_H
