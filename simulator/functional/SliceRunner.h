// SliceRunner: one slice for a run of tokens.
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

/// A value that left its bits, with the order in which failures are told.
struct SliceFailure {
  int32_t token = 0, step = 0, column = 0;
  int64_t value = 0;
  friend auto operator<=>(const SliceFailure &, const SliceFailure &) = default;
};

/// The scratch memory of one worker. Slices of one population may run at the
/// same time in several runners: they share words of the trace, which are
/// written by atomic OR.
class SliceRunner {
public:
  explicit SliceRunner(const Program &program) : program(program) {}

  /// Computes tokens [firstToken, lastToken) of a slice from the spikes of its
  /// sources and writes its own spikes (or readouts). `wide`: sums need 64
  /// bits. Stops at the first failure of these tokens.
  std::optional<SliceFailure> run(const Slice &slice, bool wide, int32_t firstToken,
                                  int32_t lastToken, ActivityTrace &trace);

private:
  template <typename Sum>
  std::optional<SliceFailure> runToken(const Slice &slice, int32_t token, std::vector<Sum> &sums,
                                       ActivityTrace &trace);
  template <typename Sum>
  void addBlock(const Slice &slice, const SynapseBlock &block, int32_t token, int32_t step,
                const ActivityTrace &trace, Sum *sums);
  template <typename Sum>
  std::optional<NeuronOverflow> emitSums(const Slice &slice, const std::vector<Sum> &sums,
                                         int32_t token, ActivityTrace &trace);
  void listRows(const SynapseBlock &block, const Projection &projection, int32_t token,
                int32_t step, int32_t plane, const ActivityTrace &trace);

  const Program &program;
  std::vector<int32_t> narrowSums; ///< [step][column of the slice]
  std::vector<int64_t> wideSums, states;
  std::vector<uint8_t> spikes;    ///< [step][column of the slice]
  std::vector<uint8_t> effective; ///< updates that could have an effect, likewise
  std::vector<int32_t> rows;      ///< rows of a block to be added
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_SLICERUNNER_H
