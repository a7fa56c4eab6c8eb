// Entry point of the parity tests: missing data is a skip, never a pass.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#define DOCTEST_CONFIG_IMPLEMENT
#include "tests/parity/Reference.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>

static int skips = 0;

std::string synfire::test::referenceFolder(const std::string &name) {
  if (const char *folder = std::getenv("SYNFIRE_REFERENCE"))
    return std::string(folder) + "/" + name;
  return SYNFIRE_SOURCE_DIR "/tests/parity/" + name;
}

void synfire::test::skip(const std::string &reason) {
  ++skips;
  std::cout << "\nskipped: " << reason << std::endl;
}

int main(int argc, char **argv) {
  const int status = doctest::Context(argc, argv).run();
  if (status != 0)
    return status;
  return skips > 0 ? synfire::test::kSkippedExitCode : 0;
}
