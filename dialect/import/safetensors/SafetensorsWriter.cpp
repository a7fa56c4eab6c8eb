// SafetensorsWriter: writes safetensors files as a stream, all or nothing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/safetensors/SafetensorsWriter.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace synfire {

/// Data begins at a multiple of this, so that mapped tensors are aligned.
static constexpr size_t kAlignment = 64;

SafetensorsWriter::SafetensorsWriter(std::string target)
    : path(std::move(target)), temporary(path + ".tmp") {}

SafetensorsWriter::~SafetensorsWriter() {
  if (file) {
    std::fclose(file);
    std::remove(temporary.c_str());
  }
}

bool SafetensorsWriter::fail(const std::string &message) {
  if (fault.empty())
    fault = message;
  return false;
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
  // Ordered: the header lists the tensors as they were declared.
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  for (const TensorInfo &tensor : tensors)
    header[tensor.name] = {{"dtype", describe(tensor.type).name},
                           {"shape", tensor.shape},
                           {"data_offsets", {tensor.begin, tensor.end}}};
  if (header.size() != tensors.size())
    return fail(path + ": two tensors have the same name");
  std::string text = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  constexpr size_t kLengthBytes = 8;
  while ((kLengthBytes + text.size()) % kAlignment != 0)
    text += ' ';
  // The readers' checks hold for what we write, too.
  auto checked = parseHeader(text, declaredBytes);
  if (auto *error = std::get_if<SafetensorsError>(&checked))
    return fail(path + ": " + error->message);

  // The rename would put a plain file in the place of a device or a pipe.
  std::error_code unknown;
  if (std::filesystem::exists(path, unknown) && !std::filesystem::is_regular_file(path, unknown))
    return fail(path + ": is not a regular file; name one that may be replaced");
  file = std::fopen(temporary.c_str(), "wb");
  if (!file)
    return fail(temporary + ": cannot be created: " + std::generic_category().message(errno));
  uint64_t length = text.size();
  if (std::fwrite(&length, 1, kLengthBytes, file) != kLengthBytes ||
      std::fwrite(text.data(), 1, text.size(), file) != text.size())
    return fail(temporary + ": cannot be written: " + std::generic_category().message(errno));
  return true;
}

bool SafetensorsWriter::append(std::span<const std::byte> bytes) {
  if (!fault.empty() || (!file && !begin()))
    return false;
  if (bytes.size() > declaredBytes - writtenBytes)
    return fail(path + ": more data than the declared " + std::to_string(declaredBytes) + " bytes");
  if (!bytes.empty() && std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size())
    return fail(temporary + ": cannot be written: " + std::generic_category().message(errno));
  writtenBytes += bytes.size();
  return true;
}

std::optional<SafetensorsError> SafetensorsWriter::finish() {
  append({});
  if (fault.empty() && writtenBytes != declaredBytes)
    fail(path + ": " + std::to_string(writtenBytes) + " bytes of data, declared are " +
         std::to_string(declaredBytes));
  if (file) {
    // Buffered bytes may meet the full disk only now.
    if (std::fclose(file) != 0)
      fail(temporary + ": cannot be written: " + std::generic_category().message(errno));
    file = nullptr;
    if (fault.empty() && std::rename(temporary.c_str(), path.c_str()) != 0)
      fail(path + ": cannot be replaced: " + std::generic_category().message(errno));
    if (!fault.empty())
      std::remove(temporary.c_str());
  }
  if (fault.empty())
    return std::nullopt;
  return SafetensorsError{fault};
}

} // namespace synfire
