// HostExecutor: one short rule per host op.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/HostExecutor.h"

namespace synfire::sim {

HostExecutor::HostExecutor(const Program &program)
    : program(program), results(program.hostOps.size()) {}

std::string HostExecutor::lookup(const HostOp &op, int32_t row, const char *what,
                                 std::vector<double> &result) {
  if (row < 0 || row >= op.tableRows)
    return program.ops[op.op].name + ": " + what + " " + std::to_string(row) +
           " is not in its table of " + std::to_string(op.tableRows) + " rows";
  const auto values = op.table.subspan(static_cast<size_t>(row) * op.columns, op.columns);
  result.assign(values.begin(), values.end());
  return {};
}

std::string HostExecutor::run(int32_t tokenId, int32_t position) {
  for (size_t index = 0; index < results.size(); ++index) {
    const HostOp &op = program.hostOps[index];
    std::vector<double> &result = results[index];
    std::string error;
    switch (op.kind) {
    case HostOpKind::TokenLookup:
      error = lookup(op, tokenId, "token", result);
      break;
    case HostOpKind::PositionLookup:
      error = lookup(op, position, "position", result);
      break;
    case HostOpKind::Binarize:
      result.clear();
      for (double x : results[op.inputs[0]])
        result.push_back(x >= op.threshold ? 1.0 : 0.0);
      break;
    case HostOpKind::Concat:
      result.clear();
      for (int32_t input : op.inputs)
        result.insert(result.end(), results[input].begin(), results[input].end());
      break;
    case HostOpKind::Repeat:
      result = results[op.inputs[0]];
      break;
    case HostOpKind::Dequantize:
      break; // stands behind the chip: dequantize()
    }
    if (!error.empty())
      return error;
  }
  return {};
}

std::vector<double> dequantize(const HostOp &op, std::span<const int64_t> integers) {
  std::vector<double> reals(integers.size());
  for (size_t c = 0; c < integers.size(); ++c)
    reals[c] = static_cast<double>(integers[c]) * op.scale[c];
  return reals;
}

} // namespace synfire::sim
