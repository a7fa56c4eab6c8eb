// HostWork: one line per kind.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/HostWork.h"

namespace synfire::sim {

HostWork hostWork(const Program &program, const HostOp &op, int32_t position, int32_t tokens) {
  const int64_t values = int64_t{op.steps} * op.columns;
  switch (op.kind) {
  case HostOpKind::TokenLookup:
  case HostOpKind::PositionLookup:
  case HostOpKind::Code:
  case HostOpKind::Binarize:
  case HostOpKind::Concat:
  case HostOpKind::Slice:
  case HostOpKind::Repeat:
  case HostOpKind::Inject:
  case HostOpKind::Dequantize:
  case HostOpKind::Logic:
    return {};
  case HostOpKind::Linear:
    return {values * program.hostOps[op.inputs[0]].columns, 0};
  case HostOpKind::SoftmaxAttention: {
    const int64_t visible = op.causal ? position + 1 : tokens;
    // Scores and weighted values: a product per column and visible token each.
    return {2 * visible * values, visible * op.steps * op.heads};
  }
  case HostOpKind::Recombine: {
    const bool adds =
        op.recombination == HostRecombination::Mean || op.recombination == HostRecombination::Sum;
    return {0, adds ? values : 0};
  }
  default:
    return {0, values};
  }
}

} // namespace synfire::sim
