// Program: a mapped model in the form that the simulator runs: plain data without MLIR.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_PROGRAM_H
#define SYNFIRE_SIMULATOR_PROGRAM_PROGRAM_H

#include "simulator/program/HostOp.h"
#include "support/GridWindow.h"
#include "support/HeadGroups.h"
#include "support/NeuronForm.h"
#include "support/WeightForm.h"
#include "targets/ChipModel.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace synfire {
class MappedFile;
}

namespace synfire::sim {

enum class Where { Host, Chip };

/// An operation of the model: a row of the report. Ops are in model order; the last one is the
/// pseudo-op "(chip)", which has the counts that belong to no operation.
struct Op {
  std::string name; ///< "block0.attn.q"
  std::string kind; ///< "linear", "neuron", "self_attention", "lookup", ...
  Where where = Where::Chip;
};

enum class PopulationKind {
  HostSpikes, ///< spikes of a host op, sent where the chip reads them
  Neurons,    ///< threshold neurons
  GradedSum,  ///< emits the sum of its inputs as a graded spike, stateless
  Readout,    ///< integrates; the host reads it, after a token or after each step
};

/// Integer neuron, by the rule of dialect/RATIONALE.md, "Fixed-point neurons"; for a leaky membrane
///   v = round(decay * v' / 2^shift) + (input << fractionBits) + bias
///   s = v >= threshold; hard reset to vReset, or soft: v -= decrement (or the threshold).
/// v' is vInit before step 0 of every token, or, where neurons run across tokens, of the first one
/// alone. Lists have an entry per column, but for the `shared` ones of kNeuronVectors: these have
/// one entry each where they are the same for all columns.
/// A Readout has no spikes. One that is read once per token has no leak (1 / 2^0): v starts the
/// token at bias, and each step adds input << fractionBits. One that is read after every step leaks
/// and adds its bias in every step, as above, from v' = 0 before step 0; with a decay of 0 it
/// starts anew in every step.
struct NeuronParameters : NeuronConstants {
  Rounding leakRounding = Rounding::TowardZero;
  bool acrossTokens = false; ///< the states after a token are those before the next one
  bool softReset = false;
  bool saturates = false; ///< else a state that leaves its bits is an error
};

/// A group of neurons (or of host wires) that is the source or the target of
/// projections. Spikes of a population are the unit of the activity trace.
///
/// In a model of text the tokens follow each other, and the neurons of a population are its
/// columns. In a model of a grid (an image) a population is spatial: it has a neuron for each point
/// and column (channel), all of which update in one tick, and a run has one token, the image. A
/// *position* is a token of a text or a point of a grid.
struct Population {
  OpId op = -1;
  PopulationKind kind = PopulationKind::Neurons;
  int32_t columns = 0;
  int32_t points = 1;    ///< of the grid; a program with more than one has a context of one token
  int32_t spikeBits = 1; ///< 1 binary, 2 for values 0..3, 0 for a Readout
  int32_t stage = 0;     ///< tick within a (token, step) in which it updates
  int32_t hostOp = -1;   ///< HostSpikes: the host op that yields its spikes
  bool perStep = false;  ///< Readout: read after every step, not once per token
  NeuronParameters neuron;
};

/// The synapses of one op from one population to another. When several populations read the result
/// of an op (of a residual sum, for example), the op has one projection to each of them.
struct Projection {
  OpId op = -1;
  int32_t source = -1, target = -1; ///< indices into Program::populations
  int32_t rows = 0, columns = 0;    ///< of the weight matrix: inputs x outputs
  /// A spike of source neuron i in time step t adds row i + t * rowStride of the weights. It is the
  /// number of source columns when every time step has rows of its own (a readout that concatenates
  /// the steps), otherwise 0.
  int32_t rowStride = 0;
  bool lastStepOnly = false; ///< whether only spikes of the last time step are added
  /// Dense, or Sparse: then row i has one weight, for column i. Or Conv: row i * taps + k has the
  /// weights of tap k of the window for input i of a group of source columns; each group feeds as
  /// many columns, and a weight is the same at all points.
  SynapseEncoding encoding = SynapseEncoding::Dense;
  /// Which points of the source each point of the target reads: of Conv, and of Sparse between
  /// populations of grids. A Dense projection reads all points, whose columns are rows of their
  /// own: column c of point p is row p * columns + c.
  std::optional<GridWindow> window = {};
  int32_t groups = 1;     ///< of Conv
  int32_t weightBits = 8; ///< width in which the chip stores a weight
  WeightFormat weightFormat = WeightFormat::Signed;
  /// By how many time steps spikes are late: no entry where they are not, one for all columns of
  /// the source, or one for each. What is said above of a spike of step t is then done in step t +
  /// delay of the same token, and not at all behind its last step.
  std::vector<int32_t> delays = {};

  WeightForm weightForm() const { return {weightBits, weightFormat}; }
  /// Whether each column has a weight for each row of its own, so that a core may store blocks of
  /// the projection without zeros: a linear, also one that each point of a grid computes.
  bool mayBeIndexed() const {
    return encoding == SynapseEncoding::Dense ||
           (encoding == SynapseEncoding::Conv && groups == 1 && window && window->taps() == 1);
  }
  /// The delay of a column of the source.
  int32_t delayOf(int32_t column) const {
    return delays.empty() ? 0 : delays[delays.size() == 1 ? 0 : column];
  }
  /// Whether a spike of a column of the source in time step `step` is added at all, where a token
  /// has `timeSteps`.
  bool adds(int32_t column, int32_t step, int32_t timeSteps) const {
    const int32_t due = step + delayOf(column);
    return lastStepOnly ? due + 1 == timeSteps : due < timeSteps;
  }
  /// Whether all spikes are late. Then the target may be the source itself, or stand before it.
  bool isLate() const {
    return !delays.empty() && *std::min_element(delays.begin(), delays.end()) > 0;
  }
};

/// Spiking self-attention in coincidence form, (Q K^T) V. Without queries (q = -1) each of them is
/// 1, heads have one column, and the result is the sum of the products of keys and values
/// (spike.key_value_sum).
struct Attention {
  OpId op = -1;
  int32_t q = -1, k = -1, v = -1; ///< source populations; q has as many columns as the target
  int32_t target = -1;            ///< the population whose input is the result
  int32_t heads = 1;              ///< of q and the target
  int32_t keyHeads = 1;           ///< of k and v; divides `heads`, which share them (HeadGroups)
  bool causal = true;             ///< whether a token attends only to itself and earlier tokens
  /// The neuron of each head and pair of a query and a visible key, if there are such: the score of
  /// every time step is its input, and its spike takes the place of the score. Lists have one
  /// entry.
  std::optional<NeuronParameters> score = {};

  HeadGroups groups() const { return {heads, keyHeads}; }
  /// The populations that it reads: q, if there is one, k and v.
  std::vector<int32_t> sources() const { return q < 0 ? std::vector{k, v} : std::vector{q, k, v}; }
};

/// The place of a core: its chip, its tile and its number in the tile. The entry `hostCore()` of
/// Program::cores stands for the host: it lies on the tile of the host's port, and its `core` is
/// coresPerTile, the number of the tile's extra local port.
struct Core {
  int32_t chip = 0, x = 0, y = 0, core = 0;
};

/// The rows [firstRow, firstRow + rows) of a projection, for the columns of the slice that holds
/// the block. The weights are row major, with one integer of `weightBytes` bytes for each column of
/// the slice; a Sparse block has one weight per row, for the column with the row's number. All
/// points of a slice share the weights.
struct SynapseBlock {
  int32_t projection = -1;
  int32_t firstRow = 0, rows = 0;
  int32_t weightBytes = 1;
  std::span<const std::byte> weights; ///< a part of the mapped side file
  int64_t memoryBits = 0;             ///< memory of the core that the block takes
  /// Whether the core stores rows of indexed weights that leave out zeros; `weights` has them all.
  bool indexed = false;
};

/// The heads [firstHead, firstHead + heads) of an attention, which the core of a slice computes for
/// the slice's neurons.
struct AttentionBlock {
  int32_t attention = -1;
  int32_t firstHead = 0, heads = 0;
  int64_t memoryBits = 0; ///< memory for the K and V spikes of Program::maxTokens tokens
};

/// The columns [firstColumn, firstColumn + columns) of one population at the points [firstPoint,
/// firstPoint + points) on one core, with the synapses and attention heads that compute their
/// input.
struct Slice {
  std::string name;
  int32_t population = -1;
  int32_t firstColumn = 0, columns = 0;
  int32_t firstPoint = 0, points = 1;
  int32_t core = -1;      ///< index into Program::cores
  int64_t memoryBits = 0; ///< memory of the core for neurons, synapses and attention together
  std::vector<SynapseBlock> synapses;
  std::vector<AttentionBlock> attention;

  int64_t neurons() const { return int64_t{columns} * points; }
};

/// The cores to which the spikes of a slice are sent, one packet per spike and target core. The
/// spikes of a population of the host have one flow, which starts at the host's core.
struct Flow {
  int32_t population = -1;
  int32_t firstColumn = 0, columns = 0;
  int32_t firstPoint = 0, points = 1;
  int32_t sourceCore = -1;
  struct Target {
    int32_t core = -1;
    int32_t firstColumn = 0, columns = 0; ///< the source columns whose spikes the core needs
    std::vector<int32_t>
        links; ///< numbers of the links on the path, in order (support/MeshLinks.h)
    int32_t firstPoint = 0, points = 1; ///< the source points whose spikes the core needs
  };
  std::vector<Target> targets;
};

/// How text becomes token ids. A model with neither alphabet nor words takes token ids only.
struct TextRules {
  std::string alphabet;           ///< one character per token id
  std::string cleaning;           ///< "prose", "words" or "none" (tools/synfire/Tokenizer.h)
  std::vector<std::string> words; ///< one word per token id
};

/// What a run gives to a program: token ids, or a tensor.
struct InputForm {
  /// The host op that yields the tensor: steps x columns numbers per token, spikes or reals. -1:
  /// the run gives token ids.
  int32_t hostOp = -1;
  bool hasSteps = false; ///< whether the tensor is [T, N, D] and not [N, D]
  int32_t tokens = 0;    ///< how many every run has, in one call of the engine; 0: any number
  int64_t gridRows = 0;  ///< rows of the grid whose points the tensor has; 0: it has tokens
};

/// A mapped model. Objects refer to each other by index into the vectors below.
struct Program {
  std::string name, targetName, schedule, sourceChecksum;
  uint64_t hash = 0; ///< functionalHash() of this program; traces store it, too
  int32_t timeSteps = 0, context = 0, vocabulary = 0;
  int32_t maxTokens = 0; ///< for how many tokens the cores have memory; at most `context`
  int32_t stages = 0; ///< ticks per token and time step, those of host input and readout included
  int32_t weightBits = 8;
  TextRules text;
  int64_t seed = 1;                  ///< seed of the compiler's random choices
  std::vector<std::string> warnings; ///< warnings of the compiler, for the reports
  std::vector<Op> ops;
  std::vector<HostOp> hostOps; ///< in execution order
  InputForm input;
  int32_t result = -1; ///< the host op that yields the logits; -1: none does
  /// Each comes after the populations that it reads, but for those whose spikes are all late.
  std::vector<Population> populations;
  std::vector<Projection> projections;
  std::vector<Attention> attentions;
  std::vector<Core> cores; ///< the used cores, sorted by (chip, y, x, core), then the host's
  std::vector<Slice> slices;
  std::vector<Flow> flows;
  ChipModel chip;
  std::shared_ptr<const MappedFile> weights; ///< the side file, into which the spans point

  int32_t hostCore() const { return static_cast<int32_t>(cores.size()) - 1; }
  OpId chipOp() const { return static_cast<OpId>(ops.size()) - 1; }
  /// The number of chips that have a used core.
  int32_t chipsUsed() const;
  /// Returns a message about the first rule that the program breaks; empty when every index, size
  /// and span is in range. The engines rely on these rules without checking them again, so the
  /// loader calls this function for every program that it reads.
  std::string validate() const;
};

/// Populations [first, last] that are computed together, one time step after the other, because
/// late spikes lead from one of them back to itself or to one before it.
struct Cycle {
  int32_t first = 0, last = 0;
  bool holds(int32_t population) const { return population >= first && population <= last; }
};
/// All of them, ascending; no two overlap. Precondition: the projections' populations exist.
std::vector<Cycle> cyclesOf(const Program &program);

/// The name of an op in messages: in single quotes. Precondition: `op` is an index into
/// `program.ops`.
inline std::string opName(const Program &program, OpId op) {
  return "'" + program.ops[op].name + "'";
}

/// The two halves of Program::validate(): the rules of what is computed, and those of how it is
/// mapped onto cores. Both return a message, or an empty string.
std::string validateFunction(const Program &program);
std::string validateMapping(const Program &program);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_PROGRAM_H
