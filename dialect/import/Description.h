// Description: what a model description file says, as plain data.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_H

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace synfire {

enum class PositionCode { Learned, Static };
enum class NormKind { Batch, Power, None };
enum class RecombineMode { Mean, Sum, Concatenate, Last };
enum class NamingScheme { Synfire, SpikeDecoder };

/// Line and column, from 1.
struct DescriptionPosition {
  int line = 1, column = 1;
};

/// A spiking decoder as its description gives it, checked against the field
/// table (DescriptionFields.h). Widths count features per token.
struct ModelDescription {
  std::string name;
  std::string weights; ///< path as written, "" when the file names none
  NamingScheme names = NamingScheme::Synfire;
  std::string alphabet; ///< UTF-8, one character per token id; "" without text
  std::string cleaning;

  PositionCode positionCode = PositionCode::Learned;
  int64_t tokenWidth = 0, positionWidth = 0;
  double positionBias = 0; ///< threshold of the static code
  int64_t vocabulary = 0, context = 0, timeSteps = 0;
  int64_t blocks = 0, heads = 0, mlpExpansion = 0;
  double attentionScale = 0;
  NormKind norm = NormKind::Batch;
  int64_t residual = 0; ///< variant 0, 1 or 2 (RATIONALE.md, "Residuals")
  bool firstBlockLif = false;
  RecombineMode recombine = RecombineMode::Mean;
  bool learnableThresholds = false;
  int64_t statedWidth = 0; ///< 0, or what the file says that width() is

  /// Where the key of a field stands; the file's start for keys not given.
  std::map<std::string, DescriptionPosition, std::less<>> positions;

  int64_t width() const { return tokenWidth + positionWidth; }
  int64_t hiddenWidth() const { return width() * mlpExpansion; }
  /// Numbers in tables and matrices; vectors are left out.
  int64_t parameters() const {
    return vocabulary * tokenWidth + context * positionWidth +
           blocks * (4 * width() * width() + 2 * width() * hiddenWidth()) +
           vocabulary * width() * (recombine == RecombineMode::Concatenate ? timeSteps : 1);
  }
  DescriptionPosition positionOf(std::string_view key) const {
    auto found = positions.find(key);
    return found == positions.end() ? DescriptionPosition() : found->second;
  }
};

/// What is wrong with a description and where.
struct DescriptionError {
  std::string file;
  DescriptionPosition position;
  std::string message;

  /// "FILE:LINE:COLUMN: error: MESSAGE".
  std::string text() const {
    return file + ":" + std::to_string(position.line) + ":" + std::to_string(position.column) +
           ": error: " + message;
  }
};

/// Reads a description file.
std::variant<ModelDescription, DescriptionError> loadDescription(const std::string &path);

/// As loadDescription, from text; `fileName` appears in messages.
std::variant<ModelDescription, DescriptionError> parseDescription(const std::string &text,
                                                                  const std::string &fileName);

/// The keys as a Markdown table, for README.md.
std::string descriptionKeysMarkdown();

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_H
