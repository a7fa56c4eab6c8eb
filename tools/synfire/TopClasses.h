// TopClasses: the classes that a model of tensors finds most likely (--top).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_TOPCLASSES_H
#define SYNFIRE_TOOLS_SYNFIRE_TOPCLASSES_H

#include "llvm/ADT/ArrayRef.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <vector>

namespace synfire::tool {

/// A class by its number, and its logit.
struct ClassLogit {
  int64_t number = 0;
  double logit = 0;
};

/// For each of `rows` rows of logits, the `count` classes with the largest ones, best first.
std::vector<std::vector<ClassLogit>> topClasses(llvm::ArrayRef<double> logits, int64_t rows,
                                                int64_t count);
/// Prints a table for each row.
void printTopClasses(const std::vector<std::vector<ClassLogit>> &rows);
/// Adds --top, the number of classes to show.
CLI::Option *defineTopOption(CLI::App &app, int64_t &top);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_TOPCLASSES_H
