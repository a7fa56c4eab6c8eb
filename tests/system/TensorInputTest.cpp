// Models that take a tensor: they compile, and the chip gives the interpreter's spikes and logits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace synfire::test;

namespace {

const std::string kTensorCases = SYNFIRE_SOURCE_DIR "/tests/parity/cases/tensor-input/";

/// A safetensors file with one tensor 'input' of bytes.
std::string bytesTensor(const std::string &type, const std::string &shape,
                        const std::string &bytes) {
  std::string header = R"({"input":{"dtype":")" + type + R"(","shape":)" + shape +
                       R"(,"data_offsets":[0,)" + std::to_string(bytes.size()) + "]}}";
  std::string size(8, '\0');
  size[0] = static_cast<char>(header.size());
  return size + header + bytes;
}

CommandResult runEvents(const TemporaryFolder &folder, const std::vector<std::string> &input) {
  std::vector<std::string> arguments = {
      "run", kTensorCases + "event.mlir", "--target", "tiny-2x2", "-o", folder / "out"};
  arguments.insert(arguments.end(), input.begin(), input.end());
  return runSynfire(arguments);
}

} // namespace

TEST_CASE("spikes, event streams and reals enter every chip as in the interpreter") {
  for (const std::string name : {"code", "event", "real"})
    for (const std::string target : {"loihi", "loihi2", "mesh-16x16", "tiny-2x2"}) {
      CAPTURE(name);
      CAPTURE(target);
      TemporaryFolder folder;
      const std::string model = kTensorCases + name + ".mlir",
                        input = kTensorCases + name + ".safetensors";
      const CommandResult run =
          runSynfire({"run", model, "--target", target, "--input", input, "-o", folder / "out",
                      "--dump", folder / "chip.safetensors"});
      REQUIRE_MESSAGE(run.exitCode == 0, run.err);
      const CommandResult interpret =
          runSynfire({"interpret", model, "--target", target, "--input", input, "--dump",
                      folder / "interpreter.safetensors"});
      REQUIRE_MESSAGE(interpret.exitCode == 0, interpret.err);
      CHECK(readFile(folder / "chip.safetensors") == readFile(folder / "interpreter.safetensors"));
      // The classes are shown best first, as the interpreter shows them.
      const std::string classes = interpret.out.substr(interpret.out.find("\nclass"));
      CHECK(contains(run.out, classes));
    }
}

TEST_CASE("the input tensor is a row of the report, whose spikes the host sends") {
  TemporaryFolder folder;
  REQUIRE(runEvents(folder, {"--input", kTensorCases + "event.safetensors"}).exitCode == 0);
  const auto results = nlohmann::json::parse(readFile(folder / "out/results.json"));
  const auto &input = results["ops"][0];
  CHECK(input["name"] == "input");
  CHECK(input["kind"] == "input");
  CHECK(input["where"] == "host");
  // The file's header is followed by 32 bytes, one per neuron and step.
  const std::string file = readFile(kTensorCases + "event.safetensors");
  int64_t spikes = 0;
  for (char byte : file.substr(file.size() - 32))
    spikes += byte;
  REQUIRE(spikes > 0);
  CHECK(input["spikes_out"] == spikes);
}

TEST_CASE("an input that the program does not take is refused by name") {
  TemporaryFolder folder;
  const std::string path = folder / "bad.safetensors";
  auto refusal = [&](const std::string &type, const std::string &shape, const std::string &bytes) {
    writeFile(path, bytesTensor(type, shape, bytes));
    const CommandResult run = runEvents(folder, {"--input", path});
    CHECK(run.exitCode == 1);
    return run.err;
  };
  CHECK(contains(refusal("U8", "[4,1,7]", std::string(28, '\0')),
                 "tensor 'input' needs shape [4, 1, 8], has [4, 1, 7]"));
  std::string two(32, '\0');
  two[9] = 2;
  CHECK(contains(refusal("U8", "[4,1,8]", two), "'input': time step 1, token 0, column 1: needs a "
                                                "spike, a whole number of 0 to 1, has 2"));

  const std::string good = kTensorCases + "event.safetensors";
  CHECK(contains(runEvents(folder, {"--tokens", folder / "ids.json"}).err,
                 "the model takes a tensor, not token ids; give --input FILE"));
  const CommandResult generate = runEvents(folder, {"--input", good, "--generate", "3"});
  CHECK(generate.exitCode == 1);
  CHECK(contains(generate.err, "--generate: the model takes a tensor, which no token follows"));
}
