// HostRules: the rules about order and shapes that hold for host ops of every kind.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/HostRules.h"

#include "simulator/program/ProgramRules.h"
#include "support/Limits.h"
#include "support/Message.h"

#include <algorithm>

namespace synfire::sim {
namespace {

constexpr int32_t kMaxSteps = 4096;

/// " at 9 points", or nothing where there is no grid.
std::string atPoints(int32_t points) {
  return points == 1 ? std::string() : message(" at ", points, " points");
}

/// An op whose kernel reads a readout names a population that is a readout with the shape of the
/// op's result; any other op names none.
std::string checkReadout(const Program &p, const HostOp &op) {
  if (!op.kernel->readsReadout())
    return op.readout == -1 ? "" : needsHas("no readout", message("population ", op.readout));
  if (op.readout < 0 || static_cast<size_t>(op.readout) >= p.populations.size() ||
      p.populations[op.readout].kind != PopulationKind::Readout)
    return message("population ", op.readout, " is not a readout");
  const Population &readout = p.populations[op.readout];
  const int32_t steps = readout.perStep ? p.timeSteps : 1;
  if (readout.columns != op.columns || steps != op.steps || readout.points != op.points)
    return needsHas(message(steps, " x ", readout.columns, atPoints(readout.points),
                            " values, those of its readout"),
                    message(op.steps, " x ", op.columns, atPoints(op.points)));
  return {};
}

HostFacts factsOf(const Program &p, const HostOp &op, const std::vector<HostFacts> &facts) {
  HostFacts own;
  for (int32_t input : op.inputs) {
    own.late |= facts[input].late;
    own.stage = std::max(own.stage, facts[input].stage);
  }
  if (op.kernel->readsReadout()) {
    own.stage = p.populations[op.readout].stage;
    own.late = !p.populations[op.readout].perStep && p.timeSteps > 1;
  }
  // An op that depends on the chip and joins time steps must wait for the last one.
  for (int32_t input : op.inputs)
    own.late |= own.stage >= 0 && op.steps < p.hostOps[input].steps;
  return own;
}

} // namespace

std::string checkHostOp(const Program &p, size_t index, std::vector<HostFacts> &facts) {
  const HostOp &op = p.hostOps[index];
  if (!op.kernel)
    return "has no kernel";
  for (const std::string &error : {outside("columns", op.columns, 1, kMaxColumns),
                                   outside("points", op.points, 1, p.context > 1 ? 1 : kMaxColumns),
                                   outside("time steps", op.steps, 1, kMaxSteps)})
    if (!error.empty())
      return error;
  for (int32_t input : op.inputs)
    if (input < 0 || static_cast<size_t>(input) >= index)
      return message("input ", input, " does not stand before it");
  const size_t inputs = op.kernel->inputs();
  if (inputs == HostKernel::kOneOrMore ? op.inputs.empty() : op.inputs.size() != inputs)
    return needsHas(inputs == HostKernel::kOneOrMore ? std::string("at least 1 input")
                                                     : message(inputs, " inputs"),
                    op.inputs.size());
  std::string error = checkReadout(p, op);
  if (!error.empty())
    return error;
  std::vector<HostValue> values = inputsOf(op, p.hostOps);
  for (size_t i = 0; i < values.size(); ++i) {
    values[i].largestSpike = facts[op.inputs[i]].largestSpike;
    if (values[i].points != op.points && !op.kernel->mixesPoints())
      return needsHas(message(values[i].points, " points, those of input ", i), op.points);
  }
  error = op.kernel->check({op.value(), values});
  if (!error.empty())
    return error;
  facts.push_back(factsOf(p, op, facts));
  facts.back().largestSpike = op.kernel->largestSpike(values);
  return {};
}

std::string checkHostSpikes(const Program &p, int32_t index, const std::vector<HostFacts> &facts,
                            bool read) {
  const Population &population = p.populations[index];
  if (population.hostOp < 0 || static_cast<size_t>(population.hostOp) >= p.hostOps.size())
    return message("host operation ", population.hostOp, " does not exist");
  const HostOp &op = p.hostOps[population.hostOp];
  const HostFacts &known = facts[population.hostOp];
  if (op.columns != population.columns || op.points != population.points)
    return needsHas(
        message(op.columns, " columns", atPoints(op.points), ", those of its host operation"),
        message(population.columns, atPoints(population.points)));
  if (op.steps > p.timeSteps || (read && op.steps != p.timeSteps))
    return needsHas(message(p.timeSteps, " time steps, those of the program"), op.steps);
  if (std::string error = outside("spike bits", population.spikeBits, 1, kMaxSpikeBits);
      !error.empty())
    return error;
  if (known.largestSpike == 0)
    return "sends values that are not spikes to the chip; binarize them first";
  if (known.largestSpike >= int64_t{1} << population.spikeBits)
    return needsHas(message("spikes that fit ", population.spikeBits, " bits"),
                    message("spikes of up to ", known.largestSpike));
  if (read && known.late)
    return "enters the chip after its time steps were recombined";
  if (population.stage < known.stage + (read ? 1 : 0))
    return message("is in stage ", population.stage, ", the readouts that it depends on in ",
                   known.stage);
  return {};
}

std::string checkHostOrder(const Program &p) {
  int32_t next = 0; // the first host op that the engine has not run yet
  for (size_t i = 0; i < p.populations.size(); ++i) {
    if (p.populations[i].kind != PopulationKind::HostSpikes)
      continue;
    const std::string name = opName(p, p.populations[i].op);
    if (p.populations[i].hostOp < next)
      return message(name, ": population ", i, " stands behind one of a later host operation");
    for (; next <= p.populations[i].hostOp; ++next)
      if (p.hostOps[next].readout >= static_cast<int32_t>(i))
        return message(name, ": population ", i, " stands before population ",
                       p.hostOps[next].readout, ", which the host reads first");
  }
  return {};
}

} // namespace synfire::sim
