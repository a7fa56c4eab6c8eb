// FileFormat: the tags of our file formats, and the message about a file with another tag.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/FileFormat.h"

#include <algorithm>

namespace synfire {

std::string FileFormat::tag() const { return std::string(name) + "/" + std::to_string(version); }

std::string FileFormat::mismatch(std::string_view tag) const {
  if (tag == this->tag())
    return {};
  const std::string prefix = std::string(name) + "/";
  const std::string_view number = tag.substr(std::min(prefix.size(), tag.size()));
  const bool ours = tag.starts_with(prefix) && !number.empty() && number.size() <= 9 &&
                    number.find_first_not_of("0123456789") == std::string_view::npos;
  if (!ours)
    return "is not a file of the format " + prefix + std::to_string(version);
  return "was written by version " + std::string(number) + " of " + name +
         ", this program reads version " + std::to_string(version);
}

} // namespace synfire
