// RunInputsTest: what a run has read it does not write over.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestFolder.h"

#include "support/InputFile.h"
#include "support/OutputFile.h"
#include "support/OutputSet.h"
#include "support/RunInputs.h"

#include <sys/wait.h>
#include <unistd.h>

using namespace synfire;
using namespace synfire::test;

TEST_CASE("a file that was read is not written, under any of its names") {
  // In a child: files are remembered for the rest of a process.
  TestFolder folder;
  const std::string before = folder.write("before", "1"), input = folder.write("input", "2");
  std::filesystem::create_hard_link(input, folder / "hard");
  std::filesystem::create_symlink(input, folder / "soft");
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    bool good = readFile(before, 10).index() == 0;
    runInputs::remember();
    good &= readFile(input, 10).index() == 0;
    good &= writeFile(before, "written").empty(); // read before
    good &= writeFile(folder / "new", "written").empty();
    for (const std::string name : {"input", "hard", "soft"})
      good &= writeFile(folder / name, "written") == "'" + (folder / name) +
                                                         "': is an input of this run ('" + input +
                                                         "'); write to another file";
    OutputSet set(folder / "");
    good &= set.begin().empty() && writeFile(set.path("hard"), "written").empty() &&
            set.commit().find("is an input of this run ('" + input + "')") != std::string::npos;
    ::_exit(good ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(folder.read("before") == "written");
  CHECK(folder.read("new") == "written");
  for (const std::string name : {"input", "hard", "soft"})
    CHECK(folder.read(name) == "2");
  CHECK(std::filesystem::is_symlink(folder / "soft"));
}
