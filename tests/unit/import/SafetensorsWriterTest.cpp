// SafetensorsWriterTest: whole files or none, and a reason.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestFiles.h"

#include <doctest/doctest.h>

#include <csignal>
#include <sys/resource.h>

using namespace synfire;
using namespace synfire::test;

static std::span<const std::byte> bytesOf(const std::string &text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

static int64_t filesIn(const Folder &folder) {
  return std::distance(std::filesystem::directory_iterator(folder.path), {});
}

TEST_CASE("what is written in pieces reads back, aligned, under its name only") {
  Folder folder;
  std::string path = folder.file("out.safetensors");
  {
    SafetensorsWriter writer(path);
    writer.declare("block0.attn.q_lif.spikes", TensorType::U8, {4, 2, 3});
    writer.declare("logits", TensorType::F32, {2});
    for (int i = 0; i < 24; ++i)
      CHECK(writer.append(bytesOf(std::string(1, char(i % 2)))));
    CHECK(!std::filesystem::exists(path));
    float logits[] = {1.5f, -2.0f};
    CHECK(writer.append(std::as_bytes(std::span(logits))));
    CHECK(!writer.finish());
  }
  CHECK(filesIn(folder) == 1);
  auto opened = Safetensors::open(path);
  REQUIRE(opened.index() == 0);
  const Safetensors &file = *std::get<0>(opened);
  REQUIRE(file.tensors().size() == 2);
  CHECK(file.tensors()[0].name == "block0.attn.q_lif.spikes");
  CHECK(file.tensors()[0].shape == std::vector<int64_t>{4, 2, 3});
  CHECK(file.bytes(file.tensors()[0])[23] == std::byte(1));
  CHECK(std::filesystem::file_size(path) % 64 == 32);
  float number;
  std::memcpy(&number, file.bytes(*file.find("logits")).data() + 4, 4);
  CHECK(number == -2.0f);
}

TEST_CASE("same tensors, same bytes") {
  Folder folder;
  FloatTensors tensors = {{"a", {{2}, {1, 2}}}, {"b", {{1}, {3}}}};
  writeTensors(folder.file("1"), tensors);
  writeTensors(folder.file("2"), tensors);
  CHECK(readAll(folder.file("1")) == readAll(folder.file("2")));
}

TEST_CASE("a writer that is given up leaves what was there") {
  Folder folder;
  std::string path = folder.write("out", "before");
  {
    SafetensorsWriter writer(path);
    writer.declare("a", TensorType::U8, {4});
    writer.append(bytesOf("12"));
  }
  CHECK(readAll(path) == "before");
  CHECK(filesIn(folder) == 1);
}

TEST_CASE("misuse and unwritable places are reported with the path") {
  Folder folder;
  std::string path = folder.file("out");
  auto finish = [](SafetensorsWriter &&writer) {
    auto error = writer.finish();
    return error ? error->message : std::string();
  };
  {
    SafetensorsWriter writer(path);
    writer.declare("a", TensorType::U8, {4});
    writer.append(bytesOf("123"));
    CHECK(finish(std::move(writer)) == path + ": 3 bytes of data, declared are 4");
  }
  {
    SafetensorsWriter writer(path);
    writer.declare("a", TensorType::U8, {4});
    CHECK(!writer.append(bytesOf("12345")));
    CHECK(finish(std::move(writer)) == path + ": more data than the declared 4 bytes");
  }
  {
    SafetensorsWriter writer(path);
    writer.declare("a", TensorType::U8, {1});
    writer.declare("a", TensorType::U8, {1});
    CHECK(!writer.append(bytesOf("1")));
    CHECK(finish(std::move(writer)) == path + ": two tensors have the same name");
  }
  {
    std::string nowhere = folder.file("no/such/out");
    SafetensorsWriter writer(nowhere);
    CHECK(finish(std::move(writer)) == nowhere + ": cannot be created: No such file or directory");
  }
  {
    std::filesystem::create_directory(path);
    SafetensorsWriter writer(path);
    CHECK(finish(std::move(writer)) ==
          path + ": is not a regular file; name one that may be replaced");
  }
  CHECK(filesIn(folder) == 1);
}

TEST_CASE("a full disk is an error with its reason and leaves nothing behind") {
  Folder folder;
  std::string path = folder.file("out");
  // A limit on file sizes fails the same write as a full disk would.
  struct rlimit before, small;
  ::getrlimit(RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 4096;
  auto *handler = std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small);
  std::optional<SafetensorsError> error;
  {
    SafetensorsWriter writer(path);
    writer.declare("a", TensorType::U8, {1 << 20});
    for (int i = 0; i < 1024; ++i)
      writer.append(bytesOf(std::string(1024, 'x')));
    error = writer.finish();
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  REQUIRE(error);
  CHECK(error->message == path + ": cannot be written: File too large");
  CHECK(filesIn(folder) == 0);
}
