// ActivityTrace: all spikes of a run, one bit each, and the values of the readouts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_TRACE_ACTIVITYTRACE_H
#define SYNFIRE_SIMULATOR_TRACE_ACTIVITYTRACE_H

#include "simulator/program/Program.h"

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace synfire::sim {

/// Stands in ActivityTrace::tokenIds() for a token of an input tensor, which has no id.
inline constexpr int32_t kNoTokenId = -1;

/// The spikes of every neuron for every position (a token, or a point of a grid: Population) and
/// time step. The spikes of a population are 64-bit words with the layout
/// [position][step][plane][word]: column c is bit c % 64 of word c / 64, and unused bits are 0.
/// Plane p holds bit p of the value of a graded spike; a population of binary spikes has one plane.
/// A readout has no spikes but one int64 per position and column, or per position, time step and
/// column when the host reads it after every step.
///
/// Between tokens, the trace is also the whole state of the functional engine: attention reads the
/// K and V spikes of earlier tokens from it, softmax attention on the host reads their keys and
/// values, and neurons that run across tokens begin where they were. The trace keeps the logits,
/// too.
///
/// Preconditions of all methods: population < Program::populations.size(), position <
/// positions(population), step < timeSteps(population), plane < planes(population), hostOp <
/// Program::hostOps.size().
class ActivityTrace {
public:
  /// An empty trace for runs of `program`, which must have passed validate().
  explicit ActivityTrace(const Program &program);

  int32_t tokens() const { return static_cast<int32_t>(ids.size()); }
  int32_t timeSteps() const { return steps; }
  /// The time steps of one population. They are those of the program, except for spikes of a host
  /// op with fewer steps that only the host reads.
  int32_t timeSteps(int32_t population) const { return rows[population].steps; }
  std::span<const int32_t> tokenIds() const { return ids; }
  /// The tokens of the run times the points of the population, one of which is 1.
  int32_t positions(int32_t population) const { return tokens() * rows[population].points; }
  int32_t columns(int32_t population) const { return rows[population].columns; }
  int32_t planes(int32_t population) const { return rows[population].planes; }
  int32_t wordsPerPlane(int32_t population) const { return rows[population].words; }

  /// The words of one plane.
  std::span<const uint64_t> plane(int32_t population, int32_t position, int32_t step,
                                  int32_t plane = 0) const {
    const Rows &r = rows[population];
    return {r.bits.data() + r.offset(position, step, plane), static_cast<size_t>(r.words)};
  }
  std::span<uint64_t> plane(int32_t population, int32_t position, int32_t step, int32_t plane = 0) {
    Rows &r = rows[population];
    return {r.bits.data() + r.offset(position, step, plane), static_cast<size_t>(r.words)};
  }

  /// The words of a mask with a bit for each neuron whose update can have an effect, because its
  /// input, membrane or bias is not 0. Precondition: the population is of kind Neurons.
  std::span<const uint64_t> effective(int32_t population, int32_t position, int32_t step) const {
    const Rows &r = rows[population];
    return std::span(r.effective)
        .subspan(r.effectiveOffset(position, step), static_cast<size_t>(r.words));
  }
  std::span<uint64_t> effective(int32_t population, int32_t position, int32_t step) {
    Rows &r = rows[population];
    return std::span(r.effective)
        .subspan(r.effectiveOffset(position, step), static_cast<size_t>(r.words));
  }
  /// The number of bits set in that mask for columns [firstColumn, firstColumn + columns).
  int32_t countEffective(int32_t population, int32_t position, int32_t step, int32_t firstColumn,
                         int32_t columns) const;

  /// The value of a neuron's spike: 0 when it did not spike, 1 for a binary spike, up to
  /// 2^planes - 1 for a graded one.
  int32_t value(int32_t population, int32_t position, int32_t step, int32_t column) const;

  /// Calls visit(column, value) for every spike of one time step, in ascending order of columns.
  template <typename Visitor>
  void forEachSpike(int32_t population, int32_t position, int32_t step, Visitor visit) const {
    const Rows &r = rows[population];
    const uint64_t *base = r.bits.data() + r.offset(position, step, 0);
    for (int32_t w = 0; w < r.words; ++w) {
      uint64_t any = 0;
      for (int32_t p = 0; p < r.planes; ++p)
        any |= base[p * r.words + w];
      for (; any != 0; any &= any - 1) {
        const int bit = std::countr_zero(any);
        int32_t value = 0;
        for (int32_t p = 0; p < r.planes; ++p)
          value |= static_cast<int32_t>(base[p * r.words + w] >> bit & 1) << p;
        visit(w * 64 + bit, value);
      }
    }
  }

  /// The number of spikes, of any value, in one time step or in the whole run.
  int64_t countSpikes(int32_t population, int32_t position, int32_t step) const;
  int64_t countSpikes(int32_t population) const;

  /// The integers of a readout, one per column: after time step `step` when the host reads it after
  /// every step, otherwise after the last time step of the token, and then `step` must be 0.
  std::span<const int64_t> readout(int32_t population, int32_t position, int32_t step = 0) const;
  std::span<int64_t> readout(int32_t population, int32_t position, int32_t step = 0);

  /// A state of every neuron, one per column, after the last time step of a position: word 0 is the
  /// membrane, word 1 the filtered current. Precondition: the population's neurons run across
  /// tokens (NeuronParameters), and have that state.
  std::span<int64_t> states(int32_t population, int32_t position, int32_t word) {
    Rows &r = rows[population];
    return std::span(r.states).subspan(r.stateOffset(position) + size_t(word) * r.columns,
                                       static_cast<size_t>(r.columns));
  }

  /// Whether the trace keeps the result of a host op: it keeps the program's result, and keys and
  /// values of softmax attention.
  bool keeps(int32_t hostOp) const { return hostTensors[hostOp].size > 0; }
  /// The kept result for a position, steps x columns, row major. Precondition: keeps(hostOp).
  std::span<const double> kept(int32_t hostOp, int32_t position) const;
  std::span<double> kept(int32_t hostOp, int32_t position);

  /// The bytes that each token takes.
  double bytesPerToken() const;
  /// Adds tokens without spikes at the end; the engine then writes their spikes.
  void appendTokens(std::span<const int32_t> tokenIds);
  /// Forgets all but the first `count` tokens.
  void truncate(int32_t count);

  /// What was run: the functionalHash() and the numericProfileHash() of its program.
  uint64_t programHash() const { return program; }
  uint64_t profileHash() const { return profile; }
  /// Returns an empty string when this trace was made by a run of `program`, otherwise a message
  /// that says how the two differ.
  std::string mismatch(const Program &program) const;

  friend bool operator==(const ActivityTrace &, const ActivityTrace &) = default;

private:
  struct Rows {
    int32_t columns = 0, points = 1, planes = 0, words = 0, steps = 0;
    int32_t readoutSteps = 0; ///< rows that a readout has per position
    int32_t stateWords = 0;   ///< states that are kept of a neuron, 0 where none go on to a token
    std::vector<uint64_t> bits, effective;
    std::vector<int64_t> readouts, states;
    bool hasMembranes = false;

    size_t offset(int32_t position, int32_t step, int32_t plane) const {
      return ((static_cast<size_t>(position) * steps + step) * planes + plane) * words;
    }
    size_t effectiveOffset(int32_t position, int32_t step) const {
      return (static_cast<size_t>(position) * steps + step) * words;
    }
    size_t stateOffset(int32_t position) const {
      return static_cast<size_t>(position) * stateWords * columns;
    }
    friend bool operator==(const Rows &, const Rows &) = default;
  };

  /// The kept result of a host op: `size` numbers per position, 0 when it is not kept.
  struct HostTensor {
    size_t size = 0;
    int32_t points = 1;
    std::vector<double> values;
    friend bool operator==(const HostTensor &, const HostTensor &) = default;
  };

  int32_t steps = 0;
  uint64_t program = 0, profile = 0;
  std::vector<int32_t> ids;
  std::vector<Rows> rows;              ///< one per population
  std::vector<HostTensor> hostTensors; ///< one per host op
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_TRACE_ACTIVITYTRACE_H
