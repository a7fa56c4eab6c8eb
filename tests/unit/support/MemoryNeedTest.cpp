// MemoryNeedTest: what is left, and what lacks.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/MemoryNeed.h"
#include "support/MappedRanges.h"

#include <doctest/doctest.h>

#include <sys/resource.h>

using namespace synfire;

TEST_CASE("a limit of the address space limits what is left") {
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_AS, &before) == 0);
  CHECK(memoryLeft() > 0);
  const rlimit none{1 << 20, before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_AS, &none) == 0);
  const uint64_t left = memoryLeft();
  REQUIRE(setrlimit(RLIMIT_AS, &before) == 0);
  CHECK(left == 0);
}

TEST_CASE("a step that needs more than is left says how much, for what") {
  CHECK(lacksMemory("a small step", 1) == "");
  const std::string lack = lacksMemory("a large step", 0x1p70);
  CHECK(lack.starts_with("a large step needs about 1099511627776.0 GiB of memory, has "));
  CHECK(memoryAmount(0x1p30 * 6.25) == "6.2 GiB");
  CHECK(memoryAmount(0x1p20 * 310) == "310 MiB");
}

TEST_CASE("an address is found in the file that is mapped there, until it is removed") {
  static const char bytes[64] = {};
  CHECK(mappedRanges::fileAt(bytes) == nullptr);
  mappedRanges::add(bytes, 32, "some.file");
  CHECK(std::string(mappedRanges::fileAt(bytes + 31)) == "some.file");
  CHECK(mappedRanges::fileAt(bytes + 32) == nullptr);
  mappedRanges::remove(bytes);
  CHECK(mappedRanges::fileAt(bytes) == nullptr);
}
