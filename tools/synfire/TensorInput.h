// TensorInput: the INPUT of a model that takes no token ids, an image say (--input).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_TENSORINPUT_H
#define SYNFIRE_TOOLS_SYNFIRE_TENSORINPUT_H

#include "dialect/interpreter/Interpreter.h"
#include "tools/synfire/InputOptions.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace synfire::tool {

/// What of a model decides which tensors it takes.
struct TensorRules {
  std::vector<int64_t> shape; ///< [N, D] or [T, N, D], N -1 where any number will do
  std::vector<int64_t> grid;  ///< [H, W] where the N points are an image's, else empty

  /// "[32, 32, 3] (height, width, channels) or [1024, 3]".
  std::string shapes() const;
};

/// The rules of an entry function; none when it takes token ids. Points are an
/// image's when the first op on them, but for repetition in time, is a
/// convolution or a pooling in two dimensions.
std::optional<TensorRules> tensorRulesOf(mlir::func::FuncOp entry);

/// The one tensor, named `input`, of a safetensors file: numbers as they are, of
/// any integer type, BOOL, F32 or F64. The second alternative is an error that
/// names the file, what it has and what the model needs.
std::variant<spike::InputTensor, std::string> readTensorInput(const std::string &path,
                                                              const TensorRules &rules);

/// What a model runs on: token ids, or for models without them a tensor.
using ModelInput = std::variant<std::vector<int32_t>, spike::InputTensor>;

/// The INPUT of either kind of model; `rules` are for token ids. The second
/// alternative is an error.
std::variant<ModelInput, std::string>
readModelInput(const InputOptions &options, mlir::func::FuncOp entry, const InputRules &rules);

/// spike::interpret on either.
mlir::FailureOr<spike::InterpretResult> interpretModel(mlir::func::FuncOp entry,
                                                       const ModelInput &input,
                                                       const spike::InterpretOptions &options = {});

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_TENSORINPUT_H
