// ModuleTextCheck: what MLIR's reader of text does not survive, found before it reads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_MODULETEXTCHECK_H
#define SYNFIRE_TOOLS_SYNFIRE_MODULETEXTCHECK_H

#include "support/TextCheck.h"

#include <optional>
#include <string_view>

namespace synfire::tool {

/// Most levels of brackets in the text of a module; our own texts have less than 20.
inline constexpr int kMaxNesting = 256;

/// Finds the first place at which MLIR's reader of text would end the process, in one pass that
/// knows strings, comments and brackets only:
/// - brackets, or signs of an affine expression, that stand more than kMaxNesting deep in each
///   other: the reader calls itself for each and ends its stack;
/// - a blob of `dialect_resources` whose alignment, its first four bytes, is not a power of two.
/// Everything else is left to MLIR, which reports it.
std::optional<TextFault> findFatalText(std::string_view text);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_MODULETEXTCHECK_H
