// Comparison: measures the loss of a model on a text, and the agreement of two runs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_COMPARISON_H
#define SYNFIRE_TOOLS_SYNFIRE_COMPARISON_H

#include "dialect/interpreter/Interpreter.h"

#include <cstdint>
#include <vector>

namespace synfire::tool {

/// The loss of next-token predictions over a text.
struct Loss {
  double sumNats = 0; ///< the sum of -log softmax(logits)[next token], in nats
  int64_t predictions = 0;
  int64_t correct = 0; ///< predictions whose largest logit is that of the next token

  /// Nats per prediction, and the share of correct predictions. Precondition: there is one.
  double mean() const { return sumNats / static_cast<double>(predictions); }
  double accuracy() const {
    return static_cast<double>(correct) / static_cast<double>(predictions);
  }
  Loss &operator+=(const Loss &other);
};

/// The loss over all tokens except the first, which nothing predicts. `tokens` are the token ids of
/// the run. Empty where the result has no column for one of them: it is no prediction of tokens.
Loss crossEntropy(const spike::InterpretResult &result, const std::vector<int32_t> &tokens);

/// On how many of all places (neuron, token, time step) two runs have the same value.
struct Agreement {
  int64_t same = 0, all = 0;
  double share() const { return static_cast<double>(same) / static_cast<double>(all); }
  Agreement &operator+=(const Agreement &other);
};

/// The agreement of two records of the same shape.
Agreement compareSpikes(const spike::SpikeRecord &a, const spike::SpikeRecord &b);
/// The agreement over all neuron ops of `a`. Precondition: `b` has ops of the same names.
Agreement compareSpikes(const spike::InterpretResult &a, const spike::InterpretResult &b);

/// The number of entries that are not 0.
int64_t countSpikes(const spike::SpikeRecord &record);

/// The indices of the `count` largest scores, largest first. Of equal scores the lower index comes
/// first; NaN comes last.
std::vector<int64_t> bestOf(llvm::ArrayRef<double> scores, int64_t count);

/// A text of `tokens` tokens is cut into windows of `context` tokens, end to end. The first tokens
/// of `wanted` of these windows, evenly spread, or of all when there are no more. A rest that fills
/// no window is left out, unless it is the only one.
std::vector<size_t> windowStarts(size_t tokens, size_t context, size_t wanted);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_COMPARISON_H
