// HostExecutor: op by op, its tokens side by side.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/HostExecutor.h"

#include "support/Message.h"

#include <algorithm>
#include <cmath>

namespace synfire::sim {

HostExecutor::HostExecutor(const Program &program)
    : program(program), turned(program.hostOps.size()), lastReader(program.hostOps.size(), -1),
      results(program.hostOps.size()) {
  for (size_t i = 0; i < program.hostOps.size(); ++i) {
    const HostOp &op = program.hostOps[i];
    for (int32_t input : op.inputs)
      lastReader[input] = static_cast<int32_t>(i);
    if (op.kind != HostOpKind::Linear || op.transposed)
      continue;
    const auto inputs = static_cast<size_t>(op.tableColumns);
    turned[i].resize(op.table.size());
    for (size_t o = 0; o < static_cast<size_t>(op.columns); ++o)
      for (size_t k = 0; k < inputs; ++k)
        turned[i][k * op.columns + o] = op.table[o * inputs + k];
  }
}

void HostExecutor::start(int32_t first) {
  for (std::vector<double> &result : results)
    result.clear();
  firstToken = first;
  next = 0;
}

HostRows HostExecutor::rows(int32_t index, int32_t token, const ActivityTrace &trace) const {
  if (trace.keeps(index))
    return trace.kept(index, token);
  const HostOp &op = program.hostOps[index];
  const size_t size = static_cast<size_t>(op.steps) * op.columns;
  return std::span(results[index]).subspan((token - firstToken) * size, size);
}

std::string HostExecutor::runBefore(int32_t end, ActivityTrace &trace, WorkerPool &workers) {
  const int32_t tokens = trace.tokens() - firstToken;
  for (int32_t i = 0; i < next; ++i)
    if (lastReader[i] < 0) // spikes for the chip alone, which are in the trace
      std::vector<double>().swap(results[i]);
  for (; next < end; ++next) {
    const HostOp &op = program.hostOps[next];
    const size_t size = static_cast<size_t>(op.steps) * op.columns;
    if (!trace.keeps(next))
      results[next].resize(size * tokens);
    std::vector<std::string> errors(tokens);
    workers.forEach(tokens, [&](int64_t item, int) {
      const int32_t token = firstToken + static_cast<int32_t>(item);
      const std::span<double> result = trace.keeps(next)
                                           ? trace.kept(next, token)
                                           : std::span(results[next]).subspan(item * size, size);
      errors[item] = runToken(next, token, trace, result);
      if (errors[item].empty())
        errors[item] = describeNonFinite(op, token, result);
    });
    for (const std::string &error : errors)
      if (!error.empty())
        return error;
    for (int32_t input : op.inputs)
      release(input);
  }
  return {};
}

/// A range that float64 does not have, or a division by 0, ends the run at the
/// op that made it.
std::string HostExecutor::describeNonFinite(const HostOp &op, int32_t token,
                                            HostRows result) const {
  for (size_t i = 0; i < result.size(); ++i)
    if (!std::isfinite(result[i]))
      return message(program.ops[op.op].name, ": column ", i % op.columns, ", token ", token,
                     ", time step ", i / op.columns, ": the result ", result[i],
                     " is not finite; train or export the model again");
  return {};
}

/// Frees what nobody reads any more.
void HostExecutor::release(int32_t index) {
  if (lastReader[index] == next)
    std::vector<double>().swap(results[index]);
}

std::string HostExecutor::runToken(int32_t index, int32_t token, const ActivityTrace &trace,
                                   std::span<double> result) const {
  const HostOp &op = program.hostOps[index];
  const int32_t id = trace.tokenIds()[token];
  switch (op.kind) {
  case HostOpKind::TokenLookup:
    return lookUp(op, id, "token", result);
  case HostOpKind::PositionLookup:
    return lookUp(op, token, "position", result);
  case HostOpKind::Code:
    return code(op, token, id, result);
  case HostOpKind::Dequantize: {
    const size_t columns = static_cast<size_t>(op.columns);
    for (int32_t step = 0; step < op.steps; ++step)
      dequantize(op, trace.readout(op.readout, token, step),
                 result.subspan(step * columns, columns));
    return {};
  }
  case HostOpKind::Linear: {
    const std::span<const float> weights = op.transposed ? op.table : std::span(turned[index]);
    const size_t inputs = static_cast<size_t>(op.transposed ? op.tableRows : op.tableColumns);
    const HostRows x = rows(op.inputs[0], token, trace);
    for (size_t step = 0; step < static_cast<size_t>(op.steps); ++step)
      evaluateLinear(op, weights, x.subspan(step * inputs, inputs),
                     result.subspan(step * op.columns, op.columns));
    return {};
  }
  case HostOpKind::SoftmaxAttention:
    attend(op, token, trace, result);
    return {};
  default:
    std::vector<HostRows> inputs;
    for (int32_t input : op.inputs)
      inputs.push_back(rows(input, token, trace));
    evaluateToken(op, inputs, program.hostOps[op.inputs[0]].steps, result);
    return {};
  }
}

std::string HostExecutor::lookUp(const HostOp &op, int32_t row, const char *what,
                                 std::span<double> result) const {
  if (row < 0 || row >= op.tableRows)
    return message(program.ops[op.op].name, ": ", what, " ", row, " is not in its table of ",
                   op.tableRows, " rows");
  const auto values = op.table.subspan(static_cast<size_t>(row) * op.columns, op.columns);
  std::copy(values.begin(), values.end(), result.begin());
  return {};
}

std::string HostExecutor::code(const HostOp &op, int32_t token, int32_t id,
                               std::span<double> result) const {
  const bool joint = op.source == HostCodeSource::TokenAtPosition;
  const int64_t index = joint                                ? token * op.vocabulary + id
                        : op.source == HostCodeSource::Token ? int64_t{id}
                                                             : int64_t{token};
  if ((joint && id >= op.vocabulary) || index >= op.size)
    return message(program.ops[op.op].name, ": token ", id, " at position ", token,
                   " has no code, of which there are ", op.size);
  codeIndex(op, index, result);
  return {};
}

void HostExecutor::attend(const HostOp &op, int32_t token, const ActivityTrace &trace,
                          std::span<double> result) const {
  const int32_t visible = op.causal ? token + 1 : trace.tokens();
  const HostRows query = rows(op.inputs[0], token, trace);
  std::vector<HostRows> keys(visible), values(visible);
  for (int32_t step = 0; step < op.steps; ++step) {
    const auto rowOf = [&](HostRows all) {
      const size_t columns = all.size() / static_cast<size_t>(op.steps);
      return all.subspan(step * columns, columns);
    };
    for (int32_t m = 0; m < visible; ++m) {
      keys[m] = rowOf(trace.kept(op.inputs[1], m));
      values[m] = rowOf(trace.kept(op.inputs[2], m));
    }
    attendSoftly(op, rowOf(query), keys, values,
                 result.subspan(static_cast<size_t>(step) * op.columns, op.columns));
  }
}

void dequantize(const HostOp &op, std::span<const int64_t> integers, std::span<double> reals) {
  for (size_t c = 0; c < integers.size(); ++c)
    reals[c] = std::ldexp(static_cast<double>(integers[c]) * op.scale[c], -op.fractionBits);
}

} // namespace synfire::sim
