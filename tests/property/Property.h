// Property: what must hold of every drawn graph, and the search for one of which it does not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_PROPERTY_PROPERTY_H
#define SYNFIRE_TESTS_PROPERTY_PROPERTY_H

#include "tests/random/RandomGraph.h"

#include "mlir/IR/MLIRContext.h"

#include <functional>
#include <string>

namespace synfire::test {

/// A graph in a context of its own, and the messages that arrive there.
struct Subject {
  Subject(Choices &choices, const GraphOptions &options);
  /// Parses; without a module, and with errors, where the text is no module.
  Subject(const std::string &text, GraphInput input);

  std::string text() const;
  /// Without the names of the ops; in MLIR's generic form, or as ops print themselves.
  std::string plainText(bool generic) const;

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  Graph graph;
  Choices *choices = nullptr; ///< for a property that draws, too; of a drawn graph only
  std::string errors;         ///< one line each
  int64_t warnings = 0;

private:
  void listen();
};

/// Empty where it holds, else what is wrong.
using Property = std::function<std::string(Subject &)>;

/// Graphs per property: SYNFIRE_SEEDS, and `usual` at least.
int64_t seedCount(int64_t usual);
/// SYNFIRE_CHOICES is set: one graph is looked at, and what many shall have is not asked.
bool replaying();

/// The first of `count` seeds whose graph lacks the property: what is wrong, the
/// module and its choices, all shrunk unless `shrunk` is false. Empty when there
/// is none. With SYNFIRE_CHOICES set, that graph alone is looked at.
std::string counterexample(const GraphOptions &options, int64_t count, const Property &property,
                           bool shrunk = true);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_PROPERTY_PROPERTY_H
