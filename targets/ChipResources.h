// ChipResources: what a mapped program relies on of its chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPRESOURCES_H
#define SYNFIRE_TARGETS_CHIPRESOURCES_H

#include "targets/ChipModel.h"

#include <string>
#include <vector>

namespace synfire {

/// "KEY=VALUE" for every key of the chip file, in table order, that decides
/// where a program fits or which integers it computes: the mesh, the cores, the
/// host's port. Prices, times, the network's widths and which neurons an active
/// slice visits are not among them: a variant may change those alone.
std::vector<std::string> chipResources(const ChipModel &chip);

/// The first difference between the resources that a program was compiled for
/// and those of `chip`, with key and both values; empty when there is none.
std::string resourceDifference(const std::vector<std::string> &compiled, const ChipModel &chip);

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPRESOURCES_H
