// SideFile: the checksum of a program's side file of weights.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_CHIP_SIDEFILE_H
#define SYNFIRE_DIALECT_CHIP_SIDEFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

#include <cstdint>
#include <string>

namespace synfire::chip {

/// `weights_checksum` of a side file with these bytes: "xxh3:" and the 16
/// hexadecimal digits that `xxhsum -H3` prints. It finds damage and mix-ups; it
/// is no defence against someone who wants two files to agree.
inline std::string sideFileChecksum(llvm::ArrayRef<uint8_t> bytes) {
  return "xxh3:" + llvm::utohexstr(llvm::xxh3_64bits(bytes), /*LowerCase=*/true, /*Width=*/16);
}

} // namespace synfire::chip

#endif // SYNFIRE_DIALECT_CHIP_SIDEFILE_H
