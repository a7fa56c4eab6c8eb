// SafetensorsWriter: writes a safetensors file piece by piece.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/safetensors/SafetensorsWriter.h"

#include "support/OutputFile.h"

#include <nlohmann/json.hpp>

namespace synfire {

/// The data section begins at a multiple of this, so that tensors are aligned when it is mapped.
static constexpr size_t kAlignment = 64;

SafetensorsWriter::SafetensorsWriter(std::string path)
    : file(std::make_unique<OutputFile>(std::move(path))) {}

SafetensorsWriter::~SafetensorsWriter() = default;

bool SafetensorsWriter::check(const std::string &problem) {
  if (fault.empty() && !problem.empty())
    fault = file->name() + ": " + problem;
  return fault.empty();
}

void SafetensorsWriter::declare(const std::string &name, TensorType type,
                                const std::vector<int64_t> &shape) {
  uint64_t bytes = describe(type).bytes;
  for (int64_t extent : shape)
    bytes *= uint64_t(extent);
  tensors.push_back({name, type, shape, declaredBytes, declaredBytes + bytes});
  declaredBytes += bytes;
}

bool SafetensorsWriter::begin() {
  // An ordered object, so that the header lists the tensors in the order of their declaration.
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  for (const TensorInfo &tensor : tensors)
    header[tensor.name] = {{"dtype", describe(tensor.type).name},
                           {"shape", tensor.shape},
                           {"data_offsets", {tensor.begin, tensor.end}}};
  if (header.size() != tensors.size())
    return check("two tensors have the same name");
  std::string text = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  constexpr size_t kLengthBytes = 8;
  while ((kLengthBytes + text.size()) % kAlignment != 0)
    text += ' ';
  // The header that is written must pass the checks of the reader.
  auto checked = parseHeader(text, declaredBytes);
  if (auto *error = std::get_if<SafetensorsError>(&checked))
    return check(error->message);

  uint64_t length = text.size();
  begun = check(file->open());
  return begun && check(file->append({reinterpret_cast<const char *>(&length), kLengthBytes})) &&
         check(file->append(text));
}

bool SafetensorsWriter::append(std::span<const std::byte> bytes) {
  if (!fault.empty() || (!begun && !begin()))
    return false;
  if (bytes.size() > declaredBytes - writtenBytes)
    return check("more data than the declared " + std::to_string(declaredBytes) + " bytes");
  writtenBytes += bytes.size();
  return check(file->append({reinterpret_cast<const char *>(bytes.data()), bytes.size()}));
}

std::optional<SafetensorsError> SafetensorsWriter::finish() {
  append({});
  if (writtenBytes != declaredBytes)
    check(std::to_string(writtenBytes) + " bytes of data, declared are " +
          std::to_string(declaredBytes));
  if (fault.empty() && check(file->finish()))
    check(file->keep());
  if (fault.empty())
    return std::nullopt;
  return SafetensorsError{fault};
}

} // namespace synfire
