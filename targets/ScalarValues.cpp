// ScalarValues: reads single values of a configuration tree.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ScalarValues.h"
#include "support/Message.h"
#include "support/NearestName.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace synfire {

void failType(const std::string &path, const ConfigNode &node, const std::string &needed) {
  failAt(node.position, "'" + path + "' " + needsHas(needed, node.describe()));
}

std::string readText(const std::string &path, const ConfigNode &node) {
  if (node.kind != ConfigNode::Kind::Scalar || node.scalar.empty())
    failType(path, node, "a text");
  return node.scalar;
}

bool readFlag(const std::string &path, const ConfigNode &node) {
  if (node.kind == ConfigNode::Kind::Scalar && !node.quoted) {
    if (node.scalar == "true")
      return true;
    if (node.scalar == "false")
      return false;
  }
  failType(path, node, "true or false");
}

size_t readName(const std::string &path, const ConfigNode &node,
                const std::vector<std::string> &names) {
  if (node.kind == ConfigNode::Kind::Scalar) {
    auto found = std::find(names.begin(), names.end(), node.scalar);
    if (found != names.end())
      return found - names.begin();
  }
  const std::string fault =
      "'" + path + "' " + needsHas("one of " + joined(names), node.describe());
  failAt(node.position,
         fault + (node.kind == ConfigNode::Kind::Scalar ? nearestName(node.scalar, names) : ""));
}

static bool isNonFinite(std::string text) {
  for (char &c : text)
    c = char(std::tolower(static_cast<unsigned char>(c)));
  size_t start = text.find_first_not_of("+-.");
  if (start == std::string::npos)
    return false;
  text = text.substr(start);
  return text == "inf" || text == "infinity" || text == "nan";
}

double readReal(const std::string &path, const ConfigNode &node) {
  const std::string &text = node.scalar;
  if (node.kind != ConfigNode::Kind::Scalar || node.quoted)
    failType(path, node, "a number");
  if (isNonFinite(text))
    failType(path, node, "a finite number");
  double value = 0;
  const char *end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc::result_out_of_range && rest == end)
    failType(path, node, "a number that a double can hold");
  if (error != std::errc() || rest != end)
    failType(path, node, "a number");
  return value;
}

std::optional<int64_t> readWhole(const std::string &path, const ConfigNode &node) {
  const std::string &text = node.scalar;
  if (node.kind != ConfigNode::Kind::Scalar || node.quoted)
    failType(path, node, "a whole number");
  int64_t value = 0;
  const char *end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, value);
  if (rest != end || error == std::errc::invalid_argument)
    failType(path, node, "a whole number");
  if (error == std::errc::result_out_of_range)
    return std::nullopt;
  return value;
}

} // namespace synfire
