// WeightForm: in how many bits a synapse keeps its weight, and which numbers these stand for.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_WEIGHTFORM_H
#define SYNFIRE_SUPPORT_WEIGHTFORM_H

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace synfire {

/// Which integers a weight can be. Signed: those of a signed number of the weight's bits. Binary: 0
/// and 1, sign: -1 and 1, both in 1 bit. Ternary: -1, 0 and 1, in 2 bits.
enum class WeightFormat { Signed, Binary, Sign, Ternary };
inline constexpr std::array kWeightFormatNames{"signed", "binary", "sign", "ternary"};
constexpr const char *weightFormatName(WeightFormat format) {
  return kWeightFormatNames[static_cast<size_t>(format)];
}

/// The format with this name; nothing when there is none.
constexpr std::optional<WeightFormat> weightFormatNamed(std::string_view name) {
  for (size_t i = 0; i < kWeightFormatNames.size(); ++i)
    if (name == kWeightFormatNames[i])
      return static_cast<WeightFormat>(i);
  return std::nullopt;
}

/// The width that a format has; nothing for signed weights, which may have any.
constexpr std::optional<int> widthOf(WeightFormat format) {
  switch (format) {
  case WeightFormat::Signed:
    return std::nullopt;
  case WeightFormat::Ternary:
    return 2;
  default:
    return 1;
  }
}

/// The form of a stored weight. A signed weight of 1 bit has the format sign.
struct WeightForm {
  int bits = 8;
  WeightFormat format = WeightFormat::Signed;

  /// The form of signed weights with this width.
  static constexpr WeightForm ofBits(int64_t bits) {
    return {static_cast<int>(bits), bits == 1 ? WeightFormat::Sign : WeightFormat::Signed};
  }
  /// The ends of the range to which real weights are quantised. That of signed weights is symmetric
  /// about 0.
  constexpr int64_t largest() const {
    return format == WeightFormat::Signed ? (int64_t{1} << (bits - 1)) - 1 : 1;
  }
  constexpr int64_t smallest() const { return format == WeightFormat::Binary ? 0 : -largest(); }
  /// Whether a stored weight can be this integer. Signed weights that were not quantised here may
  /// be one less than smallest().
  constexpr bool holds(int64_t weight) const {
    if (format == WeightFormat::Signed)
      return weight >= smallest() - 1 && weight <= largest();
    return weight >= smallest() && weight <= largest() &&
           (format != WeightFormat::Sign || weight != 0);
  }
  /// The integers that holds() admits, for messages.
  std::string range() const {
    if (format == WeightFormat::Sign)
      return "-1 or 1";
    const int64_t first = format == WeightFormat::Signed ? smallest() - 1 : smallest();
    return std::to_string(first) + " to " + std::to_string(largest());
  }
  /// The bytes of a weight in a program's side file.
  constexpr int storedBytes() const { return bits <= 8 ? 1 : bits <= 16 ? 2 : 4; }
  constexpr bool operator==(const WeightForm &) const = default;
};

} // namespace synfire

#endif // SYNFIRE_SUPPORT_WEIGHTFORM_H
