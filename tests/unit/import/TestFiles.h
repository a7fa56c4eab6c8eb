// TestFiles: temporary folders and hand-made safetensors files for the tests.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_IMPORT_TESTFILES_H
#define SYNFIRE_TESTS_UNIT_IMPORT_TESTFILES_H

#include "dialect/import/safetensors/Safetensors.h"
#include "dialect/import/safetensors/SafetensorsWriter.h"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <unistd.h>

namespace synfire::test {

/// A folder that lives as long as the object.
class Folder {
public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "synfire-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path, error);
  }
  std::string file(const std::string &name) const { return (path / name).string(); }
  std::string write(const std::string &name, const std::string &content) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(file(name), std::ios::binary) << content;
    return file(name);
  }

  std::filesystem::path path;
};

inline std::string readAll(const std::string &path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The bytes of a safetensors file with this header.
inline std::string withHeader(const std::string &json, const std::string &data = "") {
  uint64_t length = json.size();
  std::string bytes(8, '\0');
  std::memcpy(bytes.data(), &length, 8);
  return bytes + json + data;
}

/// Tensors of F32 by name, in the order of their names.
struct FloatTensor {
  std::vector<int64_t> shape;
  std::vector<float> numbers;
};
using FloatTensors = std::map<std::string, FloatTensor>;

inline void writeTensors(const std::string &path, const FloatTensors &tensors) {
  SafetensorsWriter writer(path);
  for (auto &[name, tensor] : tensors)
    writer.declare(name, TensorType::F32, tensor.shape);
  for (auto &[name, tensor] : tensors)
    writer.append(std::as_bytes(std::span(tensor.numbers)));
  if (auto error = writer.finish())
    std::abort();
}

/// Bytes of this process that are in memory.
inline int64_t residentBytes() {
  std::ifstream statm("/proc/self/statm");
  int64_t total = 0, resident = 0;
  statm >> total >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

/// The message that opening a file ends with, "" when it opens.
inline std::string openFault(const std::string &path) {
  auto opened = Safetensors::open(path);
  auto *error = std::get_if<SafetensorsError>(&opened);
  return error ? error->message : std::string();
}

} // namespace synfire::test

#endif // SYNFIRE_TESTS_UNIT_IMPORT_TESTFILES_H
