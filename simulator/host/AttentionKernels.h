// AttentionKernels: softmax attention on the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_ATTENTIONKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_ATTENTIONKERNELS_H

#include "simulator/host/KernelRules.h"

namespace synfire::sim::host {

/// Softmax attention. Its inputs are queries, keys and values, in this order; `heads` query heads
/// share `kvHeads` heads of keys and values, and scores are multiplied with `scale`.
class SoftmaxAttention final : public HostKernel {
public:
  int32_t heads = 1, kvHeads = 1;
  double scale = 1;
  bool causal = false;

  const char *name() const override { return "softmax_attention"; }
  size_t inputs() const override { return 3; }
  bool readsTokens(size_t input) const override { return input > 0; }
  bool readsLaterTokens() const override { return !causal; }
  std::string check(const HostValues &values) const override;
  HostWork work(const HostValues &values, int32_t position, int32_t tokens) const override;
  void hash(Hasher &hasher) const override;
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
  /// Computes the attention of one query row in one time step for all heads. `keys[m]` and
  /// `values[m]` are the rows of token m in the same time step; the query attends to all of them.
  void attend(HostRows query, std::span<const HostRows> keys, std::span<const HostRows> values,
              std::span<double> result) const;
};

} // namespace synfire::sim::host

#endif // SYNFIRE_SIMULATOR_HOST_ATTENTIONKERNELS_H
