// WordDictionary: reads the words of a model whose tokens are words.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_WORDDICTIONARY_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_WORDDICTIONARY_H

#include "dialect/import/description/Description.h"

namespace synfire {

/// Reads a dictionary file of `count` lines: UTF-8, with one word without white space per line, no
/// word twice. The word of line i + 1 has token id i. The file has at most 64 MiB. Errors name
/// file, line and word.
std::variant<std::vector<std::string>, DescriptionError> loadWords(const std::string &path,
                                                                   int64_t count);

/// Reads a dictionary from text. `fileName` stands in messages.
std::variant<std::vector<std::string>, DescriptionError>
parseWords(const std::string &text, const std::string &fileName, int64_t count);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_WORDDICTIONARY_H
