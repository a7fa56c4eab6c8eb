// SpikeDecoderValuesTest: the numbers that the importer itself puts into a decoder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestNetworks.h"

#include "dialect/import/TensorNames.h"
#include "dialect/import/builders/SpikeDecoderBuilder.h"
#include "dialect/spike/Weights.h"

#include <cmath>

using namespace synfire;
using namespace synfire::test;

namespace {

/// A decoder of width 6 and 2 heads with random weights; `config` are further keys.
struct RandomDecoder : Importer {
  explicit RandomDecoder(const std::string &config) {
    ImportOptions options;
    options.randomWeightsSeed = 1;
    module = import(folder.write("m.yaml", "synfire: model/1\nname: m\narchitecture: spikedecoder\n"
                                           "config: {vocabulary: 5, context: 8, heads: 2, "
                                           "token_width: 4, position_width: 2, " +
                                               config + "}\n"),
                    options);
    REQUIRE_MESSAGE(module, messages);
  }
  Folder folder;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

/// The tiny model under the names of the public state dict, its position code static.
struct PublishedTiny : TinyModel {
  PublishedTiny() {
    description = withLine(description, "names", "names: spikedecoder");
    description =
        withLine(description, "position_code", "  position_code: static\n  position_bias: 0.25");
    tensors.erase("embed.position.weight");
    ModelDescription model;
    const TensorNames ours(model);
    model.names = NamingScheme::SpikeDecoder;
    const TensorNames theirs(model);
    FloatTensors renamed;
    for (size_t role = 0; role <= size_t(DecoderOp::HeadFc); ++role)
      for (size_t part = 0; part <= size_t(Part::Code); ++part)
        if (auto found = tensors.find(ours.tensor(DecoderOp(role), Part(part)));
            found != tensors.end())
          renamed[theirs.tensor(DecoderOp(role), Part(part))] = found->second;
    tensors = renamed; // some under more names than are read, as our parts have fewer names
  }

  /// The threshold of an op that makes spikes of reals.
  double thresholdOf(const std::string &name) {
    auto module = import();
    REQUIRE_MESSAGE(module, messages);
    double threshold = NAN;
    module->walk([&](spike::BinarizeOp op) {
      if (spike::sourceName(op) == name)
        threshold = op.getThreshold().convertToDouble();
    });
    return threshold;
  }
};

} // namespace

TEST_CASE("column j of a position is the sine, or for odd j the cosine, of p / 10000^(j / width)") {
  const std::vector<float> table = sinusoid(4, 4);
  REQUIRE(table.size() == 16);
  const auto row = [&](size_t position, std::vector<double> expected) {
    for (size_t j = 0; j < 4; ++j)
      CHECK(double(table[position * 4 + j]) == doctest::Approx(expected[j]).epsilon(1e-6));
  };
  row(0, {0, 1, 0, 1});
  row(1, {0.8414710, 0.9950042, 0.009999833, 0.9999995}); // of 1, 1/10, 1/100, 1/1000
  row(3, {0.1411200, 0.9553365, 0.02999550, 0.9999955});  // of 3, 3/10, 3/100, 3/1000
}

TEST_CASE("a code that the weights hold is taken at 1/2, a computed one at the bias") {
  PublishedTiny computed;
  CHECK(computed.thresholdOf("embedder.pos_binary") == 0.25);
  PublishedTiny stored;
  stored.tensors["embedder.pos_code"] = filled({8, 2}, 0);
  CHECK(stored.thresholdOf("embedder.pos_binary") == 0.5);
}

TEST_CASE(
    "a sum with a code that the weights hold is taken at 0, with a computed one at the bias") {
  const auto summed = [](PublishedTiny &tiny) {
    tiny.description = withLine(tiny.description, "token_width", "  token_width: 6");
    tiny.description = withLine(tiny.description, "position_width", "");
    tiny.description = withLine(tiny.description, "combine", "  combine: sum");
    tiny.tensors["embedder.tok_embed.weight"] = filled({4, 6});
    return tiny.thresholdOf("embedding");
  };
  PublishedTiny computed, stored;
  stored.tensors["embedder.pos_code"] = filled({8, 6}, 0);
  CHECK(summed(computed) == 0.25);
  CHECK(summed(stored) == 0.0);
}

TEST_CASE("norms add 1e-5 under their root, softmax attention divides by the root of a head") {
  RandomDecoder decoder("blocks: 1, norm: layer, degree: 0");
  int64_t attentions = 0, norms = 0;
  decoder.module->walk([&](spike::SoftmaxAttentionOp op) {
    ++attentions;
    CHECK(op.getScale().convertToDouble() == doctest::Approx(1 / std::sqrt(3.0)).epsilon(1e-12));
    CHECK(op.getCausal());
  });
  const auto check = [&](auto op) {
    ++norms;
    CHECK(op.getEps().convertToDouble() == 1e-5);
  };
  decoder.module->walk([&](spike::LayerNormOp op) { check(op); });
  RandomDecoder power("blocks: 1, norm: power"), batch("blocks: 1, norm: batch");
  power.module->walk([&](spike::PowerNormOp op) { check(op); });
  batch.module->walk([&](spike::BatchNormOp op) { check(op); });
  CHECK(attentions == 1);
  CHECK(norms == 4 + 6 + 6); // an ordinary MLP has none
}

TEST_CASE("neurons have tau 2 and the threshold 1 where none was learned") {
  RandomDecoder decoder("blocks: 1, norm: layer");
  decoder.module->walk([](spike::NeuronOp op) {
    const NeuronEquation equation = op.getNeuronModel().getEquation(0);
    CHECK((equation.decay == 0.5 && equation.gain == 0.5 && equation.vReset == 0));
    CHECK(op.getNeuronModel().getThresholds()[0] == 1.0);
  });
}

TEST_CASE("only the first block has the neurons of first_block_lif") {
  RandomDecoder decoder("blocks: 3, norm: layer, first_block_lif: true");
  std::vector<std::string> found;
  for (const std::string &name : opNames(*decoder.module))
    if (name.find("res_lif") != std::string::npos)
      found.push_back(name);
  CHECK(found == std::vector<std::string>{"block0.attn.res_lif"});
}

TEST_CASE("random weights are drawn evenly, matrices by the number of their inputs") {
  RandomDecoder decoder("blocks: 1, norm: batch, learnable_thresholds: true");
  // The largest magnitude of a stored tensor, which many draws bring near its limit.
  const auto check = [](mlir::ElementsAttr attribute, double limit) {
    auto view = *spike::WeightView::get(attribute);
    double largest = 0;
    for (int64_t i = 0; i < view.size(); ++i)
      largest = std::max(largest, std::fabs(view[i]));
    CHECK(largest <= limit);
    CHECK(largest > 0.6 * limit);
  };
  int64_t linears = 0;
  decoder.module->walk([&](spike::LinearOp op) {
    ++linears;
    check(op.getWeight(), std::sqrt(6.0 / double(op.getRows())));
    check(*op.getBias(), 0.5);
  });
  CHECK(linears == 7);
  decoder.module->walk([&](spike::LookupOp op) { check(op.getTable(), 0.5); });
  decoder.module->walk([&](spike::BatchNormOp op) {
    check(op.getMean(), 0.1);
    check(op.getWeight(), 1.2);
    check(op.getVariance(), 1.2);
  });
  decoder.module->walk([&](spike::NeuronOp op) {
    const double threshold = op.getNeuronModel().getThresholds()[0];
    CHECK((threshold >= 0.3f && threshold <= 0.6f));
  });
}
