// ChipResources: the properties of a chip on which a mapped program relies.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPRESOURCES_H
#define SYNFIRE_TARGETS_CHIPRESOURCES_H

#include "targets/ChipModel.h"

#include <string>
#include <vector>

namespace synfire {

/// "KEY=VALUE" for each key of the chip file, in table order, that decides whether a program fits
/// the chip or which integers it computes: the keys of the mesh, the cores and the host's port.
/// Prices, times, the widths of the network and core.updates_all_neurons are not among them, so
/// that a program runs on a variant of its chip that changes only those.
std::vector<std::string> chipResources(const ChipModel &chip);

/// Compares `compiled`, the chipResources() for which a program was compiled, with those of
/// `chip`. Returns a message about the first difference, with its key and both values, or an
/// empty string when there is none.
std::string resourceDifference(const std::vector<std::string> &compiled, const ChipModel &chip);

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPRESOURCES_H
