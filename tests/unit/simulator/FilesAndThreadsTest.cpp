// MappedFile and WorkerPool.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/MappedFile.h"
#include "support/WorkerPool.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace synfire::sim;

static std::string openingFault(const std::string &path) {
  const auto opened = MappedFile::open(path);
  const auto *error = std::get_if<std::string>(&opened);
  return error ? *error : "";
}

TEST_CASE("a mapped file has the bytes of the file") {
  const auto path =
      std::filesystem::temp_directory_path() / ("synfire-mapped-" + std::to_string(::getpid()));
  std::ofstream(path) << "weights";
  const auto opened = MappedFile::open(path);
  const auto *file = std::get_if<std::shared_ptr<const MappedFile>>(&opened);
  REQUIRE(file != nullptr);
  CHECK((*file)->bytes().size() == 7);
  CHECK((*file)->bytes()[6] == std::byte{'s'});
  std::ofstream(path, std::ios::trunc).close();
  const auto empty = MappedFile::open(path);
  REQUIRE(empty.index() == 0);
  CHECK(std::get<0>(empty)->bytes().empty());
  std::filesystem::remove(path);
}

TEST_CASE("a file that cannot be mapped is an error with its name") {
  CHECK(openingFault("/no/such/file") == "/no/such/file: cannot open: No such file or directory");
  CHECK(openingFault("/dev/null") == "/dev/null: not a regular file");
  CHECK(openingFault("/").find("not a regular file") != std::string::npos);
}

TEST_CASE("every item runs once, whatever the number of threads") {
  for (int threads : {-1, 1, 2, 5}) {
    WorkerPool pool(threads);
    CHECK(pool.threads() == std::max(threads, 1));
    for (int64_t items : {0, 1, 2, 7, 1000}) {
      std::vector<int> runs(items);
      std::vector<int> workers(items, -1);
      pool.forEach(items, [&](int64_t item, int worker) {
        ++runs[item];
        workers[item] = worker;
      });
      CHECK(runs == std::vector<int>(items, 1));
      for (int worker : workers)
        CHECK((worker >= 0 && worker < pool.threads()));
    }
  }
}
