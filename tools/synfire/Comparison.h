// Comparison: how good a model is on a text, and how alike two runs are.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_COMPARISON_H
#define SYNFIRE_TOOLS_SYNFIRE_COMPARISON_H

#include "dialect/interpreter/Interpreter.h"

#include <cstdint>
#include <vector>

namespace synfire::tool {

/// Next-token predictions over a text.
struct Loss {
  double sumNats = 0; ///< of -log softmax(logits)[next token]
  int64_t predictions = 0, correct = 0;

  double mean() const { return sumNats / static_cast<double>(predictions); }
  double accuracy() const {
    return static_cast<double>(correct) / static_cast<double>(predictions);
  }
  Loss &operator+=(const Loss &other);
};

/// Predictions of all tokens but the first; none for a text of one token.
Loss crossEntropy(const spike::InterpretResult &result, const std::vector<int32_t> &tokens);

/// Places (neuron, token, step) of two runs with the same value.
struct Agreement {
  int64_t same = 0, all = 0;
  double share() const { return static_cast<double>(same) / static_cast<double>(all); }
  Agreement &operator+=(const Agreement &other);
};

Agreement compareSpikes(const spike::SpikeRecord &a, const spike::SpikeRecord &b);
/// Of all neuron ops of `a`, which `b` has under the same names.
Agreement compareSpikes(const spike::InterpretResult &a, const spike::InterpretResult &b);

int64_t countSpikes(const spike::SpikeRecord &record);

/// Indices of the `count` largest scores, best first; of equal ones the lower
/// comes first, NaN last.
std::vector<int64_t> bestOf(llvm::ArrayRef<double> scores, int64_t count);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_COMPARISON_H
