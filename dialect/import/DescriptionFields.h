// DescriptionFields: the one table of everything a description can say.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTIONFIELDS_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTIONFIELDS_H

#include "dialect/import/Description.h"

#include <optional>
#include <vector>

namespace synfire {

/// A word that a key may take. `aliases`: other spellings, those of the
/// published implementation. `set` is null for words whose meaning Synfire
/// knows but cannot build.
struct FieldWord {
  std::string word;
  std::vector<std::string> aliases;
  void (*set)(ModelDescription &) = nullptr;
};

/// What stands behind a key: a text, one of a list of words, or a number of a
/// range.
using FieldText = std::string ModelDescription::*;
using FieldWords = std::vector<FieldWord>;
struct FieldInteger {
  int64_t ModelDescription::*member;
  int64_t min, max;
};
struct FieldNumber {
  double ModelDescription::*member;
  double min, max;
};

struct DescriptionField {
  std::string section; ///< "", "text" or "config"
  std::string key;
  std::vector<std::string> aliases; ///< keys of the published implementation
  std::variant<FieldText, FieldWords, FieldInteger, FieldNumber> kind;
  std::optional<std::string> defaultValue; ///< none: the key is required
  std::string help;
};

/// The table, in the order of the documentation.
const std::vector<DescriptionField> &descriptionFields();

/// What is wrong with a value ("'x' is ...; supported are ..."), or "". Stores it.
std::string assignField(const DescriptionField &field, const std::string &value,
                        ModelDescription &model);

/// A rule between keys that a model breaks, and the key to point at.
struct DescriptionViolation {
  std::string key, message;
};
std::optional<DescriptionViolation> firstViolation(const ModelDescription &model);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTIONFIELDS_H
