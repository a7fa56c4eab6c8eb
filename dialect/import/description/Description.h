// Description: what a model description file says, as plain data.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_DESCRIPTION_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_DESCRIPTION_H

#include "dialect/import/description/Gpt2Config.h"
#include "dialect/import/description/SpikeDecoderConfig.h"
#include "dialect/import/description/SpikformerConfig.h"
#include "support/TextCheck.h"

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace synfire {

enum class Architecture { SpikeDecoder, Gpt2, Spikformer, SpikeDrivenTransformer };
enum class NamingScheme { Synfire, SpikeDecoder };

/// A model as its description gives it, checked against the field tables
/// (DescriptionFields.h).
struct ModelDescription {
  Architecture architecture = Architecture::SpikeDecoder;
  std::string name;
  std::string weights; ///< path as written, "" when the file names none
  NamingScheme names = NamingScheme::Synfire;
  std::string alphabet;  ///< UTF-8, one character per token id; "" without
  std::string wordsFile; ///< word dictionary, path as written; "" without
  std::string cleaning;
  std::vector<std::string> words; ///< of the dictionary, one per token id; empty until read

  // The configuration of `architecture` is the one that counts.
  SpikeDecoderConfig decoder;
  Gpt2Config gpt2;
  SpikformerConfig vision; ///< Spikformer and Spike-driven Transformer

  /// Where the key of a field stands; the file's start for keys not given.
  std::map<std::string, TextPosition, std::less<>> positions;

  bool gives(std::string_view key) const { return positions.find(key) != positions.end(); }
  TextPosition positionOf(std::string_view key) const {
    auto found = positions.find(key);
    return found == positions.end() ? TextPosition() : found->second;
  }
  /// Numbers in tables and matrices; vectors are left out.
  double parameters() const;
  /// Token ids, or classes where the input is no text.
  int64_t vocabulary() const;
};

/// What is wrong with a description and where.
struct DescriptionError {
  std::string file;
  TextPosition position;
  std::string message;

  /// "FILE:LINE:COLUMN: error: MESSAGE".
  std::string text() const {
    return file + ":" + std::to_string(position.line) + ":" + std::to_string(position.column) +
           ": error: " + message;
  }
};

/// Reads a description file, and the dictionary that it names.
std::variant<ModelDescription, DescriptionError> loadDescription(const std::string &path);

/// As loadDescription, from text, without reading a dictionary; `fileName`
/// appears in messages.
std::variant<ModelDescription, DescriptionError> parseDescription(const std::string &text,
                                                                  const std::string &fileName);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_DESCRIPTION_H
