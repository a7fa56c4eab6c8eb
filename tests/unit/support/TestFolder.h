// TestFolder: a folder for the files of a test.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_SUPPORT_TESTFOLDER_H
#define SYNFIRE_TESTS_UNIT_SUPPORT_TESTFOLDER_H

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace synfire::test {

/// Removed with its owner.
class TestFolder {
public:
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "synfire-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~TestFolder() { std::filesystem::remove_all(path); }

  std::string operator/(const std::string &name) const { return path + "/" + name; }
  std::string write(const std::string &name, const std::string &text) const {
    std::ofstream(*this / name, std::ios::binary) << text;
    return *this / name;
  }
  std::string read(const std::string &name) const {
    std::ifstream file(*this / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// How many files there are.
  int64_t size() const { return std::distance(std::filesystem::directory_iterator(path), {}); }

private:
  std::string path;
};

} // namespace synfire::test

#endif // SYNFIRE_TESTS_UNIT_SUPPORT_TESTFOLDER_H
