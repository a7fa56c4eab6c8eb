// Gpt2Config: the shape of a GPT-2.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_GPT2CONFIG_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_GPT2CONFIG_H

#include <cstdint>

namespace synfire {

/// Pre-LayerNorm decoder with learned positions and a tied head (Radford et al., 2019).
struct Gpt2Config {
  int64_t vocabulary = 0, context = 0, width = 0, blocks = 0, heads = 0, mlpExpansion = 0;
  double normEpsilon = 0;

  /// Numbers in tables and matrices; vectors are left out. A double: absurd shapes must not wrap.
  double parameters() const;
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_GPT2CONFIG_H
