// SideFile: the checksum and the names of a program's side file of weights.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_CHIP_SIDEFILE_H
#define SYNFIRE_DIALECT_CHIP_SIDEFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
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

/// The name by which a side file is found while it and its program are put in the place of older
/// ones (support/OutputPair.h), or where that was cut short: "tiny.weights.0123456789abcdef".
/// `checksum` is its weights_checksum; one of another form has no such name: "".
inline std::string sideFileStandIn(const std::string &file, llvm::StringRef checksum) {
  return checksum.consume_front("xxh3:") && checksum.size() == 16 &&
                 llvm::all_of(checksum, llvm::isHexDigit)
             ? file + "." + checksum.str()
             : "";
}

} // namespace synfire::chip

#endif // SYNFIRE_DIALECT_CHIP_SIDEFILE_H
