// HostOp: an operation of the host, plain data.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_HOSTOP_H
#define SYNFIRE_SIMULATOR_PROGRAM_HOSTOP_H

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace synfire::sim {

/// Index into Program::ops. Every count and every joule belongs to one op.
using OpId = int32_t;

/// What the host can compute: float64, by the rules of dialect/RATIONALE.md,
/// section 2. `Normalize` is a batch or a power norm.
enum class HostOpKind {
  TokenLookup,
  PositionLookup,
  Code,
  Binarize,
  Concat,
  Slice,
  Repeat,
  Dequantize,
  Inject,
  Add,
  Logic,
  Linear,
  LayerNorm,
  Normalize,
  Scale,
  Gelu,
  Relu,
  Softmax,
  ClipFloor,
  Neuron,
  SoftmaxAttention,
  Recombine,
};

enum class HostCode { OneHot, Binary, BinaryLeft };
enum class HostCodeSource { Token, Position, TokenAtPosition };
enum class HostLogic { Or, And, Iand };
enum class HostRecombination { Mean, Sum, Concatenate, Last };
enum class HostReset { Hard, Soft, None };

/// i[t] = currentDecay i[t-1] + currentGain I[t] where it filters, else I[t];
/// v[t] = (decay v'[t-1] + gain i[t]) + bias, in reals.
struct HostNeuron {
  double decay = 1, gain = 1, bias = 0, vReset = 0, vInit = 0;
  bool filters = false;
  double currentDecay = 0, currentGain = 1;
  HostReset reset = HostReset::Hard;
  bool strict = false; ///< fires where v > threshold, else where v >= threshold
};

/// One operation. For every token it yields `steps` rows of `columns` values; of
/// the fields below, each kind reads those that name it.
struct HostOp {
  OpId op = -1;
  HostOpKind kind = HostOpKind::Concat;
  std::vector<int32_t> inputs; ///< indices of host ops, before this one
  int32_t columns = 0;
  int32_t steps = 1;
  double threshold = 0;                   ///< Binarize: 1 if x >= threshold
  std::span<const float> table;           ///< lookups, Linear: rows x columns, row major
  std::shared_ptr<const void> tableOwner; ///< keeps `table` alive
  int32_t tableRows = 0, tableColumns = 0;
  bool transposed = false;          ///< Linear: table is [inputs, columns], else [columns, inputs]
  int32_t readout = -1;             ///< Dequantize: index of a population
  std::vector<double> scale;        ///< Dequantize: real = (integer * scale) * 2^-fractionBits
  int32_t fractionBits = 0;         ///< Dequantize
  std::vector<double> factor;       ///< Linear, norms, Scale; one per column
  std::vector<double> offset;       ///< likewise; empty: Scale adds nothing
  std::vector<double> mean, spread; ///< Normalize; one per column
  double eps = 0;                   ///< norms
  std::vector<double> thresholds;   ///< Neuron, ClipFloor; one per column
  int32_t levels = 1;               ///< ClipFloor
  HostNeuron neuron;
  int32_t heads = 1, kvHeads = 1; ///< SoftmaxAttention
  double attentionScale = 1;
  bool causal = false;
  HostCode code = HostCode::OneHot;
  HostCodeSource source = HostCodeSource::Token;
  int64_t size = 1;       ///< Code: indices
  int64_t vocabulary = 0; ///< Code of TokenAtPosition, else 0
  int32_t from = 0;       ///< Slice: its first column
  HostLogic logic = HostLogic::Or;
  HostRecombination recombination = HostRecombination::Mean;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_HOSTOP_H
