// PlainState: which tensors the public state dict of a SpikeDecoder has.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/parity/PlainDecoder.h"

namespace synfire::test {

StateDict emptyState(const PlainConfig &c) {
  StateDict state;
  auto put = [&](const std::string &name, std::vector<int64_t> shape) {
    size_t count = 1;
    for (int64_t extent : shape)
      count *= size_t(extent);
    state[name] = {std::move(shape), std::vector<double>(count)};
  };
  auto linear = [&](const std::string &name, int64_t outputs, int64_t inputs) {
    put(name + ".weight", {outputs, inputs});
    put(name + ".bias", {outputs});
  };
  auto norm = [&](const std::string &name, int64_t channels) {
    const bool batch = c.normalization == "batch";
    if (c.normalization == "none")
      return;
    for (const char *part : {".weight", ".bias"})
      put(name + (batch ? ".1" : "") + part, {channels});
    if (batch)
      for (const char *part : {".1.running_mean", ".1.running_var"})
        put(name + part, {channels});
    if (c.normalization == "PowerNorm")
      put(name + ".running_phi", {1, channels, 1, 1});
  };
  auto lif = [&](const std::string &name) {
    if (c.learnedThresholds)
      put(name + ".v_threshold", {1});
  };

  const int64_t width = c.width(), hidden = width * c.mlpExpansion;
  if (c.encodingType == "learned")
    put("embedder.tok_embed.weight", {c.vocabulary, c.tokenWidth});
  if (c.positionEncoding == "learned" && c.encodingType != "one-hot")
    put("embedder.pos_table.weight",
        {c.maxLen, c.combinePosition ? c.tokenWidth : c.positionWidth});
  for (int64_t n = 0; n < c.blocks; ++n) {
    const std::string block = "blocks." + std::to_string(n), smha = block + ".SMHA.";
    for (const char *part : {"query", "key", "value", "proj"}) {
      linear(smha + part + "_L", width, width);
      norm(smha + part + "_Norm", width);
      if (c.spikingAttention && part != std::string("proj"))
        lif(smha + part + "_LIF");
    }
    if (c.spikingAttention)
      lif(smha + "att_LIF");
    if (c.spikingAttention && c.residual < 2)
      lif(smha + "input_LIF");
    if (n == 0 && c.firstBlockLif)
      lif("blocks.0.resLIF");
    if (!c.spikingMlp) {
      linear(block + ".MLP.fc1", hidden, width);
      linear(block + ".MLP.fc2", width, hidden);
      continue;
    }
    auto net = [&](int index) { return block + ".MLP.net." + std::to_string(index); };
    const int shift = c.residual == 0 ? 0 : 1; // no leading LIF, so all move up by one
    if (c.residual == 0)
      lif(net(0));
    else
      lif(net(9));
    linear(net(2 - shift), hidden, width);
    norm(net(3 - shift), hidden);
    lif(net(5 - shift));
    linear(net(7 - shift), width, hidden);
    norm(net(8 - shift), width);
    if (c.residual > 0)
      lif(block + ".blockLIF");
    if (c.residual == 2) {
      lif(block + ".SMHA_LIF");
      lif(smha + "output_LIF");
    }
  }
  if (c.spikingHead)
    lif("Head.gen_LIF");
  const bool wide = c.spikingAttention && c.spikeMode == "concatenate" && !c.floatReunite;
  linear("Head.gen_FC", c.vocabulary, wide ? width * c.timeSteps : width);
  return state;
}

} // namespace synfire::test
