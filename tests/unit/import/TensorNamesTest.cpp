// TensorNamesTest: the names of the public state dict that no parity case holds
// (residual variant 2, PowerNorm); parity tests check the others.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/TensorNames.h"

#include <doctest/doctest.h>

using namespace synfire;

static TensorNames published(int64_t residual, NormKind norm = NormKind::Batch) {
  ModelDescription model;
  model.names = NamingScheme::SpikeDecoder;
  model.decoder.residual = residual;
  model.decoder.norm = norm;
  return TensorNames(model);
}

TEST_CASE("residual variants 1 and 2 have an MLP without the LIF before it") {
  for (int64_t residual : {1, 2}) {
    TensorNames names = published(residual);
    CHECK(names.tensor(DecoderOp::Fc1, Part::Weight, 1) == "blocks.1.MLP.net.1.weight");
    CHECK(names.tensor(DecoderOp::Fc1Norm, Part::Variance, 1) ==
          "blocks.1.MLP.net.2.1.running_var");
    CHECK(names.tensor(DecoderOp::HiddenLif, Part::Threshold, 1) ==
          "blocks.1.MLP.net.4.v_threshold");
    CHECK(names.tensor(DecoderOp::Fc2, Part::Bias, 1) == "blocks.1.MLP.net.6.bias");
    CHECK(names.tensor(DecoderOp::Fc2Norm, Part::NormWeight, 1) == "blocks.1.MLP.net.7.1.weight");
    CHECK(names.tensor(DecoderOp::MlpOutLif, Part::Threshold, 1) ==
          "blocks.1.MLP.net.9.v_threshold");
  }
  CHECK(published(0).op(DecoderOp::Fc1, 1) == "blocks.1.MLP.net.2");
}

TEST_CASE("residual variant 2 has LIFs of its own") {
  TensorNames names = published(2);
  CHECK(names.tensor(DecoderOp::BlockInLif, Part::Threshold, 3) == "blocks.3.SMHA_LIF.v_threshold");
  CHECK(names.tensor(DecoderOp::AttnOutLif, Part::Threshold) ==
        "blocks.0.SMHA.output_LIF.v_threshold");
  CHECK(names.tensor(DecoderOp::BlockLif, Part::Threshold, 12) == "blocks.12.blockLIF.v_threshold");
}

TEST_CASE("PowerNorm lies directly under its name, first-block option and table have theirs") {
  TensorNames names = published(0, NormKind::Power);
  CHECK(names.tensor(DecoderOp::QNorm, Part::NormWeight, 2) == "blocks.2.SMHA.query_Norm.weight");
  CHECK(names.tensor(DecoderOp::QNorm, Part::Phi, 2) == "blocks.2.SMHA.query_Norm.running_phi");
  CHECK(names.tensor(DecoderOp::ResLif, Part::Threshold) == "blocks.0.resLIF.v_threshold");
  CHECK(names.tensor(DecoderOp::PositionTable, Part::Weight) == "embedder.pos_table.weight");
  CHECK(names.tensor(DecoderOp::StoredPosition, Part::Code) == "embedder.pos_code");
}

TEST_CASE("LayerNorm lies directly under its name; what does not spike has names of our making") {
  TensorNames names = published(0, NormKind::Layer);
  CHECK(names.tensor(DecoderOp::QNorm, Part::NormWeight, 2) == "blocks.2.SMHA.query_Norm.weight");
  CHECK(names.tensor(DecoderOp::Fc2Norm, Part::NormBias, 2) == "blocks.2.MLP.net.8.bias");
  ModelDescription model;
  model.decoder.degree = Degree::SpikingAttention;
  CHECK(TensorNames(model).tensor(DecoderOp::Fc1, Part::Weight, 2) == "block2.mlp.fc1.weight");
  model.names = NamingScheme::SpikeDecoder;
  CHECK(TensorNames(model).tensor(DecoderOp::Fc1, Part::Weight, 2) == "blocks.2.MLP.fc1.weight");
  CHECK(TensorNames(model).op(DecoderOp::Gelu, 2) == "blocks.2.MLP.gelu");
  CHECK(TensorNames(model).op(DecoderOp::Softmax, 2) == "blocks.2.SMHA.softmax");
}

TEST_CASE("our names count blocks in the name") {
  ModelDescription model;
  TensorNames names(model);
  CHECK(names.op(DecoderOp::Ssa, 11) == "block11.attn.ssa");
  CHECK(names.tensor(DecoderOp::QLif, Part::Threshold, 11) == "block11.attn.q_lif.threshold");
  CHECK(names.tensor(DecoderOp::HeadFc, Part::Bias) == "head.fc.bias");
}
