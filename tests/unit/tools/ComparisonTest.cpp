// ComparisonTest: losses, spikes that agree, windows of a text, the best of some scores.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Comparison.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace synfire::tool;

TEST_CASE("the largest scores come first, of equal ones the lower index, NaN last") {
  const std::vector<double> scores = {1, NAN, 3, -INFINITY, 3, 2};
  using Indices = std::vector<int64_t>;
  CHECK(bestOf(scores, 3) == Indices{2, 4, 5});
  CHECK(bestOf(scores, 100) == Indices{2, 4, 5, 0, 1, 3});
  CHECK(bestOf(scores, 0).empty());
  CHECK(bestOf({}, 5).empty());
}

TEST_CASE("a loss is that of the next token, in nats; the last token predicts nothing") {
  synfire::spike::InterpretResult result;
  result.vocabulary = 2;
  // Behind token 0: shares of 1/4 and 3/4; behind token 1: one half each, of which 0 is the first.
  result.logits = {0, std::log(3), 5, 5, 0, 100};
  Loss loss = crossEntropy(result, {0, 1, 1});
  CHECK(loss.predictions == 2);
  CHECK(loss.sumNats == doctest::Approx(std::log(4.0 / 3) + std::log(2.0)).epsilon(1e-12));
  CHECK(loss.correct == 1);
  loss += crossEntropy(result, {0, 0});
  CHECK(loss.predictions == 3);
  CHECK(loss.mean() ==
        doctest::Approx((std::log(4.0 / 3) + std::log(2.0) + std::log(4.0)) / 3).epsilon(1e-12));
  CHECK(loss.accuracy() == doctest::Approx(1.0 / 3).epsilon(1e-12));
  // The logits of two classes do not predict one of three tokens.
  CHECK(crossEntropy(result, {0, 1, 2}).predictions == 0);
}

TEST_CASE("spikes agree where their values do; a spike is what is not 0") {
  synfire::spike::SpikeRecord a, b;
  a.values = {0, 1, 2, 0};
  b.values = {0, 1, 1, 1};
  CHECK(compareSpikes(a, b).same == 2);
  CHECK(compareSpikes(a, b).all == 4);
  CHECK(compareSpikes(a, b).share() == 0.5);
  CHECK(countSpikes(a) == 2);
  CHECK(countSpikes(b) == 3);
}

TEST_CASE("windows are spread evenly over a text; a short text is one") {
  using Starts = std::vector<size_t>;
  CHECK(windowStarts(50, 10, 9) == Starts{0, 10, 20, 30, 40});
  CHECK(windowStarts(50, 10, 5) == Starts{0, 10, 20, 30, 40});
  CHECK(windowStarts(59, 10, 2) == Starts{0, 20});
  CHECK(windowStarts(60, 10, 3) == Starts{0, 20, 40});
  CHECK(windowStarts(9, 10, 3) == Starts{0});
}
