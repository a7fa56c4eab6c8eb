// MappingDiagnostics: wording, kept in one file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"

#include "support/Message.h"
#include "support/Saturating.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>

using namespace mlir;
using namespace synfire;
using mapping::PartitionFailure;
using mapping::Resource;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

std::string synfire::coreName(chip::CoreAttr core) {
  return coreName(core.getChip(), {core.getX(), core.getY()}, core.getCore());
}

std::string synfire::linkName(int32_t link, const ChipModel &chip) {
  return linkName(link, chip.mesh.links());
}

std::string synfire::rangeName(const char *what, int64_t first, int64_t count) {
  if (count == 1)
    return llvm::formatv("{0} {1}", what, first);
  return llvm::formatv("{0}s {1} to {2}", what, first, first + count - 1);
}

std::string synfire::memoryText(int64_t bits) {
  if (bits < 8 * 1024)
    return bits % 8 == 0 ? llvm::formatv("{0} bytes", bits / 8).str()
                         : llvm::formatv("{0} bits", bits).str();
  bool mebi = bits >= int64_t{8} * 1024 * 1024;
  double amount = static_cast<double>(bits) / (mebi ? 8.0 * 1024 * 1024 : 8.0 * 1024);
  std::string number = llvm::formatv("{0:F2}", amount);
  number.erase(number.find_last_not_of('0') + 1);
  if (number.back() == '.')
    number.pop_back();
  return number + (mebi ? " MiB" : " KiB");
}

std::string synfire::amountText(Resource resource, int64_t amount) {
  const char *plural = amount == 1 ? "" : "s";
  switch (resource) {
  case Resource::Neurons:
    return llvm::formatv("{0} neuron{1}", amount, plural);
  case Resource::SynapseMemory:
    return memoryText(amount) + " of synapse memory";
  case Resource::AxonIn:
    return llvm::formatv("{0} axon-in {1}", amount, amount == 1 ? "entry" : "entries");
  case Resource::AxonOut:
    return llvm::formatv("{0} axon-out {1}", amount, amount == 1 ? "entry" : "entries");
  }
  llvm_unreachable("all resources are named");
}

/// An amount behind one that names the resource: "1 KiB", "39".
static std::string bareAmount(Resource resource, int64_t amount) {
  return resource == Resource::SynapseMemory ? memoryText(amount) : std::to_string(amount);
}

std::string synfire::needsHasAmount(Resource resource, int64_t needed, int64_t available) {
  return needsHas(amountText(resource, needed), bareAmount(resource, available));
}

/// The key of target files that limits a resource, and what it says of this chip.
static std::pair<const char *, std::string> limitOf(const ChipModel &chip, Resource resource) {
  switch (resource) {
  case Resource::Neurons:
    return {"core.neurons", message(chip.core.neurons)};
  case Resource::SynapseMemory:
    return {"core.synapse_memory_kib",
            message(static_cast<double>(chip.core.synapseMemoryBits) / (8.0 * 1024))};
  case Resource::AxonIn:
    return {"core.axon_in_entries", message(chip.core.axonInEntries)};
  case Resource::AxonOut:
    return {"core.axon_out_entries", message(chip.core.axonOutEntries)};
  }
  llvm_unreachable("all resources are named");
}

static std::string advice(const char *what) {
  return llvm::formatv("; try --target with {0}", what);
}

std::string synfire::advice(const ProgramView &view, Resource resource, const char *what) {
  std::string text = ::advice(what);
  if (resource == Resource::SynapseMemory && !view.attentionOps.empty())
    text += llvm::formatv(", or --max-tokens below {0}", view.workload.maxTokens);
  return text;
}

StringRef synfire::programName(const ProgramView &view) {
  return chip::ProgramOp(view.program).getSymName();
}

void synfire::noteLimit(InFlightDiagnostic &error, const ChipModel &chip, Resource resource) {
  auto [key, value] = limitOf(chip, resource);
  error.attachNote() << "'" << key << "' of target '" << chip.name << "' is " << value;
}

//===----------------------------------------------------------------------===//
// The model does not fit
//===----------------------------------------------------------------------===//

namespace {

/// What the projections of one report row, or one attention op, take in all.
struct OpDemand {
  Operation *op = nullptr; ///< a projection or an attention, for its location
  std::string name, what;
  int64_t amount = 0, readers = 0;
};

/// The op that takes most of the resource among all, or among those that feed
/// one population; `columns` of it, or all.
OpDemand largestOp(const ProgramView &view, Resource resource, int population = -1,
                   int64_t columns = 0) {
  const mapping::Workload &workload = view.workload;
  const mapping::Connections connections(workload);
  llvm::MapVector<StringRef, OpDemand> demands;
  for (int p = 0; p < static_cast<int>(workload.populations.size()); ++p) {
    if (workload.populations[p].onHost || (population >= 0 && p != population))
      continue;
    int64_t taken = columns > 0 ? columns : workload.populations[p].columns;
    const int64_t points = columns > 0 ? 1 : workload.populations[p].points;
    mapping::Slice whole = mapping::makeSlice(connections, p, {0, taken, 0, points});
    taken = saturatingMultiply(taken, points);
    if (resource == Resource::Neurons || resource == Resource::AxonOut) {
      StringRef name = workload.populations[p].name;
      demands[name] = {view.populationOps[p], name.str(), amountText(Resource::Neurons, taken),
                       taken, 1};
      continue;
    }
    for (const mapping::SynapseBlock &block : whole.synapses) {
      chip::ProjectionOp op = view.projectionOps[block.projection];
      OpDemand &demand = demands[op.getOp()];
      if (!demand.op)
        demand.op = op;
      demand.name = op.getOp().str();
      demand.what =
          op.getEncoding() == "sparse"
              ? llvm::formatv("{0} with one input each at {1} bit",
                              amountText(Resource::Neurons, taken), op.getWeightBits())
                    .str()
              : llvm::formatv("{0} x {1} inputs at {2} bit", amountText(Resource::Neurons, taken),
                              op.getRows(), op.getWeightBits())
                    .str();
      demand.amount = saturatingAdd(demand.amount,
                                    resource == Resource::AxonIn ? block.rows : block.memoryBits);
      ++demand.readers;
    }
    for (const mapping::HeadBlock &block : whole.heads) {
      chip::AttentionOp op = view.attentionOps[block.attention];
      OpDemand &demand = demands[op.getSymName()];
      const char *plural = block.heads == 1 ? "" : "s";
      bool rows = resource == Resource::AxonIn;
      demand = {
          op, op.getSymName().str(),
          rows ? llvm::formatv("the q, k and v spikes of {0} head{1}", block.heads, plural).str()
               : llvm::formatv("the K and V spikes of {0} head{1} over {2} tokens x {3} time steps",
                               block.heads, plural, workload.maxTokens, workload.timeSteps)
                     .str(),
          rows ? 3 * taken : block.memoryBits, 1};
    }
  }
  OpDemand largest;
  for (auto &[name, demand] : demands)
    if (demand.amount > largest.amount || !largest.op)
      largest = demand;
  if (largest.readers > 1)
    largest.what += llvm::formatv(" for each of {0} readers", largest.readers);
  return largest;
}

/// "127 cores", or "127 cores that are not faulty".
std::string coreCount(const ChipModel &chip) {
  const int cores = chip.workingCores();
  return message(cores, cores == 1 ? " core" : " cores",
                 chip.mesh.faultyCores.empty() ? "" : " that are not faulty");
}

LogicalResult emitTotal(const ProgramView &view, const ChipModel &chip, Resource resource,
                        int64_t needed, int64_t available) {
  OpDemand op = largestOp(view, resource);
  if (op.op && resource == Resource::Neurons)
    return emitTooManyNeurons(view.program, needed, op.op->getLoc(), op.name, op.amount, chip);
  InFlightDiagnostic error = view.program->emitError();
  error << "'" << programName(view) << "': " << needsHasAmount(resource, needed, available)
        << " in " << coreCount(chip) << advice(view, resource, "more or larger cores");
  if (op.op)
    error.attachNote(op.op->getLoc()) << "'" << op.name << "' needs the most, "
                                      << bareAmount(resource, op.amount) << " for " << op.what;
  noteLimit(error, chip, resource);
  return error;
}

LogicalResult emitNoRoom(const ProgramView &view, const ChipModel &chip, Operation *place,
                         StringRef slice, Resource resource, int64_t needed, int64_t available) {
  InFlightDiagnostic error = place->emitError();
  error << "'" << slice << "': " << needsHasAmount(resource, needed, available)
        << " at most on any core beside the slices placed before, or too little on the cores of "
           "its inputs"
        << advice(view, resource, "more or larger cores");
  noteLimit(error, chip, resource);
  return error;
}

} // namespace

LogicalResult synfire::emitTooManyNeurons(chip::ProgramOp program, int64_t needed, Location place,
                                          StringRef name, int64_t neurons, const ChipModel &chip) {
  InFlightDiagnostic error = program->emitError();
  error << "'" << program.getSymName() << "': "
        << needsHasAmount(Resource::Neurons, needed,
                          int64_t{chip.workingCores()} * chip.core.neurons)
        << " in " << coreCount(chip) << ::advice("more or larger cores");
  error.attachNote(place) << "'" << name << "' has the most, "
                          << amountText(Resource::Neurons, neurons);
  noteLimit(error, chip, Resource::Neurons);
  return error;
}

LogicalResult synfire::emitFanInTooLarge(Operation *place, StringRef name, int64_t unit,
                                         int64_t entries, const LargestFanIn &largest,
                                         const ChipModel &chip) {
  InFlightDiagnostic error = place->emitError();
  error << "'" << name << "': " << (unit == 1 ? "one neuron" : "one head of attention") << " "
        << needsHasAmount(Resource::AxonIn, entries, chip.core.axonInEntries) << " in a core"
        << ::advice(largest.merged ? "larger cores, or --residual host" : "larger cores");
  error.attachNote(largest.place) << "'" << largest.name << "' needs "
                                  << bareAmount(Resource::AxonIn, largest.entries) << " of it";
  noteLimit(error, chip, Resource::AxonIn);
  return error;
}

LogicalResult synfire::emitFailure(const ProgramView &view, const ChipModel &chip,
                                   const PartitionFailure &failure) {
  Resource resource = failure.resource;
  if (failure.kind == PartitionFailure::Kind::TotalTooLarge)
    return emitTotal(view, chip, resource, failure.needed, failure.available);

  int population = failure.population;
  StringRef name = view.workload.populations[population].name;
  Operation *place = view.populationOps[population];
  if (failure.kind == PartitionFailure::Kind::NoPacking)
    return emitNoRoom(view, chip, place, name, resource, failure.needed, failure.available);

  int64_t unit = mapping::columnUnit(view.workload, population);
  if (resource == Resource::AxonIn) {
    OpDemand op = largestOp(view, resource, population, unit);
    return emitFanInTooLarge(place, name, unit, failure.needed,
                             {op.op->getLoc(), op.name, op.amount}, chip);
  }
  InFlightDiagnostic error = place->emitError();
  error << "'" << name << "': " << (unit == 1 ? "one neuron" : "one head of attention") << " "
        << needsHasAmount(resource, failure.needed, failure.available) << " in a core"
        << advice(view, resource, "larger cores");
  if (resource == Resource::SynapseMemory) {
    OpDemand op = largestOp(view, resource, population, unit);
    error.attachNote(op.op->getLoc())
        << "'" << op.name << "' needs " << bareAmount(resource, op.amount) << " of it";
  }
  noteLimit(error, chip, resource);
  return error;
}

LogicalResult synfire::emitFailure(const ProgramView &view, const ChipModel &chip,
                                   const mapping::PlacementFailure &failure) {
  chip::SliceOp slice = view.sliceOps[failure.slice];
  return emitNoRoom(view, chip, slice, slice.getSymName(), failure.resource, failure.needed,
                    failure.available);
}

LogicalResult synfire::emitCycle(const ProgramView &view, const std::vector<int> &cycle) {
  InFlightDiagnostic error = view.populationOps[cycle.front()]->emitError();
  StringRef first = view.workload.populations[cycle.front()].name;
  error << "'" << first << "': feeds itself without a delay: ";
  for (int population : cycle)
    error << "'" << view.workload.populations[population].name << "' -> ";
  return error << "'" << first << "'";
}
