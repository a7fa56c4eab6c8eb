// TinyProgram: a small PROGRAM by hand, and a folder from which it is loaded.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_LOADER_TINYPROGRAM_H
#define SYNFIRE_TESTS_UNIT_LOADER_TINYPROGRAM_H

#include "simulator/loader/Loader.h"

#include "dialect/chip/ProgramBytes.h"
#include "targets/ChipResources.h"

#include <doctest/doctest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace synfire::sim::test {

/// 3 token ids with codes 10, 01, 11; 2 host wires -> 3 IF neurons in two
/// slices -> readout of 2.
inline constexpr const char *kText = R"mlir(
chip.program @tiny on "test-2x2"
    time_steps 2
    context_length 8
    max_tokens 4
    vocabulary 3
    alphabet "abc"
    cleaning "none"
    weight_bits 8
    schedule "sequential"
    stages 3
    weights_file "tiny.weights"
    weights_bytes 76
    source_checksum "c0ffee"
    weights_checksum "@CHECKSUM@"
    target_argument "chips/test.yaml"
    target_resources [@RESOURCES@]
    format "synfire.program/7"
    seed 7
    warnings ["one", "two"]
    result @logits {
  chip.host @token(%ids : tensor<?xi32>) {
    %0 = spike.lookup %ids, dense<[[1.0, -1.0], [-1.0, 1.0], [0.5, 0.5]]> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32>
    chip.yield %0 : tensor<?x2xf32>
  }
  chip.host @code(%x = @token : tensor<?x2xf32>) {
    %0 = spike.binarize %x : tensor<?x2xf32> -> tensor<?x2xi1>
    chip.yield %0 : tensor<?x2xi1>
  }
  chip.host @repeat(%x = @code : tensor<?x2xi1>) {
    %0 = spike.repeat %x : tensor<?x2xi1> -> tensor<2x?x2xi1>
    chip.yield %0 : tensor<2x?x2xi1>
  }
  chip.op linear @fc1
  chip.neurons neurons @lif kind neuron columns 3 spike_bits 1 stage 1
      model <fraction_bits = 0, state_bits = 16, rounding = "floor", soft_reset = true, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [10], bias = [0, 0, 1]>
  chip.neurons readout @head kind linear columns 2 spike_bits 0 stage 2
      model <fraction_bits = 0, state_bits = 24, rounding = "toward_zero", soft_reset = false, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [0], bias = [5, -5]>
  chip.host @logits(%x = @head : tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>) {
    %0 = spike.dequantize %x : tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>> -> tensor<?x2xf32>
    chip.yield %0 : tensor<?x2xf32>
  }
  chip.projection @p0 op @fc1 from @repeat to @lif rows 2 columns 3 dense weight_bits 8
  chip.projection @p1 op @head from @lif to @head rows 3 columns 2 dense weight_bits 16
  chip.slice @lif.0 of @lif columns 0 to 1 on core 0 of tile (1, 0) memory_bits 32 {
    chip.synapses @p0 rows 0 to 1 memory_bits 32 offset 0 weight_bytes 1
  }
  chip.slice @lif.1 of @lif columns 2 to 2 on core 0 of tile (0, 1) memory_bits 16 {
    chip.synapses @p0 rows 0 to 1 memory_bits 16 offset 4 weight_bytes 1
  }
  chip.slice @head.0 of @head columns 0 to 1 on core 0 of tile (0, 0) memory_bits 96 {
    chip.synapses @p1 rows 0 to 2 memory_bits 96 offset 64 weight_bytes 2
  }
  chip.flow from @repeat columns 0 to 1 {
    chip.target core 0 of tile (1, 0) columns 0 to 1 links (0, 0) east
    chip.target core 0 of tile (0, 1) columns 0 to 1 links (0, 0) north
  }
  chip.flow from @lif.0 columns 0 to 1 {
    chip.target core 0 of tile (0, 0) columns 0 to 1 links (1, 0) west
  }
  chip.flow from @lif.1 columns 2 to 2 {
    chip.target core 0 of tile (0, 0) columns 2 to 2 links (0, 1) south
  }
}
)mlir";

inline ChipModel smallChip() {
  ChipModel chip;
  chip.name = "test-2x2";
  chip.mesh = {2, 2, 1};
  chip.core.neurons = 64;
  chip.core.synapseMemoryBits = 1 << 20;
  chip.core.weightBits = {8, 16};
  chip.core.axonInEntries = chip.core.axonOutEntries = 1024;
  chip.core.neuronModels = {"if", "lif", "integrator"};
  chip.noc.hopPs = {1000, 1000, 1000, 1000};
  chip.barrier = {{1, 1000}};
  return chip;
}

/// The bytes of tiny.weights.
inline std::string tinyWeights() {
  std::string weights(76, '\0');
  const int8_t block0[] = {10, 4, /*row 1*/ -3, 6}; // columns 0 and 1
  const int8_t block1[] = {9, 2};                   // column 2
  const int16_t block2[] = {1000, -1, 200, 3, 30, 700};
  std::memcpy(weights.data(), block0, 4);
  std::memcpy(weights.data() + 4, block1, 2);
  std::memcpy(weights.data() + 64, block2, 12);
  return weights;
}

/// kText with what depends on the chip and the weights.
inline std::string tinyProgram() {
  std::string text = kText, resources;
  for (const std::string &resource : chipResources(smallChip()))
    resources += (resources.empty() ? "\"" : ", \"") + resource + "\"";
  const std::string weights = tinyWeights();
  const auto fill = [&](const std::string &mark, const std::string &value) {
    text.replace(text.find(mark), mark.size(), value);
  };
  fill("@CHECKSUM@",
       chip::sideFileChecksum({reinterpret_cast<const uint8_t *>(weights.data()), weights.size()}));
  fill("@RESOURCES@", resources);
  return text;
}

inline const std::string kProgram = tinyProgram();

/// A folder with the program and its weights, removed at the end.
class LoaderFixture {
public:
  LoaderFixture()
      : folder(std::filesystem::temp_directory_path() /
               ("synfire-loader-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder);
    write("tiny.weights", tinyWeights());
  }
  ~LoaderFixture() { std::filesystem::remove_all(folder); }

  std::string write(const std::string &name, const std::string &content) {
    std::ofstream(folder / name, std::ios::binary) << content;
    return (folder / name).string();
  }

  std::string load(const std::string &text, Program *result = nullptr) {
    return loadOn(smallChip(), text, result);
  }

  std::string loadOn(const ChipModel &chip, const std::string &text, Program *result = nullptr) {
    auto loaded = loadProgram(write("tiny.mlir", text), chip);
    if (auto *error = std::get_if<std::string>(&loaded)) {
      // The folder's name is not a promise.
      const size_t at = error->find(folder.string());
      return at == std::string::npos ? *error : error->erase(at, folder.string().size() + 1);
    }
    if (result)
      *result = std::move(std::get<Program>(loaded));
    return "";
  }

  std::filesystem::path folder;
};

/// The program with one piece of its text replaced.
inline std::string with(const std::string &old, const std::string &replacement) {
  std::string text = kProgram;
  const size_t at = text.find(old);
  REQUIRE_MESSAGE(at != std::string::npos, old);
  return text.replace(at, old.size(), replacement);
}

/// Without flows, whose links are read by the width of the mesh.
inline std::string withoutFlows(std::string text) {
  text.erase(text.find("  chip.flow"));
  return text + "}";
}

/// A line of the header.
inline std::string headerItem(const std::string &name) {
  const size_t begin = kProgram.find("\n    " + name + " ");
  REQUIRE_MESSAGE(begin != std::string::npos, name);
  return kProgram.substr(begin, kProgram.find('\n', begin + 1) - begin);
}

} // namespace synfire::sim::test

#endif // SYNFIRE_TESTS_UNIT_LOADER_TINYPROGRAM_H
