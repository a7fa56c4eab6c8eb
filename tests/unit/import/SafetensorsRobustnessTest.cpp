// SafetensorsRobustnessTest: damaged files end in a message or in tensors that
// lie inside the file, never elsewhere.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestFiles.h"

#include <doctest/doctest.h>

#include <random>

using namespace synfire;
using namespace synfire::test;

/// A real file, small: header and every byte of data matter.
static std::string sampleFile() {
  Folder folder;
  writeTensors(folder.file("sample"), {{"embed.token.weight", {{3, 4}, std::vector<float>(12, 1)}},
                                       {"head.fc.bias", {{3}, {1, 2, 3}}},
                                       {"head.lif.threshold", {{1}, {0.5f}}}});
  return readAll(folder.file("sample"));
}

/// What is wrong with a file of these bytes; when nothing, every byte of every
/// tensor must lie inside it.
static std::string layoutFaultOf(const std::string &bytes) {
  // A copy on the heap, exactly as large: a sanitizer sees every step outside.
  std::vector<char> copy(bytes.begin(), bytes.end());
  std::span<const std::byte> file = std::as_bytes(std::span(copy));
  auto parsed = parseLayout(file);
  if (auto *error = std::get_if<SafetensorsError>(&parsed)) {
    CHECK(!error->message.empty());
    return error->message;
  }
  const auto &layout = std::get<SafetensorsLayout>(parsed);
  uint64_t covered = 0;
  for (const TensorInfo &tensor : layout.tensors) {
    CHECK(tensor.begin <= tensor.end);
    CHECK(layout.dataBegin + tensor.end <= file.size());
    covered += tensor.bytes();
  }
  CHECK(layout.dataBegin + covered == file.size());
  return {};
}

TEST_CASE("a file cut at any byte is refused") {
  std::string bytes = sampleFile();
  REQUIRE(layoutFaultOf(bytes).empty());
  for (size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    CHECK(!layoutFaultOf(bytes.substr(0, size)).empty());
  }
}

TEST_CASE("bytes after the data are refused") {
  CHECK(layoutFaultOf(sampleFile() + "x") == "the last 1 of 65 bytes of data belong to no tensor");
}

TEST_CASE("every single flipped bit of the header ends well") {
  std::string bytes = sampleFile();
  uint64_t headerBytes;
  std::memcpy(&headerBytes, bytes.data(), 8);
  size_t refused = 0, total = (8 + headerBytes) * 8;
  for (size_t bit = 0; bit < total; ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] ^= char(1 << (bit % 8));
    refused += !layoutFaultOf(damaged).empty();
  }
  // A flip in a name or in the padding may leave a valid file; most do not.
  CHECK(refused > total / 2);
  CHECK(refused < total);
}

TEST_CASE("random damage ends well") {
  std::string bytes = sampleFile();
  std::mt19937 random(1);
  for (int round = 0; round < 3000; ++round) {
    std::string damaged = bytes;
    for (int edit = 0, edits = 1 + int(random() % 8); edit < edits; ++edit)
      damaged[random() % damaged.size()] = char(random());
    layoutFaultOf(damaged);
  }
}

TEST_CASE("offsets that lie by any small amount are refused") {
  std::string bytes = sampleFile();
  size_t at = bytes.find("[48,60]");
  REQUIRE(at != std::string::npos);
  for (int begin = 10; begin < 100; ++begin)
    for (int end = 10; end < 100; ++end) {
      if (begin == 48 && end == 60)
        continue;
      std::string damaged = bytes;
      damaged.replace(at + 1, 2, std::to_string(begin));
      damaged.replace(at + 4, 2, std::to_string(end));
      CHECK(!layoutFaultOf(damaged).empty());
    }
}
