// InputFileTest: regular files only, up to a limit, mapped or read.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestFolder.h"

#include "support/InputFile.h"
#include "support/MappedFile.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace synfire;
using namespace synfire::test;

static std::string readingFault(const std::variant<std::string, FileFault> &read) {
  return read.index() == 0 ? "" : std::get<FileFault>(read).reason;
}

static std::string mappingFault(const std::string &path) { return MappedFile().open(path); }

TEST_CASE("a file is read or mapped as it is") {
  TestFolder folder;
  const std::string path = folder.write("a", std::string("we\0ights", 8));
  CHECK(std::get<0>(readFile(path, 100)) == std::string("we\0ights", 8));
  MappedFile file;
  REQUIRE(file.open(path) == "");
  CHECK(file.bytes().size() == 8);
  CHECK(file.bytes()[7] == std::byte{'s'});
  const std::string nothing = folder.write("b", "");
  CHECK(std::get<0>(readFile(nothing, 100)) == "");
  MappedFile empty;
  REQUIRE(empty.open(nothing) == "");
  CHECK(empty.bytes().empty());
  // The system tells no size of such a file.
  CHECK(std::get<0>(readFile("/proc/self/status", 1 << 20)).find("Pid:") != std::string::npos);
}

TEST_CASE("a file at the limit is read, one byte more is refused") {
  TestFolder folder;
  const std::string path = folder.write("a", std::string(200000, 'a'));
  CHECK(std::get<0>(readFile(path, 200000)) == std::string(200000, 'a'));
  CHECK(readingFault(readFile(path, 199999)) == "needs at most 199999 bytes, has more");
  const std::string large = folder.write("b", std::string((1 << 20) + 1, 'a'));
  CHECK(readingFault(readFile(large, 1 << 20)) == "needs at most 1 MiB, has more");
  CHECK(readingFault(readFile("/proc/self/status", 10)) == "needs at most 10 bytes, has more");
}

TEST_CASE("what is no regular file is refused at once") {
  TestFolder folder;
  const std::string pipe = folder / "pipe", named = folder / "socket";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const int end = ::socket(AF_UNIX, SOCK_STREAM, 0);
  REQUIRE(end >= 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  named.copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::bind(end, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0);
  for (const std::string &path : {pipe, named, std::string("/dev/null"), std::string("/dev/zero"),
                                  std::string("/dev/tty"), folder / "."}) {
    CHECK_MESSAGE(readingFault(readFile(path, 100)) == "is not a regular file", path);
    CHECK_MESSAGE(mappingFault(path) == "is not a regular file", path);
  }
  ::close(end);
}

TEST_CASE("a file that is not there is an error with its reason") {
  CHECK(readingFault(readFile("/no/such/file", 100)) ==
        "cannot be opened: No such file or directory");
  CHECK(mappingFault("/no/such/file") == "cannot be opened: No such file or directory");
}
