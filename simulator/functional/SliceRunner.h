// SliceRunner: computes one slice for a range of positions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_SLICERUNNER_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_SLICERUNNER_H

#include "simulator/functional/NeuronKernel.h"
#include "simulator/program/Program.h"
#include "simulator/trace/ActivityTrace.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synfire::sim {

/// A value that does not fit its bits: a membrane, or the sum of a graded spike. Of several
/// failures the smallest is reported, by position, then step, then column.
struct SliceFailure {
  int32_t position = 0, step = 0, column = 0;
  int64_t value = 0;
  bool ofCurrent = false; ///< the filtered current, not the membrane
  int32_t attention = -1; ///< whose score neuron it is; -1: a neuron of the population
  friend auto operator<=>(const SliceFailure &, const SliceFailure &) = default;
};

/// Time steps [first, last) of a token.
struct StepRange {
  int32_t first = 0, last = 0;
  int32_t count() const { return last - first; }
};

/// Computes slices in scratch memory of its own; each worker has one. Several runners may compute
/// slices of one population at the same time. Such slices share words of the trace, and therefore
/// runners write words by atomic OR.
class SliceRunner {
public:
  explicit SliceRunner(const Program &program);

  /// Computes positions [first, last) of a slice from the spikes of its source populations in
  /// `trace`, and writes the slice's spikes or readouts to `trace`. `wide` says that sums need 64
  /// bits. Stops at the first failure and returns it. Neurons that run across tokens need the
  /// positions before `first` computed.
  std::optional<SliceFailure> run(const Slice &slice, bool wide, int32_t first, int32_t last,
                                  ActivityTrace &trace);
  /// Computes one time step of a slice of neurons or graded sums at one position. `states` has what
  /// the call for the step before has left there, and is empty before step 0.
  std::optional<SliceFailure> runStep(const Slice &slice, bool wide, int32_t position, int32_t step,
                                      std::vector<int64_t> &states, ActivityTrace &trace);

private:
  template <typename Sum>
  std::optional<SliceFailure> runPosition(const Slice &slice, int32_t position, StepRange steps,
                                          std::vector<Sum> &sums, std::vector<int64_t> &states,
                                          ActivityTrace &trace);
  /// Sets `sums` to the input of the slice's neurons; fails where a score neuron does.
  template <typename Sum>
  std::optional<NeuronOverflow> addInput(const Slice &slice, int32_t position, StepRange steps,
                                         const ActivityTrace &trace, std::vector<Sum> &sums);
  template <typename Sum>
  std::optional<NeuronOverflow> integrate(const Slice &slice, const std::vector<Sum> &sums,
                                          int32_t position, ActivityTrace &trace);
  template <typename Sum>
  void addBlock(const Slice &slice, const SynapseBlock &block, int32_t position, int32_t step,
                const ActivityTrace &trace, Sum *sums);
  /// The parts of addBlock() by encoding, for one plane of the source's spikes.
  template <typename Sum>
  void addDense(const Slice &slice, const SynapseBlock &block, int32_t position, int32_t step,
                int32_t plane, const ActivityTrace &trace, Sum *sums);
  template <typename Sum>
  void addSparse(const Slice &slice, const SynapseBlock &block, int32_t position, int32_t step,
                 int32_t plane, const ActivityTrace &trace, Sum *sums);
  template <typename Sum>
  void addConv(const Slice &slice, const SynapseBlock &block, int32_t position, int32_t step,
               int32_t plane, const ActivityTrace &trace, Sum *sums);
  template <typename Sum>
  std::optional<NeuronOverflow> runNeurons(const Slice &slice, const std::vector<Sum> &sums,
                                           int32_t position, StepRange steps,
                                           std::vector<int64_t> &states, ActivityTrace &trace);
  template <typename Sum>
  std::optional<NeuronOverflow> emitSums(const Slice &slice, const std::vector<Sum> &sums,
                                         int32_t position, StepRange steps, ActivityTrace &trace);
  /// Calls visit(i) for each source neuron i of the block's projection at the position `from` whose
  /// spike takes effect in this step.
  template <typename Visitor>
  void forEachDue(const SynapseBlock &block, int32_t from, int32_t step, int32_t plane,
                  const ActivityTrace &trace, Visitor visit) const;

  /// Columns of a projection's source with the same delay.
  struct DelayGroup {
    int32_t delay = 0;
    std::vector<uint64_t> columns = {}; ///< as in the trace; empty: all
  };

  const Program &program;
  std::vector<std::vector<DelayGroup>> delaysOf; ///< by projection
  std::vector<int32_t> narrowSums;               ///< [step][column of the slice]
  std::vector<int64_t> wideSums;
  std::vector<int64_t> states, before; ///< of the slice's neurons, [word][column of the slice]
  std::vector<uint8_t> spikes;         ///< [step][column of the slice]
  std::vector<uint8_t> effective;      ///< in the same layout: 1 where an update can have an effect
  std::vector<int32_t> rows;           ///< the rows of the present block whose sources spiked
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_SLICERUNNER_H
