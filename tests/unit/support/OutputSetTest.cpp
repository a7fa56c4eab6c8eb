// OutputSetTest: the files of a run appear all at once, or not at all.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestFolder.h"

#include "support/OutputFile.h"
#include "support/OutputSet.h"
#include "support/PendingOutputs.h"

#include <chrono>
#include <csignal>
#include <random>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace synfire;
using namespace synfire::test;

namespace {

const std::vector<std::string> kNames{"a.json", "b.csv", "c.csv"};

/// A run that writes `text` into each of the files.
std::string writeSet(const std::string &folder, const std::string &text,
                     const std::vector<std::string> &names = kNames) {
  OutputSet set(folder);
  if (std::string error = set.begin(); !error.empty())
    return error;
  for (const std::string &name : names)
    std::ofstream(set.path(name)) << text;
  return set.commit();
}

} // namespace

TEST_CASE("files of a set replace those before, other files stay") {
  TestFolder folder;
  folder.write("notes.txt", "mine");
  REQUIRE(writeSet(folder / "", "one") == "");
  REQUIRE(writeSet(folder / "", "two") == "");
  for (const std::string &name : kNames)
    CHECK(folder.read(name) == "two");
  CHECK(folder.read("notes.txt") == "mine");
  // A smaller set leaves the rest of the one before.
  REQUIRE(writeSet(folder / "", "three", {"a.json"}) == "");
  CHECK(folder.read("a.json") == "three");
  CHECK(folder.read("b.csv") == "two");
  // One generation is kept, whatever was written before.
  CHECK(std::distance(std::filesystem::directory_iterator(folder / ".synfire"),
                      std::filesystem::directory_iterator()) == 3); // lock, current, it
}

TEST_CASE("regular files of that name become part of the set") {
  TestFolder folder;
  folder.write("a.json", "older");
  folder.write("b.csv", "older");
  REQUIRE(writeSet(folder / "", "one", {"a.json"}) == "");
  CHECK(folder.read("a.json") == "one");
  CHECK(folder.read("b.csv") == "older");
  std::filesystem::create_directory(folder / "c.csv");
  CHECK(writeSet(folder / "", "two").find("'c.csv' in it is not a regular file") !=
        std::string::npos);
  CHECK(folder.read("a.json") == "one");
}

TEST_CASE("links of others are replaced, not followed") {
  TestFolder folder, other;
  const std::string target = other.write("target", "before");
  std::filesystem::create_symlink(target, folder / "a.json");
  REQUIRE(writeSet(folder / "", "one") == "");
  CHECK(other.read("target") == "before");
  CHECK(folder.read("a.json") == "one");

  TestFolder trap;
  std::filesystem::create_directory_symlink(other / "", trap / ".synfire");
  CHECK(writeSet(trap / "", "one").find("'.synfire' is not a folder") != std::string::npos);
}

TEST_CASE("a set that is not committed leaves nothing") {
  TestFolder folder;
  REQUIRE(writeSet(folder / "", "one") == "");
  {
    OutputSet set(folder / "");
    REQUIRE(set.begin() == "");
    REQUIRE(writeFile(set.path("a.json"), "two") == "");
  }
  CHECK(folder.read("a.json") == "one");
  CHECK(std::distance(std::filesystem::directory_iterator(folder / ".synfire"),
                      std::filesystem::directory_iterator()) == 3);
}

TEST_CASE("a folder has one writer, and the second is told who") {
  TestFolder folder;
  OutputSet set(folder / "");
  REQUIRE(set.begin() == "");
  const std::string refused = writeSet(folder / "", "two");
  CHECK(refused.find("process " + std::to_string(::getpid()) + " is writing") != std::string::npos);
  CHECK(refused.find(folder / "") != std::string::npos);
  CHECK(set.commit() == "");
}

TEST_CASE("a writer killed at any moment leaves the files of one run") {
  TestFolder folder;
  REQUIRE(writeSet(folder / "", std::string(5000, '0')) == "");
  std::mt19937 dice(1);
  for (int attempt = 0; attempt < 200; ++attempt) {
    const char letter = char('A' + attempt % 26);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      for (;;) // until it is killed
        if (!writeSet(folder / "", std::string(5000, letter)).empty())
          ::_exit(1);
    }
    // Some are killed in their first write, the others in a later one.
    const std::string own(5000, letter);
    while (attempt % 2 == 1 && folder.read(kNames[0]) != own)
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    std::this_thread::sleep_for(std::chrono::microseconds(dice() % 2000));
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status)); // it had not failed
    const std::string first = folder.read(kNames[0]);
    REQUIRE(first.size() == 5000);
    for (const std::string &name : kNames)
      REQUIRE(folder.read(name) == first);
    if (attempt % 2 == 1)
      REQUIRE(first == own);
  }
  CHECK(folder.size() == 4); // the three files and .synfire
}

TEST_CASE("abandoned outputs are removed, and what was kept is told") {
  // In a child: nothing is kept in a process after that.
  TestFolder folder;
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    bool good = writeFile(folder / "kept", "one").empty();
    OutputFile file(folder / "lost");
    good &= file.open().empty() && file.append("two").empty();
    OutputSet set(folder / "set");
    good &= set.begin().empty() && writeFile(set.path("a.json"), "three").empty();
    const std::vector<std::string> kept = pendingOutputs::abandonAll();
    good &= std::find(kept.begin(), kept.end(), folder / "kept") != kept.end();
    for (const std::string &name : kept) // a file of a set that was not committed is not
      good &= name.find(".synfire") == std::string::npos;
    good &= !set.commit().empty();
    good &= !file.finish().empty() || !file.keep().empty();
    ::_exit(good ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(folder.read("kept") == "one");
  CHECK_FALSE(std::filesystem::exists(folder / "lost"));
  CHECK_FALSE(std::filesystem::exists(folder / "set/a.json"));
  CHECK(folder.size() == 2); // "kept" and "set": no temporary file
}
