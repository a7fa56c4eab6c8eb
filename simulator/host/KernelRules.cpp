// KernelRules: checks that several kernels of the host share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/KernelRules.h"

#include "support/Message.h"

#include <algorithm>
#include <cmath>

namespace synfire::sim::host {

static bool allFinite(const auto &numbers) {
  return std::all_of(std::begin(numbers), std::end(numbers),
                     [](double x) { return std::isfinite(x); });
}

std::string checkMade(const HostValues &values, int64_t steps, int64_t columns) {
  if (steps == values.result.steps && columns == values.result.columns)
    return {};
  return needsHas(message(steps, " x ", columns, " values, those that its inputs make"),
                  message(values.result.steps, " x ", values.result.columns));
}

std::string checkAlike(const HostValues &values) {
  for (const HostValue &input : values.inputs)
    if (std::string error = checkMade(values, input.steps, input.columns); !error.empty())
      return error;
  return {};
}

std::string checkColumns(const HostValues &values, const char *name,
                         const std::vector<double> &numbers) {
  if (numbers.size() != static_cast<size_t>(values.result.columns))
    return message(
        name, ": ",
        needsHas(message(values.result.columns, " entries, one per column"), numbers.size()));
  return allFinite(numbers) ? "" : message(name, " has an entry that is not finite");
}

std::string checkConstants(const std::vector<double> &numbers) {
  return allFinite(numbers) ? "" : "has a constant that is not finite";
}

std::string checkTable(const std::vector<float> &table, int32_t rows, int32_t columns) {
  if (rows < 1 || columns < 1 ||
      table.size() != static_cast<size_t>(rows) * static_cast<size_t>(columns))
    return message("the table ",
                   needsHas(message(rows, " rows x ", columns, " columns"), table.size()),
                   " values");
  return allFinite(table) ? "" : "the table has a value that is not finite";
}

std::string firstOf(std::initializer_list<std::string> errors) {
  for (const std::string &error : errors)
    if (!error.empty())
      return error;
  return {};
}

int64_t largestOfInputs(std::span<const HostValue> inputs) {
  int64_t largest = 0;
  for (const HostValue &input : inputs) {
    if (input.largestSpike == 0)
      return 0;
    largest = std::max(largest, input.largestSpike);
  }
  return largest;
}

} // namespace synfire::sim::host
