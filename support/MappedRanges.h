// MappedRanges: which file an address of a mapping belongs to.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_MAPPEDRANGES_H
#define SYNFIRE_SUPPORT_MAPPEDRANGES_H

#include <cstddef>
#include <string>

namespace synfire::mappedRanges {

/// `size` bytes from `start` are those of the file `path`.
void add(const void *start, size_t size, const std::string &path);
/// They no longer are.
void remove(const void *start);
/// The path of the file to which an address belongs, the latest where several ranges hold it; null
/// for an address of none. May be called from a handler of signals.
const char *fileAt(const void *address);

} // namespace synfire::mappedRanges

#endif // SYNFIRE_SUPPORT_MAPPEDRANGES_H
