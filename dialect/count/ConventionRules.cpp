// ConventionRules: the accounts `published` and `corrected`, which exist for SpikeDecoder only.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/ConventionRules.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace synfire::spike {

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

namespace {

/// A linear layer with the symbols of the paper: S tokens, T time steps (1 for a layer without
/// time), `in` inputs and `out` outputs.
struct Layer {
  double T, S, in, out;
};

} // namespace

/// The operations of a dense layer. Multiplications and additions are counted separately.
static double denseOps(const Layer &layer) {
  return (2 * layer.in - 1) * layer.S * layer.out + layer.S * layer.out;
}

static Layer layerOf(LinearOp op, Activities &activities) {
  const SmallVector<int64_t> in = activities.shapeOf(op.getInput());
  return {in.size() == 3 ? static_cast<double>(in[0]) : 1.0, static_cast<double>(in[in.size() - 2]),
          static_cast<double>(in.back()),
          static_cast<double>(activities.shapeOf(op.getResult()).back())};
}

/// The paper's nnz is the number of spikes in one time step. A head that reads recombined spikes is
/// counted for one step, with the nnz of one step, even when it reads all steps side by side.
static Work linear(LinearOp op, Activities &activities) {
  const Layer layer = layerOf(op, activities);
  Work work;
  if (mlir::Value spikes = spikesRead(op.getInput())) {
    const Activity &activity = activities.need(spikes);
    const double nnz = activity.total() / static_cast<double>(activity.steps());
    work.acs = layer.T * (2 * nnz * layer.out + layer.S * layer.out);
    work.rule =
        formula("AC = T (2 nnz out + S out); T, nnz, out, S", {layer.T, nnz, layer.out, layer.S});
  } else {
    work.macs = layer.T * denseOps(layer);
    work.rule = formula("MAC = T ((2 in - 1) S out + S out); T, in, out, S",
                        {layer.T, layer.in, layer.out, layer.S});
  }
  return work;
}

static Work spikingAttention(SelfAttentionOp op, Activities &activities) {
  const SmallVector<int64_t> q = activities.shapeOf(op.getQ());
  const auto T = static_cast<double>(q[0]), S = static_cast<double>(q[1]),
             E = static_cast<double>(q[2]);
  const double queries = activities.need(op.getQ()).total() / T;
  const double all = scoresFormed(op, activities);
  const double scores = activities.needProducts(op, all) / all * S * E;
  Work work;
  work.acs = T * (2 * queries * S + 2 * scores * E);
  work.rule = formula("AC = T (2 nnz_q S + 2 nnz_att E); T, nnz_q, S, nnz_att, E",
                      {T, queries, S, scores, E});
  return work;
}

static Work softmaxAttention(SoftmaxAttentionOp op, Activities &activities) {
  const SmallVector<int64_t> q = activities.shapeOf(op.getQ());
  const double T = q.size() == 3 ? static_cast<double>(q[0]) : 1.0;
  const auto S = static_cast<double>(q[q.size() - 2]), E = static_cast<double>(q.back());
  Work work;
  work.macs = T * ((2 * E - 1) * S * S + (2 * S - 1) * S * E);
  work.rule = formula("MAC = T ((2 E - 1) S S + (2 S - 1) S E); T, E, S", {T, E, S});
  return work;
}

//===----------------------------------------------------------------------===//
// Where the published formulas depart
//===----------------------------------------------------------------------===//

namespace {

struct Override {
  System system;
  LayerRole role;
  const char *stated, *meant;
  double (*macs)(const Layer &);
  double (*acs)(const Layer &);
};

} // namespace

static double none(const Layer &) { return 0; }

/// The deviations, written with the symbols of Layer. In the formulas of fc2, the MLP's factor h is
/// in / out, and the width E is out.
static const Override kOverrides[] = {
    {System::Ann, LayerRole::Fc2, "(2 S h) S E + S E: tokens where the width is meant",
     "(2 E h - 1) S E + S E", [](const Layer &l) { return 2 * l.S * l.S * l.in + l.S * l.out; },
     none},
    {System::Ann, LayerRole::Head, "0.2 S V + S V: (2 E - 1) read as the number 0.2",
     "(2 E - 1) S V + S V", [](const Layer &l) { return 0.2 * l.S * l.out + l.S * l.out; }, none},
    {System::Performance, LayerRole::Key, "not counted", "T (2 nnz E + S E), as the query", none,
     none},
    {System::Performance, LayerRole::Value, "not counted", "T (2 nnz E + S E), as the query", none,
     none},
    {System::Performance, LayerRole::Fc1, "(2 E - 1) S E h + S E h, once",
     "the same at each of the T time steps", [](const Layer &l) { return denseOps(l); }, none},
    {System::Performance, LayerRole::Fc2, "(2 E - 1) S E h + S E h, once: the shape of fc1",
     "(2 E h - 1) S E + S E at each of the T time steps",
     [](const Layer &l) { return denseOps({1, l.S, l.out, l.in}); }, none},
    {System::Performance, LayerRole::Head, "(E - 1) S V + S V at the price of an accumulate",
     "(2 E - 1) S V + S V at the price of an ANN operation", none,
     [](const Layer &l) { return (l.in - 1) * l.S * l.out + l.S * l.out; }},
};

FailureOr<ConventionRules> ConventionRules::get(func::FuncOp function, bool published) {
  auto architecture = function->getAttrOfType<StringAttr>(kArchitectureAttrName);
  if (!architecture || architecture.getValue() != "spikedecoder")
    return function.emitError() << "the account '" << (published ? "published" : "corrected")
                                << "' is defined for SpikeDecoder only: " << kArchitectureAttrName
                                << " needs 'spikedecoder', has "
                                << (architecture ? "'" + architecture.getValue().str() + "'"
                                                 : "no value")
                                << "; use --account op_count";
  FailureOr<System> system = findSystem(function);
  if (failed(system))
    return failure();
  ConventionRules rules;
  rules.kind = *system;
  rules.published = published;
  rules.roles = findRoles(function);
  return rules;
}

FailureOr<Work> ConventionRules::work(Operation *op, Activities &activities) const {
  if (auto layer = dyn_cast<LinearOp>(op); layer && published)
    for (const Override &entry : kOverrides)
      if (entry.system == kind && entry.role == roles.lookup(op)) {
        const Layer shape = layerOf(layer, activities);
        Work work;
        work.macs = entry.macs(shape);
        work.acs = entry.acs(shape);
        work.stated = entry.stated;
        work.meant = entry.meant;
        work.rule = formula("override " + systemName(kind).str() + "." +
                                roleName(entry.role).str() + "; S, in, out",
                            {shape.S, shape.in, shape.out});
        return work;
      }
  return TypeSwitch<Operation *, FailureOr<Work>>(op)
      .Case([&](LinearOp op) { return linear(op, activities); })
      .Case([&](SelfAttentionOp op) { return spikingAttention(op, activities); })
      .Case([&](SoftmaxAttentionOp op) { return softmaxAttention(op, activities); })
      // The convention counts only products with a matrix and leaves out these ops.
      .Case<LookupOp, PositionOp, CodeOp, BinarizeOp, ConcatOp, SliceOp, RepeatOp, FlattenOp,
            InjectOp, BatchNormOp, PowerNormOp, LayerNormOp, ScaleOp, NeuronOp, IntegratorOp,
            DelayOp, AddOp, LogicOp, GeluOp, ReluOp, ClipFloorOp, SoftmaxOp, RecombineOp,
            DequantizeOp, TopKOp>([](Operation *) { return Work(); })
      .Default([](Operation *op) -> FailureOr<Work> {
        return op->emitError() << "'" << sourceName(op)
                               << "': the conventions of SpikeDecoder have no rule for "
                               << op->getName() << "; use --account op_count";
      });
}

} // namespace synfire::spike
