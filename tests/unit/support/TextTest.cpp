// TextTest: bytes that are no text, the nearest name, numbers for people.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/NearestName.h"
#include "support/NumberText.h"
#include "support/TextCheck.h"

#include <doctest/doctest.h>

using namespace synfire;

/// "LINE:COLUMN: what is wrong", or nothing.
static std::string noTextFault(const std::string &text) {
  const auto fault = findNoText(text);
  return fault ? std::to_string(fault->position.line) + ":" +
                     std::to_string(fault->position.column) + ": " + fault->message
               : "";
}

TEST_CASE("the first byte that is no text is told by its place") {
  CHECK(noTextFault("") == "");
  CHECK(noTextFault("a\tb\r\n\u00e9\u20ac\U0001F600") == "");
  CHECK(noTextFault("a\n\u00e9\x01") == "2:2: byte 0x01 is a control character, not text");
  CHECK(noTextFault("\x7f") == "1:1: byte 0x7f is a control character, not text");
  CHECK(noTextFault(std::string("a\0", 2)) == "1:2: byte 0x00 is a control character, not text");
  CHECK(noTextFault("a\n\nb\xff") == "3:2: byte 0xff is not valid UTF-8");
  CHECK(noTextFault("\xc0\xaf") == "1:1: byte 0xc0 is not valid UTF-8");     // overlong
  CHECK(noTextFault("\xed\xa0\x80") == "1:1: byte 0xed is not valid UTF-8"); // a surrogate
  CHECK(noTextFault("\xe2\x82") == "1:1: byte 0xe2 is not valid UTF-8");     // cut short
  CHECK(hasControlCharacter("a\tb"));
  CHECK_FALSE(hasControlCharacter("\u00e9 b"));
}

TEST_CASE("the nearest name is told whatever its case and its dashes") {
  const std::vector<std::string> names = {"time_steps", "context", "LIF"};
  CHECK(nearestName("Time-Steps", names) == "; did you mean 'time_steps'?");
  CHECK(nearestName("lif", names) == "; did you mean 'LIF'?");
  CHECK(nearestName("contxt", names) == "; did you mean 'context'?");
  CHECK(nearestName("vocabulary", names) == "");
  CHECK(nearestName("xy", names) == "");
  CHECK(nearestName(std::string(129, 'c'), names) == "");
}

TEST_CASE("long numbers are grouped by thousands") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(-999) == "-999");
  CHECK(grouped(-123456) == "-123,456");
  CHECK(grouped(INT64_MIN) == "-9,223,372,036,854,775,808");
}

TEST_CASE("the first NUL of a JSON text is told by its place") {
  CHECK(findNul("[1, 2]") == "");
  CHECK(findNul(std::string("[1]\0\0", 5)) == "byte 4 is a NUL");
}
