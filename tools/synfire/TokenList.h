// TokenList: reads the JSON of --tokens.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_TOKENLIST_H
#define SYNFIRE_TOOLS_SYNFIRE_TOKENLIST_H

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace synfire::tool {

/// Reads a JSON list of token ids, or a list of one such list. Takes 4 bytes of memory for an id,
/// and none for how deep a hostile text is nested. The second alternative is an error message, in
/// which entries are counted from 0.
std::variant<std::vector<int32_t>, std::string> parseTokenList(const std::string &json);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_TOKENLIST_H
