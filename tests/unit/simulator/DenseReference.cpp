// DenseReference: four loops where the engine has kernels. It shares no
// arithmetic with the engine: no bits, no slices, no shifts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/simulator/DenseReference.h"

#include "support/Message.h"

namespace synfire::sim {
namespace {

int64_t power(int32_t exponent) {
  int64_t result = 1;
  for (int32_t i = 0; i < exponent; ++i)
    result *= 2;
  return result;
}

/// product / divisor, rounded by division and remainder.
int64_t divide(int64_t product, int64_t divisor, Rounding rounding) {
  int64_t quotient = product / divisor, rest = product % divisor;
  if (rest < 0) { // make it the floor
    rest += divisor;
    --quotient;
  }
  switch (rounding) {
  case Rounding::Floor:
    return quotient;
  case Rounding::TowardZero:
    return rest != 0 && product < 0 ? quotient + 1 : quotient;
  case Rounding::Nearest:
    break;
  }
  if (2 * rest == divisor)
    return quotient % 2 == 0 ? quotient : quotient + 1;
  return 2 * rest > divisor ? quotient + 1 : quotient;
}

class Run {
public:
  Run(const Program &program, const std::vector<Matrix> &weights, const Matrix &codes,
      const std::vector<int32_t> &tokens)
      : program(program), weights(weights), codes(codes), tokens(tokens) {}

  DenseActivity all() {
    for (const Population &population : program.populations) {
      activity.emplace_back(
          tokens.size(), std::vector(program.timeSteps, std::vector<int64_t>(population.columns)));
      states.emplace_back(tokens.size(), std::vector<State>(population.columns));
      computed.emplace_back(tokens.size(), 0);
    }
    for (size_t p = 0; p < program.populations.size(); ++p)
      for (size_t n = 0; n < tokens.size(); ++n)
        values(static_cast<int32_t>(p), n, program.timeSteps - 1);
    return std::move(activity);
  }

private:
  struct State {
    int64_t v = 0, i = 0;
  };

  /// What a population emits at a token and time step. It is computed when somebody asks for it, so
  /// that cycles, tokens and steps need no order here.
  const std::vector<int64_t> &values(int32_t p, size_t n, int32_t t) {
    while (computed[p][n] <= t) {
      const int32_t next = computed[p][n];
      if (next == 0)
        start(p, n);
      for (int32_t c = 0; c < program.populations[p].columns; ++c)
        step(p, n, next, c);
      computed[p][n] = next + 1;
    }
    return activity[p][n][t];
  }

  void start(int32_t p, size_t n) {
    const Population &population = program.populations[p];
    const NeuronParameters &neuron = population.neuron;
    if (neuron.acrossTokens && n > 0) {
      values(p, n - 1, program.timeSteps - 1);
      states[p][n] = states[p][n - 1];
      return;
    }
    for (int32_t c = 0; c < population.columns; ++c)
      states[p][n][c].v = population.kind == PopulationKind::Readout ? neuron.bias[c]
                          : neuron.vInit.empty()                     ? 0
                                                                     : neuron.vInit[c];
  }

  void step(int32_t p, size_t n, int32_t t, int32_t c) {
    const Population &population = program.populations[p];
    const NeuronParameters &neuron = population.neuron;
    auto &[v, i] = states[p][n][c];
    int64_t &value = activity[p][n][t][c];
    if (population.kind == PopulationKind::HostSpikes) {
      value = codes[tokens[n]][c];
    } else if (population.kind == PopulationKind::GradedSum) {
      value = input(p, n, t, c);
    } else if (population.kind == PopulationKind::Readout) {
      v += input(p, n, t, c) * power(neuron.fractionBits);
      activity[p][n][0][c] = v;
    } else {
      const bool filters = neuron.filters();
      const int64_t places = filters ? neuron.currentFractionBits : neuron.fractionBits;
      const int64_t decay = filters ? entryOf(neuron.currentDecay, c) : 0,
                    shift = filters ? entryOf(neuron.currentShift, c) : 0;
      i = divide(i * decay, power(shift), neuron.leakRounding) + input(p, n, t, c) * power(places) +
          neuron.bias[c];
      v = divide(v * entryOf(neuron.decay, c), power(entryOf(neuron.shift, c)),
                 neuron.leakRounding) +
          i * power(neuron.fractionBits - places) + (filters ? neuron.membraneBias[c] : 0);
      if (v >= neuron.threshold[c]) {
        value = 1;
        v = !neuron.softReset          ? entryOf(neuron.vReset, c)
            : neuron.decrement.empty() ? v - neuron.threshold[c]
                                       : v - neuron.decrement[c];
      }
    }
  }

  int64_t input(int32_t p, size_t n, int32_t t, int32_t c) {
    int64_t sum = 0;
    for (size_t i = 0; i < program.projections.size(); ++i) {
      const Projection &projection = program.projections[i];
      if (projection.target != p || (projection.lastStepOnly && t + 1 != program.timeSteps))
        continue;
      const auto spike = [&](size_t r) {
        const int32_t delay = projection.delays.empty()       ? 0
                              : projection.delays.size() == 1 ? projection.delays[0]
                                                              : projection.delays[r];
        return t < delay ? 0 : values(projection.source, n, t - delay)[r];
      };
      const size_t rows = program.populations[projection.source].columns;
      if (projection.encoding == SynapseEncoding::Sparse)
        sum += spike(c) * weights[i][0][c];
      else
        for (size_t r = 0; r < rows; ++r)
          sum += spike(r) * weights[i][r + static_cast<size_t>(t) * projection.rowStride][c];
    }
    for (const Attention &attention : program.attentions)
      if (attention.target == p)
        sum += attend(attention, n, t, c);
    return sum;
  }

  /// sum_m (q_n . k_m) v_m[c] over the columns of c's head.
  int64_t attend(const Attention &attention, size_t n, int32_t t, int32_t c) {
    const size_t visible = attention.causal ? n + 1 : tokens.size();
    const auto &q = values(attention.q, n, t);
    const size_t d = q.size() / attention.heads, head = c / d;
    // Adjacent heads of queries share a head of keys and values.
    const size_t keyHead = head / (attention.heads / attention.keyHeads);
    int64_t sum = 0;
    const auto scoreAt = [&](size_t m, int32_t step) {
      const auto &query = values(attention.q, n, step), &key = values(attention.k, m, step);
      int64_t score = 0;
      for (size_t j = 0; j < d; ++j)
        score += query[head * d + j] * key[keyHead * d + j];
      return score;
    };
    for (size_t m = 0; m < visible; ++m) {
      int64_t score = scoreAt(m, t);
      if (attention.score) {
        const NeuronParameters &neuron = *attention.score;
        int64_t v = neuron.vInit[0];
        for (int32_t step = 0; step <= t; ++step) {
          v = divide(v * neuron.decay[0], power(neuron.shift[0]), neuron.leakRounding) +
              scoreAt(m, step) * power(neuron.fractionBits) + neuron.bias[0];
          score = v >= neuron.threshold[0];
          if (score == 1)
            v = !neuron.softReset          ? neuron.vReset[0]
                : neuron.decrement.empty() ? v - neuron.threshold[0]
                                           : v - neuron.decrement[0];
        }
      }
      sum += score * values(attention.v, m, t)[keyHead * d + c % d];
    }
    return sum;
  }

  const Program &program;
  const std::vector<Matrix> &weights;
  const Matrix &codes;
  const std::vector<int32_t> &tokens;
  DenseActivity activity;
  std::vector<std::vector<std::vector<State>>> states; ///< by population, token and column
  std::vector<std::vector<int32_t>> computed;          ///< steps, by population and token
};

} // namespace

DenseActivity runDensely(const Program &program, const std::vector<Matrix> &weights,
                         const Matrix &codes, const std::vector<int32_t> &tokens) {
  return Run(program, weights, codes, tokens).all();
}

std::string difference(const Program &program, const ActivityTrace &trace,
                       const DenseActivity &dense) {
  for (size_t p = 0; p < program.populations.size(); ++p)
    for (int32_t n = 0; n < trace.tokens(); ++n)
      for (int32_t t = 0; t < program.timeSteps; ++t)
        for (int32_t c = 0; c < program.populations[p].columns; ++c) {
          const int32_t population = static_cast<int32_t>(p);
          const bool readout = program.populations[p].kind == PopulationKind::Readout;
          if (readout && t > 0)
            continue;
          const int64_t has =
              readout ? trace.readout(population, n)[c] : trace.value(population, n, t, c);
          if (has != dense[p][n][t][c])
            return message("population ", p, ", token ", n, ", step ", t, ", column ", c, ": has ",
                           has, ", needs ", dense[p][n][t][c]);
        }
  return {};
}

} // namespace synfire::sim
