// TensorInput: the input of a model that takes a tensor, an image for example (--input).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_TENSORINPUT_H
#define SYNFIRE_TOOLS_SYNFIRE_TENSORINPUT_H

#include "dialect/interpreter/Interpreter.h"
#include "simulator/program/Program.h"
#include "tools/synfire/InputOptions.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace synfire::tool {

/// Which tensors a model takes.
struct TensorRules {
  std::vector<int64_t> shape; ///< [N, D] or [T, N, D]; N is -1 when the model takes any number
  std::vector<int64_t> grid;  ///< [H, W] when the N points are those of an image; otherwise empty
  /// The allowed shapes as text: "[32, 32, 3] (height, width, channels) or [1024, 3]".
  std::string shapes() const;
};

/// The rules of an entry function; nothing when it takes token ids. The points are taken for those
/// of an image when the first op on them, apart from a repetition in time, is a convolution or
/// pooling in two dimensions.
std::optional<TensorRules> tensorRulesOf(mlir::func::FuncOp entry);
/// The same of a program; none of its tensors is an image.
std::optional<TensorRules> tensorRulesOf(const sim::Program &program);

/// Reads the tensor `input`, which must be the only one of a safetensors file. Its type is an
/// integer type, BOOL, F32 or F64; the numbers are not scaled. The second alternative is an error
/// message that names the file, what it has and what the model needs.
std::variant<spike::InputTensor, std::string> readTensorInput(const std::string &path,
                                                              const TensorRules &rules);

/// What is said of --generate for a model that takes a tensor.
inline constexpr const char *kNoContinuation =
    "--generate: the model takes a tensor, which no token follows; leave it out";

/// The input of a model: token ids or a tensor.
using ModelInput = std::variant<std::vector<int32_t>, spike::InputTensor>;

/// Reads the input of a model of either kind. `tensor` has the rules of a model that takes a tensor
/// (tensorRulesOf); otherwise `rules` holds, and notes about the text are added to `warnings`
/// unless that is null. The second alternative is an error message.
std::variant<ModelInput, std::string> readModelInput(const InputOptions &options,
                                                     const std::optional<TensorRules> &tensor,
                                                     const InputRules &rules,
                                                     std::vector<std::string> *warnings = nullptr);

/// Calls spike::interpret with either kind of input.
mlir::FailureOr<spike::InterpretResult> interpretModel(mlir::func::FuncOp entry,
                                                       const ModelInput &input,
                                                       const spike::InterpretOptions &options = {});

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_TENSORINPUT_H
