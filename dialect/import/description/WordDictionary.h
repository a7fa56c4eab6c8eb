// WordDictionary: the words of a word model, one per token id.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_WORDDICTIONARY_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_WORDDICTIONARY_H

#include "dialect/import/description/Description.h"

namespace synfire {

/// Reads `count` words: UTF-8, one distinct word without white space per line,
/// line i + 1 being token id i. 64 MiB at most. Errors name file, line and word.
std::variant<std::vector<std::string>, DescriptionError> loadWords(const std::string &path,
                                                                   int64_t count);

/// As loadWords, from text; `fileName` appears in messages.
std::variant<std::vector<std::string>, DescriptionError>
parseWords(const std::string &text, const std::string &fileName, int64_t count);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_WORDDICTIONARY_H
