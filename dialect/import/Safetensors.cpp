// Safetensors: reads safetensors files without reading their data.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/Safetensors.h"

#include <bit>
#include <cstring>

namespace synfire {

static_assert(std::endian::native == std::endian::little,
              "tensors are used as they lie in the file, which is little-endian");

std::variant<std::shared_ptr<const Safetensors>, SafetensorsError>
Safetensors::open(const std::string &path) {
  auto fail = [&](const std::string &message) { return SafetensorsError{path + ": " + message}; };
  std::shared_ptr<Safetensors> result(new Safetensors);
  result->filePath = path;
  if (std::string fault = result->file.open(path); !fault.empty())
    return fail(fault);

  std::span<const std::byte> bytes = result->file.bytes();
  constexpr size_t kLengthBytes = 8;
  if (bytes.size() < kLengthBytes)
    return fail("has " + std::to_string(bytes.size()) +
                " bytes, a safetensors file begins with an 8-byte header length");
  uint64_t headerBytes;
  std::memcpy(&headerBytes, bytes.data(), kLengthBytes);
  if (headerBytes > kMaxHeaderBytes)
    return fail("the header length is " + std::to_string(headerBytes) + " bytes, at most " +
                std::to_string(kMaxHeaderBytes) + "; is it a safetensors file?");
  if (headerBytes > bytes.size() - kLengthBytes)
    return fail("the header length is " + std::to_string(headerBytes) + " bytes, but only " +
                std::to_string(bytes.size() - kLengthBytes) + " follow; is it truncated?");

  result->data = bytes.subspan(kLengthBytes + headerBytes);
  std::string_view json(reinterpret_cast<const char *>(bytes.data()) + kLengthBytes, headerBytes);
  auto header = parseHeader(json, result->data.size());
  if (auto *error = std::get_if<SafetensorsError>(&header))
    return fail(error->message);
  result->infos = std::move(std::get<0>(header));
  for (size_t i = 0; i < result->infos.size(); ++i)
    result->byName.emplace(result->infos[i].name, i);
  return result;
}

const TensorInfo *Safetensors::find(std::string_view name) const {
  auto found = byName.find(name);
  return found == byName.end() ? nullptr : &infos[found->second];
}

} // namespace synfire
