// RequestMatrix: which virtual channel of which input wants which output.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_REQUESTMATRIX_H
#define SYNFIRE_SIMULATOR_NOC_REQUESTMATRIX_H

#include "simulator/noc/Masks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace synfire::sim {

/// [output][input] masks of virtual channels, with summary masks above them so
/// that an allocator looks only at what is requested.
class RequestMatrix {
public:
  explicit RequestMatrix(int ports)
      : ports(ports), cells(static_cast<size_t>(ports) * ports), inputMasks(ports) {}

  uint32_t outputs() const { return outputMask; }
  uint32_t inputs(int output) const { return inputMasks[output]; }
  uint32_t channels(int output, int input) const { return cells[output * ports + input]; }

  /// True when exactly one virtual channel wants `output`; at least one does.
  bool isSingle(int output) const {
    uint32_t inputs = inputMasks[output];
    return isSingleBit(inputs) && isSingleBit(channels(output, firstBit(inputs)));
  }

  void add(int output, int input, int channel) {
    cells[output * ports + input] |= bit(channel);
    inputMasks[output] |= bit(input);
    outputMask |= bit(output);
  }

  void remove(int output, int input, int channel) {
    if (cells[output * ports + input] &= ~bit(channel))
      return;
    if (inputMasks[output] &= ~bit(input))
      return;
    outputMask &= ~bit(output);
  }

  void clear() {
    std::fill(cells.begin(), cells.end(), 0);
    std::fill(inputMasks.begin(), inputMasks.end(), 0);
    outputMask = 0;
  }

private:
  int ports;
  std::vector<uint32_t> cells, inputMasks;
  uint32_t outputMask = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_REQUESTMATRIX_H
