// Gpt2Config: the sizes of a GPT-2.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_GPT2CONFIG_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_GPT2CONFIG_H

#include <cstdint>

namespace synfire {

/// GPT-2 (Radford et al., 2019) is a decoder with a LayerNorm before each sub-layer, learned
/// positions, and a head whose weight is the token table.
struct Gpt2Config {
  int64_t vocabulary = 0, context = 0, width = 0, blocks = 0, heads = 0, mlpExpansion = 0;
  double normEpsilon = 0;

  /// The number of parameters in tables and matrices; vectors are not counted. It is a double
  /// because the product of large sizes would overflow an integer.
  double parameters() const;
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_GPT2CONFIG_H
