// ProgramBuilder: small programs by hand, each population on a core of its own.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_SIMULATOR_PROGRAMBUILDER_H
#define SYNFIRE_TESTS_UNIT_SIMULATOR_PROGRAMBUILDER_H

#include "simulator/host/HeadKernels.h"
#include "simulator/host/TextKernels.h"
#include "simulator/program/Program.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace synfire::sim {

/// Changes the parameters of one host op's kernel, which is a `Kernel`.
template <typename Kernel, typename Change> void alterKernel(HostOp &op, Change change) {
  auto copy = std::make_shared<Kernel>(dynamic_cast<const Kernel &>(*op.kernel));
  change(*copy);
  op.kernel = std::move(copy);
}

/// Row-major integers, as a dense projection has them.
using Matrix = std::vector<std::vector<int32_t>>;

/// A 16 x 16 mesh of small cores for tests.
ChipModel testChip();

/// Builds a Program that passes validate(). Calls add populations in order;
/// finish() cuts them into slices of at most `sliceColumns` columns (whole
/// heads where attention leads to them), places them, and sets the hash.
class ProgramBuilder {
public:
  explicit ProgramBuilder(int32_t timeSteps, int32_t context = 64);

  /// Host spikes straight from the text: token id i has the bits codes[i].
  int32_t codes(const Matrix &codes, const std::string &name = "embed");
  /// Neurons with the same constants in all columns.
  int32_t neurons(const std::string &name, int32_t columns, int64_t threshold,
                  NeuronParameters constants = {});
  int32_t gradedSum(const std::string &name, int32_t columns, int32_t spikeBits);
  int32_t readout(const std::string &name, std::vector<int64_t> bias, double scale);
  /// A readout that the host reads in every step; the population's index. The
  /// dequantize is the newest host op.
  int32_t stepReadout(const std::string &name, std::vector<int64_t> bias, double scale);
  /// Adds an op of the host, its rows per token and its columns as given; its index.
  int32_t hostOp(const std::string &name, HostOp op);
  int32_t newestHostOp() const { return static_cast<int32_t>(p.hostOps.size()) - 1; }
  /// Spikes of a host op as a population.
  int32_t hostSpikes(int32_t hostOp, int32_t spikeBits = 1);
  /// Returns the projection's index. `rowPerStep`: `weights` has rows for every
  /// time step (a concatenating readout).
  int32_t dense(int32_t source, int32_t target, const Matrix &weights, bool rowPerStep = false,
                bool lastStepOnly = false, int32_t weightBits = 8);
  int32_t diagonal(int32_t source, int32_t target, const std::vector<int32_t> &weights);
  /// Makes the spikes of a projection late: one delay, or one for each column of its source.
  void delay(int32_t projection, std::vector<int32_t> steps) {
    p.projections[projection].delays = std::move(steps);
  }
  int32_t attention(int32_t q, int32_t k, int32_t v, int32_t target, HeadGroups heads, bool causal);

  Attention &attentionOf(int32_t index) { return p.attentions[index]; }
  NeuronParameters &neuronOf(int32_t population) { return p.populations[population].neuron; }
  /// Weights as they were given, per projection; a diagonal is one row.
  const std::vector<Matrix> &matrices() const { return weights; }
  /// The builder owns the weights: it must outlive what it returns.
  Program finish(int32_t sliceColumns = 1 << 20);

private:
  OpId row(const std::string &name, const std::string &kind, Where where = Where::Chip);
  int32_t population(Population population);
  int32_t hostStage(int32_t hostOp) const;
  Slice makeSlice(int32_t population, int32_t firstColumn, int32_t columns);

  Program p;
  std::vector<Matrix> weights;
  std::vector<std::shared_ptr<std::vector<std::byte>>> owned; ///< blocks of slices
};

} // namespace synfire::sim

#endif // SYNFIRE_TESTS_UNIT_SIMULATOR_PROGRAMBUILDER_H
