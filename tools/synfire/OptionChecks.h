// OptionChecks: what all options of the command line are checked for.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_OPTIONCHECKS_H
#define SYNFIRE_TOOLS_SYNFIRE_OPTIONCHECKS_H

#include <CLI/CLI.hpp>

#include <cstdint>

namespace synfire::tool {

/// Accepts a whole number of `low` to `high` in decimal digits; anything else, also a number
/// that is too long for any type, is refused with the range. CLI11 alone would wrap such a
/// number, and read one with a leading zero as octal. For Option::transform(): it drops such zeros.
CLI::Validator wholeNumber(uint64_t low, uint64_t high);

/// Accepts a real above 0 and below 1, in decimal notation.
CLI::Validator partOfOne();

/// Makes every option of `command` that takes a value refuse an empty one: it would be taken
/// as absent. --text may be empty, since it is data; "@" names no file.
void refuseEmptyValues(CLI::App &command);

/// The first argument like "--dump=", whose value is empty, or "": CLI11 would take the next
/// argument for the value.
std::string emptyAssignment(int argc, char **argv);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_OPTIONCHECKS_H
