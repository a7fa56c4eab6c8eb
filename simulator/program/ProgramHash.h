// ProgramHash: what a run's results depend on, as two stable 64-bit numbers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_PROGRAMHASH_H
#define SYNFIRE_SIMULATOR_PROGRAM_PROGRAMHASH_H

#include "simulator/program/Program.h"

namespace synfire::sim {

/// Hash of the functional part: host ops with their tables, populations,
/// projections with their weights, attention. The same for every mapping of a
/// model (slices, cores, flows, stages and the width in which a weight is
/// stored do not enter), on every machine. Reads all weights.
uint64_t functionalHash(const Program &program);

/// Hash of the numeric profile: time steps, weight bits, state bits, leak
/// arithmetic of every population (design: function depends on model and
/// numeric profile only).
uint64_t numericProfileHash(const Program &program);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_PROGRAMHASH_H
