// ConventionRules: the conventions published and corrected, for SpikeDecoder alone.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_CONVENTIONRULES_H
#define SYNFIRE_DIALECT_COUNT_CONVENTIONRULES_H

#include "dialect/count/LayerRoles.h"
#include "dialect/count/OpCountRules.h"

namespace synfire::spike {

/// How SpikeDecoder's authors count one pass (arXiv 2606.12287 and its public code): by a rule per
/// kind of op. `published` departs from the rules in a table of overrides, `corrected` does not.
class ConventionRules {
public:
  /// Fails, with a message at the function, unless it is a SpikeDecoder (`spike.architecture`)
  /// of a system that the conventions know.
  static mlir::FailureOr<ConventionRules> get(mlir::func::FuncOp function, bool published);

  /// Work of one op. What the convention charges as an operation of an ANN stands in `macs`, what
  /// it charges as an accumulate in `acs`. Fails, with a message at the op, where it has no rule.
  mlir::FailureOr<Work> work(mlir::Operation *op, Activities &activities) const;

  System system() const { return kind; }

private:
  System kind = System::Strict;
  bool published = false;
  llvm::DenseMap<mlir::Operation *, LayerRole> roles;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_CONVENTIONRULES_H
