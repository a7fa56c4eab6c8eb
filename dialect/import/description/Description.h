// Description: the content of a model description file as plain data.
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
  std::string weights; ///< path of the weights file as written; "" when the file names none
  NamingScheme names = NamingScheme::Synfire;
  std::string alphabet;  ///< UTF-8, one character per token id; "" when the model has none
  std::string wordsFile; ///< path of the word dictionary as written; "" when the model has none
  std::string cleaning;  ///< "prose", "words" or "none"
  std::vector<std::string> words; ///< words of the dictionary, one per token id; empty until read

  // Only the configuration that belongs to `architecture` is set.
  SpikeDecoderConfig decoder;
  Gpt2Config gpt2;
  SpikformerConfig vision; ///< Spikformer and Spike-driven Transformer

  /// The position of each key that the file has.
  std::map<std::string, TextPosition, std::less<>> positions;
  /// Whether the file has the key.
  bool gives(std::string_view key) const { return positions.find(key) != positions.end(); }
  /// The position of a key; the start of the file when the file does not have it.
  TextPosition positionOf(std::string_view key) const {
    auto found = positions.find(key);
    return found == positions.end() ? TextPosition() : found->second;
  }
  /// The number of parameters in tables and matrices; vectors are not counted.
  double parameters() const;
  /// The number of token ids, or of classes for a model whose input is an image.
  int64_t vocabulary() const;
};

/// The first thing that is wrong with a description, and where it stands.
struct DescriptionError {
  std::string file;
  TextPosition position;
  std::string message;

  /// The whole message: "FILE:LINE:COLUMN: error: MESSAGE".
  std::string text() const {
    return file + ":" + std::to_string(position.line) + ":" + std::to_string(position.column) +
           ": error: " + message;
  }
};

/// Reads a description file and the word dictionary that it names. Fails when a file cannot be
/// read, a key or value is not allowed (DescriptionFields.h), or keys contradict each other.
std::variant<ModelDescription, DescriptionError> loadDescription(const std::string &path);

/// Reads a description from text. Does not read the dictionary. `fileName` stands in messages.
std::variant<ModelDescription, DescriptionError> parseDescription(const std::string &text,
                                                                  const std::string &fileName);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_DESCRIPTION_H
