// Safetensors: opens safetensors files without reading their data.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/safetensors/Safetensors.h"

namespace synfire {

std::variant<std::shared_ptr<const Safetensors>, SafetensorsError>
Safetensors::open(const std::string &path) {
  std::shared_ptr<Safetensors> result(new Safetensors);
  result->filePath = path;
  if (std::string fault = result->file.open(path); !fault.empty())
    return SafetensorsError{path + ": " + fault};
  auto layout = parseLayout(result->file.bytes());
  if (auto *error = std::get_if<SafetensorsError>(&layout))
    return SafetensorsError{path + ": " + error->message};
  result->data = result->file.bytes().subspan(std::get<0>(layout).dataBegin);
  result->infos = std::move(std::get<0>(layout).tensors);
  for (size_t i = 0; i < result->infos.size(); ++i)
    result->byName.emplace(result->infos[i].name, i);
  return result;
}

const TensorInfo *Safetensors::find(std::string_view name) const {
  auto found = byName.find(name);
  return found == byName.end() ? nullptr : &infos[found->second];
}

} // namespace synfire
