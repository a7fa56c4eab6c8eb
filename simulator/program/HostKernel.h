// HostKernel: the interface of a kind of host operation: its rules, its work and its computation.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_HOSTKERNEL_H
#define SYNFIRE_SIMULATOR_PROGRAM_HOSTKERNEL_H

#include "simulator/program/Hasher.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace synfire::sim {

/// The numbers of one value for one position (Population): steps x columns, row major.
using HostRows = std::span<const double>;

/// The shape of a value for one position, and whether its numbers are spikes.
struct HostValue {
  int32_t steps = 1, columns = 0;
  /// When all numbers are spikes: the largest that is possible. 0 when the numbers are reals.
  int64_t largestSpike = 0;
  int32_t points = 1; ///< of the grid

  int64_t size() const { return int64_t{steps} * columns; }
};

/// The result and the inputs of an operation. `largestSpike` is set for the inputs only, and only
/// when HostKernel::check() is called.
struct HostValues {
  HostValue result;
  std::span<const HostValue> inputs;
};

/// The work of an operation for one position, over all time steps.
struct HostWork {
  int64_t macs = 0; ///< multiply-accumulates of linears and attention, zero inputs included
  /// Numbers that norms, activations, additions, neurons, sums over time and the softmax of
  /// attention compute. Moving and looking up numbers does not count.
  int64_t elements = 0;
};

/// What a kernel may read while it computes one position: a token of a text, or a point of a grid.
/// What is said of tokens here holds for the points of a grid in the same way.
class HostToken {
public:
  HostToken(HostValues values, int32_t position, int32_t id, int32_t tokens)
      : values(values), position(position), id(id), tokens(tokens) {}
  virtual ~HostToken() = default;

  /// Input `index` for the token at position `token`. Precondition: readsTokens(index) of the
  /// kernel, or mixesPoints().
  virtual HostRows input(size_t index, int32_t token) const = 0;
  /// Input `index` for this token.
  virtual HostRows input(size_t index) const = 0;
  /// The integers of the readout after time step `step` (0 for a readout that the host reads once
  /// per token), one per column. Precondition: readsReadout() of the kernel.
  virtual std::span<const int64_t> readout(int32_t step) const = 0;
  /// The numbers of the run's input tensor for this token: as many as the result has. Precondition:
  /// isInput() of the kernel.
  virtual HostRows given() const = 0;

  const HostValues values;
  const int32_t position; ///< of the token in the text, from 0
  const int32_t id;       ///< the token's id in the vocabulary; kNoTokenId of a point
  const int32_t tokens;   ///< number of tokens of the text, or of points of the result
};

/// A host operation with its parameters. simulator/host has a class for each kind; they compute in
/// float64 what dialect/RATIONALE.md, section 2, defines.
class HostKernel {
public:
  virtual ~HostKernel() = default;

  /// The name of the kind, for reports and messages.
  virtual const char *name() const = 0;
  static constexpr size_t kOneOrMore = ~size_t{0};
  /// The number of inputs that the kind takes, or kOneOrMore.
  virtual size_t inputs() const { return 1; }
  /// Whether the kernel reads the integers of a readout (HostOp::readout); then it has no inputs.
  virtual bool readsReadout() const { return false; }
  /// Whether the result is the tensor that the run is given as its input.
  virtual bool isInput() const { return false; }
  /// Whether the kernel reads this input for other tokens than its own: for earlier ones, and when
  /// readsLaterTokens() is true for later ones, too.
  virtual bool readsTokens(size_t /*input*/) const { return false; }
  virtual bool readsLaterTokens() const { return false; }
  /// Whether the kernel reads all points of its input's grid. Only such a kernel may yield another
  /// number of points than its inputs have.
  virtual bool mixesPoints() const { return false; }
  /// Whether `--dump` writes the spikes of the result. True for neurons, gates and sums;
  /// spikes that a table or code gives for a token id need no dump.
  virtual bool isDumped() const { return false; }
  /// Returns a message about the first broken rule of shapes or parameters; empty when there is
  /// none. Precondition: the number of inputs agrees with inputs(); steps and columns are positive.
  virtual std::string check(const HostValues &values) const = 0;
  /// The largest spike that the result can hold; 0 when the result is real. Precondition: check()
  /// has found no fault.
  virtual int64_t largestSpike(std::span<const HostValue> /*inputs*/) const { return 0; }
  /// The work for the token at `position` of a text of `tokens` tokens, or a point of a grid.
  virtual HostWork work(const HostValues &values, int32_t position, int32_t tokens) const = 0;
  /// Adds to `hasher` every parameter on which the result depends.
  virtual void hash(Hasher &hasher) const = 0;
  /// Computes one token and writes steps x columns numbers, row major, to `result`. Returns an
  /// empty string, or a message when a table or code has no row for the token's id or position.
  virtual std::string evaluate(const HostToken &token, std::span<double> result) const = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_HOSTKERNEL_H
