// HostRules: shapes, numbers and order of host ops.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/HostRules.h"

#include "simulator/program/ProgramRules.h"
#include "support/Message.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace synfire::sim {
namespace {

constexpr int32_t kMaxSteps = 4096;

template <typename Numbers> bool allFinite(const Numbers &numbers) {
  return std::all_of(std::begin(numbers), std::end(numbers),
                     [](double x) { return std::isfinite(x); });
}

size_t inputsOf(HostOpKind kind) {
  switch (kind) {
  case HostOpKind::TokenLookup:
  case HostOpKind::PositionLookup:
  case HostOpKind::Code:
  case HostOpKind::Dequantize: // reads a population
    return 0;
  case HostOpKind::Add:
  case HostOpKind::Logic:
    return 2;
  case HostOpKind::SoftmaxAttention:
    return 3;
  default:
    return 1;
  }
}

std::string checkTable(const HostOp &op) {
  if (op.table.size() != static_cast<size_t>(op.tableRows) * static_cast<size_t>(op.tableColumns))
    return message("table of ", op.table.size(), " values is not ", op.tableRows, " rows x ",
                   op.tableColumns, " columns");
  return allFinite(op.table) ? "" : "the table has a value that is not finite";
}

/// The arrays of a kind have one entry per column, and only finite ones.
std::string checkNumbers(const HostOp &op) {
  const auto columns = static_cast<size_t>(op.columns);
  const auto check = [&](const char *name, const std::vector<double> &numbers) -> std::string {
    if (numbers.size() != columns)
      return message(name, " has ", numbers.size(), " entries for ", op.columns, " columns");
    return allFinite(numbers) ? "" : message(name, " has an entry that is not finite");
  };
  std::string error;
  const auto need = [&](const char *name, const std::vector<double> &numbers) {
    if (error.empty())
      error = check(name, numbers);
  };
  switch (op.kind) {
  case HostOpKind::Normalize:
    need("mean", op.mean);
    need("spread", op.spread);
    [[fallthrough]];
  case HostOpKind::Linear:
  case HostOpKind::LayerNorm:
    need("factor", op.factor);
    need("offset", op.offset);
    break;
  case HostOpKind::Scale:
    need("factor", op.factor);
    if (!op.offset.empty())
      need("offset", op.offset);
    break;
  case HostOpKind::Neuron:
  case HostOpKind::ClipFloor:
    need("thresholds", op.thresholds);
    break;
  case HostOpKind::Dequantize:
    need("scale", op.scale);
    break;
  default:
    break;
  }
  const HostNeuron &n = op.neuron;
  const double scalars[] = {op.threshold, op.eps,         op.attentionScale, n.decay,
                            n.gain,       n.currentDecay, n.currentGain,     n.bias,
                            n.vReset,     n.vInit};
  if (error.empty() && !allFinite(scalars))
    return "has a constant that is not finite";
  if (error.empty() && op.kind == HostOpKind::ClipFloor &&
      (op.levels < 1 ||
       !std::all_of(op.thresholds.begin(), op.thresholds.end(), [](double t) { return t > 0; })))
    return "needs levels and thresholds above 0";
  return error;
}

std::string checkCode(const HostOp &op) {
  if (op.size < 1)
    return message("has ", op.size, " codes, must have 1 at least");
  const bool joint = op.source == HostCodeSource::TokenAtPosition;
  if (joint ? op.vocabulary < 1 || op.size % op.vocabulary != 0 : op.vocabulary != 0)
    return message("vocabulary is ", op.vocabulary, " for ", op.size, " codes",
                   joint ? ", must divide them" : " of no token at a position");
  const auto last = static_cast<uint64_t>(op.size - 1);
  const int64_t width =
      op.code == HostCode::OneHot ? op.size : std::max<int64_t>(1, std::bit_width(last));
  if (width != op.columns)
    return message("codes of ", op.size, " indices have ", width, " columns, the result ",
                   op.columns);
  return {};
}

std::string checkDequantize(const Program &p, const HostOp &op) {
  if (op.readout < 0 || static_cast<size_t>(op.readout) >= p.populations.size() ||
      p.populations[op.readout].kind != PopulationKind::Readout)
    return message("population ", op.readout, " is not a readout");
  const Population &readout = p.populations[op.readout];
  const int32_t steps = readout.perStep ? p.timeSteps : 1;
  if (readout.columns != op.columns || steps != op.steps)
    return message("the readout has ", steps, " x ", readout.columns, " values, the result ",
                   op.steps, " x ", op.columns);
  if (op.fractionBits < 0 || op.fractionBits > 62)
    return message("fraction bits is ", op.fractionBits, ", must be 0 to 62");
  return {};
}

std::string checkAttention(const HostOp &op, const HostOp &q, const HostOp &k, const HostOp &v) {
  if (op.heads < 1 || op.kvHeads < 1 || op.columns % op.heads != 0 || op.heads % op.kvHeads != 0)
    return message(op.heads, " heads over ", op.kvHeads, " of keys do not divide ", op.columns,
                   " columns");
  const int64_t shared = int64_t{op.columns} / op.heads * op.kvHeads;
  if (q.columns != op.columns || k.columns != shared || v.columns != shared)
    return message("queries, keys and values have ", q.columns, ", ", k.columns, " and ", v.columns,
                   " columns, must have ", op.columns, ", ", shared, " and ", shared);
  return {};
}

/// Rows and columns of the result, given the inputs'.
std::string checkShape(const Program &p, const HostOp &op) {
  const auto input = [&](size_t i) -> const HostOp & { return p.hostOps[op.inputs[i]]; };
  int64_t steps = op.steps, columns = op.columns; // what they must be
  switch (op.kind) {
  case HostOpKind::TokenLookup:
  case HostOpKind::PositionLookup:
    steps = 1;
    columns = op.tableColumns;
    break;
  case HostOpKind::Code:
    steps = 1;
    break;
  case HostOpKind::Dequantize:
    return checkDequantize(p, op);
  case HostOpKind::Concat:
    columns = 0;
    for (size_t i = 0; i < op.inputs.size(); ++i) {
      columns += input(i).columns;
      if (input(i).steps != op.steps)
        steps = input(i).steps;
    }
    break;
  case HostOpKind::Slice:
    steps = input(0).steps;
    if (op.from < 0 || op.from > input(0).columns - op.columns)
      return message("columns ", op.from, " + ", op.columns, " are not among ", input(0).columns);
    break;
  case HostOpKind::Repeat:
    columns = input(0).columns;
    if (input(0).steps != 1)
      return message("repeats a value that has ", input(0).steps, " time steps already");
    break;
  case HostOpKind::Linear: {
    steps = input(0).steps;
    const int32_t rows = op.transposed ? op.tableRows : op.tableColumns;
    columns = op.transposed ? op.tableColumns : op.tableRows;
    if (rows != input(0).columns)
      return message("weights for ", rows, " inputs, the input has ", input(0).columns);
    break;
  }
  case HostOpKind::Recombine:
    steps = 1;
    columns = input(0).columns;
    if (op.recombination == HostRecombination::Concatenate)
      columns *= input(0).steps;
    break;
  case HostOpKind::SoftmaxAttention:
    steps = input(0).steps;
    if (input(1).steps != steps || input(2).steps != steps)
      return message("queries, keys and values have ", steps, ", ", input(1).steps, " and ",
                     input(2).steps, " time steps");
    if (std::string error = checkAttention(op, input(0), input(1), input(2)); !error.empty())
      return error;
    break;
  default:
    for (size_t i = 0; i < op.inputs.size(); ++i)
      if (input(i).steps != op.steps || input(i).columns != op.columns) {
        steps = input(i).steps;
        columns = input(i).columns;
      }
  }
  if (steps != op.steps || columns != op.columns)
    return message("is ", op.steps, " x ", op.columns, " values, its inputs make ", steps, " x ",
                   columns);
  return {};
}

HostFacts factsOf(const Program &p, const HostOp &op, const std::vector<HostFacts> &facts) {
  HostFacts own;
  int64_t largest = 0, sum = 0;
  bool spikes = !op.inputs.empty();
  for (int32_t input : op.inputs) {
    own.late |= facts[input].late;
    own.stage = std::max(own.stage, facts[input].stage);
    largest = std::max(largest, facts[input].largestSpike);
    sum += facts[input].largestSpike;
    spikes &= facts[input].largestSpike > 0;
  }
  switch (op.kind) {
  case HostOpKind::Code:
  case HostOpKind::Binarize:
  case HostOpKind::Neuron:
    own.largestSpike = 1;
    break;
  case HostOpKind::Concat:
  case HostOpKind::Slice:
  case HostOpKind::Repeat:
  case HostOpKind::Logic:
    own.largestSpike = spikes ? largest : 0;
    break;
  case HostOpKind::Add:
    own.largestSpike = spikes ? std::min(sum, int64_t{1} << 32) : 0;
    break;
  case HostOpKind::Dequantize:
    own.stage = p.populations[op.readout].stage;
    own.late = !p.populations[op.readout].perStep && p.timeSteps > 1;
    break;
  case HostOpKind::Recombine:
    own.late |= own.stage >= 0 && p.hostOps[op.inputs[0]].steps > 1;
    break;
  default:
    break;
  }
  return own;
}

} // namespace

std::string checkHostOp(const Program &p, size_t index, std::vector<HostFacts> &facts) {
  const HostOp &op = p.hostOps[index];
  if (op.columns < 1 || op.columns > kMaxColumns)
    return message("columns is ", op.columns, ", must be 1 to ", kMaxColumns);
  if (op.steps < 1 || op.steps > kMaxSteps)
    return message("steps is ", op.steps, ", must be 1 to ", kMaxSteps);
  for (int32_t input : op.inputs)
    if (input < 0 || static_cast<size_t>(input) >= index)
      return message("input ", input, " does not stand before it");
  const size_t inputs = inputsOf(op.kind);
  if (op.kind == HostOpKind::Concat ? op.inputs.empty() : op.inputs.size() != inputs)
    return message("has ", op.inputs.size(), " inputs, must have ", inputs);
  std::string error = checkShape(p, op);
  if (error.empty())
    error = checkTable(op);
  if (error.empty())
    error = checkNumbers(op);
  if (error.empty() && op.kind == HostOpKind::Code)
    error = checkCode(op);
  if (!error.empty())
    return error;
  facts.push_back(factsOf(p, op, facts));
  if (op.kind == HostOpKind::Logic && facts.back().largestSpike != 1)
    return "combines values that are not bits";
  return {};
}

std::string checkHostSpikes(const Program &p, int32_t index, const std::vector<HostFacts> &facts,
                            bool read) {
  const Population &population = p.populations[index];
  if (population.hostOp < 0 || static_cast<size_t>(population.hostOp) >= p.hostOps.size())
    return message("host operation ", population.hostOp, " does not exist");
  const HostOp &op = p.hostOps[population.hostOp];
  const HostFacts &known = facts[population.hostOp];
  if (op.columns != population.columns)
    return message("has ", population.columns, " columns, its host operation ", op.columns);
  if (op.steps > p.timeSteps || (read && op.steps != p.timeSteps))
    return message("has ", op.steps, " time steps, the program ", p.timeSteps);
  if (population.spikeBits < 1 || population.spikeBits > 8)
    return message("spike bits is ", population.spikeBits, ", must be 1 to 8");
  if (known.largestSpike == 0)
    return "sends values that are not spikes to the chip; binarize them first";
  if (known.largestSpike >= int64_t{1} << population.spikeBits)
    return message("spikes of up to ", known.largestSpike, " do not fit ", population.spikeBits,
                   " bits");
  if (read && known.late)
    return "enters the chip after its time steps were recombined";
  if (population.stage < known.stage + (read ? 1 : 0))
    return message("is in stage ", population.stage, ", the readouts that it depends on in ",
                   known.stage);
  return {};
}

std::string checkHostOrder(const Program &p) {
  int32_t next = 0; // host ops before it have run
  for (size_t i = 0; i < p.populations.size(); ++i) {
    if (p.populations[i].kind != PopulationKind::HostSpikes)
      continue;
    const std::string &name = p.ops[p.populations[i].op].name;
    if (p.populations[i].hostOp < next)
      return message(name, ": population ", i, " stands behind one of a later host operation");
    for (; next <= p.populations[i].hostOp; ++next)
      if (p.hostOps[next].kind == HostOpKind::Dequantize &&
          static_cast<size_t>(p.hostOps[next].readout) >= i)
        return message(name, ": population ", i, " stands before population ",
                       p.hostOps[next].readout, ", which the host reads first");
  }
  return {};
}

} // namespace synfire::sim
