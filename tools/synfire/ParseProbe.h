// ParseProbe: a first look at a file of MLIR by a process of its own.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_PARSEPROBE_H
#define SYNFIRE_TOOLS_SYNFIRE_PARSEPROBE_H

#include <string>

namespace synfire::tool {

/// MLIR's readers are not hardened: on some damaged files the one of bytecode
/// corrupts its heap or runs forever, and that of text ends its stack where
/// brackets stand deep in each other. So a child process reads a file *.mlirbc or
/// *.mlir first, for at most ten seconds of processor time and one more for every
/// 8 MiB. Returns an empty string when it came through, with or without diagnostics
/// (the real read repeats those), or a message that the file is damaged. Other files
/// pass at once.
std::string probeParse(const std::string &path);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_PARSEPROBE_H
