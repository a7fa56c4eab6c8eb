// LoaderMapping: where everything lives: cores, weights, slices, flows.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/loader/LoaderReader.h"

#include "dialect/chip/SideFile.h"
#include "support/MappedFile.h"
#include "support/MeshNames.h"
#include "support/MeshPaths.h"

#include <memory>

namespace synfire::sim {

/// The cores that slices stand on, in (chip, y, x, core) order, then the host.
bool ProgramReader::readCores() {
  for (chip::SliceOp op : source.getOps<chip::SliceOp>()) {
    at = op;
    if (!present(op.getSymName(), "core", op.getCore()))
      return false;
    const chip::CoreAttr core = *op.getCore();
    cores[{core.getChip(), core.getY(), core.getX(), core.getCore()}] = 0;
  }
  for (auto &[place, index] : cores) {
    const auto [chip, y, x, core] = place;
    Core result;
    if (!numbers(p.name, "core's chip", chip, result.chip, "core's x", x, result.x, "core's y", y,
                 result.y, "core's number", core, result.core))
      return false;
    index = static_cast<int32_t>(p.cores.size());
    p.cores.push_back(result);
  }
  p.cores.push_back({0, p.chip.host.portX, p.chip.host.portY, p.chip.mesh.coresPerTile});
  return true;
}

bool ProgramReader::findCore(llvm::StringRef name, chip::CoreAttr core, int32_t &index) {
  const auto found = cores.find({core.getChip(), core.getY(), core.getX(), core.getCore()});
  if (found == cores.end())
    return fail(name, coreName(core.getChip(), {core.getX(), core.getY()}, core.getCore()),
                " holds no slice");
  index = found->second;
  return true;
}

bool ProgramReader::openWeights(const std::string &folder) {
  at = source;
  if (!source.getWeightsFile())
    return fail(p.name, "has no weights_file: it was compiled of a model without weights, or not "
                        "to the end; use `synfire compile` with --weights or --random-weights");
  if (!present(p.name, "weights_bytes", source.getWeightsBytes()) ||
      !present(p.name, "weights_checksum", source.getWeightsChecksum()))
    return false;
  const std::string file = source.getWeightsFile()->str();
  // Only a file beside the program: an untrusted one must not read elsewhere.
  if (file.empty() || file == "." || file == ".." ||
      file.find_first_of(std::string("/\0", 2)) != std::string::npos)
    return fail(p.name, "weights_file: ",
                needsHas("the name of a file beside the program", message("'", file, "'")));
  std::string fault = takeWeights(folder + file, file);
  // Where a compilation was killed, the weights may not have got their own name.
  const std::string standIn = chip::sideFileStandIn(file, *source.getWeightsChecksum());
  if (!fault.empty() && !standIn.empty() && takeWeights(folder + standIn, standIn).empty())
    fault.clear();
  error = fault;
  return error.empty();
}

std::string ProgramReader::takeWeights(const std::string &path, const std::string &name) {
  auto mapped = std::make_shared<MappedFile>();
  if (const std::string fault = mapped->open(path); !fault.empty())
    return message(path, ": ", fault, "; it holds the weights of '", p.name,
                   "': keep it beside the program under that name, or compile again");
  const std::span<const std::byte> bytes = mapped->bytes();
  const std::string what = message("'", p.name, "': weights_file '", name, "': ");
  if (bytes.size() != *source.getWeightsBytes())
    return message(what, needsHas(message(*source.getWeightsBytes(), " bytes"), bytes.size()),
                   "; compile again");
  const std::string checksum = chip::sideFileChecksum(
      llvm::ArrayRef(reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()));
  if (*source.getWeightsChecksum() != checksum)
    return message(what,
                   needsHas(message("the checksum ", source.getWeightsChecksum()->str()), checksum),
                   "; it was changed or belongs to another program; compile again");
  p.weights = std::move(mapped);
  return {};
}

bool ProgramReader::readSlices() {
  for (chip::SliceOp op : source.getOps<chip::SliceOp>()) {
    at = op;
    const llvm::StringRef name = op.getSymName();
    Slice slice;
    slice.name = name.str();
    slice.memoryBits = static_cast<int64_t>(op.getMemoryBits());
    if (!resolve(name, "population", populations, op.getPopulation(), slice.population) ||
        !numbers(name, "first_column", op.getFirstColumn(), slice.firstColumn, "columns",
                 op.getColumns(), slice.columns, "first point", op.getPointRange().first,
                 slice.firstPoint, "points", op.getPointRange().count, slice.points) ||
        !findCore(name, *op.getCore(), slice.core))
      return false;
    for (mlir::Operation &part : op.getBody().front()) {
      at = &part;
      if (auto synapses = llvm::dyn_cast<chip::SynapsesOp>(part)) {
        if (!readSynapses(name, synapses, slice))
          return false;
      } else if (auto heads = llvm::dyn_cast<chip::AttentionHeadsOp>(part)) {
        AttentionBlock block;
        block.memoryBits = static_cast<int64_t>(heads.getMemoryBits());
        if (!resolve(name, "attention", attentions, heads.getAttention(), block.attention) ||
            !numbers(name, "first_head", heads.getFirstHead(), block.firstHead, "heads",
                     heads.getHeads(), block.heads))
          return false;
        slice.attention.push_back(block);
      }
    }
    slices[name] = static_cast<int32_t>(p.slices.size());
    p.slices.push_back(std::move(slice));
  }
  return true;
}

bool ProgramReader::readSynapses(llvm::StringRef name, chip::SynapsesOp op, Slice &slice) {
  SynapseBlock block;
  block.memoryBits = static_cast<int64_t>(op.getMemoryBits());
  if (!present(name, "offset", op.getOffset()) ||
      !present(name, "weight_bytes", op.getWeightBytes()) ||
      !resolve(name, "projection", projections, op.getProjection(), block.projection) ||
      !numbers(name, "first_row", op.getFirstRow(), block.firstRow, "rows", op.getRows(),
               block.rows, "weight_bytes", *op.getWeightBytes(), block.weightBytes))
    return false;
  block.indexed = op.getIndexed();
  const bool sparse = p.projections[block.projection].encoding == SynapseEncoding::Sparse;
  if (block.weightBytes != 1 && block.weightBytes != 2 && block.weightBytes != 4)
    return fail(name, "weight_bytes: ", needsHas("1, 2 or 4", block.weightBytes));
  const std::span<const std::byte> file = p.weights->bytes();
  const uint64_t bytes = static_cast<uint64_t>(block.rows) * (sparse ? 1 : slice.columns) *
                         static_cast<uint64_t>(block.weightBytes);
  const uint64_t offset = *op.getOffset();
  if (offset > file.size() || bytes > file.size() - offset)
    return fail(name, bytes, " bytes of weights at ", offset, ": ",
                needsHas("a weights_file that holds them", message(file.size(), " bytes")));
  if (offset % block.weightBytes != 0)
    return fail(
        name, "weights: ", needsHas(message("an offset divisible by ", block.weightBytes), offset));
  block.weights = file.subspan(offset, bytes);
  slice.synapses.push_back(block);
  return true;
}

bool ProgramReader::readFlows() {
  for (chip::FlowOp op : source.getOps<chip::FlowOp>())
    if (!readFlow(op))
      return false;
  return true;
}

bool ProgramReader::readFlow(chip::FlowOp op) {
  const llvm::StringRef name = op.getSource();
  at = op;
  Flow flow;
  if (const auto slice = slices.find(name); slice != slices.end()) {
    flow.population = p.slices[slice->second].population;
    flow.sourceCore = p.slices[slice->second].core;
  } else if (!resolve(name, "slice or host operation with spikes", populations, name,
                      flow.population)) {
    return false;
  } else {
    flow.sourceCore = p.hostCore();
  }
  if (!numbers(name, "flow's first_column", op.getFirstColumn(), flow.firstColumn, "flow's columns",
               op.getColumns(), flow.columns, "flow's first point", op.getPointRange().first,
               flow.firstPoint, "flow's points", op.getPointRange().count, flow.points))
    return false;
  for (chip::TargetOp part : op.getOps<chip::TargetOp>()) {
    at = part;
    Flow::Target target;
    if (!findCore(name, part.getCore(), target.core) ||
        !numbers(name, "target's first_column", part.getFirstColumn(), target.firstColumn,
                 "target's columns", part.getColumns(), target.columns, "target's first point",
                 part.getPointRange().first, target.firstPoint, "target's points",
                 part.getPointRange().count, target.points))
      return false;
    const MeshLinks mesh = p.chip.mesh.links();
    const Core &from = p.cores[flow.sourceCore], &to = p.cores[target.core];
    if (part.getLinks())
      target.links.assign(part.getLinks()->begin(), part.getLinks()->end());
    else if (mesh.holds({from.x, from.y}) && mesh.holds({to.x, to.y})) // else validate() refuses
      target.links = dimensionOrderPath(mesh, {from.x, from.y}, {to.x, to.y});
    flow.targets.push_back(std::move(target));
  }
  p.flows.push_back(std::move(flow));
  return true;
}

} // namespace synfire::sim
