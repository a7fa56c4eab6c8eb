// PrintableTest: text of files in messages.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Printable.h"

#include <doctest/doctest.h>

using namespace synfire;

TEST_CASE("control characters are escaped, a NUL included, and no byte is invalid UTF-8") {
  CHECK(printable("plain, with \xc3\xa9") == "plain, with \xc3\xa9");
  CHECK(printable(std::string_view("a\0b", 3)) == "a\\x00b");
  CHECK(printable("one\ntwo\t\x1b[31m\x7f") == "one\\ntwo\\t\\x1b[31m\\x7f");
  CHECK(printable("\xff.") == "?.");
  CHECK(validUtf8("a\xff\n") == "a?\n");
}

TEST_CASE("a name of a megabyte is cut, and what stands behind it is shown") {
  const std::string shown = printable("'" + std::string(1 << 20, 'x') + "' is not known");
  CHECK(shown.size() < 300);
  CHECK(shown.ends_with("x... is not known"));
  std::string many;
  for (int i = 0; i < 100000; ++i)
    many += "word ";
  CHECK(printable(many).size() < 4100);
}
