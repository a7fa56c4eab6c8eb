// FitChecks: refuses models of too many neurons or inputs before their projections are written.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"
#include "passes/Passes.h"
#include "passes/lower/ProgramRows.h"
#include "support/Saturating.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <numeric>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// The value whose columns become a population of the chip when `op` is lowered; null if `op` makes
/// no population.
static Value populationOf(Operation *op) {
  if (Value current = currentReadBy(op))
    return current;
  auto where = op->getAttrOfType<StringAttr>(kWhereAttrName);
  if (!where || where.getValue() == "host" || op->getNumResults() != 1)
    return {};
  auto synapse = dyn_cast<SynapseLike>(op);
  const bool readout = (synapse && synapse.getSynapseInput().getDefiningOp<RecombineOp>()) ||
                       (isa<RecombineOp>(op) && llvm::any_of(op->getUsers(), integersReadOut));
  auto gate = dyn_cast<SpikeGate>(op);
  return readout || (gate && gate.isGate()) ? op->getResult(0) : Value();
}

/// Refuses a model that has more neurons than the chip.
LogicalResult ProgramRows::checkNeurons(FunctionOpInterface function) {
  int64_t all = 0, most = 0;
  Operation *largest = nullptr;
  for (Operation *op : operationsOf(function)) {
    Value population = populationOf(op);
    if (!population)
      continue;
    const int64_t neurons = saturatingMultiply(columnsOf(population), pointsOf(population));
    if (neurons > most) {
      most = neurons;
      largest = op;
    }
    all = saturatingAdd(all, neurons);
  }
  if (all <= int64_t{chip.workingCores()} * chip.core.neurons)
    return success();
  const std::string name = currentReadBy(largest) ? readerName(largest) : sourceName(largest);
  return emitTooManyNeurons(program, all, largest->getLoc(), name, most, chip);
}

/// Refuses neurons whose inputs have more rows than a core has axon-in entries. In a deep residual
/// stream every op reads all ops before it. Without this check, the projections of a model that
/// does not fit would therefore take time and memory that grow with the square of its depth.
LogicalResult ProgramRows::checkFanIn(Operation *reader, const CurrentWriters &writers) {
  const int64_t columns = columnsOf(currentReadBy(reader));
  int64_t unit = 1; // columns that have to stay together, as mapping::columnUnit() counts them
  for (AttentionLike attention : writers.attentions)
    unit = std::lcm(unit, columns / attention.getHeadCount());
  int64_t entries = 0;
  llvm::MapVector<Operation *, int64_t> entriesOf;
  auto add = [&](Operation *op, int64_t rows) {
    entriesOf[op] += rows;
    entries += rows;
  };
  // Between grids an entry serves all points; after a flatten every neuron has a row of its own.
  for (SynapseLike synapse : writers.synapses)
    add(synapse, synapse.isDiagonal() ? unit
                 : synapse.getGridWindow()
                     ? columnsOf(synapse.getSynapseInput()) / synapse.getGroupCount()
                     : synapse.getRows());
  for (AttentionLike attention : writers.attentions)
    add(attention, (attention.getQueries() ? 3 : 2) * unit);
  if (entries <= chip.core.axonInEntries)
    return success();
  auto largest = std::max_element(entriesOf.begin(), entriesOf.end(),
                                  [](auto &a, auto &b) { return a.second < b.second; });
  const std::string name = sourceName(largest->first);
  return emitFanInTooLarge(
      reader, readerName(reader), unit, entries,
      {largest->first->getLoc(), name, largest->second,
       /*merged=*/entriesOf.size() > 1 && largest->second <= chip.core.axonInEntries},
      chip);
}
