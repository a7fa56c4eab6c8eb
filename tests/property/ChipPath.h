// ChipPath: a drawn module on a chip, beside the interpreter.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_PROPERTY_CHIPPATH_H
#define SYNFIRE_TESTS_PROPERTY_CHIPPATH_H

#include "tests/property/Outcome.h"
#include "tests/system/SystemFixture.h"

#include <functional>
#include <map>
#include <set>
#include <string>

namespace synfire::test {

/// What became of the drawn graphs.
struct ChipTally {
  int64_t refused = 0, equal = 0;
  int64_t tensors = 0;           ///< graphs that ran and take a tensor
  int64_t overflows = 0;         ///< of programs that agree in failing
  std::set<int64_t> widths = {}; ///< of states, of programs that agree
  int64_t filters = 0;           ///< populations that filter their current, of programs that agree
  std::set<std::string> hostOps = {}; ///< of programs that agree
  /// Of programs that agree: how many have populations of a grid, convolutions, pooling or gates of
  /// spikes, sums of products of keys and values, late spikes, cycles, integrators, neurons that
  /// run across tokens or leak by a number per column, filtered currents of other bits or fewer
  /// places than their membranes.
  std::map<std::string, int64_t> parts = {};
  /// The same of formats of weights, weights of more than 16 bits, and indexed rows.
  std::map<std::string, int64_t> weights = {};

  void addParts(const sim::Program &program);
  void addWeights(const sim::Program &program);
};

/// Keys of a core that stores weights of every width and format: "weight_bits: [...], ...".
std::string everyWeight();

/// "3 with conv, 5 with grid".
std::string countsText(const std::map<std::string, int64_t> &counts);

/// Lets neurons begin every token anew, but for those that a chip may have and that are on no grid;
/// removes what nobody reads, which has no place on a chip.
void makeMappable(Subject &subject);

/// A judge of a program that ran and agrees: what is wrong with it, or nothing.
using Judge = std::function<std::string(const sim::Program &, const sim::ActivityTrace &)>;

/// The compiler refuses, with a reason, or the chip `target`, a name or a file, gives every spike
/// and logit of the quantised interpreter. `change` happens to the program: nothing, or a defect.
std::string chipAgreesOn(Subject &subject, const std::string &target,
                         const std::function<void(sim::Program &)> &change, ChipTally &tally,
                         const Judge &judge = {});

} // namespace synfire::test

#endif // SYNFIRE_TESTS_PROPERTY_CHIPPATH_H
