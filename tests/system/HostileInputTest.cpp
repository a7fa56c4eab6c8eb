// HostileInputTest: files that would end MLIR's readers, and too little memory, end in a message.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

#include <sys/resource.h>

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

/// Runs the command with `bytes` of address space.
CommandResult runWithin(rlim_t bytes, const std::vector<std::string> &arguments) {
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_AS, &before) == 0);
  const rlimit low{bytes, before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_AS, &low) == 0);
  const CommandResult result = runSynfire(arguments);
  REQUIRE(setrlimit(RLIMIT_AS, &before) == 0);
  return result;
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
TEST_CASE("random weights that the memory does not hold are refused before they are drawn") {
  TemporaryFolder folder;
  const CommandResult result =
      runWithin(rlim_t{2} << 30, {"import", SYNFIRE_SOURCE_DIR "/examples/models/gpt2-xl.yaml",
                                  "--random-weights", "1", "-o", folder / "o.mlirbc"});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "a model of random weights needs about 5.8 GiB of memory, has 1."));
}
#endif
