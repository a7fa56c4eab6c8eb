// Loader: every number and every choice of the text reaches the Program, and how many neurons may.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/loader/TinyProgram.h"

#include "simulator/host/ActivationKernels.h"
#include "simulator/host/AttentionKernels.h"
#include "simulator/host/HeadKernels.h"
#include "simulator/host/NeuronKernels.h"
#include "simulator/host/NormKernels.h"
#include "simulator/host/ResidualKernels.h"
#include "simulator/host/TextKernels.h"

#include <tuple>

using namespace synfire;
using namespace synfire::sim;
using namespace synfire::sim::test;

namespace {

const std::string kIds = "%ids : tensor<?xi32>", kReals = "%x = @logits : tensor<?x2xf32>",
                  kSteps = "%x = @reals : tensor<2x?x2xf32>";

/// Loads a program with a further host op, which computes a tensor<TYPE> from `arguments`: kIds,
/// kReals, kSteps or others.
struct HostOpFixture : LoaderFixture {
  template <typename Kernel>
  Kernel kernelOf(const std::string &arguments, const std::string &op, const std::string &type) {
    const std::string result = " -> tensor<" + type + ">";
    const std::string text = with("  chip.projection @p0", R"mlir(
  chip.host @reals(%s = @repeat : tensor<2x?x2xi1>) {
    %0 = spike.scale %s factor [1.0] : tensor<2x?x2xi1> -> tensor<2x?x2xf32>
    chip.yield %0 : tensor<2x?x2xf32>
  }
  chip.host @narrow(%x = @logits : tensor<?x2xf32>) {
    %0 = spike.slice %x from 1 : tensor<?x2xf32> -> tensor<?x1xf32>
    chip.yield %0 : tensor<?x1xf32>
  }
  chip.host @more()mlir" + arguments + ") {\n    %0 = " + op + "\n" +
                                                               "    chip.yield %0 : tensor<" +
                                                               type +
                                                               ">\n  }\n  chip.projection @p0");
    INFO(op);
    Program p;
    REQUIRE(load(text, &p) == "");
    REQUIRE(p.ops[p.hostOps.back().op].name == "more");
    return dynamic_cast<const Kernel &>(*p.hostOps.back().kernel);
  }
};

} // namespace

TEST_CASE_FIXTURE(HostOpFixture, "tables and codes are loaded with form, source and sizes") {
  const auto table = kernelOf<host::PositionLookup>(
      kIds,
      "spike.position %ids, dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32> : "
      "tensor<?xi32> -> tensor<?x2xf32>",
      "?x2xf32");
  CHECK(table.table == std::vector<float>{1, 2, 3, 4, 5, 6});
  CHECK((table.rows == 3 && table.columns == 2));
  using host::Code;
  for (const auto &[text, columns, form, source, size, vocabulary] :
       {std::tuple("one_hot token %ids size 3", 3, Code::Form::OneHot, Code::Source::Token, 3, 0),
        std::tuple("binary position %ids size 8", 3, Code::Form::Binary, Code::Source::Position, 8,
                   0),
        std::tuple("binary_left token_at_position %ids size 24 vocabulary 3", 5,
                   Code::Form::BinaryLeft, Code::Source::TokenAtPosition, 24, 3)}) {
    const std::string type = "?x" + std::to_string(columns) + "xi1";
    const auto code = kernelOf<Code>(
        kIds, std::string("spike.code ") + text + " : tensor<?xi32> -> tensor<" + type + ">", type);
    CHECK(code.form == form);
    CHECK(code.source == source);
    CHECK(code.size == size);
    CHECK(code.vocabulary == vocabulary);
  }
  const std::string type = " : tensor<?x2xf32> -> tensor<?x2xi1>";
  CHECK(kernelOf<host::Binarize>(kReals, "spike.binarize %x {threshold = 0.125 : f64}" + type,
                                 "?x2xi1")
            .threshold == 0.125);
  CHECK(kernelOf<host::Slice>(kReals, "spike.slice %x from 1 : tensor<?x2xf32> -> tensor<?x1xf32>",
                              "?x1xf32")
            .from == 1);
}

TEST_CASE_FIXTURE(HostOpFixture, "norms and factors are loaded with all their numbers") {
  const std::string type = " : tensor<?x2xf32> -> tensor<?x2xf32>", eps = " {eps = 0.5 : f64}",
                    weight = ", weight dense<[2.0, 3.0]> : tensor<2xf32>",
                    bias = " bias dense<[4.0, 5.0]> : tensor<2xf32>",
                    phi = " phi dense<[6.0, 7.0]> : tensor<2xf32>";
  using Numbers = std::vector<double>;
  const auto power = kernelOf<host::PowerNorm>(
      kReals, "spike.power_norm %x" + weight + bias + phi + eps + type, "?x2xf32");
  CHECK(power.weight == Numbers{2, 3});
  CHECK(power.bias == Numbers{4, 5});
  CHECK(power.phi == Numbers{6, 7});
  CHECK(power.eps == 0.5);
  const auto layer = kernelOf<host::LayerNorm>(
      kReals, "spike.layer_norm %x" + weight + bias + eps + type, "?x2xf32");
  CHECK(layer.weight == Numbers{2, 3});
  CHECK(layer.bias == Numbers{4, 5});
  CHECK(layer.eps == 0.5);
  const auto rms =
      kernelOf<host::RmsNorm>(kReals, "spike.rms_norm %x" + weight + eps + type, "?x2xf32");
  CHECK(rms.weight == Numbers{2, 3});
  CHECK(rms.eps == 0.5);
  const auto scale = kernelOf<host::Scale>(
      kReals, "spike.scale %x factor [2.0, -1.0] offset [0.25]" + type, "?x2xf32");
  CHECK(scale.factor == Numbers{2, -1});
  CHECK(scale.offset == Numbers{0.25, 0.25});
  const auto clip = kernelOf<host::ClipFloor>(
      kReals, "spike.clip_floor %x threshold [0.5] levels 5" + type, "?x2xf32");
  CHECK(clip.thresholds == Numbers{0.5, 0.5});
  CHECK(clip.levels == 5);
}

TEST_CASE_FIXTURE(HostOpFixture,
                  "choices are loaded as they stand: gates, resets, recombinations") {
  using host::Logic;
  for (const auto &[text, mode] :
       {std::pair("or", Logic::Mode::Or), std::pair("and", Logic::Mode::And),
        std::pair("iand", Logic::Mode::Iand)}) {
    const std::string spikes = "tensor<2x?x2xi1>";
    CHECK(kernelOf<Logic>("%a = @repeat : " + spikes + ", %b = @repeat : " + spikes,
                          std::string("spike.logic ") + text + " %a, %b : " + spikes, "2x?x2xi1")
              .mode == mode);
  }
  using host::Neuron;
  for (const auto &[text, reset] :
       {std::pair("hard", Neuron::Reset::Hard), std::pair("soft", Neuron::Reset::Soft),
        std::pair("none", Neuron::Reset::None)})
    for (const bool strict : {false, true}) {
      const auto neuron = kernelOf<Neuron>(
          kSteps,
          std::string("spike.neuron #spike.lif<tau = 2.0, threshold = [1.0], reset = ") + text +
              ", compare = " + (strict ? "gt" : "ge") +
              ", v_reset = 0.25, v_init = 0.5>, %x : " + "tensor<2x?x2xf32> -> tensor<2x?x2xi1>",
          "2x?x2xi1");
      CHECK(neuron.reset == reset);
      CHECK(neuron.strict == strict);
      REQUIRE(neuron.equations.size() == 1);
      CHECK((neuron.equations[0].vReset == 0.25 && neuron.equations[0].vInit == 0.5));
    }
  using host::Recombine;
  for (const auto &[text, mode, columns] :
       {std::tuple("mean", Recombine::Mode::Mean, 2), std::tuple("sum", Recombine::Mode::Sum, 2),
        std::tuple("concatenate", Recombine::Mode::Concatenate, 4),
        std::tuple("last", Recombine::Mode::Last, 2)}) {
    const std::string type = "?x" + std::to_string(columns) + "xf32";
    CHECK(kernelOf<Recombine>(kSteps,
                              std::string("spike.recombine ") + text +
                                  " %x : tensor<2x?x2xf32> -> tensor<" + type + ">",
                              type)
              .mode == mode);
  }
}

TEST_CASE_FIXTURE(HostOpFixture, "softmax attention may have fewer heads of keys, and look ahead") {
  const std::string wide = "tensor<?x2xf32>", narrow = "tensor<?x1xf32>";
  for (const bool causal : {false, true}) {
    const auto attention = kernelOf<host::SoftmaxAttention>(
        "%q = @logits : " + wide + ", %k = @narrow : " + narrow + ", %v = @narrow : " + narrow,
        "spike.softmax_attention %q, %k, %v heads 2 scale 0.75" +
            std::string(causal ? " causal" : "") + " kv_heads 1 : " + wide + ", " + narrow + ", " +
            narrow + " -> " + wide,
        "?x2xf32");
    CHECK(attention.heads == 2);
    CHECK(attention.kvHeads == 1);
    CHECK(attention.scale == 0.75);
    CHECK(attention.causal == causal);
  }
}

TEST_CASE_FIXTURE(LoaderFixture, "integers are read out with scale and fraction bits") {
  std::string text = kProgram;
  const std::string old = "scale = [0.5], fraction_bits = 0";
  for (size_t at = text.find(old); at != std::string::npos; at = text.find(old))
    text.replace(at, old.size(), "scale = [0.5, 0.25], fraction_bits = 3");
  Program p;
  REQUIRE(load(text, &p) == "");
  const auto &kernel = dynamic_cast<const host::Dequantize &>(*p.hostOps.back().kernel);
  CHECK(kernel.scale == std::vector<double>{0.5, 0.25});
  CHECK(kernel.fractionBits == 3);
}

TEST_CASE_FIXTURE(LoaderFixture, "neurons are loaded with all their constants") {
  const std::string constants =
      "model <fraction_bits = 0, state_bits = 16, rounding = \"floor\", soft_reset = true, "
      "saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [10], "
      "bias = [0, 0, 1]>";
  for (const auto &[text, rounding] :
       {std::pair("toward_zero", Rounding::TowardZero), std::pair("floor", Rounding::Floor),
        std::pair("nearest", Rounding::Nearest)}) {
    Program p;
    REQUIRE(load(with(constants,
                      std::string("model <fraction_bits = 4, state_bits = 17, current_bits = 18, "
                                  "current_fraction_bits = 2, rounding = \"") +
                          text +
                          "\", soft_reset = false, saturates = true, across_tokens = true, decay = "
                          "[3], shift = [2, 2, 3], v_reset = [-5], v_init = [6, 7, 8], threshold = "
                          "[9, 10, 11], bias = [12], current_decay = [7], current_shift = [3], "
                          "membrane_bias = [13, 14, 15]>"),
                 &p) == "");
    const NeuronParameters &n = p.populations[1].neuron;
    using Entries = std::vector<int64_t>;
    // The lists that columns may share have all one entry, or all one per column.
    CHECK((n.decay == Entries{3, 3, 3} && n.shift == Entries{2, 2, 3}));
    CHECK((n.vReset == Entries{-5, -5, -5} && n.fractionBits == 4 && n.stateBits == 17));
    CHECK((n.currentDecay == Entries{7, 7, 7} && n.currentShift == Entries{3, 3, 3}));
    CHECK((n.currentBits == 18 && n.currentFractionBits == 2 && n.acrossTokens));
    CHECK(n.leakRounding == rounding);
    CHECK((!n.softReset && n.saturates));
    CHECK(n.vInit == Entries{6, 7, 8});
    CHECK(n.threshold == Entries{9, 10, 11});
    CHECK(n.bias == Entries{12, 12, 12});
    CHECK(n.membraneBias == Entries{13, 14, 15});
    CHECK(n.decrement.empty());
  }
  Program p;
  REQUIRE(load(with(constants, constants.substr(0, constants.size() - 1) + ", decrement = [3]>"),
               &p) == "");
  CHECK(p.populations[1].neuron.softReset);
  CHECK_FALSE(p.populations[1].neuron.acrossTokens);
  CHECK(p.populations[1].neuron.decay == std::vector<int64_t>{1});
  CHECK(p.populations[1].neuron.decrement == std::vector<int64_t>{3, 3, 3});
}

TEST_CASE_FIXTURE(LoaderFixture, "attention is loaded with its sources and heads, causal or not") {
  for (const bool causal : {false, true}) {
    std::string text = with("  chip.slice @lif.0", std::string(R"mlir(
  chip.neurons neurons @lif2 kind neuron columns 3 spike_bits 1 stage 1
      model <fraction_bits = 0, state_bits = 16, rounding = "floor", soft_reset = true, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [10], bias = [0]>
  chip.neurons neurons @lif3 kind neuron columns 3 spike_bits 1 stage 1
      model <fraction_bits = 0, state_bits = 16, rounding = "floor", soft_reset = true, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [10], bias = [0]>
  chip.neurons neurons @att kind neuron columns 3 spike_bits 1 stage 2
      model <fraction_bits = 0, state_bits = 16, rounding = "floor", soft_reset = true, saturates = false, decay = [1], shift = [0], v_reset = [0], v_init = [0], threshold = [10], bias = [0]>
  chip.attention @ssa q @lif k @lif2 v @lif3 target @att heads 3)mlir") +
                                                       (causal ? " causal" : "") + R"mlir(
  chip.slice @lif2.0 of @lif2 columns 0 to 2 on core 0 of tile (1, 1) memory_bits 0 {}
  chip.slice @lif3.0 of @lif3 columns 0 to 2 on core 0 of tile (1, 1) memory_bits 0 {}
  chip.slice @att.0 of @att columns 0 to 2 on core 0 of tile (1, 1) memory_bits 48 {
    chip.attention_heads @ssa heads 0 to 2 memory_bits 48
  }
  chip.slice @lif.0)mlir");
    Program p;
    REQUIRE(load(text, &p) == "");
    REQUIRE(p.attentions.size() == 1);
    const Attention &attention = p.attentions[0];
    CHECK(p.ops[attention.op].name == "ssa");
    const auto nameOf = [&](int32_t population) {
      return p.ops[p.populations[population].op].name;
    };
    CHECK(nameOf(attention.q) == "lif");
    CHECK(nameOf(attention.k) == "lif2");
    CHECK(nameOf(attention.v) == "lif3");
    CHECK(nameOf(attention.target) == "att");
    CHECK(attention.heads == 3);
    CHECK(attention.causal == causal);
    for (const Slice &slice : p.slices)
      if (slice.name == "att.0") {
        REQUIRE(slice.attention.size() == 1);
        CHECK((slice.attention[0].firstHead == 0 && slice.attention[0].heads == 3));
        CHECK(slice.attention[0].memoryBits == 48);
      }
  }
}

TEST_CASE_FIXTURE(LoaderFixture, "a program may have as many neurons as the chip, and none more") {
  // 256 neurons on the chip, of which the readout takes 2.
  const auto refusal = [&](int columns) {
    std::string text =
        with("columns 3 spike_bits 1", "columns " + std::to_string(columns) + " spike_bits 1");
    text.replace(text.find("bias = [0, 0, 1]"), 16, "bias = [0]");
    text.erase(text.find("  chip.projection @p0")); // the verifier would see the rows first
    return load(text + "}");
  };
  CHECK(refusal(254).find("the program up to here") == std::string::npos);
  CHECK(refusal(255).find("'head': the program up to here needs 257 neurons, has 256") !=
        std::string::npos);
}
