// TableReport: the per-operation table on the terminal.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/report/RunReport.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace synfire::sim {
namespace {

std::string grouped(int64_t value) {
  std::string digits = std::to_string(value);
  for (int i = static_cast<int>(digits.size()) - 3; i > (value < 0 ? 1 : 0); i -= 3)
    digits.insert(static_cast<size_t>(i), ",");
  return digits;
}

template <typename... Values> std::string format(const char *pattern, Values... values) {
  std::array<char, 96> buffer;
  std::snprintf(buffer.data(), buffer.size(), pattern, values...);
  return buffer.data();
}

/// Picojoule as the table prints it: nJ with three decimals.
std::string nanojoule(double pj) { return format("%.3f", pj * 1e-3); }

using Row = std::vector<std::string>;

/// First two columns left-aligned, the others right-aligned.
std::string aligned(const std::vector<Row> &rows) {
  std::vector<size_t> widths;
  for (const Row &row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row &row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string pad(widths[i] - row[i].size(), ' ');
      text += i == 0 ? "" : "  ";
      text += i < 2 ? row[i] + pad : pad + row[i];
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text;
}

} // namespace

std::string operationTable(const RunReport &report) {
  const Program &program = *report.program;
  const Counters &counters = *report.counters;
  const double total = totalPj(report.energy.total);
  std::vector<Row> rows{{"operation", "where", "spikes out", "rate %", "synops", "updates",
                         "packets", "hops", "energy nJ", "share %"}};
  auto put = [&](const std::string &name, const std::string &where, const OpCounters &op,
                 const EnergyBreakdown &energy) {
    const double pj = totalPj(energy);
    const bool fires = op.neuronSteps > 0;
    rows.push_back({name, where, fires ? grouped(op.spikesOut) : "",
                    fires ? format("%.1f", 100.0 * static_cast<double>(op.spikesOut) /
                                               static_cast<double>(op.neuronSteps))
                          : "",
                    grouped(synops(op.actions)), grouped(op.actions[index(Action::NeuronUpdate)]),
                    grouped(op.packets), grouped(op.packetHops), nanojoule(pj),
                    total > 0 ? format("%.1f", 100 * pj / total) : ""});
  };
  for (size_t i = 0; i < program.ops.size(); ++i)
    put(program.ops[i].name, program.ops[i].where == Where::Host ? "host" : "chip", counters.ops[i],
        report.energy.ops[i]);
  put("total", "", counters.total, report.energy.total);

  std::string text = aligned(rows);
  const ActionCounts &work = counters.total.actions;
  if (work[index(Action::HostMac)] + work[index(Action::HostElement)] > 0)
    text += "\nthe host computed: " + grouped(work[index(Action::HostMac)]) +
            " multiply-accumulates, " + grouped(work[index(Action::HostElement)]) +
            " other values; " + grouped(work[index(Action::IoBits)]) + " bits crossed in " +
            grouped(counters.total.ioTicks) + " reads and sends\n";
  text += "\nenergy by unit (nJ):";
  for (size_t c = 0; c < kEnergyCategories; ++c)
    if (report.energy.total[c])
      text += std::string(" ") + energyCategoryName(static_cast<EnergyCategory>(c)) + " " +
              nanojoule(*report.energy.total[c]) + ",";
  text.back() = '\n';
  if (!report.energy.unpriced.empty()) {
    text += "unpriced (not in any figure above):";
    for (const std::string &name : report.energy.unpriced)
      text += " " + name;
    text += "\n";
  }
  if (const std::vector<std::string> keys = untimedKeys(report); !keys.empty()) {
    text += "untimed (counted as no time):";
    for (const std::string &key : keys)
      text += " " + key;
    text += "\n";
  }
  std::array<int, 4> basis{};
  for (const Provenance &entry : program.chip.provenance)
    ++basis[static_cast<size_t>(entry.number.basis)];
  text += "numbers of '" + program.chip.name + "':";
  for (size_t b = 0; b < basis.size(); ++b)
    if (basis[b] > 0)
      text += " " + std::to_string(basis[b]) + " " + basisName(static_cast<Basis>(b)) + ",";
  text.back() = '\n';
  text += format("time %.3f us", static_cast<double>(counters.timePs) * 1e-6);
  if (program.chip.clockPeriodPs)
    text += " (" + grouped(counters.timePs / *program.chip.clockPeriodPs) + " cycles)";
  text += ", " + grouped(counters.ticks) + " ticks, " + std::to_string(program.hostCore()) +
          " of " + std::to_string(program.chip.cores()) + " cores of '" + program.chip.name + "'\n";
  return text;
}

} // namespace synfire::sim
