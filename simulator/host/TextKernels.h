// TextKernels: kernels at the model's input: the given tensor, tables, codes, and kernels that
// rearrange features.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_TEXTKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_TEXTKERNELS_H

#include "simulator/host/KernelRules.h"

namespace synfire::sim::host {

/// The tensor that the run is given: spikes or reals.
class Input final : public MovingKernel {
public:
  int64_t largest = 0; ///< the largest spike that the tensor may hold; 0: it holds reals

  const char *name() const override { return "input"; }
  size_t inputs() const override { return 0; }
  bool isInput() const override { return true; }
  std::string check(const HostValues &) const override {
    return largest >= 0 ? "" : "its largest spike is negative";
  }
  int64_t largestSpike(std::span<const HostValue>) const override { return largest; }
  void hash(Hasher &hasher) const override { hasher.add(largest); }
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

/// Base of the kernels whose result is a row of a table.
class Lookup : public MovingKernel {
public:
  std::vector<float> table; ///< rows x columns, row major
  int32_t rows = 0, columns = 0;

  size_t inputs() const override { return 0; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &hasher) const override { hasher.add(table); }

protected:
  std::string copyRow(int32_t row, const char *what, std::span<double> result) const;
};

/// The row whose index is the token's id.
class TokenLookup final : public Lookup {
public:
  const char *name() const override { return "token_lookup"; }
  std::string evaluate(const HostToken &token, std::span<double> result) const override {
    return copyRow(token.id, "token", result);
  }
};

/// The row whose index is the token's position.
class PositionLookup final : public Lookup {
public:
  const char *name() const override { return "position_lookup"; }
  std::string evaluate(const HostToken &token, std::span<double> result) const override {
    return copyRow(token.position, "position", result);
  }
};

/// A code of an index as spikes, one bit per column. The index is the token's id, its position, or
/// position * vocabulary + id (TokenAtPosition).
class Code final : public MovingKernel {
public:
  enum class Form { OneHot, Binary, BinaryLeft } form = Form::OneHot;
  enum class Source { Token, Position, TokenAtPosition } source = Source::Token;
  int64_t size = 1;       ///< number of indices: each index is below it
  int64_t vocabulary = 0; ///< number of token ids for TokenAtPosition; otherwise 0

  const char *name() const override { return "code"; }
  size_t inputs() const override { return 0; }
  std::string check(const HostValues &values) const override;
  int64_t largestSpike(std::span<const HostValue>) const override { return 1; }
  void hash(Hasher &hasher) const override;
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
  /// Writes the code of `index`, which must be below `size`, to `result`: 0 or 1 per column.
  void codeIndex(int64_t index, std::span<double> result) const;
};

/// Turns reals into spikes: 1 when x >= threshold, otherwise 0.
class Binarize final : public ElementwiseKernel<Binarize, MovingKernel> {
public:
  double threshold = 0;

  const char *name() const override { return "binarize"; }
  std::string check(const HostValues &values) const override {
    return firstOf({checkAlike(values), checkConstants({threshold})});
  }
  int64_t largestSpike(std::span<const HostValue>) const override { return 1; }
  void hash(Hasher &hasher) const override { hasher.add(threshold); }
  double apply(double x, size_t) const { return x >= threshold ? 1 : 0; }
};

/// Base of the kernels that rearrange values without changing them; spikes remain spikes.
class HandingOnKernel : public MovingKernel {
public:
  int64_t largestSpike(std::span<const HostValue> inputs) const override {
    return largestOfInputs(inputs);
  }
};

/// Puts the rows of all inputs side by side, in the order of the inputs.
class Concat final : public HandingOnKernel {
public:
  const char *name() const override { return "concat"; }
  size_t inputs() const override { return kOneOrMore; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &) const override {}
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

/// A range of columns of the input, as many as the result has.
class Slice final : public HandingOnKernel {
public:
  int32_t from = 0; ///< the first column of the range

  const char *name() const override { return "slice"; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &hasher) const override { hasher.add(from); }
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

/// Repeats the input, which has one row, in every time step.
class Repeat final : public HandingOnKernel {
public:
  const char *name() const override { return "repeat"; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &) const override {}
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

} // namespace synfire::sim::host

#endif // SYNFIRE_SIMULATOR_HOST_TEXTKERNELS_H
