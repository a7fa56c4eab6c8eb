// ProgramBytes: the producer's name in bytecode of a PROGRAM, which says version and checksum.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_CHIP_PROGRAMBYTES_H
#define SYNFIRE_DIALECT_CHIP_PROGRAMBYTES_H

#include "dialect/chip/SideFile.h"
#include "support/FileFormat.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace synfire::chip {

/// MLIR's bytecode begins with this and with one byte for the version of MLIR's format. The name
/// of its producer follows and ends in NUL; MLIR's reader takes any name.
inline constexpr std::string_view kBytecodeMagic = "ML\xefR";
inline constexpr size_t kProducerBegin = kBytecodeMagic.size() + 1;

/// The producer's name in `bytes`; empty where they are no bytecode, or where no NUL ends the name
/// within 64 bytes.
inline std::string_view producerOf(std::string_view bytes) {
  if (!bytes.starts_with(kBytecodeMagic) || bytes.size() < kProducerBegin)
    return {};
  const std::string_view rest = bytes.substr(kProducerBegin, 64);
  const size_t end = rest.find('\0');
  return end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
}

/// The name that the producer of a PROGRAM has: "synfire.program/7 xxh3:0123456789abcdef".
inline std::string programProducer(std::string_view checksum) {
  return kProgramFormat.tag() + " " + std::string(checksum);
}

/// A name as long as those that programProducer() gives for checksums, to be overwritten.
inline std::string programProducerPlace() { return programProducer(sideFileChecksum({})); }

/// The checksum of a PROGRAM's bytecode, of all its bytes but the producer's name: with the name,
/// of which each byte has one right value, no byte can change unseen. It is the xxh3 of the bytes
/// in front of the name and of the xxh3 of those behind it, least significant byte first.
/// Precondition: `bytes` have a producer.
inline std::string programChecksum(std::string_view bytes) {
  const auto asBytes = [](std::string_view text) {
    return llvm::ArrayRef(reinterpret_cast<const uint8_t *>(text.data()), text.size());
  };
  uint64_t behind =
      llvm::xxh3_64bits(asBytes(bytes.substr(kProducerBegin + producerOf(bytes).size())));
  std::array<uint8_t, kProducerBegin + sizeof(behind)> summed;
  std::ranges::copy(asBytes(bytes.substr(0, kProducerBegin)), summed.begin());
  for (size_t i = kProducerBegin; i < summed.size(); ++i, behind >>= 8)
    summed[i] = static_cast<uint8_t>(behind);
  return sideFileChecksum(summed);
}

} // namespace synfire::chip

#endif // SYNFIRE_DIALECT_CHIP_PROGRAMBYTES_H
