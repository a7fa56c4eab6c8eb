// WordDictionaryTest: dictionaries of word models, their faults by file and line.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestImporter.h"

#include "dialect/import/description/WordDictionary.h"
#include "dialect/spike/Spike.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace synfire;
using namespace synfire::test;

using Words = std::vector<std::string>;

static std::string dictionaryFaultOf(const std::string &text, int64_t count) {
  auto words = parseWords(text, "w.txt", count);
  auto *error = std::get_if<DescriptionError>(&words);
  return error ? error->text() : std::string();
}

TEST_CASE("a dictionary has one word per line, in the order of the ids") {
  for (const char *text : {"a\nb\ncafé\n", "a\nb\ncafé", "\uFEFFa\nb\ncafé\n"}) {
    auto words = parseWords(text, "w.txt", 3);
    REQUIRE(words.index() == 0);
    CHECK(std::get<0>(words) == Words{"a", "b", "café"});
  }
}

TEST_CASE("faults of a dictionary have file and line, and show no text of the file") {
  CHECK(dictionaryFaultOf("a\n\nb\n", 3) == "w.txt:2:1: error: the line needs a word, has none");
  CHECK(dictionaryFaultOf("a\nb c\n", 2) ==
        "w.txt:2:1: error: the word holds white space; give one word per line, lines ending "
        "in a line feed");
  CHECK(dictionaryFaultOf("a\r\nb\r\n", 2).find("w.txt:1:1: error: the word holds white space") ==
        0);
  CHECK(dictionaryFaultOf("a\nb\na\n", 3) == "w.txt:3:1: error: the word stands in line 1 already");
  CHECK(dictionaryFaultOf("a\nb\n", 3) ==
        "w.txt:3:1: error: the dictionary needs 3 words, one per token id, has 2");
  CHECK(dictionaryFaultOf("a\nb\n", 1) ==
        "w.txt:3:1: error: the dictionary needs 1 words, one per token id, has 2");
  CHECK(dictionaryFaultOf("", 1) ==
        "w.txt:1:1: error: the dictionary needs 1 words, one per token id, has 0");
  CHECK(dictionaryFaultOf("a\nb\xff\n", 2) == "w.txt:2:2: error: byte 0xff is not valid UTF-8");
  CHECK(dictionaryFaultOf(std::string("a\0b", 3), 1) ==
        "w.txt:1:2: error: byte 0x00 is a control character, not text");
  CHECK(dictionaryFaultOf(std::string((64 << 20) + 1, 'a'), 1) ==
        "w.txt:1:1: error: the dictionary needs at most 67108864 bytes, has 67108865");
}

TEST_CASE("a description's dictionary lies beside it and becomes the model's words") {
  TinyModel tiny;
  tiny.description = withLine(withLine(kTinyDescription, "alphabet", "  words: w.txt"), "cleaning",
                              "  cleaning: words");
  tiny.folder.write("w.txt", "a\nb\nto\nwar\n");
  auto module = tiny.import();
  INFO(tiny.messages);
  REQUIRE(module);
  auto function = *module->getOps<mlir::func::FuncOp>().begin();
  auto model = function->getAttrOfType<spike::ModelAttr>(spike::kModelAttrName);
  CHECK(model.getAlphabet() == "");
  CHECK(model.getCleaning() == "words");
  REQUIRE(model.getWords());
  Words words;
  for (mlir::Attribute word : model.getWords())
    words.push_back(mlir::cast<mlir::StringAttr>(word).getValue().str());
  CHECK(words == Words{"a", "b", "to", "war"});

  tiny.folder.write("w.txt", "a\nb\nto\n");
  CHECK(!tiny.import());
  CHECK(tiny.messages ==
        tiny.folder.file("w.txt") +
            ":4:1: error: the dictionary needs 4 words, one per token id, has 3\n");
  std::filesystem::remove(tiny.folder.file("w.txt"));
  CHECK(!tiny.import());
  CHECK(tiny.messages ==
        tiny.folder.file("w.txt") + ":1:1: error: cannot be opened: No such file or directory\n");
}

TEST_CASE("parsing a description reads no dictionary") {
  auto parsed = parseDescription(withLine(withLine(kTinyDescription, "alphabet", "  words: w.txt"),
                                          "cleaning", "  cleaning: words"),
                                 "m.yaml");
  REQUIRE(parsed.index() == 0);
  CHECK(std::get<0>(parsed).wordsFile == "w.txt");
  CHECK(std::get<0>(parsed).words.empty());
}

TEST_CASE("text keys that contradict are refused") {
  auto fault = [](const std::string &alphabet, const std::string &cleaning) {
    auto parsed = parseDescription(
        withLine(withLine(kTinyDescription, "alphabet", alphabet), "cleaning", cleaning), "m.yaml");
    auto *error = std::get_if<DescriptionError>(&parsed);
    return error ? error->text() : std::string();
  };
  CHECK(fault("  alphabet: abcd\n  words: w.txt", "") ==
        "m.yaml:8:10: error: 'words' stands beside 'alphabet'; give one of them");
  CHECK(fault("  alphabet: abcd", "  cleaning: words") ==
        "m.yaml:8:13: error: 'cleaning' is words, which needs 'words', a dictionary, instead of "
        "'alphabet'");
  CHECK(fault("  words: w.txt", "  cleaning: prose") ==
        "m.yaml:8:13: error: 'cleaning' is prose, a rule for an 'alphabet'; for 'words' give words "
        "or none");
  // A word model whose dictionary is not at hand takes token ids.
  CHECK(fault("", "  cleaning: words") == "");
}
