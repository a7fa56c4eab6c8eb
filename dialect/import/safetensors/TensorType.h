// TensorType: the element types of safetensors files, and the description of a tensor.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_SAFETENSORS_TENSORTYPE_H
#define SYNFIRE_DIALECT_IMPORT_SAFETENSORS_TENSORTYPE_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synfire {

/// An element type, named as in the safetensors format.
enum class TensorType : uint8_t {
  Bool,
  U8,
  I8,
  F8E5M2,
  F8E4M3,
  I16,
  U16,
  F16,
  BF16,
  I32,
  U32,
  F32,
  I64,
  U64,
  F64
};

/// The name and size of an element type.
struct TensorTypeName {
  TensorType type;
  std::string_view name; ///< its name in a file
  uint64_t bytes;        ///< bytes of one element
};

inline constexpr TensorTypeName kTensorTypes[] = {
    {TensorType::Bool, "BOOL", 1},      {TensorType::U8, "U8", 1},
    {TensorType::I8, "I8", 1},          {TensorType::F8E5M2, "F8_E5M2", 1},
    {TensorType::F8E4M3, "F8_E4M3", 1}, {TensorType::I16, "I16", 2},
    {TensorType::U16, "U16", 2},        {TensorType::F16, "F16", 2},
    {TensorType::BF16, "BF16", 2},      {TensorType::I32, "I32", 4},
    {TensorType::U32, "U32", 4},        {TensorType::F32, "F32", 4},
    {TensorType::I64, "I64", 8},        {TensorType::U64, "U64", 8},
    {TensorType::F64, "F64", 8}};

inline const TensorTypeName &describe(TensorType type) { return kTensorTypes[size_t(type)]; }

/// What the header of a file says of a tensor.
struct TensorInfo {
  std::string name;
  TensorType type = TensorType::F32;
  std::vector<int64_t> shape;
  uint64_t begin = 0, end = 0; ///< its bytes are [begin, end) of the data section

  uint64_t bytes() const { return end - begin; }
};

/// A shape as text: "[30, 80]".
inline std::string shapeText(const std::vector<int64_t> &shape) {
  std::string text = "[";
  for (int64_t extent : shape)
    text += (text.size() == 1 ? "" : ", ") + std::to_string(extent);
  return text + "]";
}

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_SAFETENSORS_TENSORTYPE_H
