// ParseProbe: a first look at a file of MLIR by a process of its own.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_PARSEPROBE_H
#define SYNFIRE_TOOLS_SYNFIRE_PARSEPROBE_H

#include <string>

namespace synfire::tool {

/// MLIR's readers are not hardened: on some damaged files the one of bytecode
/// corrupts its heap or runs forever, and that of text ends its stack where
/// brackets stand deep in each other. So a text is checked first (ModuleTextCheck.h),
/// and then a child process reads the file *.mlirbc or *.mlir, for at most ten seconds
/// of processor time and one more for every 8 MiB, with half of this process's stack.
/// Returns an empty string when it came through, or a message: what is wrong where in
/// the text, what the reader objects to in bytecode, that the file is damaged or was
/// truncated, or that the memory does not suffice. Bytecode that the reader refuses is
/// never read in this process: it may have corrupted the child's heap before it was
/// refused. What the reader of text and the verifiers object to, the real read says.
/// Other files pass at once.
std::string probeParse(const std::string &path);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_PARSEPROBE_H
