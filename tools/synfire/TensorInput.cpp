// TensorInput: reads the tensor that a model takes as input.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/TensorInput.h"

#include "dialect/import/safetensors/Safetensors.h"
#include "dialect/spike/Spike.h"
#include "support/MemoryNeed.h"
#include "support/Message.h"
#include "tools/synfire/LastResort.h"

#include <cstring>

namespace synfire::tool {
namespace {

/// The grid of a convolution or pooling in two dimensions that reads `points`.
std::vector<int64_t> gridOf(mlir::Value points) {
  for (mlir::Operation *user : points.getUsers()) {
    llvm::ArrayRef<int64_t> grid;
    if (auto conv = mlir::dyn_cast<spike::ConvOp>(user))
      grid = conv.getGrid();
    else if (auto pool = mlir::dyn_cast<spike::PoolOp>(user))
      grid = pool.getGrid();
    if (grid.size() == 2)
      return grid.vec();
    if (auto repeat = mlir::dyn_cast<spike::RepeatOp>(user))
      if (std::vector<int64_t> found = gridOf(repeat.getResult()); !found.empty())
        return found;
  }
  return {};
}

std::string shapeWithUnknowns(const std::vector<int64_t> &shape) {
  std::string text = shapeText(shape);
  if (size_t at = text.find("-1"); at != std::string::npos)
    text.replace(at, 2, "N");
  return text;
}

bool fits(const std::vector<int64_t> &given, const std::vector<int64_t> &shape) {
  if (given.size() != shape.size())
    return false;
  for (size_t i = 0; i < given.size(); ++i)
    if (given[i] < 1 || (shape[i] >= 0 && given[i] != shape[i]))
      return false;
  return true;
}

/// Stores element `index` in `value`. Returns false when a float64 cannot hold it exactly.
template <typename Number>
bool numberAt(std::span<const std::byte> bytes, size_t index, double &value) {
  Number number;
  std::memcpy(&number, bytes.data() + index * sizeof(Number), sizeof(Number));
  value = static_cast<double>(number);
  if constexpr (sizeof(Number) == 8 && std::is_integral_v<Number>) {
    constexpr auto kExact = static_cast<Number>(int64_t{1} << 53);
    return number <= kExact && (std::is_unsigned_v<Number> || number >= Number{0} - kExact);
  }
  return true;
}

bool truthAt(std::span<const std::byte> bytes, size_t index, double &value) {
  value = bytes[index] != std::byte{0};
  return true;
}

using Reader = bool (*)(std::span<const std::byte>, size_t, double &);

/// The function that reads an element of a type; null for a type that Synfire does not support.
Reader readerOf(TensorType type) {
  switch (type) {
  case TensorType::Bool:
    return truthAt;
  case TensorType::U8:
    return numberAt<uint8_t>;
  case TensorType::I8:
    return numberAt<int8_t>;
  case TensorType::I16:
    return numberAt<int16_t>;
  case TensorType::U16:
    return numberAt<uint16_t>;
  case TensorType::I32:
    return numberAt<int32_t>;
  case TensorType::U32:
    return numberAt<uint32_t>;
  case TensorType::I64:
    return numberAt<int64_t>;
  case TensorType::U64:
    return numberAt<uint64_t>;
  case TensorType::F32:
    return numberAt<float>;
  case TensorType::F64:
    return numberAt<double>;
  case TensorType::F8E5M2:
  case TensorType::F8E4M3:
  case TensorType::F16:
  case TensorType::BF16:
    break;
  }
  return nullptr;
}

} // namespace

std::string TensorRules::shapes() const {
  std::string text;
  if (!grid.empty()) {
    std::vector<int64_t> image = shape;
    image.pop_back();
    image.back() = grid[0];
    image.insert(image.end(), {grid[1], shape.back()});
    text = shapeText(image) + (shape.size() == 3 ? " (time steps, height, width, channels) or "
                                                 : " (height, width, channels) or ");
  }
  return text + shapeWithUnknowns(shape);
}

std::optional<TensorRules> tensorRulesOf(mlir::func::FuncOp entry) {
  if (entry.getNumArguments() != 1)
    return std::nullopt;
  auto type = mlir::dyn_cast<mlir::RankedTensorType>(entry.getArgument(0).getType());
  if (!type || type.getRank() < 2)
    return std::nullopt;
  TensorRules rules{type.getShape().vec(), gridOf(entry.getArgument(0))};
  for (int64_t &extent : rules.shape)
    if (mlir::ShapedType::isDynamic(extent))
      extent = -1;
  return rules;
}

std::optional<TensorRules> tensorRulesOf(const sim::Program &program) {
  if (program.input.hostOp < 0)
    return std::nullopt;
  const sim::HostOp &input = program.hostOps[program.input.hostOp];
  const int64_t tokens = input.points > 1           ? input.points
                         : program.input.tokens > 0 ? program.input.tokens
                                                    : -1;
  std::vector<int64_t> grid;
  if (const int64_t rows = program.input.gridRows; rows > 0)
    grid = {rows, tokens / rows};
  if (program.input.hasSteps)
    return TensorRules{{input.steps, tokens, input.columns}, grid};
  return TensorRules{{tokens, input.columns}, grid};
}

std::variant<spike::InputTensor, std::string> readTensorInput(const std::string &path,
                                                              const TensorRules &rules) {
  setStage("reading the input");
  auto opened = Safetensors::open(path);
  if (auto *error = std::get_if<SafetensorsError>(&opened))
    return error->message;
  const auto &file = *std::get<0>(opened);
  const TensorInfo *info = file.find("input");
  if (!info || file.tensors().size() != 1)
    return path + ": " +
           needsHas("one tensor, named 'input'",
                    message(file.tensors().size(), " tensors",
                            file.tensors().empty()
                                ? ""
                                : ", of which the first is " + quotedName(file.tensors()[0].name)));
  // A tensor [H, W, C] is read as [N, C], row by row.
  std::vector<int64_t> shape = info->shape;
  if (!rules.grid.empty() && shape.size() == rules.shape.size() + 1) {
    const size_t height = shape.size() - 3;
    if (shape[height] == rules.grid[0] && shape[height + 1] == rules.grid[1]) {
      shape[height] *= shape[height + 1];
      shape.erase(shape.begin() + static_cast<int64_t>(height) + 1);
    }
  }
  if (!fits(shape, rules.shape))
    return path + ": tensor 'input' " + needsHas("shape " + rules.shapes(), shapeText(info->shape));
  const Reader read = readerOf(info->type);
  if (!read)
    return path + ": tensor 'input' " +
           needsHas("type F32, F64, BOOL or an integer type", describe(info->type).name);
  spike::InputTensor input{shape, {}};
  const std::span<const std::byte> bytes = file.bytes(*info);
  const double valueBytes = static_cast<double>(info->bytes()) / describe(info->type).bytes * 8;
  if (std::string lack = lacksMemory("tensor 'input' as float64", valueBytes); !lack.empty())
    return path + ": " + lack;
  input.values.resize(info->bytes() / describe(info->type).bytes);
  for (size_t i = 0; i < input.values.size(); ++i)
    if (!read(bytes, i, input.values[i]))
      return path + ": tensor 'input' holds a whole number beyond 2^53 at flat index " +
             std::to_string(i) + ", which a float64 does not hold";
  return input;
}

std::variant<ModelInput, std::string> readModelInput(const InputOptions &options,
                                                     const std::optional<TensorRules> &tensor,
                                                     const InputRules &rules,
                                                     std::vector<std::string> *warnings) {
  auto anyKind = [](auto read) -> std::variant<ModelInput, std::string> {
    if (auto *error = std::get_if<std::string>(&read))
      return std::move(*error);
    return ModelInput(std::get<0>(std::move(read)));
  };
  if (!tensor)
    return anyKind(options.read(rules, warnings));
  if (options.tensorFile.empty())
    return "the model takes a tensor, not token ids; give --input FILE, a .safetensors with one "
           "tensor 'input' of shape " +
           tensor->shapes();
  return anyKind(readTensorInput(options.tensorFile, *tensor));
}

mlir::FailureOr<spike::InterpretResult> interpretModel(mlir::func::FuncOp entry,
                                                       const ModelInput &input,
                                                       const spike::InterpretOptions &options) {
  setStage("interpreting the model");
  return std::visit([&](const auto &values) { return spike::interpret(entry, values, options); },
                    input);
}

} // namespace synfire::tool
