// SpikeDumpTest: the spikes of a small run, place by place in the file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/SpikeDump.h"

#include "dialect/import/safetensors/Safetensors.h"
#include "tests/unit/simulator/ProgramBuilder.h"

#include <doctest/doctest.h>

#include <cstring>
#include <filesystem>
#include <unistd.h>

using namespace synfire;
using namespace synfire::sim;

TEST_CASE("a dump is by time step, then token, then neuron") {
  // Neurons copy two wires; their sum is 2 where both fire.
  ProgramBuilder builder(2);
  const int32_t wires = builder.codes({{1, 0}, {0, 1}, {1, 1}});
  const int32_t copies = builder.neurons("copies", 2, 1);
  const int32_t sums = builder.gradedSum("sums", 1, 2);
  const int32_t out = builder.readout("out", {0, 10}, 0.5);
  builder.dense(wires, copies, {{1, 0}, {0, 1}});
  builder.dense(copies, sums, {{1}, {1}});
  builder.dense(sums, out, {{1, 0}});
  const Program program = builder.finish();
  REQUIRE(program.validate() == "");
  FunctionalEngine engine(program);
  ActivityTrace trace(program);
  REQUIRE(engine.run(std::vector<int32_t>{0, 1, 2}, trace) == "");

  const std::string path = (std::filesystem::temp_directory_path() /
                            ("synfire-dump-" + std::to_string(::getpid()) + ".safetensors"))
                               .string();
  REQUIRE(tool::dumpTrace(path, program, engine, trace) == "");
  {
    const auto file = std::get<0>(Safetensors::open(path));
    const auto check = [&]<typename Number>(const char *name, std::vector<int64_t> shape,
                                            const std::vector<Number> &expected) {
      const TensorInfo *info = file->find(name);
      REQUIRE(info);
      CHECK(info->shape == shape);
      const std::span<const std::byte> bytes = file->bytes(*info);
      std::vector<Number> found(bytes.size() / sizeof(Number));
      std::memcpy(found.data(), bytes.data(), bytes.size());
      CHECK(found == expected);
    };
    check("copies.spikes", {2, 3, 2}, std::vector<uint8_t>{1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1});
    check("sums.spikes", {2, 3, 1}, std::vector<uint8_t>{1, 1, 2, 1, 1, 2});
    check("logits", {3, 2}, std::vector<float>{1, 5, 1, 5, 2, 5});
    CHECK(file->find("out.spikes") == nullptr);
  }
  std::filesystem::remove(path);
}
