// HostileInputTest: files that would end MLIR's readers, and too little memory, end in a message.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

#include <filesystem>

using namespace synfire::test;

namespace {

std::string nested(const std::string &open, const std::string &middle, const std::string &close) {
  std::string text, end;
  for (int i = 0; i < 7000; ++i) {
    text += open;
    end += close;
  }
  return text + middle + end;
}

/// A model whose one linear reads its weights from the blob `w`.
std::string modelWithBlob(const std::string &digits) {
  return R"(module {
  func.func @main(%x: tensor<4x1x2xi1>) -> tensor<1x2xf32> attributes {spike.model = #spike.model<
      name = "r", time_steps = 4, context_length = 1, vocabulary = 4, alphabet = "", cleaning = "none">} {
    %a = spike.linear %x, dense_resource<w> : tensor<2x2xf32> : tensor<4x1x2xi1> -> tensor<4x1x2xf32>
    %m = spike.recombine mean %a : tensor<4x1x2xf32> -> tensor<1x2xf32>
    return %m : tensor<1x2xf32>
  }
}
{-# dialect_resources: { builtin: { w: "0x)" +
         digits + "\" } } #-}\n";
}

} // namespace

TEST_CASE("text that is nested 7,000 deep is refused at its place") {
  TemporaryFolder folder;
  const std::string file = folder / "m.mlir";
  const std::string attribute = "module attributes {a.x = ";
  for (const std::string &text :
       {attribute + nested("[", "", "]") + "} {}", attribute + nested("{a = ", "1", "}") + "} {}",
        attribute + nested("tuple<", "i1", ">") + "} {}",
        attribute + nested("() -> (", "i1", ")") + "} {}",
        attribute + "affine_map<(d0) -> (" + nested("(", "d0", ")") + ")>} {}",
        attribute + "affine_map<(d0) -> (" + nested("-", "d0", "") + ")>} {}",
        attribute + nested("complex<", "f32", ">") + "} {}",
        attribute + "dense<" + nested("[", "1", "]") + "> : tensor<1xi1>} {}",
        "module {} loc(" + nested("fused[", "\"a\"", "]") + ")", nested("module {", "", "}"),
        "module {} loc(" + nested("callsite(\"a\" at ", "\"b\"", ")") + ")",
        nested("\"builtin.module\"() ({", "", "}) : () -> ()")}) {
    writeFile(file, text);
    CAPTURE(text.substr(0, 60));
    for (const CommandResult &result :
         {runSynfire({"count", file}),
          runSynfire({"simulate", file, "--text", "a", "-o", folder / "out"})}) {
      CHECK(result.exitCode == 1);
      CHECK(contains(result.err, "m.mlir:1:"));
      CHECK(contains(result.err, "needs at most 256 levels of nesting, has more"));
    }
  }
}

TEST_CASE("a byte that no text has is reported once") {
  TemporaryFolder folder;
  writeFile(folder / "m.mlir", "module attributes {a = #spike.mod\xd1<1>} {}\n");
  const CommandResult result =
      runSynfire({"compile", folder / "m.mlir", "--target", "tiny-2x2", "-o", folder / "o.mlirbc"});
  CHECK(result.exitCode == 1);
  CHECK(result.err == folder / "m.mlir" + ":1:34: error: unexpected character\n");
}

TEST_CASE("a blob of alignment 0 is refused with its key") {
  TemporaryFolder folder;
  const std::string file = folder / "m.mlir";
  const std::string numbers = "0000803F000000400000404000008040";
  writeFile(file, modelWithBlob("04000000" + numbers));
  CHECK(runSynfire({"import", file, "-o", folder / "o.mlirbc"}).exitCode == 0);
  writeFile(file, modelWithBlob("00000000" + numbers));
  const CommandResult result = runSynfire({"import", file, "-o", folder / "o.mlirbc"});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "the blob 'w' needs an alignment that is a power of two, has 0"));
}

#if !defined(__SANITIZE_ADDRESS__) // which needs terabytes of address space

static constexpr int64_t kMiB = int64_t{1} << 20;

/// Runs the command with `bytes` of address space.
static CommandResult runWithin(int64_t bytes, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {"timeout", "60", "prlimit", "--as=" + std::to_string(bytes), SYNFIRE_BINARY});
  return Process(arguments).wait();
}

/// The least address space, to a quarter of a mebibyte, in which `synfire` starts.
static int64_t leastToStart() {
  int64_t low = 16 * kMiB, high = 4096 * kMiB;
  while (high - low > kMiB / 4) {
    const int64_t middle = (low + high) / 2;
    (runWithin(middle, {"--version"}).exitCode == 0 ? high : low) = middle;
  }
  return high;
}

TEST_CASE("random weights that the memory does not hold are refused before they are drawn") {
  TemporaryFolder folder;
  const CommandResult result =
      runWithin(2048 * kMiB, {"import", SYNFIRE_SOURCE_DIR "/examples/models/gpt2-xl.yaml",
                              "--random-weights", "1", "-o", folder / "o.mlirbc"});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "a model of random weights needs about 5.8 GiB of memory, has 1."));
}

TEST_CASE("with however little memory, every command ends with its result or with one message") {
  TemporaryFolder folder;
  const std::string deep = folder / "deep.yaml", program = folder / "p.mlirbc";
  std::string text = readFile(kTestModels + "residual2.yaml");
  text.replace(text.find("blocks: 2"), 9, "blocks: 40");
  writeFile(deep, text);
  REQUIRE(runSynfire(
              {"compile", deep, "--random-weights", "1", "--target", "mesh-16x16", "-o", program})
              .exitCode == 0);
  const std::string out = folder / "new";
  const std::vector<std::vector<std::string>> commands = {
      {"import", kModel, "-o", out + ".mlir"},
      {"count", kModel, "--text", "prince andrew"},
      {"interpret", kModel, "--text", "prince andrew", "--generate", "1"},
      {"interpret", kModel, "--text", "prince", "--generate", "0", "--domain", "quantized"},
      {"evaluate", kModel, "--text", "prince andrew", "--windows", "1"},
      {"compile", deep, "--random-weights", "1", "--target", "mesh-16x16", "-o", out + ".mlirbc"},
      {"simulate", program, "--text", "ab", "--generate", "0", "--threads", "2", "-o", out},
      {"run", deep, "--random-weights", "1", "--target", "mesh-16x16", "--text", "a", "--generate",
       "0", "--threads", "2", "-o", out}};
  const int64_t least = leastToStart();
  for (const std::vector<std::string> &command : commands) {
    CAPTURE(command[0]);
    int refused = 0, done = 0;
    for (int64_t bytes = least; done < 2 && bytes < least + 64 * kMiB; bytes += kMiB * 7 / 16) {
      const CommandResult result = runWithin(bytes, command);
      CAPTURE(bytes);
      CAPTURE(result.err);
      if (result.exitCode == 0) {
        ++done;
        continue;
      }
      ++refused;
      REQUIRE(result.exitCode == 1);
      const size_t error = result.err.find("error: ");
      REQUIRE(error != std::string::npos);
      CHECK(result.err.find("error: ", error + 1) == std::string::npos);
      CHECK((contains(result.err, "memory") || contains(result.err, "cannot start a thread")));
      CHECK_FALSE(contains(result.err, "MLIR's reader"));
      for (const auto &entry : std::filesystem::directory_iterator(folder.path))
        CHECK_FALSE(entry.path().string().ends_with(".tmp"));
    }
    CHECK(done == 2);
    if (command[0] == "compile") // nearly all of its steps need more than the start
      CHECK(refused >= 10);
  }
}

TEST_CASE("a long text and a long list say how much memory they need") {
  TemporaryFolder folder;
  const int64_t least = leastToStart() + 8 * kMiB;
  const auto refused = [&](const std::vector<std::string> &arguments, int64_t within,
                           const std::string &message) {
    const CommandResult result = runWithin(least + within, arguments);
    CHECK(result.exitCode == 1);
    CHECK_MESSAGE(contains(result.err, message), result.err);
  };
  std::string text, ids = "[1";
  while (text.size() < 10000000)
    text += "the universal brotherhood of man was what he dreamed of ";
  for (int i = 0; i < 3000000; ++i)
    ids += ",1";
  writeFile(folder / "text", text);
  writeFile(folder / "ids", ids + "]");
  const std::vector<std::string> evaluate = {"evaluate", kModel, "--windows", "1"};
  auto withText = evaluate, withIds = evaluate;
  withText.insert(withText.end(), {"--text", "@" + (folder / "text")});
  withIds.insert(withIds.end(), {"--tokens", folder / "ids"});
  refused(withText, 0, "text': needs about 10 MiB of memory, has ");
  refused(withText, 24 * kMiB,
          "--text: a text of 10000032 bytes needs about 38 MiB of memory, has ");
  refused(withIds, 4 * kMiB, "a list of 3000001 token ids needs about 11 MiB of memory, has ");
  CHECK(runWithin(1024 * kMiB, withText).exitCode == 0); // 10 MB of text in 1 GB
  CHECK(runWithin(least + 48 * kMiB, withIds).exitCode == 0);
}
#endif
