// SafetensorsTest: files are read as they are and refused with the place named.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestFiles.h"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

using namespace synfire;
using namespace synfire::test;

static std::string headerFault(const std::string &json, uint64_t dataBytes = 0) {
  auto parsed = parseHeader(json, dataBytes);
  auto *error = std::get_if<SafetensorsError>(&parsed);
  return error ? error->message : std::string();
}

TEST_CASE("a file written by hand is read as it stands") {
  Folder folder;
  std::string path = folder.write(
      "a.safetensors",
      withHeader(R"({"b":{"dtype":"F32","shape":[2,1],"data_offsets":[3,11]},)"
                 R"("__metadata__":{"made":"by hand"},)"
                 R"("a":{"shape":[3],"data_offsets":[0,3],"dtype":"U8"},)"
                 R"("none":{"dtype":"I64","shape":[0,5],"data_offsets":[3,3]},)"
                 R"("scalar":{"dtype":"BF16","shape":[],"data_offsets":[11,13]}}   )",
                 std::string("\x01\x02\x03\x00\x00\x80\x3f\x00\x00\x00\xc0\x80\x3f", 13)));
  auto opened = Safetensors::open(path);
  REQUIRE(opened.index() == 0);
  const Safetensors &file = *std::get<0>(opened);
  CHECK(file.path() == path);
  REQUIRE(file.tensors().size() == 4);
  CHECK(file.tensors()[0].name == "b");
  CHECK(file.find("__metadata__") == nullptr);
  CHECK(file.find("c") == nullptr);
  const TensorInfo *b = file.find("b");
  REQUIRE(b);
  CHECK(b->type == TensorType::F32);
  CHECK(b->shape == std::vector<int64_t>{2, 1});
  float numbers[2];
  REQUIRE(file.bytes(*b).size() == sizeof numbers);
  std::memcpy(numbers, file.bytes(*b).data(), sizeof numbers);
  CHECK(numbers[0] == 1.0f);
  CHECK(numbers[1] == -2.0f);
  CHECK(file.bytes(*file.find("none")).empty());
  CHECK(file.find("scalar")->shape.empty());
}

TEST_CASE("what is no safetensors file is refused with its path and size") {
  Folder folder;
  CHECK(openFault(folder.file("none")) ==
        folder.file("none") + ": cannot be opened: No such file or directory");
  CHECK(openFault(folder.path.string()) == folder.path.string() + ": is not a regular file");
  std::string pipe = folder.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(openFault(pipe) == pipe + ": is not a regular file");
  std::string path = folder.write("a", "");
  CHECK(openFault(path) ==
        path + ": needs at least 8 bytes, the length of a safetensors header, has 0");
  folder.write("a", "1234567");
  CHECK(openFault(path) ==
        path + ": needs at least 8 bytes, the length of a safetensors header, has 7");
  folder.write("a", std::string("\x03\0\0\0\0\0\0\0{}", 10));
  CHECK(openFault(path) ==
        path + ": the header needs 3 bytes, has 2 behind its length; is the file truncated?");
  folder.write("a", "plain text, not tensors");
  CHECK(openFault(path) == path + ": the header needs at most 100000000 bytes, has "
                                  "7310503753715641456; is it a safetensors file?");
  folder.write("a", std::string("\0\0\0\0\0\0\0\0", 8));
  CHECK(openFault(path) == path + ": the header is not valid JSON at its byte 1");
}

TEST_CASE("the header's JSON is checked before anything is believed") {
  CHECK(headerFault("{}") == "");
  CHECK(headerFault(std::string("{}\0", 3)) == "the header is not valid JSON: byte 3 is a NUL");
  CHECK(headerFault(std::string("{}\0 garbage", 11)) ==
        "the header is not valid JSON: byte 3 is a NUL");
  CHECK(headerFault("{} {}") == "the header is not valid JSON at its byte 4");
  CHECK(headerFault("[]") == "the header is a list, not an object of tensors");
  CHECK(headerFault("7") == "the header is 7, not an object of tensors");
  CHECK(headerFault("{\"a\xff\":1}") == "the header is not valid JSON at its byte 4");
  CHECK(headerFault(R"({"a":1})") ==
        "tensor 'a': is 1, not an object with dtype, shape and data_offsets");
  CHECK(headerFault(R"({"a":[1]})") ==
        "tensor 'a': is a list, not an object with dtype, shape and data_offsets");
  CHECK(headerFault(R"({"a":{}})") == "tensor 'a': has no dtype");
  CHECK(headerFault(R"({"a":{"dtype":"U8","shape":[]}})") == "tensor 'a': has no data_offsets");
  CHECK(headerFault(R"({"a":{"dtype":"U8","data_offsets":[0,1]}})", 1) ==
        "tensor 'a': has no shape");
  CHECK(headerFault(R"({"a":{"dtype":"U8","dtype":"U8"}})") ==
        "tensor 'a': the key 'dtype' occurs twice");
  CHECK(headerFault(R"({"a":{"type":"U8"}})") ==
        "tensor 'a': unknown key 'type'; known are dtype, shape, data_offsets");
  CHECK(headerFault(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                    R"("a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
                    2) == "tensor 'a': the name occurs twice");
  CHECK(headerFault(R"({"__metadata__":{"a":1}})") ==
        "tensor '__metadata__': metadata holds 1, only strings are allowed");
  CHECK(headerFault(R"({"__metadata__":{"a":{}}})") ==
        "tensor '__metadata__': metadata holds an object, only strings are allowed");
}

TEST_CASE("types, shapes and offsets that lie are named with value and limit") {
  auto tensor = [](const std::string &type, const std::string &shape, const std::string &offsets) {
    return R"({"a":{"dtype":)" + type + R"(,"shape":)" + shape + R"(,"data_offsets":)" + offsets +
           "}}";
  };
  CHECK(headerFault(tensor(R"("F33")", "[1]", "[0,4]"), 4) ==
        "tensor 'a': unknown dtype 'F33'; known are BOOL, U8, I8, F8_E5M2, F8_E4M3, I16, U16, F16, "
        "BF16, I32, U32, F32, I64, U64, F64");
  CHECK(headerFault(tensor("3", "[1]", "[0,4]"), 4) == "tensor 'a': dtype is 3, not a string");
  CHECK(headerFault(tensor(R"("F32")", "[-1]", "[0,4]"), 4) ==
        "tensor 'a': shape holds -1, not a whole number from 0");
  CHECK(headerFault(tensor(R"("F32")", "[1.5]", "[0,4]"), 4) ==
        "tensor 'a': shape holds 1.5, not a whole number from 0");
  CHECK(headerFault(tensor(R"("F32")", "[[1]]", "[0,4]"), 4) ==
        "tensor 'a': shape holds a list, not a whole number from 0");
  CHECK(headerFault(tensor(R"("F32")", R"("1")", "[0,4]"), 4) ==
        "tensor 'a': shape holds '1', not a whole number from 0");
  CHECK(headerFault(tensor(R"("F32")", "[9223372036854775808]", "[0,4]"), 4) ==
        "tensor 'a': shape needs extents of at most 2^63 - 1, has 9223372036854775808");
  CHECK(headerFault(tensor(R"("F32")", "[4294967296,4294967296]", "[0,0]"), 0) ==
        "tensor 'a': shape [4294967296, 4294967296] needs at most 2^63 - 1 bytes, has more");
  CHECK(headerFault(tensor(R"("U8")", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "[0,1]"), 1) ==
        "tensor 'a': shape needs at most 16 dimensions, has more");
  CHECK(headerFault(tensor(R"("F32")", "[2]", "[0]"), 8) ==
        "tensor 'a': data_offsets needs two numbers, has 1");
  CHECK(headerFault(tensor(R"("F32")", "[2]", "[0,8,9]"), 8) ==
        "tensor 'a': data_offsets needs two numbers, has more");
  CHECK(headerFault(tensor(R"("F32")", "[2]", "[8,0]"), 8) ==
        "tensor 'a': data_offsets [8, 0] end before they begin");
  CHECK(headerFault(tensor(R"("F32")", "[2]", "[0,8]"), 7) ==
        "tensor 'a': data_offsets [0, 8] end beyond the 7 bytes of data in the file; is it "
        "truncated?");
  CHECK(headerFault(tensor(R"("F32")", "[2]", "[0,18446744073709551615]"), 8) ==
        "tensor 'a': data_offsets [0, 18446744073709551615] end beyond the 8 bytes of data in the "
        "file; is it truncated?");
  CHECK(headerFault(tensor(R"("F32")", "[2]", "[0,4]"), 8) ==
        "tensor 'a': shape [2] of F32 needs 8 bytes, has 4 in data_offsets [0, 4]");
}

TEST_CASE("tensors cover the data without overlap or gap") {
  auto two = [](const std::string &first, const std::string &second) {
    return R"({"a":{"dtype":"U8","shape":[4],"data_offsets":)" + first +
           R"(},"b":{"dtype":"U8","shape":[4],"data_offsets":)" + second + "}}";
  };
  CHECK(headerFault(two("[4,8]", "[0,4]"), 8) == "");
  CHECK(headerFault(two("[0,4]", "[3,7]"), 8) ==
        "tensor 'b': data_offsets begin at byte 3, inside tensor 'a' that ends at 4");
  CHECK(headerFault(two("[0,4]", "[0,4]"), 4) ==
        "tensor 'b': data_offsets begin at byte 0, inside tensor 'a' that ends at 4");
  CHECK(headerFault(two("[0,4]", "[6,10]"), 10) ==
        "tensor 'b': bytes 4 to 6 before it belong to no tensor");
  CHECK(headerFault(two("[0,4]", "[4,8]"), 11) ==
        "the last 3 of 11 bytes of data belong to no tensor");
}

TEST_CASE("a deeply nested header ends at its third level, whatever its length") {
  CHECK(headerFault(std::string(10'000'000, '[')) ==
        "the header is a list, not an object of tensors");
  std::string nested;
  for (int i = 0; i < 1'000'000; ++i)
    nested += R"({"a":)";
  CHECK(headerFault(nested) == "tensor 'a': unknown key 'a'; known are dtype, shape, data_offsets");
}

TEST_CASE("hostile names are shortened and escaped in messages") {
  CHECK(headerFault(R"({"a\nb\u0007":1})") ==
        "tensor 'a\\x0ab\\x07': is 1, not an object with dtype, shape and data_offsets");
  CHECK(quotedName(std::string(100, 'x')) == "'" + std::string(80, 'x') + "...'");
  // A character of two bytes at the cut is left out whole.
  CHECK(quotedName(std::string(79, 'x') + "\xc3\xa9\xc3\xa9") ==
        "'" + std::string(79, 'x') + "...'");
}

TEST_CASE("opening a file of 1 GiB reads its header only") {
  Folder folder;
  constexpr uint64_t kData = uint64_t(1) << 30;
  std::string path = folder.write(
      "big", withHeader(R"({"w":{"dtype":"F32","shape":[16384,16384],"data_offsets":[0,)" +
                        std::to_string(kData) + "]}}"));
  // A hole of zeros: takes no room on the disk.
  std::filesystem::resize_file(path, std::filesystem::file_size(path) + kData);
  int64_t before = residentBytes();
  auto opened = Safetensors::open(path);
  REQUIRE(opened.index() == 0);
  CHECK(residentBytes() - before < (int64_t(16) << 20));
  const Safetensors &file = *std::get<0>(opened);
  CHECK(file.bytes(file.tensors()[0]).size() == kData);
  CHECK(file.bytes(file.tensors()[0]).back() == std::byte(0));
}
