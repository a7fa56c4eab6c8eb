// HostKernel: what a kind of operation of the host is, to all that handle it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_HOSTKERNEL_H
#define SYNFIRE_SIMULATOR_PROGRAM_HOSTKERNEL_H

#include "simulator/program/Hasher.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace synfire::sim {

/// Numbers of one value for one token: steps x columns, row major.
using HostRows = std::span<const double>;

/// How many numbers a value has for each token, and what is known of them.
struct HostValue {
  int32_t steps = 1, columns = 0;
  /// Largest spike, when all numbers are spikes; 0: they are reals.
  int64_t largestSpike = 0;

  int64_t size() const { return int64_t{steps} * columns; }
};

/// The result of an operation and its inputs; `largestSpike` is known of inputs
/// that are being checked alone.
struct HostValues {
  HostValue result;
  std::span<const HostValue> inputs;
};

/// Work of one token, all its time steps together.
struct HostWork {
  int64_t macs = 0; ///< products of linears and of attention, zero inputs included
  /// Values that norms, activations, additions, neurons, sums over time and the
  /// softmax of attention yield. Moving and looking up values is no work here.
  int64_t elements = 0;
};

/// One token of a run, as a kernel sees it.
class HostToken {
public:
  HostToken(HostValues values, int32_t position, int32_t id, int32_t tokens)
      : values(values), position(position), id(id), tokens(tokens) {}
  virtual ~HostToken() = default;

  /// Input `index` of another token. Precondition: HostKernel::readsTokens(index).
  virtual HostRows input(size_t index, int32_t token) const = 0;
  /// Input `index` of this token.
  virtual HostRows input(size_t index) const = 0;
  /// Integers of the readout. Precondition: HostKernel::readsReadout().
  virtual std::span<const int64_t> readout(int32_t step) const = 0;

  const HostValues values;
  const int32_t position, id; ///< in the text, and in the vocabulary
  const int32_t tokens;       ///< of the text
};

/// One kind of operation with its parameters. Kinds stand in simulator/host, each
/// with the rule of dialect/RATIONALE.md, section 2, in float64.
class HostKernel {
public:
  virtual ~HostKernel() = default;

  /// The kind, as reports call it.
  virtual const char *name() const = 0;

  static constexpr size_t kOneOrMore = ~size_t{0};
  virtual size_t inputs() const { return 1; }
  /// Whether it reads integers of the chip: HostOp::readout, and no inputs.
  virtual bool readsReadout() const { return false; }
  /// Whether it reads an input of other tokens, too: earlier ones, and later ones
  /// if `readsLaterTokens`.
  virtual bool readsTokens(size_t /*input*/) const { return false; }
  virtual bool readsLaterTokens() const { return false; }
  /// Whether a dump of spikes holds its own: those of neurons and sums, which do
  /// not follow from the token ids by a table.
  virtual bool isDumped() const { return false; }

  /// First violated rule of shapes and parameters, empty when there is none.
  /// Precondition: as many inputs as inputs() says, steps and columns positive.
  virtual std::string check(const HostValues &values) const = 0;
  /// Largest spike of the result, 0 when it is not all spikes. Precondition: checked.
  virtual int64_t largestSpike(std::span<const HostValue> /*inputs*/) const { return 0; }
  /// Work of the token at `position` of `tokens`.
  virtual HostWork work(const HostValues &values, int32_t position, int32_t tokens) const = 0;
  /// Adds every parameter that the result depends on.
  virtual void hash(Hasher &hasher) const = 0;
  /// Computes one token; empty, or what its id or position lacks.
  virtual std::string evaluate(const HostToken &token, std::span<double> result) const = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_HOSTKERNEL_H
