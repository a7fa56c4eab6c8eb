// RunWarnings: finds oddities of a run of which its reader should be warned.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/report/RunReport.h"

namespace synfire::sim {
namespace {

void warnOfFiring(const Program &program, const Counters &counters,
                  std::vector<std::string> &warnings) {
  for (const Population &population : program.populations) {
    const OpCounters &op = counters.ops[population.op];
    const std::string &name = program.ops[population.op].name;
    const std::string of = " in " + std::to_string(op.neuronSteps) + " neuron steps";
    if (op.neuronSteps > 0 && op.spikesOut == 0)
      warnings.push_back(name + ": never fired" + of);
    else if (op.neuronSteps > 0 && population.spikeBits == 1 && op.spikesOut == op.neuronSteps)
      warnings.push_back(name + ": fired every time" + of);
  }
}

/// Warns when the chip file lets the user choose a width on which its price does not depend. It has
/// one price for a synaptic operation with weights of any width, and one for a flit of any width,
/// so that a comparison of widths by energy would mean nothing.
void warnOfWidths(const Program &program, const Counters &counters,
                  std::vector<std::string> &warnings) {
  const ActionCounts &counts = counters.total.actions;
  const std::vector<int> &widths = program.chip.core.weightBits;
  std::string all;
  for (int bits : widths)
    all += (all.empty() ? "" : ", ") + std::to_string(bits);
  for (Action action : {Action::SynopDense, Action::SynopSparse, Action::SynopConv})
    if (widths.size() > 1 && counts[index(action)] > 0 && program.chip.actionPj(action))
      warnings.push_back(std::string(infoOf(action).priceKey) + " is one price for weights of " +
                         all + " bits: it would be the same for other widths than this run's " +
                         std::to_string(program.weightBits));
  if (flitHops(counts) > 0 && program.chip.actionPj(Action::HopEast))
    warnings.push_back("energy.hop_*_pj is the price of a flit of any width: it would be the same "
                       "for another noc.flit_bits than " +
                       std::to_string(program.chip.noc.flitBits));
}

} // namespace

std::vector<std::string> runWarnings(const Program &program, const Counters &counters) {
  std::vector<std::string> warnings = program.chip.withoutEffect();
  for (std::string &odd : program.chip.oddUnits())
    warnings.push_back(std::move(odd));
  warnOfFiring(program, counters, warnings);
  warnOfWidths(program, counters, warnings);
  return warnings;
}

} // namespace synfire::sim
