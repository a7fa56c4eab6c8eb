// SpikeDecoderConfig: computes the widths that follow from the switches.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/SpikeDecoderConfig.h"

#include <algorithm>
#include <bit>

namespace synfire {

/// The bits of a binary code of `count` ids: ceil(log2(count)), and at least 1.
static int64_t codeBits(int64_t count) {
  return std::max<int64_t>(1, std::bit_width(uint64_t(count - 1)));
}

int64_t SpikeDecoderConfig::tokenWidth() const {
  switch (tokenCode) {
  case TokenCode::Learned:
    return statedTokenWidth;
  case TokenCode::OneHot:
    return vocabulary * context;
  case TokenCode::TwoHot:
    return vocabulary;
  case TokenCode::Binary:
  case TokenCode::BinaryLeft:
    return codeBits(vocabulary);
  }
  return 0;
}

int64_t SpikeDecoderConfig::positionWidth() const {
  if (tokenCode == TokenCode::OneHot)
    return 0;
  switch (positionCode) {
  case PositionCode::Learned:
  case PositionCode::Static:
    return combine == CombineCodes::Sum ? tokenWidth() : statedPositionWidth;
  case PositionCode::OneHot:
    return context;
  case PositionCode::Binary:
  case PositionCode::BinaryLeft:
    return codeBits(context);
  }
  return 0;
}

int64_t SpikeDecoderConfig::width() const {
  return combine == CombineCodes::Sum ? tokenWidth() : tokenWidth() + positionWidth();
}

int64_t SpikeDecoderConfig::headWidth() const {
  bool oneStep = !hasTime() || (spikingHead() && meanBeforeLif);
  return recombine == RecombineMode::Concatenate && !oneStep ? width() * timeSteps : width();
}

double SpikeDecoderConfig::parameters() const {
  double tables = 0, columns = double(width());
  if (tokenCode == TokenCode::Learned)
    tables += double(vocabulary) * double(tokenWidth());
  if (positionCode == PositionCode::Learned)
    tables += double(context) * double(positionWidth());
  return tables + double(blocks) * double(4 + 2 * mlpExpansion) * columns * columns +
         double(vocabulary) * double(headWidth());
}

} // namespace synfire
