// NeuronKernel: golden spike trains, rounding, resets, overflow.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/NeuronKernel.h"

#include "simulator/functional/NeuronStep.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace synfire;
using namespace synfire::sim;

/// One neuron with the same input in every step; its spikes as text.
static std::string train(NeuronParameters neuron, int64_t threshold, int32_t input,
                         int32_t timeSteps = 4) {
  neuron.threshold = {threshold};
  neuron.bias = {0};
  if (neuron.vInit.empty())
    neuron.vInit = {0};
  const std::vector<int32_t> inputs(timeSteps, input);
  std::vector<uint8_t> spikes(timeSteps), effective(timeSteps);
  std::vector<int64_t> membranes;
  const auto overflow =
      updateNeurons<int32_t>(neuron, 0, 1, 0, timeSteps, inputs, spikes, effective, membranes);
  if (overflow)
    return "overflow at step " + std::to_string(overflow->step) + ": " +
           std::to_string(overflow->value);
  std::string text;
  for (uint8_t s : spikes)
    text += s ? '1' : '0';
  return text;
}

/// SpikeDecoder's LIF: V <- V + (X - V) / 2 at threshold 1, hard reset to 0.
/// In units of scale / 2 * 2^-4: decay 1/2, threshold 2 / scale * 2^4.
static NeuronParameters lif() {
  NeuronParameters neuron;
  neuron.decay = {1};
  neuron.shift = {1};
  neuron.fractionBits = 4;
  return neuron;
}

TEST_CASE("LIF golden spike trains of SpikeDecoder, T = 4") {
  CHECK(train(lif(), 32, 1) == "0000");           // X = 1, scale 1: approaches 1, never there
  CHECK(train(lif(), 30 * 16, 16) == "0001");     // X = 16/15, scale 1/15: just there at the end
  CHECK(train(lif(), 30 * 16 + 1, 16) == "0000"); // one unit more, and it is not
  CHECK(train(lif(), 64, 3) == "0101");           // X = 1.5, scale 1/2
  CHECK(train(lif(), 32, 2) == "1111");           // X = 2, scale 1
  CHECK(train(lif(), 16, 1) == "1111");           // X = 1, threshold 1/2
}

/// What a membrane leaks to in a step without input: round(v / 2^shift).
static int64_t shiftRounded(int64_t v, int64_t shift, Rounding rounding) {
  NeuronParameters neuron;
  neuron.shift = {shift};
  neuron.leakRounding = rounding;
  neuron.threshold = {100};
  neuron.bias = {0};
  const int32_t input = 0;
  uint8_t spike = 1;
  const StateExtremes extremes = stepNeurons(neuron, 0, 1, &input, &v, &spike);
  CHECK((spike == 0 && (v < 0 ? extremes.membrane.lowest : extremes.membrane.highest) == v));
  return v;
}

TEST_CASE("a leak is rounded toward zero, down, or to the nearest even") {
  using enum Rounding;
  const auto all = [](int64_t product) {
    return std::vector{shiftRounded(product, 1, TowardZero), shiftRounded(product, 1, Floor),
                       shiftRounded(product, 1, Nearest)};
  };
  CHECK(all(3) == std::vector<int64_t>{1, 1, 2});
  CHECK(all(5) == std::vector<int64_t>{2, 2, 2});
  CHECK(all(-3) == std::vector<int64_t>{-1, -2, -2});
  CHECK(all(-5) == std::vector<int64_t>{-2, -3, -2});
  CHECK(all(-4) == std::vector<int64_t>{-2, -2, -2});
  CHECK(shiftRounded(-7, 2, Nearest) == -2);
  CHECK(shiftRounded(-5, 2, Nearest) == -1);
  CHECK(shiftRounded(-5, 2, TowardZero) == -1);
  CHECK(shiftRounded(-9, 0, Nearest) == -9);
}

TEST_CASE("a filtered current leaks by its own factor, and a spike leaves it alone") {
  NeuronParameters neuron = lif();
  neuron.fractionBits = 0;
  neuron.currentDecay = {1};
  neuron.currentShift = {1};
  neuron.currentBits = 32;
  neuron.threshold = {8};
  neuron.bias = neuron.vInit = {0};
  neuron.membraneBias = {0};
  std::vector<int32_t> inputs = {8, 0, 0, 8, 0};
  std::vector<uint8_t> spikes(5), effective(5);
  std::vector<int64_t> states;
  const auto run = [&] {
    return updateNeurons<int32_t>(neuron, 0, 1, 0, 5, inputs, spikes, effective, states);
  };
  // i: 8, 4, 2, 9, 4; v: 8 fires, 4, 4, 11 fires, 4.
  CHECK(!run());
  CHECK(spikes == std::vector<uint8_t>{1, 0, 0, 1, 0});
  // i: 9, 5, 3, 10, 6 with 1 at every step; behind the filter 3 more: v: 12, 8, 6, 16, 9.
  neuron.bias = {1};
  neuron.membraneBias = {3};
  CHECK(!run());
  CHECK(spikes == std::vector<uint8_t>{1, 1, 0, 1, 1});
  // What is left of the current has an effect, its absence none.
  neuron.bias = neuron.membraneBias = {0};
  inputs = {1, 0, 0, 0, 0};
  neuron.threshold = {1};
  CHECK(!run()); // i: 1, 0 (toward zero); v: 1 fires, 0
  CHECK(effective == std::vector<uint8_t>{1, 1, 0, 0, 0});
  neuron.membraneBias = {-1};
  inputs = {0, 0, 0, 0, 0};
  CHECK(!run());
  CHECK(effective == std::vector<uint8_t>{1, 1, 1, 1, 1});
  neuron.membraneBias = {0};

  // Of a current and a membrane that do not fit, the current is told; a chip may saturate both.
  neuron.stateBits = neuron.currentBits = 4;
  neuron.threshold = {100};
  inputs = {7, 5, 0, 0, 0};
  const auto overflow = run(); // i: 7, 3 + 5
  REQUIRE(overflow);
  CHECK((overflow->step == 1 && overflow->column == 0 && overflow->value == 8));
  CHECK(overflow->ofCurrent);
  neuron.saturates = true;
  neuron.threshold = {7};
  CHECK(!run()); // i: 7, 7, 3, 1, 0; v: 7 fires, 7 fires, 3, 2, 1
  CHECK(spikes == std::vector<uint8_t>{1, 1, 0, 0, 0});
}

TEST_CASE("the rounding of the leak decides a spike train") {
  NeuronParameters neuron = lif();
  neuron.fractionBits = 0;
  // -3 then +2: the leak leaves -1 or -2.
  neuron.threshold = {1};
  neuron.bias = neuron.vInit = {0};
  const std::vector<int32_t> inputs = {-3, 2};
  std::vector<uint8_t> spikes(2), effective(2);
  std::vector<int64_t> membranes;
  neuron.leakRounding = Rounding::TowardZero;
  REQUIRE(!updateNeurons<int32_t>(neuron, 0, 1, 0, 2, inputs, spikes, effective, membranes));
  CHECK(spikes == std::vector<uint8_t>{0, 1});
  neuron.leakRounding = Rounding::Floor;
  REQUIRE(!updateNeurons<int32_t>(neuron, 0, 1, 0, 2, inputs, spikes, effective, membranes));
  CHECK(spikes == std::vector<uint8_t>{0, 0});
}

TEST_CASE("IF with soft reset and half a threshold to begin with counts as QCFS") {
  // For constant input x the spikes of T steps are clip(floor(x T / theta + 1/2), 0, T).
  NeuronParameters neuron;
  neuron.softReset = true;
  const int64_t theta = 20;
  neuron.vInit = {theta / 2};
  for (int32_t timeSteps : {4, 8})
    for (int32_t x = -30; x <= 30; ++x) {
      const std::string spikes = train(neuron, theta, x, timeSteps);
      // floor((2 x T + theta) / (2 theta)) in integers
      const int64_t numerator = 2 * x * timeSteps + theta, denominator = 2 * theta;
      const int64_t floor =
          numerator / denominator - (numerator % denominator != 0 && numerator < 0 ? 1 : 0);
      CHECK(std::count(spikes.begin(), spikes.end(), '1') ==
            std::clamp<int64_t>(floor, 0, timeSteps));
    }
}

TEST_CASE("a hard reset goes to v_reset, a soft one subtracts the threshold") {
  NeuronParameters neuron;
  CHECK(train(neuron, 3, 2) == "0101");
  neuron.vReset = {1};
  CHECK(train(neuron, 3, 2) == "0111");
  neuron.vReset = {0};
  neuron.softReset = true;
  CHECK(train(neuron, 3, 2) == "0110");
}

TEST_CASE("a membrane that leaves its state bits is an error, or saturates") {
  NeuronParameters neuron;
  neuron.stateBits = 8;
  CHECK(train(neuron, 1000, 42) == "overflow at step 3: 168");
  CHECK(train(neuron, 1000, -43) == "overflow at step 2: -129");
  CHECK(train(neuron, 1000, 31) == "0000"); // 124 fits
  neuron.saturates = true;
  CHECK(train(neuron, 127, 64) == "0101"); // 64, 128 -> 127 fires, 64, 127
  CHECK(train(neuron, 128, 100) == "0000");
}

TEST_CASE("the overflow that is told is the first by step, then by column") {
  NeuronParameters neuron;
  neuron.stateBits = 8;
  neuron.threshold.assign(6, 1000);
  neuron.bias.assign(6, 0);
  neuron.vInit.assign(6, 0);
  const std::vector<int32_t> inputs = {0, 100, 0, 100, /*step 1*/ 0, 20, 20, 200};
  std::vector<uint8_t> spikes(8), effective(8);
  std::vector<int64_t> membranes;
  const auto overflow =
      updateNeurons<int32_t>(neuron, 2, 4, 0, 2, inputs, spikes, effective, membranes);
  REQUIRE(overflow);
  CHECK(overflow->step == 1);
  CHECK(overflow->column == 5); // the fourth of columns 2..5
  CHECK(overflow->value == 300);
}

TEST_CASE("neurons leak and reset by the numbers of their own column, from where they were") {
  NeuronParameters neuron;
  neuron.decay = {1, 1, 3};
  neuron.shift = {0, 1, 2};
  neuron.vReset = {0, -4, 2};
  neuron.threshold = {99, 16, 8};
  neuron.bias = neuron.vInit = {0, 0, 0};
  std::vector<uint8_t> spikes(6), effective(6);
  std::vector<int64_t> states;
  // Column 1: 12, 6, 3 + 13 fires; column 2: 8 fires, 6/4 toward zero, 3/4 toward zero + 7.
  const std::vector<int32_t> inputs = {12, 8, /*step 1*/ 0, 0, /*step 2*/ 13, 7};
  REQUIRE(!updateNeurons<int32_t>(neuron, 1, 2, 0, 3, inputs, spikes, effective, states));
  CHECK(spikes == std::vector<uint8_t>{0, 1, 0, 0, 1, 0});
  states.resize(2);
  CHECK(states == std::vector<int64_t>{-4, 7});
  // Another token of one step without input.
  const std::vector<int64_t> before = states;
  const std::vector<int32_t> nothing = {0, 0};
  REQUIRE(!updateNeurons<int32_t>(neuron, 1, 2, 0, 1, nothing, spikes, effective, states, before));
  states.resize(2);
  CHECK(states == std::vector<int64_t>{-2, 5});
}

TEST_CASE("a filtered current has its own width, and fewer places than the membrane") {
  NeuronParameters neuron = lif();
  neuron.fractionBits = 3;
  neuron.stateBits = 16;
  neuron.currentDecay = {1};
  neuron.currentShift = {1};
  neuron.currentBits = 8;
  neuron.currentFractionBits = 1;
  neuron.threshold = {40};
  neuron.bias = neuron.vInit = neuron.membraneBias = {0};
  std::vector<uint8_t> spikes(3), effective(3);
  std::vector<int64_t> states;
  const std::vector<int32_t> inputs = {5, 0, 0};
  const auto run = [&] {
    return updateNeurons<int32_t>(neuron, 0, 1, 0, 3, inputs, spikes, effective, states);
  };
  // i: 10, 5, 2 halves; v: 40 fires, 20, 10 + 8 eighths.
  REQUIRE(!run());
  CHECK(spikes == std::vector<uint8_t>{1, 0, 0});
  CHECK((states[0] == 18 && states[1] == 2));
  neuron.currentBits = 4;
  const auto overflow = run();
  REQUIRE(overflow);
  CHECK((overflow->step == 0 && overflow->value == 10 && overflow->ofCurrent));
  // A current of 15 bits fits where the membrane, 4 times as large a number, does not.
  neuron.currentBits = 16;
  neuron.stateBits = 6;
  neuron.threshold = {31};
  const auto ofMembrane = run();
  REQUIRE(ofMembrane);
  CHECK((ofMembrane->value == 40 && !ofMembrane->ofCurrent));
  neuron.saturates = true;
  neuron.stateBits = 16;
  neuron.currentBits = 4;
  neuron.threshold = {100};
  REQUIRE(!run()); // i: 7, 3, 1; v: 28, 26, 17
  CHECK((states[0] == 17 && states[1] == 1));
}

TEST_CASE("a readout starts at its bias and adds every step once") {
  NeuronParameters neuron;
  neuron.bias = {9, 9, -5, 0};
  const std::vector<int64_t> inputs = {1, 2, 3, 4};
  std::vector<int64_t> result(2);
  REQUIRE(!integrateReadout<int64_t>(neuron, 1, 2, 2, inputs, result));
  CHECK(result == std::vector<int64_t>{9 + 1 + 3, -5 + 2 + 4});
  // The whole sum is held to the state, not what it passes on the way.
  neuron.stateBits = 4;
  CHECK(integrateReadout<int64_t>(neuron, 1, 2, 2, inputs, result)->value == 13);
  const std::vector<int64_t> passing = {100, 0, -95, 0};
  CHECK(!integrateReadout<int64_t>(neuron, 2, 2, 2, passing, result));
  neuron.saturates = true;
  REQUIRE(!integrateReadout<int64_t>(neuron, 1, 2, 2, inputs, result));
  CHECK(result == std::vector<int64_t>{7, 1});
  neuron.stateBits = 32;
  neuron.fractionBits = 3; // of inputs; the bias has them already
  REQUIRE(!integrateReadout<int64_t>(neuron, 1, 2, 2, inputs, result));
  CHECK(result == std::vector<int64_t>{9 + 8 * (1 + 3), -5 + 8 * (2 + 4)});
}

TEST_CASE("a readout that is read per step leaks, and starts anew with a decay of 0") {
  NeuronParameters neuron;
  neuron.bias = {9, 9, -5};
  neuron.decay = {3};
  neuron.shift = {2};
  neuron.fractionBits = 1;
  neuron.leakRounding = Rounding::TowardZero;
  const std::vector<int32_t> input = {1, -2};
  std::vector<int64_t> first(2), second(2);
  REQUIRE(!stepReadout<int32_t>(neuron, 1, 0, input, {}, first));
  CHECK(first == std::vector<int64_t>{9 + 2, -5 - 4});
  REQUIRE(!stepReadout<int32_t>(neuron, 1, 1, input, first, second));
  CHECK(second == std::vector<int64_t>{8 + 11, -6 - 9}); // 33 / 4 and -27 / 4
  neuron.leakRounding = Rounding::Nearest;
  REQUIRE(!stepReadout<int32_t>(neuron, 1, 1, input, first, second));
  CHECK(second == std::vector<int64_t>{8 + 11, -7 - 9});
  neuron.leakRounding = Rounding::Floor;
  REQUIRE(!stepReadout<int32_t>(neuron, 1, 1, input, first, second));
  CHECK(second == std::vector<int64_t>{8 + 11, -7 - 9});
  const auto overflow = [&] {
    neuron.stateBits = 5; // -16 .. 15
    return stepReadout<int32_t>(neuron, 1, 1, input, first, second);
  };
  REQUIRE(overflow());
  CHECK(overflow()->value == 19);
  CHECK(overflow()->column == 1);
  CHECK(overflow()->step == 1);
  neuron.saturates = true;
  REQUIRE(!overflow());
  CHECK(second == std::vector<int64_t>{15, -16});
  neuron.decay = neuron.shift = {0};
  REQUIRE(!stepReadout<int32_t>(neuron, 1, 1, input, first, second));
  CHECK(second == std::vector<int64_t>{9 + 2, -5 - 4});
}

TEST_CASE("an update has an effect where input, membrane or bias is not zero") {
  NeuronParameters neuron;
  neuron.shift = {1};
  neuron.fractionBits = 2;
  neuron.threshold = {1000, 1000, 1000, 1000};
  neuron.bias = {0, 1, 0, 0};
  neuron.vInit = {0, 0, 0, 0};
  // Column 2 gets input in step 1 only: its membrane 4 is 2, 1, 0 afterwards.
  const std::vector<int32_t> inputs = {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0,
                                       0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  std::vector<uint8_t> spikes(24), effective(24);
  std::vector<int64_t> membranes;
  REQUIRE(!updateNeurons<int32_t>(neuron, 0, 4, 0, 6, inputs, spikes, effective, membranes));
  CHECK(effective == std::vector<uint8_t>{0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0,
                                          0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0});
}
