// HostKernels: what each operation of the host does to the rows of one token.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_HOSTKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_HOSTKERNELS_H

#include "simulator/program/HostOp.h"

#include <span>
#include <vector>

namespace synfire::sim {

/// Rows of one value for one token: `steps` x `columns`, row major.
using HostRows = std::span<const double>;

/// Code of an index that is below op.size: one bit per column.
void codeIndex(const HostOp &op, int64_t index, std::span<double> result);

/// Any kind that reads one token alone, but lookups, codes, readouts and Linear
/// (which stores its weights in an order of its own). `inputs` as HostOp::inputs;
/// `inputSteps`: rows of the first one.
void evaluateToken(const HostOp &op, std::span<const HostRows> inputs, int32_t inputSteps,
                   std::span<double> result);

/// Linear for one row; `weights` are [inputs, columns], row major.
void evaluateLinear(const HostOp &op, std::span<const float> weights, HostRows input,
                    std::span<double> result);

/// Softmax attention of one query row, head after head. Row m of `keys` and
/// `values` is token m's in the same time step; all are visible.
void attendSoftly(const HostOp &op, HostRows query, std::span<const HostRows> keys,
                  std::span<const HostRows> values, std::span<double> result);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_HOST_HOSTKERNELS_H
