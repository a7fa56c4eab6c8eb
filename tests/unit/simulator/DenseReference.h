// DenseReference: what a Program means, by brute force over dense matrices.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_SIMULATOR_DENSEREFERENCE_H
#define SYNFIRE_TESTS_UNIT_SIMULATOR_DENSEREFERENCE_H

#include "simulator/trace/ActivityTrace.h"
#include "tests/unit/simulator/ProgramBuilder.h"

namespace synfire::sim {

/// Values of one run, one entry per [population][token][step][column]; of a
/// readout, step 0 has the integers after the last step. Programs of
/// ProgramBuilder only: token id i has the code `codes[i]`. No overflow.
using DenseActivity = std::vector<std::vector<std::vector<std::vector<int64_t>>>>;
DenseActivity runDensely(const Program &program, const std::vector<Matrix> &weights,
                         const Matrix &codes, const std::vector<int32_t> &tokens);

/// First difference between a trace and a dense run, empty when there is none.
std::string difference(const Program &program, const ActivityTrace &trace,
                       const DenseActivity &dense);

} // namespace synfire::sim

#endif // SYNFIRE_TESTS_UNIT_SIMULATOR_DENSEREFERENCE_H
