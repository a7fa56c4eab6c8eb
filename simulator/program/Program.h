// Program: a mapped model as the simulator sees it, plain data without MLIR.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_PROGRAM_H
#define SYNFIRE_SIMULATOR_PROGRAM_PROGRAM_H

#include "simulator/program/HostOp.h"
#include "support/NeuronForm.h"
#include "targets/ChipModel.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace synfire {
class MappedFile;
}

namespace synfire::sim {

enum class Where { Host, Chip };

/// A row of the report: one operation of the model, in model order. The last
/// one is the pseudo-op "(chip)".
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
///   s = v >= threshold; hard reset to vReset, or soft: v -= threshold.
/// v' is vInit before step 0 of every token. All vectors have an entry per column.
/// A Readout has no leak (1 / 2^0) and no spikes: v starts a token (per step: every step) at bias,
/// and each step adds input << fractionBits.
struct NeuronParameters : NeuronConstants {
  Rounding leakRounding = Rounding::TowardZero;
  bool softReset = false;
  bool saturates = false; ///< else a state that leaves its bits is an error
};

/// A group of neurons (or of host wires) that is the source or the target of
/// projections. Spikes of a population are the unit of the activity trace.
struct Population {
  OpId op = -1;
  PopulationKind kind = PopulationKind::Neurons;
  int32_t columns = 0;
  int32_t spikeBits = 1; ///< 1 binary, 2 for values 0..3, 0 for a Readout
  int32_t stage = 0;     ///< tick within a (token, step) in which it updates
  int32_t hostOp = -1;   ///< HostSpikes: the host op that yields its spikes
  bool perStep = false;  ///< Readout: read after every step, not once per token
  NeuronParameters neuron;
};

/// Synapses of one op from one population into another. An op whose result
/// several readers need (a merged residual) has one projection per reader.
struct Projection {
  OpId op = -1;
  int32_t source = -1, target = -1; ///< populations
  int32_t rows = 0, columns = 0;
  /// A spike of source neuron i in time step t reads row i + t * rowStride
  /// (rowStride = source columns for a concatenating readout, else 0).
  int32_t rowStride = 0;
  bool lastStepOnly = false;                         ///< read only in the last time step
  SynapseEncoding encoding = SynapseEncoding::Dense; ///< Sparse: the diagonal
  int32_t weightBits = 8;                            ///< as stored on the chip
};

/// Causal (or not) spiking self-attention in coincidence form.
struct Attention {
  OpId op = -1;
  int32_t q = -1, k = -1, v = -1; ///< source populations, heads * d columns
  int32_t target = -1;            ///< population whose input is A V
  int32_t heads = 1;
  bool causal = true;
};

/// A core of the board. Index `hostCore` of a Program is the pseudo-core of
/// the host, on its port's tile; its `core` is the tile's extra local port,
/// coresPerTile.
struct Core {
  int32_t chip = 0, x = 0, y = 0, core = 0;
};

/// Rows [firstRow, firstRow + rows) of a projection, for the columns of the
/// slice they stand in. Weights are row major, `columns` int8 (or int16, by
/// weightBytes) per row; Sparse: one weight per row, its column is its row.
struct SynapseBlock {
  int32_t projection = -1;
  int32_t firstRow = 0, rows = 0;
  int32_t weightBytes = 1;
  std::span<const std::byte> weights; ///< into the side file
  int64_t memoryBits = 0;             ///< on the chip
};

/// Heads of an attention op that live beside a slice's neurons.
struct AttentionBlock {
  int32_t attention = -1;
  int32_t firstHead = 0, heads = 0;
  int64_t memoryBits = 0; ///< stored K and V spikes for max tokens
};

/// A block of columns of one population on one core, with all that feeds it.
struct Slice {
  std::string name;
  int32_t population = -1;
  int32_t firstColumn = 0, columns = 0;
  int32_t core = -1;      ///< index into Program::cores
  int64_t memoryBits = 0; ///< neurons, synapses, attention together
  std::vector<SynapseBlock> synapses;
  std::vector<AttentionBlock> attention;
};

/// Where the spikes of a slice go: one packet per spike and target core. The
/// source of host spikes is the host's core with all columns.
struct Flow {
  int32_t population = -1;
  int32_t firstColumn = 0, columns = 0;
  int32_t sourceCore = -1;
  struct Target {
    int32_t core = -1;
    int32_t firstColumn = 0, columns = 0; ///< source columns that it needs
    std::vector<int32_t> links;           ///< by number (support/MeshLinks.h), in path order
  };
  std::vector<Target> targets;
};

/// Text rules of the model: which characters or words it knows and how text is
/// cleaned. Without an alphabet and without words it takes ids only.
struct TextRules {
  std::string alphabet;           ///< one character per token id
  std::string cleaning;           ///< "prose", "words", "none"
  std::vector<std::string> words; ///< one word per token id
};

struct Program {
  std::string name, targetName, schedule, sourceChecksum;
  uint64_t hash = 0; ///< of the functional part; traces carry it
  int32_t timeSteps = 0, context = 0, maxTokens = 0, vocabulary = 0;
  int32_t stages = 0; ///< ticks per (token, step), host input and readout included
  int32_t weightBits = 8;
  TextRules text;
  int64_t seed = 1;                  ///< of the compiler's choices at random
  std::vector<std::string> warnings; ///< of the compiler, for the reports
  std::vector<Op> ops;
  std::vector<HostOp> hostOps;         ///< in execution order
  int32_t result = -1;                 ///< host op that yields the logits; -1: none
  std::vector<Population> populations; ///< topological: sources before targets
  std::vector<Projection> projections;
  std::vector<Attention> attentions;
  std::vector<Core> cores; ///< used cores in (chip, y, x, core) order, then the host
  std::vector<Slice> slices;
  std::vector<Flow> flows;
  ChipModel chip;
  std::shared_ptr<const MappedFile> weights; ///< keeps the spans alive

  int32_t hostCore() const { return static_cast<int32_t>(cores.size()) - 1; }
  OpId chipOp() const { return static_cast<OpId>(ops.size()) - 1; }
  /// Chips on which a core is used.
  int32_t chipsUsed() const;

  /// First violated rule as a message, empty when every index, size and span
  /// is in range. The engines rely on it and check none of this again; a
  /// Program from a file goes through it before anything else.
  std::string validate() const;
};

/// The two halves of Program::validate(): what is computed, where it lives.
std::string validateFunction(const Program &program);
std::string validateMapping(const Program &program);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_PROGRAM_H
