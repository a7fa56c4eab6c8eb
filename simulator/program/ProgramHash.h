// ProgramHash: two 64-bit hashes of what the results of a run depend on.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_PROGRAMHASH_H
#define SYNFIRE_SIMULATOR_PROGRAM_PROGRAMHASH_H

#include "simulator/program/Program.h"

namespace synfire::sim {

/// The hash of the functional part: of host ops with their tables, populations, projections with
/// their weights, and attentions. It does not depend on slices, cores, flows, stages and the width
/// in which weights are stored, so that it is the same for every mapping of a model; it is the same
/// on every machine. Reads all weights.
uint64_t functionalHash(const Program &program);

/// The hash of the numeric profile: of time steps, weight bits, state bits and the leak arithmetic
/// of every population.
uint64_t numericProfileHash(const Program &program);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_PROGRAMHASH_H
