// DescriptionYaml: reads description files; the only user of yaml-cpp here.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/DescriptionFields.h"
#include "dialect/import/description/WordDictionary.h"
#include "support/InputFile.h"
#include "support/Message.h"
#include "support/NearestName.h"
#include "support/TextCheck.h"
#include "support/Utf8.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace synfire {
namespace {

constexpr size_t kMaxDescriptionBytes = 1 << 20;

/// Throws a fault; guarded() catches it, so that no exception leaves this file.
[[noreturn]] void failAt(TextPosition position, const std::string &message) {
  throw TextFault{position, message};
}

bool isSectionName(const std::string &key) {
  return key == "text" || key == "config" || key == "rates";
}

/// One `key: value` of a section.
struct Entry {
  std::string section, key, value;
  TextPosition keyPosition, valuePosition;
};

/// Collects the entries from yaml-cpp's events rather than from its nodes. Events carry the
/// position of every key and show duplicate keys and anchors, which nodes hide. An exception thrown
/// from an event also ends a nesting at its third level, before the parser's own recursion becomes
/// deep.
class EntryCollector : public YAML::EventHandler {
public:
  std::vector<Entry> entries;
  bool hasRoot = false;

  static TextPosition positionOf(const YAML::Mark &mark) {
    return {mark.line + 1, mark.column + 1};
  }

  void OnDocumentStart(const YAML::Mark &) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override {
    // For an absent value, yaml-cpp gives the position of the next token; use that of the key.
    scalar(hasKey ? keyPosition : positionOf(mark), anchor, "");
  }
  void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override {
    failAt(positionOf(mark), "aliases are not supported; write the value out");
  }
  void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                const std::string &value) override {
    checkTag(positionOf(mark), tag);
    scalar(positionOf(mark), anchor, value);
  }
  void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    failAt(positionOf(mark), depth == 0 ? "a description is a map of keys, not a list"
                                        : "a list stands where " + expected() + " is needed");
  }
  void OnSequenceEnd() override {}

  void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    TextPosition position = positionOf(mark);
    checkAnchor(position, anchor);
    checkTag(position, tag);
    hasRoot = true;
    if (depth > 0) {
      bool isSection = depth == 1 && hasKey && isSectionName(key);
      if (!isSection)
        failAt(position, "a map stands where " + expected() + " is needed");
      if (std::count(sections.begin(), sections.end(), key))
        failAt(keyPosition, "duplicate key '" + key + "'");
      sections.push_back(key);
      section = key;
      hasKey = false;
    }
    ++depth;
  }
  void OnMapEnd() override {
    section.clear();
    --depth;
  }

private:
  std::string expected() const {
    return hasKey ? "the value of " + quotedText(key) : std::string("a key");
  }
  static void checkAnchor(TextPosition position, YAML::anchor_t anchor) {
    if (anchor)
      failAt(position, "anchors are not supported; write the value out");
  }
  static void checkTag(TextPosition position, const std::string &tag) {
    // yaml-cpp gives the tag "?" to plain scalars and "!" to quoted ones.
    if (!tag.empty() && tag != "?" && tag != "!")
      failAt(position, "tags such as " + quotedText(tag) + " are not supported");
  }

  void scalar(TextPosition position, YAML::anchor_t anchor, const std::string &value) {
    checkAnchor(position, anchor);
    if (depth == 0) {
      if (!value.empty())
        failAt(position, "a description is a map of keys, not " + quotedText(value));
      return;
    }
    if (!hasKey) {
      key = value;
      keyPosition = position;
      hasKey = true;
      return;
    }
    hasKey = false;
    entries.push_back({section, key, value, keyPosition, position});
  }

  int depth = 0;
  bool hasKey = false;
  std::string section, key;
  TextPosition keyPosition;
  std::vector<std::string> sections;
};

std::vector<Entry> collect(const std::string &text) {
  if (text.size() > kMaxDescriptionBytes)
    failAt({}, "the file " +
                   needsHas(message("at most ", kMaxDescriptionBytes, " bytes"), text.size()));
  if (auto fault = findNoText(text))
    throw *fault;
  EntryCollector collector;
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    bool read = parser.HandleNextDocument(collector);
    if (!read || !collector.hasRoot)
      failAt({}, "the file is empty");
    EntryCollector second;
    if (parser.HandleNextDocument(second))
      failAt({}, "a description holds one document only");
  } catch (const YAML::Exception &fault) {
    failAt(EntryCollector::positionOf(fault.mark), "not valid YAML: " + fault.msg);
  }
  return std::move(collector.entries);
}

using FieldList = std::vector<const DescriptionField *>;

bool isNamed(const DescriptionField &field, const std::string &key) {
  return field.key == key || std::count(field.aliases.begin(), field.aliases.end(), key);
}

const DescriptionField &fieldOf(const Entry &entry, const FieldList &fields) {
  std::vector<std::string> spellings;
  if (entry.section.empty())
    spellings = {"text", "config", "rates"};
  const DescriptionField *elsewhere = nullptr;
  for (const DescriptionField *field : fields) {
    bool matches = isNamed(*field, entry.key);
    if (field->section == entry.section) {
      if (matches)
        return *field;
      spellings.push_back(field->key);
      spellings.insert(spellings.end(), field->aliases.begin(), field->aliases.end());
    } else if (matches) {
      elsewhere = field;
    }
  }
  auto place = [](const std::string &section) {
    return section.empty() ? std::string("at the top level") : "in '" + section + "'";
  };
  // A key that is close to one of its own section is more likely a misspelling of that key than the
  // right key in the wrong section.
  std::string hint = nearestName(entry.key, spellings);
  if (hint.empty() && elsewhere)
    hint = "; it belongs " + place(elsewhere->section);
  failAt(entry.keyPosition,
         "unknown key " + quotedText(entry.key) + " " + place(entry.section) + hint);
}

void assignEntry(const DescriptionField &field, const Entry &entry, ModelDescription &model) {
  if (std::string fault = assignField(field, entry.key, entry.value, model); !fault.empty())
    failAt(entry.valuePosition, quotedText(entry.key) + " " + fault);
}

/// The common fields and those of the architecture that the entries name.
FieldList fieldsFor(const std::vector<Entry> &entries) {
  FieldList fields;
  for (const DescriptionField &field : commonFields())
    fields.push_back(&field);
  ModelDescription model;
  for (const Entry &entry : entries)
    if (entry.section.empty() && entry.key == "architecture")
      assignEntry(fieldOf(entry, fields), entry, model);
  for (const DescriptionField &field : architectureFields(model.architecture))
    fields.push_back(&field);
  return fields;
}

ModelDescription read(const std::string &text) {
  std::vector<Entry> entries = collect(text);
  FieldList fields = fieldsFor(entries);
  std::map<const DescriptionField *, Entry> given;
  for (Entry &entry : entries) {
    if (entry.section.empty() && isSectionName(entry.key))
      failAt(entry.valuePosition,
             "'" + entry.key + "' " + needsHas("a map", quotedText(entry.value)));
    const DescriptionField &field = fieldOf(entry, fields);
    if (auto first = given.find(&field); first != given.end()) {
      const std::string &word = first->second.key; // an alias, perhaps
      failAt(entry.keyPosition, "duplicate key " + quotedText(entry.key) + ", first given " +
                                    (word == entry.key ? "" : "as " + quotedText(word) + " ") +
                                    "in line " + std::to_string(first->second.keyPosition.line));
    }
    given.emplace(&field, std::move(entry));
  }
  // Values are set in the order of the table and not in that of the file, because a later field may
  // change what an earlier one (`degree`) has set.
  ModelDescription model;
  for (const DescriptionField *field : fields)
    if (!given.count(field) && field->defaultValue)
      assignField(*field, field->key, *field->defaultValue, model);
  for (const DescriptionField *field : fields) {
    auto entry = given.find(field);
    if (entry != given.end()) {
      assignEntry(*field, entry->second, model);
      model.positions[field->key] = entry->second.valuePosition;
    } else if (!field->defaultValue && !std::holds_alternative<FieldRate>(field->kind)) {
      failAt({}, "required key '" + field->key + "' is missing" +
                     (field->section.empty() ? "" : " in '" + field->section + "'"));
    }
  }
  if (auto violation = firstViolation(model))
    failAt(model.positionOf(violation->key), violation->message);
  return model;
}

std::string readDescription(const std::string &path) {
  auto bytes = readFile(path, kMaxDescriptionBytes);
  if (auto *fault = std::get_if<FileFault>(&bytes))
    throw TextFault{{}, fault->reason};
  return std::get<std::string>(std::move(bytes));
}

/// Runs `action` and turns an exception, one of ours or of a library, into a DescriptionError.
template <class Action>
std::variant<ModelDescription, DescriptionError> guarded(const std::string &file, Action action) {
  try {
    return action();
  } catch (const TextFault &fault) {
    return DescriptionError{file, fault.position, fault.message};
  } catch (const std::exception &fault) {
    return DescriptionError{file, {}, std::string("cannot be read: ") + fault.what()};
  }
}

} // namespace

std::variant<ModelDescription, DescriptionError> loadDescription(const std::string &path) {
  auto loaded = guarded(path, [&] { return read(readDescription(path)); });
  auto *model = std::get_if<ModelDescription>(&loaded);
  if (!model || model->wordsFile.empty())
    return loaded;
  std::filesystem::path file = std::filesystem::path(path).parent_path() / model->wordsFile;
  auto words = loadWords(file.string(), model->vocabulary());
  if (auto *error = std::get_if<DescriptionError>(&words))
    return *error;
  model->words = std::get<std::vector<std::string>>(std::move(words));
  return loaded;
}

std::variant<ModelDescription, DescriptionError> parseDescription(const std::string &text,
                                                                  const std::string &fileName) {
  return guarded(fileName, [&] { return read(text); });
}

} // namespace synfire
