// FiringRates: sets thresholds so that neurons fire at a stated rate.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_FIRINGRATES_H
#define SYNFIRE_DIALECT_INTERPRETER_FIRINGRATES_H

#include "mlir/IR/Operation.h"

#include <vector>

namespace synfire::spike {

class Tensor;

/// How often the neurons of an op fire with the threshold that FiringRates gave it.
struct FiringRate {
  mlir::Operation *op = nullptr;
  double threshold = 0; ///< in units of the membrane
  double rate = 0;      ///< spikes per (neuron, time step), 0..1
};

/// Sets the thresholds of a model, op after op while it is interpreted (InterpretOptions::prepare):
/// every op of neurons gets the one threshold above 0 with which it fires nearest to a stated rate
/// over that input. A model of random weights then fires like a trained one.
///
/// The rate falls as the threshold grows, apart from neurons whose resets make it jump, and it
/// falls in steps: currents that are whole multiples of one number have few thresholds that
/// differ. The search halves the interval between a threshold that gives too many spikes and one
/// that gives too few, until the rate is within kEnough of the stated one, or the two are
/// neighbours for all that matters; of all that were tried the nearest is taken.
class FiringRates {
public:
  explicit FiringRates(double rate) : rate(rate) {}

  /// Sets the threshold of `op` where it is one of neurons over a real current, of which `operands`
  /// is the value. Fails when its evaluation does.
  llvm::LogicalResult set(mlir::Operation *op, llvm::ArrayRef<const Tensor *> operands);

  /// The ops in the order of the model.
  const std::vector<FiringRate> &reached() const { return rates; }

  static constexpr double kEnough = 0.0005;

private:
  double rate;
  std::vector<FiringRate> rates;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_FIRINGRATES_H
