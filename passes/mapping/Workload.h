// Workload: what has to be mapped: populations and what feeds them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_WORKLOAD_H
#define SYNFIRE_PASSES_MAPPING_WORKLOAD_H

#include "passes/mapping/NeuronBlock.h"
#include "support/GridWindow.h"
#include "support/HeadGroups.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synfire::mapping {

/// Share of a population's neurons that are taken to fire in a time step while
/// no measured rates are known; only ratios between populations matter.
inline constexpr double kDefaultFiringRate = 0.2;

/// Neurons (or the host's wires) that spike together.
struct Population {
  std::string name;
  int64_t columns = 0;
  bool onHost = false;                    ///< enters through the host's port, is never sliced
  double firingRate = kDefaultFiringRate; ///< expected spikes per column and step
  std::vector<int> readouts = {};         ///< of the host's: readouts that it is computed from
  /// Of the host's: all readouts that the host reads before it sends these spikes.
  std::vector<int> readBefore = {};
  int64_t points = 1;    ///< of its grid: it has columns x points neurons
  int64_t spikeBits = 1; ///< of a graded spike
};

/// Synapses from one population into another; indices into Workload.
struct Projection {
  int source = -1, target = -1;
  int64_t rows = 0, columns = 0;
  bool diagonal = false; ///< one synapse per column, else rows x columns
  int64_t weightBits = 8;
  /// Not 0: every time step has rows of its own, this many, which is all columns of the source.
  int64_t rowStride = 0;
  /// Which points of the source each point of the target reads; none: all of them.
  std::optional<GridWindow> window = {};
  bool conv = false;  ///< rows x columns weights for all points; needs a window
  int64_t groups = 1; ///< of a convolution: each reads as many of the source's columns
  /// How many weights of the columns before each one are not 0, and of all: columns + 1 entries.
  /// Empty where blocks store all weights.
  std::vector<int64_t> nonzerosBefore = {};
  /// By how many time steps spikes take effect late: no entry where they do not, one for all
  /// columns of the source, or one for each.
  std::vector<int64_t> delays = {};
  /// Whether the target updates no later in a time step than the source, so that its next update
  /// after a spike is that of the next step.
  bool wrapsStep = false;

  /// Whether every spike takes effect in a later time step.
  bool isLate() const;
  /// For how many updates of the target, beyond the next one, its core holds a spike of this column
  /// of the source back.
  int64_t heldSteps(int64_t sourceColumn) const;
  /// The most of all columns.
  int64_t mostHeldSteps() const;

  /// The source columns that columns [first, first + count) of the target read: those of their
  /// groups, or all.
  NeuronBlock columnsRead(int64_t first, int64_t count, int64_t sourceColumns) const;
};

/// Coincidence attention: head h of q, and the one of k and v that `groups` gives it, make head h
/// of the target's input. Without q (-1), every query is 1.
struct Attention {
  int q = -1, k = -1, v = -1, target = -1;
  HeadGroups groups;
  int64_t scoreBits = 0; ///< of the membrane of a score neuron; 0: there are none

  /// The populations that it reads: q, if there is one, k and v.
  std::vector<int> sources() const { return q < 0 ? std::vector{k, v} : std::vector{q, k, v}; }
};

/// All that a model asks of a chip. Projections and attentions name populations by their indices.
struct Workload {
  std::vector<Population> populations;
  std::vector<Projection> projections;
  std::vector<Attention> attentions;
  int64_t timeSteps = 1, maxTokens = 1;
  /// Bits of the index of a weight of an indexed row; none: as many as the columns of its block
  /// need.
  std::optional<int> indexBits = {};
};

/// What enters and leaves each population. Made once for a workload, so that no step over all
/// populations searches all projections for each of them.
class Connections {
public:
  /// Implicit, so that whoever asks once may pass the workload itself. Refers to `workload`.
  Connections(const Workload &workload);

  /// Indices into the workload's lists, ascending, each once.
  struct Ends {
    std::vector<int> projectionsInto, projectionsFrom, attentionsInto, attentionsFrom;
  };
  const Ends &of(int population) const { return ends[population]; }
  const Workload &workload;

private:
  std::vector<Ends> ends; // by population
};

/// The stage of every population in the sequential schedule. A population's stage is one more than
/// the largest stage of its sources, but for those whose spikes are all late: these wait anyhow.
/// The stage of the host's spikes is one more than the largest of the readouts that the host
/// computes them from, and 0 when it needs none; spikes that no population reads have that of the
/// last such readout itself, as they are not sent. So a crossing from the chip to the host and back
/// takes two ticks more than a projection: in the first the readout takes in what was sent, in the
/// second the host sends. When populations form a cycle, `cycle` lists them in order and `stages`
/// is empty.
struct StageResult {
  std::vector<int> stages;
  std::vector<int> cycle;
};
StageResult computeStages(const Workload &workload);
/// Sets Projection::wrapsStep of every projection by these stages.
void setWraps(Workload &workload, const std::vector<int> &stages);

/// Populations [first, last] that are computed together, one time step after the other, as spikes
/// go from one of them back to itself or to one before it. What the host sends from among them must
/// not come after its reading of a readout among them: the host computes all steps of a token at
/// once, one op after the other.
struct Cycle {
  int first = 0, last = 0;
};
/// The first population of the host's spikes that does, and its cycle.
struct HostInCycle {
  int population = -1, readout = -1;
  Cycle cycle;
};
std::optional<HostInCycle> findHostInCycle(const Workload &workload);

/// How many adjacent columns of a population have to stay in one slice: the columns of a head where
/// attention enters the population (the least common multiple for several attention ops),
/// otherwise 1.
int64_t columnUnit(const Connections &connections, int population);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_WORKLOAD_H
