// ConventionRules: the accounts `published` and `corrected`, which exist for SpikeDecoder only.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_CONVENTIONRULES_H
#define SYNFIRE_DIALECT_COUNT_CONVENTIONRULES_H

#include "dialect/count/LayerRoles.h"
#include "dialect/count/OpCountRules.h"

namespace synfire::spike {

/// The way in which SpikeDecoder's authors count the operations of one pass (arXiv 2606.12287 and
/// its public code): one rule for each kind of op. Where the published formulas deviate from the
/// authors' own rules, the account `published` follows the formulas and `corrected` the rules.
class ConventionRules {
public:
  /// The rules for a function. Fails with a message at the function unless it is a SpikeDecoder
  /// (attribute `spike.architecture`) and findSystem() can tell its system. `published` selects the
  /// account.
  static mlir::FailureOr<ConventionRules> get(mlir::func::FuncOp function, bool published);

  /// The work of one op. `macs` has the operations that the convention charges at the price of an
  /// ANN operation, `acs` those that it charges as accumulates. Fails with a message at the op when
  /// the convention has no rule for it.
  mlir::FailureOr<Work> work(mlir::Operation *op, Activities &activities) const;

  System system() const { return kind; }

private:
  System kind = System::Strict;
  bool published = false;
  llvm::DenseMap<mlir::Operation *, LayerRole> roles;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_CONVENTIONRULES_H
