// Program: the rules of its mapped half, which says on which cores it is computed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/Program.h"

#include "simulator/program/ChannelWaits.h"
#include "simulator/program/ProgramRules.h"
#include "simulator/program/SynapseWeights.h"
#include "support/MeshNames.h"
#include "support/MeshPaths.h"
#include "support/Message.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

namespace synfire::sim {
namespace {

/// Whether [first, first + count) is not empty and lies within [from, from + size).
bool isPart(int64_t first, int64_t count, int64_t from, int64_t size) {
  return count > 0 && first >= from && first + count <= from + size;
}

std::string coreName(const Core &core) {
  return synfire::coreName(core.chip, {core.x, core.y}, core.core);
}

std::string checkCores(const Program &p) {
  if (p.cores.empty())
    return "has no cores";
  const MeshModel &mesh = p.chip.mesh;
  const auto place = [](const Core &c) { return std::tuple(c.chip, c.y, c.x, c.core); };
  for (int32_t i = 0; i < p.hostCore(); ++i) {
    const Core &c = p.cores[i];
    if (c.chip < 0 || c.chip >= p.chip.maxChips || c.x < 0 || c.x >= mesh.width || c.y < 0 ||
        c.y >= mesh.height || c.core < 0 || c.core >= mesh.coresPerTile)
      return message(coreName(c), " does not exist on '", p.chip.name, "' (", p.chip.maxChips,
                     " chips of ", mesh.width, " x ", mesh.height, " tiles with ",
                     mesh.coresPerTile, " cores)");
    if (mesh.isFaulty(c.x, c.y, c.core))
      return message(coreName(c), " is faulty (mesh.faulty_cores of '", p.chip.name, "')");
    if (i > 0 && !(place(p.cores[i - 1]) < place(c)))
      return message(coreName(c), " is listed twice or out of order");
  }
  const Core &host = p.cores.back();
  if (host.chip != 0 || host.x != p.chip.host.portX || host.y != p.chip.host.portY ||
      host.core != mesh.coresPerTile || host.x < 0 || host.x >= mesh.width || host.y < 0 ||
      host.y >= mesh.height)
    return message("the host does not stand at its port (", p.chip.host.portX, ", ",
                   p.chip.host.portY, ") of '", p.chip.name, "'");
  return {};
}

/// Checks that each of `count` stored weights is an integer of the form in which the chip stores
/// it, which may have fewer of them than the type.
template <typename Weight>
std::string checkWeights(const Weight *weights, size_t count, WeightForm form) {
  for (size_t i = 0; i < count; ++i)
    if (!form.holds(weights[i]))
      return "weight: " +
             needsHas(message(form.range(), ", ", form.bits, form.bits == 1 ? " bit" : " bits"),
                      int64_t{weights[i]});
  return {};
}

std::string checkBlock(const Program &p, const Slice &slice, const SynapseBlock &block) {
  if (!indexes(block.projection, p.projections))
    return message("projection ", block.projection, " does not exist");
  const Projection &projection = p.projections[block.projection];
  const bool sparse = projection.encoding == SynapseEncoding::Sparse;
  if (projection.target != slice.population)
    return message("projection ", block.projection, " does not lead to population ",
                   slice.population);
  if (!isPart(block.firstRow, block.rows, 0, projection.rows))
    return message("rows ", block.firstRow, " + ", block.rows, " are not among ", projection.rows);
  if (projection.encoding == SynapseEncoding::Conv && block.rows != projection.rows)
    return needsHas(message("all ", projection.rows, " rows of a convolution"), block.rows);
  if (sparse && (block.firstRow != slice.firstColumn || block.rows != slice.columns))
    return message("diagonal rows ", block.firstRow, " + ", block.rows,
                   " are not the slice's columns");
  if (block.weightBytes != 1 && block.weightBytes != 2 && block.weightBytes != 4)
    return "bytes of a weight: " + needsHas("1, 2 or 4", block.weightBytes);
  if (projection.weightBits > 8 * block.weightBytes)
    return "bits of a weight: " +
           needsHas(message("at most ", 8 * block.weightBytes), projection.weightBits);
  const uint64_t weights = static_cast<uint64_t>(block.rows) * (sparse ? 1 : slice.columns);
  if (block.weights.size() != weights * block.weightBytes)
    return needsHas(message(weights * block.weightBytes, " bytes of weights"),
                    block.weights.size());
  if (reinterpret_cast<uintptr_t>(block.weights.data()) % block.weightBytes != 0)
    return message("weights of ", block.weightBytes, " bytes are not aligned");
  if (block.memoryBits < 0)
    return "has negative memory";
  if (block.indexed && !projection.mayBeIndexed())
    return "indexed rows: needs a weight for each row and column, has those of another encoding";
  if (projection.weightBits == 8 * block.weightBytes)
    return {};
  return visitWeights(block, [&](const auto *first) {
    return checkWeights(first, weights, projection.weightForm());
  });
}

/// Checks that the slice has every row of each projection into its population exactly once.
std::string checkRows(const Program &p, const Slice &slice, const std::vector<int32_t> &expected) {
  for (int32_t projection : expected) {
    std::vector<std::pair<int32_t, int32_t>> parts;
    for (const SynapseBlock &block : slice.synapses)
      if (block.projection == projection)
        parts.emplace_back(block.firstRow, block.rows);
    std::sort(parts.begin(), parts.end());
    const bool sparse = p.projections[projection].encoding == SynapseEncoding::Sparse;
    int32_t next = sparse ? slice.firstColumn : 0;
    const int32_t end = sparse ? slice.firstColumn + slice.columns : p.projections[projection].rows;
    for (const auto &[firstRow, rows] : parts) {
      if (firstRow != next)
        return message("projection ", projection, ": row ", std::min(firstRow, next),
                       firstRow < next ? " stands twice" : " is missing");
      next = firstRow + rows;
    }
    if (next != end)
      return message("projection ", projection, ": row ", next, " is missing");
  }
  return {};
}

std::string checkAttentionBlocks(const Program &p, const Slice &slice,
                                 const std::vector<int32_t> &expected) {
  for (const AttentionBlock &block : slice.attention) {
    if (std::find(expected.begin(), expected.end(), block.attention) == expected.end())
      return message("attention ", block.attention, " does not lead to population ",
                     slice.population);
    const Attention &attention = p.attentions[block.attention];
    const int64_t d = p.populations[attention.target].columns / attention.heads;
    if (block.firstHead < 0 || block.heads < 1 || block.firstHead * d != slice.firstColumn ||
        block.heads * d != slice.columns)
      return message("heads ", block.firstHead, " + ", block.heads, " of ", d,
                     " columns are not the slice's columns");
    if (block.memoryBits < 0)
      return "has negative memory";
  }
  for (int32_t attention : expected)
    if (std::count_if(slice.attention.begin(), slice.attention.end(),
                      [&](const AttentionBlock &b) { return b.attention == attention; }) != 1)
      return message("heads of attention ", attention, " must stand there once");
  return {};
}

/// By population: the indices of the projections and attentions that end there.
struct Inputs {
  std::vector<std::vector<int32_t>> projections, attentions;
  explicit Inputs(const Program &p)
      : projections(p.populations.size()), attentions(p.populations.size()) {
    for (size_t i = 0; i < p.projections.size(); ++i)
      projections[p.projections[i].target].push_back(static_cast<int32_t>(i));
    for (size_t i = 0; i < p.attentions.size(); ++i)
      attentions[p.attentions[i].target].push_back(static_cast<int32_t>(i));
  }
};

std::string checkSlice(const Program &p, const Slice &slice, const Inputs &inputs) {
  if (!indexes(slice.population, p.populations))
    return message("population ", slice.population, " does not exist");
  const Population &population = p.populations[slice.population];
  if (population.kind == PopulationKind::HostSpikes)
    return "the host's spikes have no place on a core";
  if (!isPart(slice.firstColumn, slice.columns, 0, population.columns))
    return message("columns ", slice.firstColumn, " + ", slice.columns, " are not among ",
                   population.columns);
  if (!isPart(slice.firstPoint, slice.points, 0, population.points))
    return message("points ", slice.firstPoint, " + ", slice.points, " are not among ",
                   population.points);
  if (slice.core < 0 || slice.core >= p.hostCore())
    return message("core ", slice.core, " does not exist");
  if (slice.memoryBits < 0)
    return "has negative memory";
  for (size_t b = 0; b < slice.synapses.size(); ++b)
    if (std::string error = checkBlock(p, slice, slice.synapses[b]); !error.empty())
      return message("synapses ", b, ": ", error);
  std::string error = checkRows(p, slice, inputs.projections[slice.population]);
  if (error.empty())
    error = checkAttentionBlocks(p, slice, inputs.attentions[slice.population]);
  return error;
}

/// Checks that two slices which have the same columns at different points have the same weights.
std::string checkShared(const Program &p, const Slice &slice, const Slice &other) {
  for (size_t b = 0; b < slice.synapses.size(); ++b) {
    const SynapseBlock &block = slice.synapses[b];
    for (const SynapseBlock &same : other.synapses)
      if (same.projection == block.projection && same.firstRow == block.firstRow &&
          (same.weightBytes != block.weightBytes || same.weights.size() != block.weights.size() ||
           (same.weights.data() != block.weights.data() &&
            !std::ranges::equal(same.weights, block.weights))))
        return message("slice '", slice.name, "': synapses ", b, ": has other weights than '",
                       other.name, "', which has the same columns of ",
                       opName(p, p.populations[slice.population].op), " at other points");
  }
  return {};
}

/// Checks that the columns of a population with several points are cut into blocks, and each block
/// into ranges of points, which share its weights. Adds one entry for every block to `blocks`.
std::string checkPoints(const Program &p, int32_t population, std::vector<const Slice *> slices,
                        std::vector<std::pair<int32_t, int32_t>> &blocks) {
  const auto name = [&] { return opName(p, p.populations[population].op); };
  std::ranges::sort(slices, [](const Slice *a, const Slice *b) {
    return std::tie(a->firstColumn, a->firstPoint) < std::tie(b->firstColumn, b->firstPoint);
  });
  for (size_t i = 0; i < slices.size();) {
    const Slice &first = *slices[i];
    int32_t next = 0;
    for (; i < slices.size() && slices[i]->firstColumn == first.firstColumn; ++i) {
      const Slice &slice = *slices[i];
      if (slice.columns != first.columns)
        return message(
            "slice '", slice.name, "': ",
            needsHas(message(first.columns, " columns, as '", first.name, "'"), slice.columns));
      if (slice.firstPoint != next)
        return message(name(), ": point ", std::min(slice.firstPoint, next), " of column ",
                       first.firstColumn,
                       slice.firstPoint < next ? " is on two cores" : " is on no core");
      if (std::string error = checkShared(p, slice, first); !error.empty())
        return error;
      next = slice.firstPoint + slice.points;
    }
    if (next != p.populations[population].points)
      return message(name(), ": point ", next, " of column ", first.firstColumn, " is on no core");
    blocks.emplace_back(first.firstColumn, first.columns);
  }
  return {};
}

/// Checks that the slices have every neuron of each population of the chip exactly once, and that
/// no core gets more neurons than it has.
std::string checkCover(const Program &p) {
  std::vector<std::vector<std::pair<int32_t, int32_t>>> parts(p.populations.size());
  std::vector<std::vector<const Slice *>> spatial(p.populations.size());
  std::vector<int64_t> neurons(p.cores.size());
  for (const Slice &slice : p.slices) {
    neurons[slice.core] += slice.neurons();
    if (p.populations[slice.population].points > 1)
      spatial[slice.population].push_back(&slice);
    else
      parts[slice.population].emplace_back(slice.firstColumn, slice.columns);
  }
  for (size_t i = 0; i < parts.size(); ++i)
    if (std::string error =
            checkPoints(p, static_cast<int32_t>(i), std::move(spatial[i]), parts[i]);
        !error.empty())
      return error;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (p.populations[i].kind == PopulationKind::HostSpikes)
      continue;
    std::sort(parts[i].begin(), parts[i].end());
    int32_t next = 0;
    for (const auto &[first, columns] : parts[i]) {
      if (first != next)
        return message(opName(p, p.populations[i].op), ": column ", std::min(first, next),
                       first < next ? " is on two cores" : " is on no core");
      next = first + columns;
    }
    if (next != p.populations[i].columns)
      return message(opName(p, p.populations[i].op), ": column ", next, " is on no core");
  }
  for (int32_t core = 0; core < p.hostCore(); ++core)
    if (neurons[core] > p.chip.core.neurons)
      return message(coreName(p.cores[core]), ": ",
                     needsHas(message(neurons[core], " neurons"), p.chip.core.neurons),
                     " (core.neurons of '", p.chip.name, "')");
  return {};
}

/// Checks that the links of the target form a path of working links from `from` to the target's
/// core within one chip. `faulty` are the faulty links, ascending.
std::string checkPath(const Program &p, const std::vector<int32_t> &faulty, const Core &from,
                      const Flow::Target &target) {
  const Core &to = p.cores[target.core];
  const MeshLinks mesh = p.chip.mesh.links();
  if (from.chip != to.chip)
    return message("leads from chip ", from.chip, " to chip ", to.chip,
                   "; links between chips are not supported");
  MeshPlace place{from.x, from.y};
  std::set<int32_t> taken;
  for (int32_t link : target.links) {
    if (!mesh.isLink(link) || linkRouter(link) != mesh.router(place))
      return message("has ", linkName(link, mesh), " at ", tileName(place));
    const std::optional<MeshPlace> next = mesh.next(place, linkDirection(link));
    if (!next)
      return message("has ", linkName(link, mesh), ", which leaves the mesh");
    if (std::ranges::binary_search(faulty, link))
      return message("has ", linkName(link, mesh), ", which is faulty (mesh.faulty_links of '",
                     p.chip.name, "')");
    // The network finds the next link of a path by the one before it.
    if (!taken.insert(link).second)
      return message("has ", linkName(link, mesh), " twice");
    place = *next;
  }
  if (place != MeshPlace{to.x, to.y})
    return message("its links end at ", tileName(place), ", ", coreName(to), " is meant");
  return {};
}

/// Checks that the paths of the flows cannot deadlock. Paths of dimension order alone cannot.
std::string checkDeadlock(const Program &p) {
  const MeshLinks mesh = p.chip.mesh.links();
  const auto isDetour = [&](const Flow &flow, const Flow::Target &target) {
    const Core &from = p.cores[flow.sourceCore], &to = p.cores[target.core];
    return !isDimensionOrder(mesh, {from.x, from.y}, {to.x, to.y}, target.links);
  };
  ChannelWaits waits(mesh);
  if (std::ranges::any_of(p.flows, [&](const Flow &flow) {
        return std::ranges::any_of(flow.targets,
                                   [&](const auto &target) { return isDetour(flow, target); });
      }))
    for (const Flow &flow : p.flows)
      for (const Flow::Target &target : flow.targets)
        waits.add(target.links);
  const std::vector<int32_t> circle = waits.findCircle();
  if (circle.empty())
    return {};
  std::string text = "the flows can deadlock: ";
  for (int32_t link : circle)
    text += linkName(link, mesh) + " waits for ";
  return text + linkName(circle.front(), mesh);
}

std::string checkFlow(const Program &p, const std::vector<int32_t> &faulty, const Flow &flow) {
  if (!indexes(flow.population, p.populations))
    return message("population ", flow.population, " does not exist");
  const Population &population = p.populations[flow.population];
  if (!isPart(flow.firstColumn, flow.columns, 0, population.columns))
    return message("columns ", flow.firstColumn, " + ", flow.columns, " are not among ",
                   population.columns);
  if (!isPart(flow.firstPoint, flow.points, 0, population.points))
    return message("points ", flow.firstPoint, " + ", flow.points, " are not among ",
                   population.points);
  if (!indexes(flow.sourceCore, p.cores) ||
      (flow.sourceCore == p.hostCore()) != (population.kind == PopulationKind::HostSpikes))
    return message("cannot start at core ", flow.sourceCore);
  for (size_t t = 0; t < flow.targets.size(); ++t) {
    const Flow::Target &target = flow.targets[t];
    std::string error;
    if (target.core < 0 || target.core >= p.hostCore())
      error = message("core ", target.core, " does not exist");
    else if (!isPart(target.firstColumn, target.columns, flow.firstColumn, flow.columns))
      error = message("columns ", target.firstColumn, " + ", target.columns,
                      " are not among the flow's");
    else if (!isPart(target.firstPoint, target.points, flow.firstPoint, flow.points))
      error =
          message("points ", target.firstPoint, " + ", target.points, " are not among the flow's");
    else
      error = checkPath(p, faulty, p.cores[flow.sourceCore], target);
    if (!error.empty())
      return message("target ", t, ": ", error);
  }
  return {};
}

} // namespace

std::string validateMapping(const Program &p) {
  if (std::string error = p.chip.validate(); !error.empty())
    return error;
  if (std::string error = checkCores(p); !error.empty())
    return error;
  const Inputs inputs(p);
  for (const Slice &slice : p.slices)
    if (std::string error = checkSlice(p, slice, inputs); !error.empty())
      return message("slice '", slice.name, "': ", error);
  if (std::string error = checkCover(p); !error.empty())
    return error;
  const std::vector<int32_t> faulty = p.chip.mesh.faultyLinkNumbers();
  for (size_t f = 0; f < p.flows.size(); ++f)
    if (std::string error = checkFlow(p, faulty, p.flows[f]); !error.empty())
      return message("flow ", f, ": ", error);
  return checkDeadlock(p);
}

} // namespace synfire::sim
