// HybridModels: decoders of which a part runs on the host, as files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_SYSTEM_HYBRIDMODELS_H
#define SYNFIRE_TESTS_SYSTEM_HYBRIDMODELS_H

#include "tests/system/SystemFixture.h"

#include <string>
#include <utility>
#include <vector>

namespace synfire::test {

/// A SpikeDecoder of 2 blocks, 2 heads, width 32 and T = 4 with layer norms and random weights, of
/// which `keys` change the configuration.
struct Variant {
  std::string name;
  std::vector<std::pair<std::string, std::string>> keys;
};

/// Writes its description into the folder and returns the file's path.
std::string describe(const Variant &variant, const TemporaryFolder &folder);

/// Writes a model in which softmax attention with grouped heads stands between linears that read
/// spikes; a clip-floor, a scaled norm and neurons on the host follow, and then further layers on
/// the chip. Returns the path of the file.
std::string softmaxModel(const TemporaryFolder &folder);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_SYSTEM_HYBRIDMODELS_H
