// ChipConfig: reads a chip file (YAML) into a ChipModel.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipConfig.h"
#include "support/InputFile.h"
#include "support/Message.h"
#include "support/NearestName.h"
#include "support/TextCheck.h"
#include "targets/ChipFields.h"
#include "targets/ChipReader.h"
#include "targets/ConfigTree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <filesystem>
#include <new>
#include <sstream>

namespace synfire {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxFileBytes = 1 << 20;
constexpr size_t kMaxNesting = 8;
constexpr size_t kMaxEntries = 1024; // in one map or list
constexpr size_t kMaxExtends = 8;

/// Builds the tree from yaml-cpp's events rather than from its nodes. Events carry the position of
/// every key and show anchors and duplicate keys, which nodes hide. An exception thrown from an
/// event also ends a deep nesting before the parser's own recursion becomes deep.
class TreeBuilder : public YAML::EventHandler {
public:
  explicit TreeBuilder(std::shared_ptr<const std::string> file) : file(std::move(file)) {
    root.position.file = this->file;
  }

  ConfigNode root;
  bool hasRoot = false;

  ConfigPosition positionOf(const YAML::Mark &mark) const {
    // yaml-cpp counts lines and columns from 0, and gives -1 when it knows no position.
    return {file, std::max(mark.line, 0) + 1, std::max(mark.column, 0) + 1};
  }

  void OnDocumentStart(const YAML::Mark &) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override {
    add(begin(mark, "", anchor, ConfigNode::Kind::Null));
  }
  void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override {
    failAt(positionOf(mark), "aliases are not supported; write the value out");
  }
  void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                const std::string &value) override {
    ConfigNode node = begin(mark, tag, anchor, ConfigNode::Kind::Scalar);
    node.scalar = value.substr(0, value.find_last_not_of('\n') + 1);
    // Otherwise a message that quotes the text could send escape sequences to a terminal.
    if (hasControlCharacter(node.scalar))
      failAt(node.position, "text with a line end or another control character");
    node.quoted = tag == "!"; // yaml-cpp's mark of a quoted scalar
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(begin(mark, tag, anchor, ConfigNode::Kind::List));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(begin(mark, tag, anchor, ConfigNode::Kind::Map));
  }
  void OnMapEnd() override { close(); }

private:
  struct Open {
    ConfigNode node;
    bool hasKey = false;
    std::string key;
    ConfigPosition keyPosition;
  };

  ConfigNode begin(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                   ConfigNode::Kind kind) const {
    ConfigPosition position = positionOf(mark);
    if (anchor)
      failAt(position, "anchors are not supported; write the value out");
    if (!tag.empty() && tag != "?" && tag != "!")
      failAt(position, "tags such as '" + shortened(tag) + "' are not supported");
    ConfigNode node;
    node.kind = kind;
    node.position = position;
    return node;
  }

  void open(ConfigNode node) {
    expectValue(node);
    if (stack.size() == kMaxNesting)
      failAt(node.position, "nested deeper than " + std::to_string(kMaxNesting) + " levels");
    stack.push_back({std::move(node), false, {}, {}});
  }

  void close() {
    ConfigNode node = std::move(stack.back().node);
    stack.pop_back();
    add(std::move(node));
  }

  /// Fails when `node` stands where a map needs a key but is itself a list or a map. The check
  /// comes before the content of `node` is read.
  void expectValue(const ConfigNode &node) const {
    if (!stack.empty() && stack.back().node.isMap() && !stack.back().hasKey)
      failAt(node.position, "a key " + needsHas("a word", node.describe()));
  }

  void add(ConfigNode node) {
    if (stack.empty()) {
      root = std::move(node);
      hasRoot = true;
      return;
    }
    Open &parent = stack.back();
    if (parent.node.items.size() + parent.node.entries.size() == kMaxEntries)
      failAt(node.position,
             "more than " + std::to_string(kMaxEntries) + " entries in one map or list");
    if (!parent.node.isMap()) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.hasKey) {
      if (node.kind != ConfigNode::Kind::Scalar)
        expectValue(node);
      if (const ConfigNode *first = parent.node.find(node.scalar))
        failAt(node.position, "duplicate key " + node.describe() + ", first given in line " +
                                  std::to_string(first->keyPosition.line));
      parent.hasKey = true;
      parent.key = node.scalar;
      parent.keyPosition = node.position;
    } else {
      node.keyPosition = parent.keyPosition;
      if (node.kind == ConfigNode::Kind::Null)
        node.position = parent.keyPosition; // yaml-cpp gives the position of the next token
      parent.node.entries.push_back({parent.key, std::move(node)});
      parent.hasKey = false;
    }
  }

  std::shared_ptr<const std::string> file;
  std::vector<Open> stack;
};

ConfigNode parseTree(const std::string &text, const std::string &fileName) {
  auto file = std::make_shared<const std::string>(fileName);
  if (text.size() > kMaxFileBytes)
    failAt({file},
           "the file " + needsHas(message("at most ", kMaxFileBytes, " bytes"), text.size()));
  if (auto fault = findNoText(text))
    failAt({file, fault->position.line, fault->position.column}, fault->message);
  TreeBuilder builder(file);
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    bool read = parser.HandleNextDocument(builder);
    if (!read || !builder.hasRoot || builder.root.kind == ConfigNode::Kind::Null)
      failAt({file}, "the file is empty");
    TreeBuilder second(file);
    if (parser.HandleNextDocument(second))
      failAt(second.root.position, "a chip file holds one document only");
  } catch (const YAML::Exception &fault) {
    failAt(builder.positionOf(fault.mark), "not valid YAML: " + fault.msg);
  }
  return std::move(builder.root);
}

std::string readChipFile(const std::string &path) {
  auto text = readFile(path, kMaxFileBytes);
  if (auto *fault = std::get_if<FileFault>(&text))
    throw ConfigFault{path + ": error: " + fault->reason};
  return std::get<std::string>(std::move(text));
}

bool isPath(const std::string &nameOrPath) {
  return nameOrPath.find('/') != std::string::npos || nameOrPath.ends_with(".yaml") ||
         nameOrPath.ends_with(".yml");
}

/// The path of the chip file `name` in `folder`, or an error message without a position.
std::variant<std::string, ChipError> findChip(const std::string &name, const std::string &folder) {
  std::vector<std::string> names = listChips(folder);
  if (std::find(names.begin(), names.end(), name) != names.end())
    return (fs::path(folder) / (name + ".yaml")).string();
  std::string shown = shortened(name);
  if (names.empty())
    return ChipError{"unknown chip '" + shown + "'; there is none in '" + folder + "'"};
  return ChipError{"unknown chip '" + shown + "'" + nearestName(name, names) +
                   (nearestName(name, names).empty() ? "; " : " ") + "known are " + joined(names)};
}

/// Returns `tree` laid over the chip that its `extends:` names; `tree` itself when it has no such
/// key. `chain` holds the paths of the files that led here, the file of `tree` last.
ConfigNode resolveExtends(ConfigNode tree, const std::string &folder,
                          std::vector<std::string> chain) {
  const ConfigNode *extends = tree.isMap() ? tree.find("extends") : nullptr;
  if (!extends)
    return tree;
  ConfigPosition position = extends->position;
  if (extends->kind != ConfigNode::Kind::Scalar || extends->scalar.empty())
    failAt(position, "'extends' " + needsHas("the name of a chip", extends->describe()));
  std::string path;
  if (isPath(extends->scalar)) {
    // Any other file is not opened: a message about its text would show that text.
    if (!extends->scalar.ends_with(".yaml") && !extends->scalar.ends_with(".yml"))
      failAt(position, "'extends' " + needsHas("a chip file (.yaml)", extends->describe()));
    path = (fs::path(chain.back()).parent_path() / extends->scalar).string();
  } else {
    auto found = findChip(extends->scalar, folder);
    if (const auto *error = std::get_if<ChipError>(&found))
      failAt(position, "'extends': " + error->message);
    path = std::get<std::string>(found);
  }
  auto same = [&](const std::string &other) {
    std::error_code error;
    return path == other || fs::equivalent(path, other, error);
  };
  if (std::any_of(chain.begin(), chain.end(), same))
    failAt(position, "'extends' comes back to '" + path + "'");
  if (chain.size() > kMaxExtends)
    failAt(position, "'extends' goes deeper than " + std::to_string(kMaxExtends) + " files");
  std::string text;
  try {
    text = readChipFile(path);
  } catch (const ConfigFault &fault) {
    failAt(position, "'extends': " + fault.message);
  }
  chain.push_back(path);
  ConfigNode base = resolveExtends(parseTree(text, path), folder, std::move(chain));
  if (!base.isMap())
    failAt(base.position, "a chip file " + needsHas("a map of keys", base.describe()));
  return overlayChip(std::move(base), tree);
}

ConfigNode readText(const std::string &text, const std::string &fileName,
                    const std::string &folder) {
  return resolveExtends(parseTree(text, fileName), folder, {fileName});
}

/// The tree of a chip given by name or path.
ConfigNode readTree(const std::string &nameOrPath, const std::string &folder) {
  std::string path = nameOrPath;
  if (!isPath(nameOrPath)) {
    auto found = findChip(nameOrPath, folder);
    if (const auto *error = std::get_if<ChipError>(&found))
      throw ConfigFault{"error: " + error->message};
    path = std::get<std::string>(found);
  }
  return readText(readChipFile(path), path, folder);
}

/// Lists, as "KEY: DEFAULT", the keys that the file could have and does not set. Required keys,
/// prices and times are left out: they have no default.
std::vector<std::string> defaultsTaken(const ChipReading &reading) {
  std::vector<std::string> defaults;
  const bool clocked = reading.chip.clockPeriodPs.has_value();
  for (const ChipField &field : chipFields()) {
    const bool applies =
        field.applies == Applies::Always || (field.applies == Applies::Clocked) == clocked;
    const bool told = field.kind == FieldKind::Price || field.kind == FieldKind::Time;
    if (!applies || told || field.required || reading.given.contains(field.key))
      continue;
    // The default of an integer may depend on other keys, so the chip's own is told.
    const std::vector<double> numbers = fieldNumbers(field, reading.chip);
    const bool number = field.kind == FieldKind::Integer && !numbers.empty();
    defaults.push_back(field.key + ": " +
                       (number ? formatNumber(numbers.front()) : fieldDefault(field)));
  }
  for (std::string &text : defaults)
    std::erase(text, '`'); // fieldDefault() writes Markdown for the schema
  return defaults;
}

/// Runs `action` and turns an exception, one of ours or of a library, into a ChipError: the public
/// functions of this file do not throw.
template <class Action>
std::variant<ChipModel, ChipError> guarded(const std::string &fileName, Action action) {
  try {
    return action();
  } catch (const ConfigFault &fault) {
    return ChipError{fault.message};
  } catch (const std::bad_alloc &) { // the caller knows what was being done
    throw;
  } catch (const std::exception &fault) {
    return ChipError{fileName + ": error: cannot be read: " + fault.what()};
  }
}

} // namespace

std::vector<std::string> listChips(const std::string &searchFolder) {
  std::vector<std::string> names;
  std::error_code error;
  fs::directory_iterator end;
  for (fs::directory_iterator entry(searchFolder, error); !error && entry != end;
       entry.increment(error))
    if (entry->path().extension() == ".yaml")
      names.push_back(entry->path().stem().string());
  if (error == std::errc::not_enough_memory)
    throw std::bad_alloc(); // not a folder without chips
  std::sort(names.begin(), names.end());
  return names;
}

std::variant<ChipModel, ChipError> loadChip(const std::string &nameOrPath,
                                            const std::string &searchFolder) {
  return guarded(nameOrPath, [&] { return readChip(readTree(nameOrPath, searchFolder)); });
}

ChipCheck checkChip(const std::string &nameOrPath, const std::string &searchFolder) {
  ChipCheck check;
  auto read = guarded(nameOrPath, [&] {
    ChipReading reading = readWholeChip(readTree(nameOrPath, searchFolder));
    check.faults = std::move(reading.faults);
    check.defaults = defaultsTaken(reading);
    return std::move(reading.chip);
  });
  if (const auto *error = std::get_if<ChipError>(&read))
    check.faults = {error->message};
  else
    check.chip = std::get<ChipModel>(std::move(read));
  return check;
}

std::variant<ChipModel, ChipError> parseChip(const std::string &text, const std::string &fileName,
                                             const std::string &searchFolder) {
  return guarded(fileName, [&] { return readChip(readText(text, fileName, searchFolder)); });
}

} // namespace synfire
