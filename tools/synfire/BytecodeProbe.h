// BytecodeProbe: a first look at a bytecode file by a process of its own.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_BYTECODEPROBE_H
#define SYNFIRE_TOOLS_SYNFIRE_BYTECODEPROBE_H

#include <string>

namespace synfire::tool {

/// MLIR's bytecode reader is not hardened: on some damaged files it corrupts
/// its heap or runs forever. So a child process reads the file first, for at
/// most ten seconds of processor time. Returns an empty string when it came
/// through, with or without diagnostics (the real read repeats those), or a
/// message that the file is damaged. Other files than *.mlirbc pass at once.
std::string probeBytecode(const std::string &path);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_BYTECODEPROBE_H
