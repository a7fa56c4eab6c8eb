// TextKernels: the way in on the host: tables, codes, and how features are put together.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_TEXTKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_TEXTKERNELS_H

#include "simulator/host/KernelRules.h"

namespace synfire::sim::host {

/// A row of a table.
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

class TokenLookup final : public Lookup {
public:
  const char *name() const override { return "token_lookup"; }
  std::string evaluate(const HostToken &token, std::span<double> result) const override {
    return copyRow(token.id, "token", result);
  }
};

class PositionLookup final : public Lookup {
public:
  const char *name() const override { return "position_lookup"; }
  std::string evaluate(const HostToken &token, std::span<double> result) const override {
    return copyRow(token.position, "position", result);
  }
};

class Code final : public MovingKernel {
public:
  enum class Form { OneHot, Binary, BinaryLeft } form = Form::OneHot;
  enum class Source { Token, Position, TokenAtPosition } source = Source::Token;
  int64_t size = 1;       ///< indices
  int64_t vocabulary = 0; ///< of TokenAtPosition, else 0

  const char *name() const override { return "code"; }
  size_t inputs() const override { return 0; }
  std::string check(const HostValues &values) const override;
  int64_t largestSpike(std::span<const HostValue>) const override { return 1; }
  void hash(Hasher &hasher) const override;
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
  /// Code of an index that is below `size`: one bit per column.
  void codeIndex(int64_t index, std::span<double> result) const;
};

/// 1 if x >= threshold.
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

/// A kernel that hands spikes on as they are.
class HandingOnKernel : public MovingKernel {
public:
  int64_t largestSpike(std::span<const HostValue> inputs) const override {
    return largestOfInputs(inputs);
  }
};

/// Rows of the inputs side by side.
class Concat final : public HandingOnKernel {
public:
  const char *name() const override { return "concat"; }
  size_t inputs() const override { return kOneOrMore; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &) const override {}
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

class Slice final : public HandingOnKernel {
public:
  int32_t from = 0; ///< its first column

  const char *name() const override { return "slice"; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &hasher) const override { hasher.add(from); }
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

/// The same row in every time step.
class Repeat final : public HandingOnKernel {
public:
  const char *name() const override { return "repeat"; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &) const override {}
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

} // namespace synfire::sim::host

#endif // SYNFIRE_SIMULATOR_HOST_TEXTKERNELS_H
