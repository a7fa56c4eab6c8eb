// ModuleTextCheckTest: nesting and blobs of a module's text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/ModuleTextCheck.h"

#include <doctest/doctest.h>

#include <string>

using namespace synfire;
using namespace synfire::tool;

namespace {

std::string repeated(const std::string &part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i)
    text += part;
  return text;
}

std::string messageOf(const std::string &text) {
  auto fault = findFatalText(text);
  return fault ? fault->message : "";
}

std::string blob(const std::string &digits) {
  return "{-#\n  dialect_resources: {\n    builtin: {\n      w: \"0x" + digits +
         "\"\n    }\n  }\n#-}";
}

} // namespace

TEST_CASE("nesting of any bracket is refused from level 257 on, with its place") {
  for (const char *open : {"[", "{a = ", "(", "tuple<", "() -> (", "\"op\"() ({", "fused["}) {
    CAPTURE(open);
    CHECK(messageOf(repeated(open, 100)) == "");
    CHECK(messageOf(repeated(open, 300)) == "needs at most 256 levels of nesting, has more");
  }
  auto fault = findFatalText("\n" + repeated("[", 257));
  REQUIRE(fault);
  CHECK(fault->position.line == 2);
  CHECK(fault->position.column == 257);
}

TEST_CASE("only the metadata has blobs, wherever it stands") {
  const std::string numbers = "dense<\"0x0000803F0000803F\"> : tensor<2xf32>";
  CHECK(messageOf(numbers) == "");
  CHECK(messageOf(blob("04000000AABBCCDD") + "\n" + numbers) == "");
  CHECK(messageOf(numbers + "\n" + blob("00000000AABBCCDD")) != "");
}

TEST_CASE("chains of signs and of arrows count as nesting") {
  CHECK(messageOf("affine_map<(d0) -> (" + repeated("-", 300) + "d0)>") != "");
  CHECK(messageOf(repeated("() -> ", 300)) != "");
  CHECK(messageOf(repeated("(i32) -> i32, ", 1000)) == "");
  CHECK(messageOf(repeated("-1, ", 1000)) == "");
}

TEST_CASE("brackets in strings and comments do not count, closed ones neither") {
  CHECK(messageOf("\"" + repeated("[", 300) + "\"") == "");
  CHECK(messageOf("\"\\\"" + repeated("[", 300) + "\"") == "");
  CHECK(messageOf("// " + repeated("[", 300)) == "");
  CHECK(messageOf(repeated("[()] <{}>", 1000)) == "");
}

TEST_CASE("a blob's alignment is a power of two") {
  CHECK(messageOf(blob("0400000000000000")) == "");
  CHECK(messageOf(blob("zz")) == "");
  CHECK(messageOf(blob("000000000000803F")) ==
        "the blob 'w' needs an alignment that is a power of two, has 0");
  CHECK(messageOf(blob("030000000000803F")) ==
        "the blob 'w' needs an alignment that is a power of two, has 3");
  CHECK(messageOf("\"0x0000000000\"") == ""); // a string, not a blob
}
