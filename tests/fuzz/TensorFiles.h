// TensorFiles: safetensors files of drawn inputs and weights, intact and damaged.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_FUZZ_TENSORFILES_H
#define SYNFIRE_TESTS_FUZZ_TENSORFILES_H

#include "tests/random/RandomGraph.h"

#include <string>

namespace synfire::test {

/// A file with the tensor 'input' in float64.
std::string inputFile(const GraphInput &input);

/// A file with every tensor that the description at `modelPath` needs, asked of the import itself.
/// Matrices have numbers of either sign, all else has numbers in (0, 1). The file at `weightsPath`
/// is overwritten on the way. A faulty description gives a file with some of the tensors or none.
std::string drawWeights(const std::string &modelPath, const std::string &weightsPath,
                        Choices &choices);

/// A file of weights, not empty, with one kind of damage: numbers that are not finite, negative or
/// at an end of their range; numbers of the header; any bytes; or a shift of the data that aligns
/// no tensor, which leaves the file legal.
std::string damageWeights(std::string file, Choices &choices);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_FUZZ_TENSORFILES_H
