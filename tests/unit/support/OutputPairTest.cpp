// OutputPairTest: a file and its side file fit each other at any moment.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestFolder.h"

#include "support/OutputPair.h"

#include <filesystem>
#include <thread>
#include <vector>

#include <sys/file.h>

#include <fcntl.h>
#include <unistd.h>

using namespace synfire;
using namespace synfire::test;

namespace {

const std::string kDigits = "0123456789abcdef";

/// keepPair() of the files "main" and "side" with these bytes.
std::string writePair(const TestFolder &folder, const std::string &bytes,
                      const std::string &digits = kDigits) {
  OutputFile side(folder / "side"), main(folder / "main");
  for (OutputFile *file : {&side, &main}) {
    REQUIRE(file->open() == "");
    REQUIRE(file->append(bytes + " " + file->name().substr(file->name().rfind('/') + 1)) == "");
    REQUIRE(file->finish() == "");
  }
  return keepPair(side, folder / ("side." + digits), main);
}

} // namespace

TEST_CASE("both files of a pair get their names, and stand-ins of earlier pairs go") {
  TestFolder folder;
  REQUIRE(writePair(folder, "old") == "");
  folder.write("side.fedcba9876543210", "of a pair that was killed");
  const std::vector<std::string> others = {"side.fedcba987654321", "side.fedcba987654321g",
                                           "side2.fedcba9876543210", "side-fedcba9876543210"};
  for (const std::string &other : others)
    folder.write(other, "not ours");
  CHECK(writePair(folder, "new") == "");
  CHECK(folder.read("main") == "new main");
  CHECK(folder.read("side") == "new side");
  CHECK(folder.size() == 2 + static_cast<int64_t>(others.size()));
}

TEST_CASE("a main file that cannot be replaced leaves the older pair") {
  TestFolder folder;
  REQUIRE(writePair(folder, "old") == "");
  {
    OutputFile side(folder / "side"), main(folder / "main");
    for (OutputFile *file : {&side, &main}) {
      REQUIRE(file->open() == "");
      REQUIRE(file->append("new") == "");
      REQUIRE(file->finish() == "");
    }
    std::filesystem::rename(folder / "main", folder / "away");
    std::filesystem::create_directory(folder / "main");
    CHECK(keepPair(side, folder / ("side." + kDigits), main) ==
          "'" + (folder / "main") + "': cannot be replaced: Is a directory");
  }
  CHECK(folder.read("away") == "old main");
  CHECK(folder.read("side") == "old side");
  CHECK(folder.size() == 3);
}

TEST_CASE("pairs that are written at once by several threads end as one of them") {
  TestFolder folder;
  for (int round = 0; round < 50; ++round) {
    std::vector<std::thread> writers;
    for (const std::string bytes : {"a", "b", "c", "d"})
      writers.emplace_back(
          [&folder, bytes] { writePair(folder, bytes, bytes + "123456789012345"); });
    for (std::thread &writer : writers)
      writer.join();
    CHECK(folder.read("main").substr(0, 1) == folder.read("side").substr(0, 1));
    CHECK(folder.size() == 2);
  }
}

TEST_CASE("a pair waits for its turn among the writers of a folder, but not for ever") {
  TestFolder folder;
  const int other = open((folder / ".").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  REQUIRE(flock(other, LOCK_EX) == 0);
  std::string fault = "none";
  std::thread writer([&] { fault = writePair(folder, "new"); });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  CHECK_FALSE(std::filesystem::exists(folder / "main"));
  writer.join(); // without the turn
  CHECK(fault == "");
  CHECK(folder.read("main") == "new main");
  close(other);
}
