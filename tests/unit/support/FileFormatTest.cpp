// FileFormat: what a reader says of files of other versions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/FileFormat.h"

#include <doctest/doctest.h>

using namespace synfire;

TEST_CASE("a format accepts its own tag and names the two versions otherwise") {
  constexpr FileFormat format{"synfire.thing", 12};
  CHECK(format.tag() == "synfire.thing/12");
  CHECK(format.mismatch("synfire.thing/12") == "");
  CHECK(format.mismatch("synfire.thing/1") ==
        "was written by version 1 of synfire.thing, this program reads version 12");
  CHECK(format.mismatch("synfire.thing/120") ==
        "was written by version 120 of synfire.thing, this program reads version 12");
}

TEST_CASE("what is no tag of the format is told as that") {
  constexpr FileFormat format{"synfire.thing", 12};
  for (const char *tag :
       {"", "synfire.thing", "synfire.thing/", "synfire.thing/x", "synfire.thing/-1",
        "synfire.thing/12 ", "synfire.other/12", "synfire.thing/99999999999999999999"})
    CHECK(format.mismatch(tag) == "is not a file of the format synfire.thing/12");
}
