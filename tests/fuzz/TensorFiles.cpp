// TensorFiles: safetensors files of drawn inputs and weights, intact and damaged.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/fuzz/TensorFiles.h"

#include "tests/fuzz/Damage.h"

#include "dialect/import/Import.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <limits>
#include <regex>

namespace synfire::test {
namespace {

constexpr size_t kLengthBytes = sizeof(uint64_t); ///< the length of the header, before it

std::string assemble(const std::string &header, const std::string &data) {
  const uint64_t length = header.size();
  std::string file(kLengthBytes, '\0');
  std::memcpy(file.data(), &length, kLengthBytes);
  return file + header + data;
}

std::string bytesOf(const std::vector<double> &numbers) {
  return {reinterpret_cast<const char *>(numbers.data()), numbers.size() * sizeof(double)};
}

/// A file that grows tensor by tensor.
class Tensors {
public:
  /// `shape` is in JSON without its brackets: "2, 3".
  void add(const std::string &name, const std::string &type, const std::string &shape,
           const std::string &bytes) {
    header += (header.empty() ? "\"" : ",\"") + name + "\":{\"dtype\":\"" + type +
              "\",\"shape\":[" + shape + "],\"data_offsets\":[" + std::to_string(data.size()) +
              "," + std::to_string(data.size() + bytes.size()) + "]}";
    data += bytes;
  }
  /// The header gets as many spaces as put the data at a multiple of 4 bytes.
  std::string file() const {
    return assemble("{" + header + "}" + std::string((6 - header.size() % 4) % 4, ' '), data);
  }

private:
  std::string header, data;
};

/// Numbers for a tensor of a shape in JSON: in (0, 1), of a matrix with a sign.
std::string drawNumbers(const std::string &shape, Choices &choices) {
  size_t count = 1;
  static const std::regex kSize(R"(\d+)");
  for (std::sregex_iterator it(shape.begin(), shape.end(), kSize), end; it != end; ++it)
    count *= std::stoul(it->str());
  const bool isMatrix = shape.find(',') != std::string::npos;
  std::string bytes;
  for (SplitMix64 source(choices.below(1 << 30)); count > 0; --count) {
    const double unit = source.unit();
    const auto number = static_cast<float>(isMatrix ? 2 * unit - 1 : 0.05 + 0.9 * unit);
    bytes.append(reinterpret_cast<const char *>(&number), sizeof number);
  }
  return bytes;
}

/// The diagnostics of an import of a description with a file of weights.
std::vector<std::string> importMessages(const std::string &modelPath,
                                        const std::string &weightsPath) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  std::vector<std::string> messages;
  mlir::ScopedDiagnosticHandler handler(
      &context, [&](mlir::Diagnostic &diagnostic) { messages.push_back(diagnostic.str()); });
  ImportOptions options;
  options.weightsPath = weightsPath;
  importModel(context, modelPath, options);
  return messages;
}

/// One to eight numbers of the data replaced.
std::string damageValues(std::string file, size_t dataBegin, Choices &choices) {
  using Limits = std::numeric_limits<float>;
  const size_t count = (file.size() - dataBegin) / sizeof(float);
  for (int64_t left = count == 0 ? 0 : choices.between(1, 8); left > 0; --left) {
    const auto number = choices.pick<float>(
        {0.0F, -0.0F, -1.0F, 1e9F, Limits::max(), Limits::lowest(), Limits::min(),
         Limits::denorm_min(), Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN()});
    std::memcpy(file.data() + dataBegin + choices.below(count) * sizeof number, &number,
                sizeof number);
  }
  return file;
}

} // namespace

std::string inputFile(const GraphInput &input) {
  std::string shape;
  for (int64_t size : input.shape)
    shape += (shape.empty() ? "" : ",") + std::to_string(size);
  Tensors tensors;
  tensors.add("input", "F64", shape, bytesOf(input.values));
  return tensors.file();
}

std::string drawWeights(const std::string &modelPath, const std::string &weightsPath,
                        Choices &choices) {
  static const std::regex kMissing(R"re(tensor '([^']+)' \[([^\]]*)\] of F32 is missing)re");
  Tensors tensors;
  // The import names eight missing tensors at a time.
  for (bool missing = true; missing;) {
    std::ofstream(weightsPath, std::ios::binary) << tensors.file();
    missing = false;
    for (const std::string &message : importMessages(modelPath, weightsPath)) {
      std::smatch found;
      if (!std::regex_search(message, found, kMissing))
        continue;
      tensors.add(found[1], "F32", found[2], drawNumbers(found[2], choices));
      missing = true;
    }
  }
  return tensors.file();
}

std::string damageWeights(std::string file, Choices &choices) {
  uint64_t length = 0;
  std::memcpy(&length, file.data(), kLengthBytes);
  const size_t dataBegin = kLengthBytes + length;
  const std::string header = file.substr(kLengthBytes, length), data = file.substr(dataBegin);
  switch (choices.below(6)) {
  case 0:
    return damageBytes(std::move(file), choices);
  case 1:
    return assemble(damageNumbers(header, choices), data);
  case 2:
    return assemble(damageBytes(header, choices), data);
  case 3:
    return assemble(header + " ", data);
  default:
    return damageValues(std::move(file), dataBegin, choices);
  }
}

} // namespace synfire::test
