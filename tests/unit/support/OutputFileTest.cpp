// OutputFileTest: whole files or none, and nothing left behind.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestFolder.h"

#include "support/OutputFile.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace synfire;
using namespace synfire::test;

TEST_CASE("a file appears with all its bytes, in place of the old one") {
  TestFolder folder;
  const std::string path = folder.write("a", "before");
  OutputFile file(path);
  REQUIRE(file.open() == "");
  std::string expected;
  for (const size_t size : {0, 1, 1 << 20, 3, (2 << 20) + 5}) { // across the pieces
    const std::string bytes(size, char('a' + expected.size() % 26));
    CHECK(file.append(bytes) == "");
    expected += bytes;
  }
  CHECK(file.sync() == "");
  CHECK(file.finish() == "");
  CHECK(folder.read("a") == "before");
  CHECK(file.keep() == "");
  CHECK(folder.read("a") == expected);
  CHECK(folder.size() == 1);
}

TEST_CASE("a file that is not kept leaves nothing behind") {
  TestFolder folder;
  const std::string path = folder.write("a", "before");
  for (const bool finished : {false, true}) {
    OutputFile file(path);
    REQUIRE(file.open() == "");
    CHECK(file.append("after") == "");
    if (finished)
      CHECK(file.finish() == "");
    CHECK(folder.size() == 2);
  }
  CHECK(folder.size() == 1);
  CHECK(folder.read("a") == "before");
}

TEST_CASE("two writers of one file do not disturb each other") {
  TestFolder folder;
  OutputFile one(folder / "a"), two(folder / "a");
  REQUIRE(one.open() == "");
  REQUIRE(two.open() == "");
  CHECK(one.append("one") == "");
  CHECK(two.append("the other") == "");
  CHECK(one.finish() == "");
  CHECK(two.finish() == "");
  CHECK(two.keep() == "");
  CHECK(one.keep() == "");
  CHECK(folder.read("a") == "one");
  CHECK(folder.size() == 1);
}

TEST_CASE("links are replaced, not followed") {
  TestFolder folder;
  folder.write("target", "before");
  std::filesystem::create_symlink(folder / "target", folder / "link");
  CHECK(writeFile(folder / "link", "after") == "");
  CHECK(folder.read("target") == "before");
  CHECK(folder.read("link") == "after");
  CHECK_FALSE(std::filesystem::is_symlink(folder / "link"));
}

TEST_CASE("a file has the mode that the umask leaves") {
  TestFolder folder;
  const mode_t before = ::umask(0027);
  CHECK(writeFile(folder / "a", "a") == "");
  ::umask(before);
  struct stat status;
  REQUIRE(::stat((folder / "a").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("what cannot be replaced or made is told with the file's name") {
  TestFolder folder;
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  for (const std::string &path : {folder / "pipe", folder / ".", std::string("/dev/null")})
    CHECK(writeFile(path, "a") ==
          "'" + path + "': is not a regular file; name one that may be replaced");
  CHECK(writeFile(folder / "no/such", "a") ==
        "'" + (folder / "no/such") + "': cannot be created: No such file or directory");
  CHECK(folder.size() == 1);
}

TEST_CASE("a full disk leaves the old file") {
  TestFolder folder;
  const std::string path = folder.write("a", "before");
  // A limit on file sizes fails the same write as a full disk would.
  rlimit before;
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{1000, before.rlim_max};
  auto *handler = std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small);
  const std::string error = writeFile(path, std::string(1001, 'a'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  CHECK(error == "'" + path + "': cannot be written: File too large");
  CHECK(folder.read("a") == "before");
  CHECK(folder.size() == 1);
}
