// SafetensorsHeader: parses and checks the JSON header of a safetensors file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/safetensors/SafetensorsHeader.h"

#include "support/Message.h"
#include "support/TextCheck.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>
#include <unordered_set>

namespace synfire {

std::string quotedName(std::string_view name) {
  constexpr size_t kShown = 80;
  std::string text = "'";
  for (char c : name.substr(0, kShown)) {
    if (uint8_t(c) < 0x20 || c == 0x7F) {
      constexpr char kHex[] = "0123456789abcdef";
      text += {'\\', 'x', kHex[uint8_t(c) >> 4], kHex[c & 15]};
    } else {
      text += c;
    }
  }
  // Do not cut inside a UTF-8 character.
  if (name.size() > kShown) {
    while (text.size() > 1 && (text.back() & 0xC0) == 0x80)
      text.pop_back();
    if (uint8_t(text.back()) >= 0xC0)
      text.pop_back();
    text += "...";
  }
  return text + "'";
}

namespace {

using Json = nlohmann::json;

/// Collects the tensors from the parser's events, so that no tree of a malicious header is built,
/// duplicate keys are seen, and nesting ends at the third level. A handler that returns false ends
/// the parsing; `fault` then has the message.
class HeaderEvents : public nlohmann::json_sax<Json> {
public:
  std::vector<TensorInfo> tensors;
  std::string fault;

  bool null() override { return unexpected("null"); }
  bool boolean(bool value) override { return unexpected(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return unexpected(std::to_string(value)); }
  bool number_float(number_float_t, const string_t &text) override { return unexpected(text); }
  bool binary(binary_t &) override { return unexpected("binary data"); }

  bool number_unsigned(number_unsigned_t value) override {
    if (level != 3)
      return unexpected(std::to_string(value));
    if (field == Field::Shape) {
      if (value > uint64_t(INT64_MAX))
        return fail("shape " + needsHas("extents of at most 2^63 - 1", value));
      if (tensor.shape.size() == kMaxRank)
        return fail("shape " + needsHas(message("at most ", kMaxRank, " dimensions"), "more"));
      tensor.shape.push_back(int64_t(value));
      return true;
    }
    if (offsets.size() == 2)
      return fail("data_offsets " + needsHas("two numbers", "more"));
    offsets.push_back(value);
    return true;
  }

  bool string(string_t &value) override {
    if (level != 2)
      return unexpected(quotedName(value));
    if (inMetadata)
      return true;
    if (field != Field::Type)
      return unexpected(quotedName(value));
    for (const TensorTypeName &known : kTensorTypes) {
      if (known.name == value) {
        tensor.type = known.type;
        return true;
      }
    }
    std::string names;
    for (const TensorTypeName &known : kTensorTypes)
      names += (names.empty() ? "" : ", ") + std::string(known.name);
    return fail("unknown dtype " + quotedName(value) + "; known are " + names);
  }

  bool start_object(size_t) override {
    if (level >= 2)
      return unexpected("an object");
    ++level;
    if (level == 2) {
      seen = {};
      offsets.clear();
    }
    return true;
  }
  bool end_object() override {
    if (level-- == 2 && !inMetadata)
      return finishTensor();
    return true;
  }
  bool start_array(size_t) override {
    if (level != 2 || inMetadata || field == Field::Type)
      return unexpected("a list");
    ++level;
    return true;
  }
  bool end_array() override {
    --level;
    return true;
  }

  bool key(string_t &name) override {
    if (level == 1) {
      inMetadata = name == "__metadata__";
      tensor = {};
      tensor.name = name;
      if (!names.insert(name).second)
        return fail("the name occurs twice");
      return true;
    }
    if (inMetadata)
      return true;
    static constexpr std::string_view kKeys[] = {"dtype", "shape", "data_offsets"};
    auto found = std::find(std::begin(kKeys), std::end(kKeys), name);
    if (found == std::end(kKeys))
      return fail("unknown key " + quotedName(name) + "; known are dtype, shape, data_offsets");
    field = Field(found - std::begin(kKeys));
    if (std::exchange(seen[size_t(field)], true))
      return fail("the key " + quotedName(name) + " occurs twice");
    return true;
  }

  bool parse_error(size_t position, const std::string &, const Json::exception &) override {
    fault = "the header is not valid JSON at its byte " + std::to_string(position);
    return false;
  }

private:
  enum class Field : uint8_t { Type, Shape, Offsets };

  bool fail(const std::string &message) {
    fault = (level == 0 ? "" : "tensor " + quotedName(tensor.name) + ": ") + message;
    return false;
  }

  bool unexpected(const std::string &what) {
    if (level == 0)
      return fail("the header is " + what + ", not an object of tensors");
    if (level == 1)
      return fail("is " + what + ", not an object with dtype, shape and data_offsets");
    if (inMetadata)
      return fail("metadata holds " + what + ", only strings are allowed");
    switch (field) {
    case Field::Type:
      return fail("dtype is " + what + ", not a string");
    case Field::Shape:
      return fail("shape holds " + what + ", not a whole number from 0");
    case Field::Offsets:
      break;
    }
    return fail("data_offsets holds " + what + ", not a whole number from 0");
  }

  bool finishTensor() {
    if (!seen[0] || !seen[1] || !seen[2])
      return fail("has no " + std::string(!seen[0]   ? "dtype"
                                          : !seen[1] ? "shape"
                                                     : "data_offsets"));
    if (offsets.size() != 2)
      return fail("data_offsets " + needsHas("two numbers", offsets.size()));
    tensor.begin = offsets[0];
    tensor.end = offsets[1];
    tensors.push_back(std::move(tensor));
    return true;
  }

  int level = 0; ///< nesting: 1 in the header, 2 in a tensor or the metadata, 3 in a list
  bool inMetadata = false;
  Field field = Field::Type;
  TensorInfo tensor;
  std::vector<uint64_t> offsets;
  std::array<bool, 3> seen = {};
  std::unordered_set<std::string> names;
};

/// A message when a tensor's place in the file is wrong; otherwise "".
std::string placeFault(const TensorInfo &tensor, uint64_t dataBytes) {
  std::string place =
      "data_offsets [" + std::to_string(tensor.begin) + ", " + std::to_string(tensor.end) + "]";
  if (tensor.begin > tensor.end)
    return place + " end before they begin";
  if (tensor.end > dataBytes)
    return place + " end beyond the " + std::to_string(dataBytes) +
           " bytes of data in the file; is it truncated?";
  const TensorTypeName &type = describe(tensor.type);
  uint64_t bytes = type.bytes;
  for (int64_t extent : tensor.shape) {
    if (__builtin_mul_overflow(bytes, uint64_t(extent), &bytes) || bytes > uint64_t(INT64_MAX))
      return "shape " + shapeText(tensor.shape) + " " + needsHas("at most 2^63 - 1 bytes", "more");
  }
  if (bytes != tensor.bytes())
    return "shape " + shapeText(tensor.shape) + " of " + std::string(type.name) + " " +
           needsHas(message(bytes, " bytes"), tensor.bytes()) + " in " + place;
  return {};
}

/// A message when tensors overlap or leave a gap in the data; otherwise "".
std::string coverFault(const std::vector<TensorInfo> &tensors, uint64_t dataBytes) {
  std::vector<size_t> order(tensors.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::pair(tensors[a].begin, tensors[a].end) <
           std::pair(tensors[b].begin, tensors[b].end);
  });
  uint64_t covered = 0;
  const TensorInfo *previous = nullptr;
  for (size_t i : order) {
    const TensorInfo &tensor = tensors[i];
    if (tensor.begin < covered)
      return "tensor " + quotedName(tensor.name) + ": data_offsets begin at byte " +
             std::to_string(tensor.begin) + ", inside tensor " + quotedName(previous->name) +
             " that ends at " + std::to_string(covered);
    if (tensor.begin > covered)
      return "tensor " + quotedName(tensor.name) + ": bytes " + std::to_string(covered) + " to " +
             std::to_string(tensor.begin) + " before it belong to no tensor";
    covered = tensor.end;
    previous = &tensor;
  }
  if (covered < dataBytes)
    return "the last " + std::to_string(dataBytes - covered) + " of " + std::to_string(dataBytes) +
           " bytes of data belong to no tensor";
  return {};
}

} // namespace

std::variant<std::vector<TensorInfo>, SafetensorsError> parseHeader(std::string_view json,
                                                                    uint64_t dataBytes) {
  if (const std::string nul = findNul(json); !nul.empty())
    return SafetensorsError{"the header is not valid JSON: " + nul};
  HeaderEvents events;
  if (!Json::sax_parse(json.begin(), json.end(), &events))
    return SafetensorsError{events.fault};
  for (const TensorInfo &tensor : events.tensors)
    if (std::string fault = placeFault(tensor, dataBytes); !fault.empty())
      return SafetensorsError{"tensor " + quotedName(tensor.name) + ": " + fault};
  if (std::string fault = coverFault(events.tensors, dataBytes); !fault.empty())
    return SafetensorsError{fault};
  return std::move(events.tensors);
}

std::variant<SafetensorsLayout, SafetensorsError> parseLayout(std::span<const std::byte> file) {
  static_assert(std::endian::native == std::endian::little,
                "lengths and tensors are used as they lie in the file, which is little-endian");
  constexpr size_t kLengthBytes = 8;
  if (file.size() < kLengthBytes)
    return SafetensorsError{
        needsHas("at least 8 bytes, the length of a safetensors header", file.size())};
  uint64_t headerBytes;
  std::memcpy(&headerBytes, file.data(), kLengthBytes);
  if (headerBytes > kMaxHeaderBytes)
    return SafetensorsError{"the header " +
                            needsHas(message("at most ", kMaxHeaderBytes, " bytes"), headerBytes) +
                            "; is it a safetensors file?"};
  if (headerBytes > file.size() - kLengthBytes)
    return SafetensorsError{"the header " +
                            needsHas(message(headerBytes, " bytes"), file.size() - kLengthBytes) +
                            " behind its length; is the file truncated?"};
  uint64_t dataBegin = kLengthBytes + headerBytes;
  std::string_view json(reinterpret_cast<const char *>(file.data()) + kLengthBytes, headerBytes);
  auto header = parseHeader(json, file.size() - dataBegin);
  if (auto *error = std::get_if<SafetensorsError>(&header))
    return std::move(*error);
  return SafetensorsLayout{std::move(std::get<0>(header)), dataBegin};
}

} // namespace synfire
