// Property: what must hold of every drawn graph, and the search for one of which it does not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_PROPERTY_PROPERTY_H
#define SYNFIRE_TESTS_PROPERTY_PROPERTY_H

#include "tests/random/RandomGraph.h"

#include "mlir/IR/MLIRContext.h"

#include <functional>
#include <string>

namespace synfire::test {

/// A graph in its own context, and the diagnostics of that context.
struct Subject {
  Subject(Choices &choices, const GraphOptions &options);
  /// Parses a text. When the text is not a module, the subject has no module, and `errors` is set.
  Subject(const std::string &text, GraphInput input);

  std::string text() const;
  /// The text without the names of the ops, in MLIR's generic form or in the form of the dialects.
  std::string plainText(bool generic) const;

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  Graph graph;
  Choices *choices = nullptr; ///< for properties that draw, too; null for a parsed graph
  std::string errors;         ///< one line each
  int64_t warnings = 0;

private:
  void listen();
};

/// A function that returns an empty string when a subject has the property, otherwise a message.
using Property = std::function<std::string(Subject &)>;

/// The number of graphs for a property: that of SYNFIRE_SEEDS, and at least `usual`.
int64_t seedCount(int64_t usual);
/// Whether SYNFIRE_CHOICES is set. Then only that graph is tested, and checks on the whole set of
/// graphs are left out.
bool replaying();

/// Tests the graphs of `count` seeds. For the first graph that lacks the property it returns the
/// message, the module and its choices, after shrinking unless `shrunk` is false; an empty string
/// when all graphs have the property. With SYNFIRE_CHOICES set, it tests only that graph.
std::string counterexample(const GraphOptions &options, int64_t count, const Property &property,
                           bool shrunk = true);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_PROPERTY_PROPERTY_H
