// MappingDiagnostics: wording, kept in one file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"

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
  return linkName(link, MeshLinks{chip.mesh.width, chip.mesh.height});
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

const char *synfire::resourceKey(Resource resource) {
  switch (resource) {
  case Resource::Neurons:
    return "core.neurons";
  case Resource::SynapseMemory:
    return "core.synapse_memory_kib";
  case Resource::AxonIn:
    return "core.axon_in_entries";
  case Resource::AxonOut:
    return "core.axon_out_entries";
  }
  llvm_unreachable("all resources are named");
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

void addAmount(int64_t &sum, int64_t amount) {
  if (__builtin_add_overflow(sum, amount, &sum))
    sum = INT64_MAX;
}

/// The op that takes most of the resource among all, or among those that feed
/// one population; `columns` of it, or all.
OpDemand largestOp(const ProgramView &view, Resource resource, int population = -1,
                   int64_t columns = 0) {
  const mapping::Workload &workload = view.workload;
  llvm::MapVector<StringRef, OpDemand> demands;
  for (int p = 0; p < static_cast<int>(workload.populations.size()); ++p) {
    if (workload.populations[p].onHost || (population >= 0 && p != population))
      continue;
    int64_t taken = columns > 0 ? columns : workload.populations[p].columns;
    mapping::Slice whole = mapping::makeSlice(workload, p, 0, taken);
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
      addAmount(demand.amount, resource == Resource::AxonIn ? block.rows : block.memoryBits);
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

std::string advice(const char *what) { return llvm::formatv("; try --target with {0}", what); }

std::string advice(const ProgramView &view, Resource resource, const char *what) {
  std::string text = advice(what);
  if (resource == Resource::SynapseMemory && !view.attentionOps.empty())
    text += llvm::formatv(", or --max-tokens below {0}", view.workload.maxTokens);
  return text;
}

std::string limitOfCores(const ChipModel &chip, Resource resource, int64_t available) {
  return llvm::formatv("target '{0}' has {1} in {2} core{3} ({4})", chip.name,
                       resource == Resource::SynapseMemory ? memoryText(available)
                                                           : amountText(resource, available),
                       chip.cores(), chip.cores() == 1 ? "" : "s", resourceKey(resource));
}

LogicalResult emitTotal(const ProgramView &view, const ChipModel &chip, Resource resource,
                        int64_t needed, int64_t available) {
  OpDemand op = largestOp(view, resource);
  Operation *place = op.op ? op.op : static_cast<Operation *>(view.program);
  if (resource == Resource::Neurons)
    return emitTooManyNeurons(place, op.name, op.amount, needed, chip);
  return place->emitError() << "`" << op.name << "`: " << op.what << " need "
                            << amountText(resource, op.amount) << ", all ops of the model together "
                            << (resource == Resource::SynapseMemory ? memoryText(needed)
                                                                    : std::to_string(needed))
                            << "; " << limitOfCores(chip, resource, available)
                            << advice(view, resource, "more or larger cores");
}

LogicalResult emitNoRoom(const ProgramView &view, const ChipModel &chip, Operation *place,
                         StringRef slice, Resource resource, int64_t needed, int64_t available) {
  return place->emitError() << "`" << slice << "` needs " << amountText(resource, needed)
                            << " on one core; with the other slices placed, no core of target '"
                            << chip.name << "' has more than "
                            << (resource == Resource::SynapseMemory
                                    ? memoryText(available)
                                    : amountText(resource, available))
                            << " left, or the cores of its inputs have not ("
                            << resourceKey(resource) << ")"
                            << advice(view, resource, "more or larger cores");
}

} // namespace

LogicalResult synfire::emitTooManyNeurons(Operation *place, StringRef name, int64_t neurons,
                                          int64_t all, const ChipModel &chip) {
  const int64_t available = int64_t{chip.cores()} * chip.core.neurons;
  return place->emitError() << "`" << name << "` has " << amountText(Resource::Neurons, neurons)
                            << ", all ops of the model together " << all << "; "
                            << limitOfCores(chip, Resource::Neurons, available)
                            << advice("more or larger cores");
}

LogicalResult synfire::emitFanInTooLarge(Operation *place, StringRef name, int64_t unit,
                                         int64_t entries, std::pair<StringRef, int64_t> largest,
                                         const ChipModel &chip) {
  return place->emitError() << "`" << name
                            << "`: " << (unit == 1 ? "one neuron" : "one head of attention")
                            << " needs " << amountText(Resource::AxonIn, entries) << ", "
                            << largest.second << " of it for `" << largest.first
                            << "`; a core of target '" << chip.name << "' has "
                            << chip.core.axonInEntries << " (" << resourceKey(Resource::AxonIn)
                            << ")" << advice("larger cores");
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
    return emitFanInTooLarge(place, name, unit, failure.needed, {op.name, op.amount}, chip);
  }
  InFlightDiagnostic error = place->emitError();
  error << "`" << name << "`: " << (unit == 1 ? "one neuron" : "one head of attention") << " needs "
        << amountText(resource, failure.needed);
  if (resource == Resource::SynapseMemory) {
    OpDemand op = largestOp(view, resource, population, unit);
    error << ", " << memoryText(op.amount) << " of it for `" << op.name << "`";
  }
  return error << "; a core of target '" << chip.name << "' has "
               << (resource == Resource::SynapseMemory ? memoryText(failure.available)
                                                       : std::to_string(failure.available))
               << " (" << resourceKey(resource) << ")" << advice(view, resource, "larger cores");
}

LogicalResult synfire::emitFailure(const ProgramView &view, const ChipModel &chip,
                                   const mapping::PlacementFailure &failure) {
  chip::SliceOp slice = view.sliceOps[failure.slice];
  return emitNoRoom(view, chip, slice, slice.getSymName(), failure.resource, failure.needed,
                    failure.available);
}

//===----------------------------------------------------------------------===//
// Broken rules
//===----------------------------------------------------------------------===//

LogicalResult synfire::emitViolation(const ProgramView &view, const ChipModel &chip,
                                     const mapping::BuiltProblem &built,
                                     const mapping::Violation &violation) {
  using mapping::Rule;
  const mapping::MappingProblem &problem = built.problem;
  MLIRContext *context = view.program->getContext();
  Operation *place = view.program;
  if (violation.slice >= 0 && violation.slice < static_cast<int>(view.sliceOps.size()))
    place = view.sliceOps[violation.slice];
  std::string slice = violation.slice >= 0 ? problem.slices()[violation.slice].name : "";
  std::string core =
      violation.core >= 0 ? coreName(coreAttr(context, problem.board().cores[violation.core])) : "";
  std::string source;
  if (violation.edge >= 0)
    source = view.workload.populations[built.populationOfEdge[violation.edge]].name;
  std::string limit;
  if (violation.resource)
    limit = llvm::formatv("target '{0}' has {1} per core ({2})", chip.name,
                          *violation.resource == Resource::SynapseMemory
                              ? memoryText(violation.available)
                              : std::to_string(violation.available),
                          resourceKey(*violation.resource));

  switch (violation.rule) {
  case Rule::TotalTooLarge:
    return emitTotal(view, chip, *violation.resource, violation.needed, violation.available);
  case Rule::SliceTooLarge:
    return place->emitError() << "slice `" << slice << "` needs "
                              << amountText(*violation.resource, violation.needed) << "; " << limit
                              << advice(view, *violation.resource, "larger cores");
  case Rule::CapacityExceeded:
    return place->emitError() << core << ": its slices need "
                              << amountText(*violation.resource, violation.needed) << "; " << limit;
  case Rule::SliceUnplaced:
    return place->emitError() << "slice `" << slice << "` has no core of target '" << chip.name
                              << "'; run place-slices before";
  case Rule::SourceTwice:
    return place->emitError() << "columns of slice `" << slice << "` are in another slice too";
  case Rule::DependencyCycle: {
    InFlightDiagnostic error = place->emitError("the routes can deadlock: ");
    for (int32_t link : violation.links)
      error << linkName(link, chip) << " waits for ";
    return error << linkName(violation.links.front(), chip);
  }
  case Rule::RouteMissing:
  case Rule::RouteUnneeded:
  case Rule::RouteTwice:
  case Rule::RouteColumns:
  case Rule::LinkOutsideMesh:
  case Rule::PathBroken:
    return place->emitError() << "the route from `" << source << "` to " << core
                              << " is wrong at rule S"
                              << static_cast<int>(violation.rule) -
                                     static_cast<int>(Rule::SliceUnplaced) + 1;
  case Rule::SliceDemand:
  case Rule::CoreOutsideMesh:
  case Rule::CoreTwice:
  case Rule::EdgeEndpoint:
  case Rule::EdgeColumns:
  case Rule::PinTwice:
    return place->emitError() << "the mapping problem is wrong at rule P"
                              << static_cast<int>(violation.rule) + 1;
  }
  llvm_unreachable("all rules are worded");
}

LogicalResult synfire::emitCycle(const ProgramView &view, const std::vector<int> &cycle) {
  InFlightDiagnostic error = view.populationOps[cycle.front()]->emitError();
  error << "populations feed each other without a delay: ";
  for (int population : cycle)
    error << "`" << view.workload.populations[population].name << "` -> ";
  return error << "`" << view.workload.populations[cycle.front()].name << "`";
}
