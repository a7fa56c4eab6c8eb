// HostExecutor: evaluates op after op, each for all tokens of the run at once.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/HostExecutor.h"

#include "support/Message.h"

#include <cmath>

namespace synfire::sim {

/// A position as its kernel sees it. Values of this run are in the executor; those of tokens that
/// were run before are read from the trace.
class HostExecutor::Token final : public HostToken {
public:
  Token(const HostExecutor &host, const HostOp &op, std::span<const HostValue> inputs,
        int32_t position, const ActivityTrace &trace)
      : HostToken({op.value(), inputs}, position,
                  op.points > 1 ? kNoTokenId : trace.tokenIds()[position],
                  op.points > 1 ? op.points : trace.tokens()),
        host(host), op(op), trace(trace) {}

  HostRows input(size_t index, int32_t token) const override {
    return host.rows(op.inputs[index], token, trace);
  }
  HostRows input(size_t index) const override {
    return host.rows(op.inputs[index], position, trace);
  }
  std::span<const int64_t> readout(int32_t step) const override {
    return trace.readout(op.readout, position, step);
  }
  HostRows given() const override {
    const auto size = static_cast<size_t>(values.result.size());
    return host.given.subspan(static_cast<size_t>(position - host.firstToken) * size, size);
  }

private:
  const HostExecutor &host;
  const HostOp &op;
  const ActivityTrace &trace;
};

HostExecutor::HostExecutor(const Program &program)
    : program(program), lastReader(program.hostOps.size(), -1), results(program.hostOps.size()) {
  for (size_t i = 0; i < program.hostOps.size(); ++i)
    for (int32_t input : program.hostOps[i].inputs)
      lastReader[input] = static_cast<int32_t>(i);
}

void HostExecutor::start(int32_t first, std::span<const double> tensor) {
  given = tensor;
  for (std::vector<double> &result : results)
    result.clear();
  firstToken = first;
  next = 0;
}

HostRows HostExecutor::rows(int32_t index, int32_t position, const ActivityTrace &trace) const {
  if (trace.keeps(index))
    return trace.kept(index, position);
  const HostOp &op = program.hostOps[index];
  const size_t size = static_cast<size_t>(op.steps) * op.columns;
  return std::span(results[index]).subspan((position - firstToken) * size, size);
}

std::string HostExecutor::runBefore(int32_t end, ActivityTrace &trace, WorkerPool &workers) {
  for (int32_t i = 0; i < next; ++i)
    if (lastReader[i] < 0) // only the chip reads its spikes, and they are in the trace
      std::vector<double>().swap(results[i]);
  for (; next < end; ++next) {
    const HostOp &op = program.hostOps[next];
    const size_t size = static_cast<size_t>(op.steps) * op.columns;
    const int32_t positions = (trace.tokens() - firstToken) * op.points;
    if (!trace.keeps(next))
      results[next].resize(size * positions);
    const std::vector<HostValue> inputs = inputsOf(op, program.hostOps);
    std::vector<std::string> errors(positions);
    workers.forEach(positions, [&](int64_t item, int) {
      const int32_t position = firstToken + static_cast<int32_t>(item);
      const std::span<double> result = trace.keeps(next)
                                           ? trace.kept(next, position)
                                           : std::span(results[next]).subspan(item * size, size);
      errors[item] = runPosition(op, inputs, position, trace, result);
    });
    for (const std::string &error : errors)
      if (!error.empty())
        return error;
    for (int32_t input : op.inputs)
      release(input);
  }
  return {};
}

std::string HostExecutor::runPosition(const HostOp &op, std::span<const HostValue> inputs,
                                      int32_t position, const ActivityTrace &trace,
                                      std::span<double> result) const {
  const std::string name = opName(program, op.op);
  std::string error = op.kernel->evaluate(Token(*this, op, inputs, position, trace), result);
  if (!error.empty())
    return message(name, ": ", error);
  // An overflow of float64 or a division by 0 ends the run at the op in which it happens.
  for (size_t i = 0; i < result.size(); ++i)
    if (const double x = result[i]; !std::isfinite(x))
      return message(name, ": column ", i % op.columns, op.points > 1 ? ", point " : ", token ",
                     position, ", time step ", i / op.columns, ": the result ",
                     needsHas("a finite number", std::isnan(x) ? std::fabs(x) : x),
                     "; train or export the model again");
  return {};
}

/// Frees the values of op `index` when the present op is the last that reads them.
void HostExecutor::release(int32_t index) {
  if (lastReader[index] == next)
    std::vector<double>().swap(results[index]);
}

} // namespace synfire::sim
