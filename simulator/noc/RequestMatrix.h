// RequestMatrix: the requests of input virtual channels for output ports.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_REQUESTMATRIX_H
#define SYNFIRE_SIMULATOR_NOC_REQUESTMATRIX_H

#include "simulator/noc/Masks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace synfire::sim {

/// For each pair of output and input port, the mask of the input's virtual channels that request
/// the output. Two levels of masks above it say which inputs request an output and which outputs
/// are requested, so that an allocator looks only at existing requests.
class RequestMatrix {
public:
  explicit RequestMatrix(int ports)
      : ports(ports), cells(static_cast<size_t>(ports) * ports), inputMasks(ports) {}

  /// The mask of the output ports that are requested.
  uint32_t outputs() const { return outputMask; }
  /// The mask of the input ports that request `output`.
  uint32_t inputs(int output) const { return inputMasks[output]; }
  /// The mask of the virtual channels of `input` that request `output`.
  uint32_t channels(int output, int input) const { return cells[output * ports + input]; }
  /// Whether exactly one virtual channel requests `output`. Precondition: at least one does.
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
