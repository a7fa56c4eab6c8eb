// The probe: what MLIR's readers do not survive, or refuse in bytecode, is said by the child.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/ParseProbe.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

using namespace synfire::tool;

namespace {

/// What the probe says of a file with this ending and these bytes, the path of the file left out.
std::string probed(const std::string &ending, const std::string &bytes) {
  std::string path = "/tmp/synfire-probe-XXXXXX" + ending;
  const int file = mkstemps(path.data(), static_cast<int>(ending.size()));
  REQUIRE(file >= 0);
  std::ofstream(path, std::ios::binary) << bytes;
  std::string said = probeParse(path);
  std::remove(path.c_str());
  if (const size_t at = said.find(path); at != std::string::npos)
    said.replace(at, path.size(), "FILE");
  return said;
}

/// A number below 128 as bytecode has it.
char number(int value) { return static_cast<char>(value << 1 | 1); }

/// Bytecode that announces one attribute and lists `listed`: MLIR's reader writes them behind its
/// table of attributes before it refuses the file.
std::string withAttributes(int listed) {
  std::string file = std::string("ML\xefR") + number(6) + "test" + '\0';
  const auto section = [&file](int id, const std::string &bytes) {
    file += static_cast<char>(id);
    file += number(static_cast<int>(bytes.size()));
    file += bytes;
  };
  section(0, {number(1), number(8), 'b', 'u', 'i', 'l', 't', 'i', 'n', '\0'}); // one string
  section(1, {number(1), number(0), number(0)}); // one dialect of that name, no operations
  section(2, "");                                // attributes
  std::string places = {number(1), number(0), number(0), number(listed)};
  section(3, places + std::string(static_cast<size_t>(listed), number(0)));
  section(4, ""); // operations
  section(8, ""); // properties
  return file;
}

} // namespace

TEST_CASE("what the reader of bytecode refuses is said by the child that read it") {
  CHECK(probed(".mlirbc", std::string("ML\xefR") + number(60) + "test" + '\0') ==
        "'FILE': cannot be read as bytecode: bytecode version 60 is newer than the current version "
        "6; if it is damaged, make it again");
  for (int listed : {1, 20, 60}) { // from 2 on, they overwrite what stands behind
    // What the child says of it is open, as its heap is corrupt; the real read must not follow.
    CHECK(probed(".mlirbc", withAttributes(listed)).starts_with("'FILE': "));
  }
}

TEST_CASE("text and modules that only a verifier refuses pass: the real read tells") {
  CHECK(probed(".mlir", "module {") == "");
  CHECK(probed(".mlir", "module {}") == "");
  CHECK(probed(".mlirbc", "module {}") == "");
}
