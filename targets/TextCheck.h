// TextCheck: refuses bytes that are no text before a parser sees them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_TEXTCHECK_H
#define SYNFIRE_TARGETS_TEXTCHECK_H

#include "targets/ConfigTree.h"

namespace synfire {

/// Throws ConfigFault at the first byte that is not UTF-8 (overlong forms,
/// surrogates included), or is a control character other than tab and line
/// end.
void checkText(const std::string &text, const std::shared_ptr<const std::string> &file);

/// Whether a text of one line has a byte below space, or a delete.
bool hasControlCharacter(const std::string &text);

} // namespace synfire

#endif // SYNFIRE_TARGETS_TEXTCHECK_H
