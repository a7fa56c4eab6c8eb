// Tokenizer: cleaning and encoding of text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Tokenizer.h"

#include <doctest/doctest.h>

using namespace synfire::tool;

namespace {

const std::string kAlphabet = "abcdefghijklmnopqrstuvwxyz.'P ";
const TextCode kProse{kAlphabet, {}, "prose"};
const TextCode kWords{"", {"'", ".", "P", "don't", "prince", "well"}, "words"};

/// The text as the model sees it.
std::string cleaned(const std::string &text) {
  auto encoded = encodeText(text, kProse);
  REQUIRE(encoded.index() == 0);
  return decodeTokens(std::get<0>(encoded).tokens, kProse);
}

std::string errorOf(const std::string &text) {
  auto encoded = encodeText(text, kProse);
  REQUIRE(encoded.index() == 1);
  return std::get<1>(encoded);
}

} // namespace

TEST_CASE("prose: lower case, sentence ends, separators, white space") {
  CHECK(cleaned("\"Well, Prince!\" so--he;said") == "well prince. so he said");
  CHECK(cleaned("a.b?c") == "a. b. c");
  CHECK(cleaned("two  \t\n words") == "two words");
  CHECK(cleaned("don't 1805") == "don't ");
  CHECK(cleaned("a-b") == "ab");
  CHECK(cleaned("end...") == "end. . . ");
}

TEST_CASE("prose: ids are places in the alphabet") {
  auto encoded = encodeText("A z.'", kProse);
  REQUIRE(encoded.index() == 0);
  CHECK(std::get<0>(encoded).tokens == std::vector<int32_t>{0, 29, 25, 26, 29, 27});
}

TEST_CASE("dropped characters are counted, replaced ones are not") {
  auto encoded = encodeText("a\u00E9,b!\u00A0c", kProse);
  REQUIRE(encoded.index() == 0);
  CHECK(std::get<0>(encoded).dropped == 2);
  CHECK(decodeTokens(std::get<0>(encoded).tokens, kProse) == "ab. c");
}

TEST_CASE("a byte order mark is not text") { CHECK(cleaned("\uFEFFabc") == "abc"); }

TEST_CASE("without a cleaning rule only the alphabet decides") {
  auto encoded = encodeText("aPA b", TextCode{kAlphabet, {}, "none"});
  REQUIRE(encoded.index() == 0);
  CHECK(decodeTokens(std::get<0>(encoded).tokens, kProse) == "aP b");
  CHECK(std::get<0>(encoded).dropped == 1);
}

TEST_CASE("invalid UTF-8 is an error that names the byte") {
  CHECK(errorOf("ab\xFFz") == "the text is not UTF-8: byte 2 is 0xff");
  CHECK(errorOf("\xC0\x80") == "the text is not UTF-8: byte 0 is 0xc0");
  CHECK(errorOf("a\xE2\x82") == "the text is not UTF-8: byte 1 is 0xe2");
}

TEST_CASE("text without a known character is an error that shows the alphabet") {
  CHECK(errorOf("").find("empty after cleaning") != std::string::npos);
  CHECK(errorOf("123").find(kAlphabet) != std::string::npos);
}

TEST_CASE("ids outside the alphabet decode to the replacement character") {
  CHECK(decodeTokens({0, 99, -1}, kProse) == "a\uFFFD\uFFFD");
}

TEST_CASE(
    "words: lower case, everything but letters and apostrophes separates, unknown words drop") {
  auto encoded = encodeText("\uFEFF\"Well,Prince!\"\n- DON'T-well; Genoa ' caf\u00E9 P.", kWords);
  REQUIRE(encoded.index() == 0);
  CHECK(std::get<0>(encoded).tokens == std::vector<int32_t>{5, 4, 3, 5, 0});
  CHECK(std::get<0>(encoded).dropped == 3); // genoa, caf and p
  CHECK(decodeTokens(std::get<0>(encoded).tokens, kWords) == "well prince don't well '");
  CHECK(decodeTokens({4, 99}, kWords) == "prince \uFFFD");
}

TEST_CASE("words without a cleaning rule are what white space separates") {
  auto encoded = encodeText("P well,\u00A0Well . don't\tP", TextCode{"", kWords.words, "none"});
  REQUIRE(encoded.index() == 0);
  CHECK(std::get<0>(encoded).tokens == std::vector<int32_t>{2, 1, 3, 2});
  CHECK(std::get<0>(encoded).dropped == 2);
}

TEST_CASE("text without a known word is an error that counts the dictionary") {
  auto encoded = encodeText("to be", kWords);
  REQUIRE(encoded.index() == 1);
  CHECK(std::get<1>(encoded) ==
        "the text is empty after cleaning by the rule 'words'; none of it is "
        "among the 6 words of the model's dictionary");
}
