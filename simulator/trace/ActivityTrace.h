// ActivityTrace: every spike of a run, bit-packed, and the readouts.
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

/// What every neuron did for every token and time step. Per population the
/// words lie as [token][step][plane][word]; column c is bit c % 64 of word
/// c / 64, unused bits are 0. Plane p of a graded spike holds bit p of its
/// value (a binary population has one plane). A readout keeps one int64 per
/// token, column and, if it is read per step, step instead.
///
/// It is also the functional engine's whole state between tokens: attention
/// reads the K and V spikes of earlier tokens from here, softmax attention of the
/// host their keys and values. Logits are kept, too.
///
/// Indices are the caller's duty: population < Program::populations.size(),
/// token < tokens(), step < timeSteps(), plane < planes(population).
class ActivityTrace {
public:
  /// An empty trace for runs of `program` (validated).
  explicit ActivityTrace(const Program &program);

  int32_t tokens() const { return static_cast<int32_t>(ids.size()); }
  int32_t timeSteps() const { return steps; }
  /// Of one population: the program's, but for spikes that the host keeps to itself.
  int32_t timeSteps(int32_t population) const { return rows[population].steps; }
  std::span<const int32_t> tokenIds() const { return ids; }
  int32_t columns(int32_t population) const { return rows[population].columns; }
  int32_t planes(int32_t population) const { return rows[population].planes; }
  int32_t wordsPerPlane(int32_t population) const { return rows[population].words; }

  /// Packed bits of one plane.
  std::span<const uint64_t> plane(int32_t population, int32_t token, int32_t step,
                                  int32_t plane = 0) const {
    const Rows &r = rows[population];
    return {r.bits.data() + r.offset(token, step, plane), static_cast<size_t>(r.words)};
  }
  std::span<uint64_t> plane(int32_t population, int32_t token, int32_t step, int32_t plane = 0) {
    Rows &r = rows[population];
    return {r.bits.data() + r.offset(token, step, plane), static_cast<size_t>(r.words)};
  }

  /// Packed bits of the neurons whose update could have an effect: input,
  /// membrane or bias not 0 (threshold neurons only).
  std::span<const uint64_t> effective(int32_t population, int32_t token, int32_t step) const {
    const Rows &r = rows[population];
    return std::span(r.effective)
        .subspan(r.effectiveOffset(token, step), static_cast<size_t>(r.words));
  }
  std::span<uint64_t> effective(int32_t population, int32_t token, int32_t step) {
    Rows &r = rows[population];
    return std::span(r.effective)
        .subspan(r.effectiveOffset(token, step), static_cast<size_t>(r.words));
  }
  /// Those of columns [firstColumn, firstColumn + columns).
  int32_t countEffective(int32_t population, int32_t token, int32_t step, int32_t firstColumn,
                         int32_t columns) const;

  /// Value of a spike: 0 is none, 1 a binary spike, more a graded one.
  int32_t value(int32_t population, int32_t token, int32_t step, int32_t column) const;

  /// Calls visit(column, value) for every spike, columns ascending.
  template <typename Visitor>
  void forEachSpike(int32_t population, int32_t token, int32_t step, Visitor visit) const {
    const Rows &r = rows[population];
    const uint64_t *base = r.bits.data() + r.offset(token, step, 0);
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

  /// Spikes (of any value) of one time step, or of the whole run.
  int64_t countSpikes(int32_t population, int32_t token, int32_t step) const;
  int64_t countSpikes(int32_t population) const;

  /// A readout's integers, one per column: after a step, or, where it integrates
  /// over the token (step 0 then), after the token's last.
  std::span<const int64_t> readout(int32_t population, int32_t token, int32_t step = 0) const;
  std::span<int64_t> readout(int32_t population, int32_t token, int32_t step = 0);

  /// Whether the values of a host op stay here: the program's result, and keys
  /// and values of softmax attention. Then those of a token, [step][column].
  bool keeps(int32_t hostOp) const { return hostTensors[hostOp].size > 0; }
  std::span<const double> kept(int32_t hostOp, int32_t token) const;
  std::span<double> kept(int32_t hostOp, int32_t token);

  /// Adds silent tokens at the end; the engine fills them in.
  void appendTokens(std::span<const int32_t> tokenIds);
  /// Forgets all but the first `count` tokens.
  void truncate(int32_t count);

  /// Identity of what was run: Program::hash, and the hash of its numeric
  /// profile (weight bits, state bits, leak arithmetic, time steps).
  uint64_t programHash() const { return program; }
  uint64_t profileHash() const { return profile; }
  /// Empty when this trace belongs to `program`, else why it is refused.
  std::string mismatch(const Program &program) const;

  friend bool operator==(const ActivityTrace &, const ActivityTrace &) = default;

private:
  struct Rows {
    int32_t columns = 0, planes = 0, words = 0, steps = 0;
    int32_t readoutSteps = 0; ///< rows of a readout per token
    std::vector<uint64_t> bits, effective;
    std::vector<int64_t> readouts;
    bool hasMembranes = false;

    size_t offset(int32_t token, int32_t step, int32_t plane) const {
      return ((static_cast<size_t>(token) * steps + step) * planes + plane) * words;
    }
    size_t effectiveOffset(int32_t token, int32_t step) const {
      return (static_cast<size_t>(token) * steps + step) * words;
    }
    friend bool operator==(const Rows &, const Rows &) = default;
  };

  /// What is kept of a host op: `size` values per token.
  struct HostTensor {
    size_t size = 0;
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
