// InputFilesTest: every file that is read is a regular file, and so is every one that is replaced;
// "-" is standard input.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace synfire::test;

namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

const std::string kNotRegular = "is not a regular file";

/// What stands in the place of a file, and what is said when it is read.
const std::map<std::string, std::string> kKinds = {
    {"pipe", kNotRegular},
    {"socket", kNotRegular},
    {"device", kNotRegular},
    {"folder", kNotRegular},
    {"missing", "cannot be opened: No such file or directory"},
    {"secret", "cannot be opened: Permission denied"}};

void make(const std::string &kind, const std::string &path) {
  if (kind == "pipe") { // nobody writes to it: whoever opens it the plain way waits for ever
    REQUIRE(mkfifo(path.c_str(), 0600) == 0);
  } else if (kind == "socket") {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    REQUIRE(path.size() < sizeof address.sun_path);
    std::ranges::copy(path, address.sun_path);
    const int file = socket(AF_UNIX, SOCK_STREAM, 0);
    REQUIRE(bind(file, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0);
    close(file);
  } else if (kind == "device") {
    fs::create_symlink("/dev/zero", path); // which has no end
  } else if (kind == "folder") {
    fs::create_directory(path);
  } else if (kind == "secret") {
    writeFile(path, "{}");
    REQUIRE(chmod(path.c_str(), 0) == 0);
  }
}

/// Runs `synfire` for at most 20 seconds, and without root's right to read every file.
CommandResult runBounded(const Arguments &arguments) {
  Arguments all = {"timeout", "20", SYNFIRE_BINARY};
  if (geteuid() == 0)
    all.insert(all.begin(), {"setpriv", "--bounding-set", "-all"});
  all.insert(all.end(), arguments.begin(), arguments.end());
  return Process(all).wait();
}

/// The first group of `form` wherever it stands in `text`.
Arguments found(const std::string &text, const std::string &form) {
  const std::regex regex(form);
  Arguments all;
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it)
    all.push_back((*it)[1]);
  return all;
}

Arguments subcommands() {
  const std::string help = runSynfire({"--help"}).out;
  return found(help.substr(help.find("Subcommands:")), "\n  ([a-z]+) ");
}

/// The options of a command, and the arguments that have no option, whose value may be of `type`.
Arguments optionsOf(const std::string &command, const std::string &type) {
  return found(runSynfire({command, "--help"}).out,
               "\n  (?:-[a-z],)?(--[a-z-]+|[A-Z]+) \\S*" + type);
}

/// Names of files by which a value is taken for what the option reads or writes.
Arguments namesFor(const std::string &option) {
  if (option == "MODEL")
    return {"f.yaml", "f.mlir", "f.mlirbc"};
  if (option == "PROGRAM")
    return {"f.mlir", "f.mlirbc"};
  if (option == "--output")
    return {"f.mlirbc"};
  return {option == "--target" || option == "--check" ? "f.yaml" : "f.safetensors"};
}

/// Complete command lines, of which one option or argument at a time gets another value.
class CommandLines {
public:
  CommandLines() {
    REQUIRE(runSynfire({"compile", kModel, "--target", "tiny-2x2", "-o", folder / "p.mlirbc"})
                .exitCode == 0);
    writeFile(folder / "tensor.mlir", R"(
func.func @main(%x: tensor<2x4xf32>) -> tensor<2x4xf32> attributes {spike.model = #spike.model<
    name = "tensor", time_steps = 1, context_length = 2, vocabulary = 4, alphabet = "", cleaning = "none">} {
  return %x : tensor<2x4xf32>
}
)");
  }

  Arguments with(const std::string &command, const std::string &option,
                 const std::string &value) const {
    std::map<std::string, std::string> values = usual(command);
    if (option == "--tokens" || option == "--input" || option == "--rates")
      values.erase("--text");
    if (takesTensor(command, option))
      values["MODEL"] = folder / "tensor.mlir";
    values[option] = option == "--text" ? "@" + value : value;
    Arguments line = {command};
    for (const auto &[name, text] : values) {
      if (name.starts_with("--"))
        line.push_back(name);
      line.push_back(text);
    }
    return line;
  }

  /// Whether the command reads --input FILE; the others refuse it for every file.
  static bool takesTensor(const std::string &command, const std::string &option) {
    return option == "--input" && (command == "count" || command == "interpret");
  }

private:
  std::map<std::string, std::string> usual(const std::string &command) const {
    std::map<std::string, std::string> values;
    if (command == "simulate")
      values["PROGRAM"] = folder / "p.mlirbc";
    else if (command != "targets" && command != "list")
      values["MODEL"] = kModel;
    if (command == "run" || command == "compile")
      values["--target"] = "tiny-2x2";
    if (command == "run" || command == "simulate")
      values["--output"] = folder / "out";
    if (command == "compile")
      values["--output"] = folder / "new.mlirbc";
    if (command != "targets" && command != "import" && command != "compile")
      values["--text"] = "abc";
    return values;
  }

  TemporaryFolder folder;
};

bool isOutput(const std::string &option) { return option == "--output" || option == "--dump"; }

} // namespace

TEST_CASE("whatever stands in the place of any input of any command is refused at once") {
  const CommandLines lines;
  TemporaryFolder folder;
  int inputs = 0;
  for (const std::string &command : subcommands())
    for (const std::string &option : optionsOf(command, "FILE")) {
      if (isOutput(option))
        continue;
      ++inputs;
      for (const std::string &name : namesFor(option))
        for (const auto &[kind, message] : kKinds) {
          const std::string path = folder / (kind + "-" + name);
          if (!fs::exists(fs::symlink_status(path)))
            make(kind, path);
          const CommandResult result = runBounded(lines.with(command, option, path));
          CAPTURE(command);
          CAPTURE(option);
          CAPTURE(result.err);
          CHECK(result.exitCode == 1);
          CHECK(result.out == "");
          if (option == "--input" && !CommandLines::takesTensor(command, option)) {
            CHECK(contains(result.err, "--input: the model takes token ids"));
          } else {
            CHECK(contains(result.err, kind + "-" + name));
            CHECK(contains(result.err, message));
          }
          CHECK(found(result.err, "(error: )").size() == (command == "targets" ? 2 : 1));
        }
    }
  CHECK(inputs >= 36);
}

TEST_CASE("whatever stands in the place of any output of any command stays") {
  const CommandLines lines;
  TemporaryFolder folder;
  int outputs = 0;
  for (const std::string &command : subcommands())
    for (const std::string type : {"FILE", "PROGRAM", "DIR"})
      for (const std::string &option : optionsOf(command, type)) {
        if (!isOutput(option))
          continue;
        ++outputs;
        for (const std::string kind : {"pipe", "socket", "device", "folder"}) {
          if (type == "DIR" && kind == "folder")
            continue;
          const std::string path = folder / (kind + "-" + namesFor(option)[0]);
          if (!fs::exists(fs::symlink_status(path)))
            make(kind, path);
          const fs::file_type before = fs::symlink_status(path).type();
          const CommandResult result = runBounded(lines.with(command, option, path));
          CAPTURE(command);
          CAPTURE(option);
          CAPTURE(result.err);
          CHECK(result.exitCode == 1);
          CHECK(contains(result.err, path));
          CHECK(
              contains(result.err, type == "DIR" ? "output folder: Not a directory" : kNotRegular));
          CHECK(fs::symlink_status(path).type() == before);
        }
      }
  CHECK(outputs == 7);
}

TEST_CASE("whatever stands in the place of a file that another one names is refused at once") {
  TemporaryFolder folder;
  const std::string program = folder / "p.mlirbc";
  REQUIRE(runSynfire({"compile", kModel, "--target", "tiny-2x2", "-o", program}).exitCode == 0);
  const std::string model = readFile(kTestModels + "residual1.yaml");
  writeFile(
      folder / "words.yaml",
      std::regex_replace(model, std::regex("alphabet: .*\n.*cleaning: prose"), "words: named"));
  writeFile(folder / "weights.yaml",
            std::regex_replace(model, std::regex("\ntext:"), "\nweights: named\ntext:"));
  writeFile(folder / "chip.yaml", "extends: ./named.yaml\nname: c\ndescription: d\n");
  const std::vector<std::pair<std::string, Arguments>> readers = {
      {"p.weights", {"simulate", program, "--text", "abc", "-o", folder / "out"}},
      {"named", {"count", folder / "words.yaml"}},
      {"named", {"interpret", folder / "weights.yaml", "--text", "abc"}},
      {"named.yaml", {"targets", "--check", folder / "chip.yaml"}}};
  for (const auto &[kind, message] : kKinds)
    for (const auto &[name, reader] : readers) {
      fs::remove_all(folder / name);
      make(kind, folder / name);
      const CommandResult result = runBounded(reader);
      CAPTURE(result.err);
      CHECK(result.exitCode == 1);
      CHECK(contains(result.err, name));
      CHECK(contains(result.err, message));
    }
}

TEST_CASE("text and tokens are read from standard input by the name -") {
  TemporaryFolder folder;
  auto interpret = [](const std::string &option, const std::string &value,
                      const std::string &input) {
    return runSynfire({"interpret", kModel, option, value, "--generate", "4"}, input);
  };
  const CommandResult text = interpret("--text", "prince andrew", "");
  REQUIRE(text.exitCode == 0);
  const CommandResult piped = interpret("--text", "@-", "prince andrew");
  CHECK(piped.exitCode == 0);
  CHECK(piped.out == text.out);
  writeFile(folder / "ids.json", "[1, 2, 3]");
  const CommandResult ids = interpret("--tokens", folder / "ids.json", "");
  REQUIRE(ids.exitCode == 0);
  CHECK(interpret("--tokens", "-", "[1, 2, 3]").out == ids.out);
  const CommandResult wrong = interpret("--tokens", "-", "{");
  CHECK(wrong.exitCode == 1);
  CHECK(contains(wrong.err, "standard input: is not a JSON list"));
}

TEST_CASE("no parser takes a NUL for the end: the file is refused with the byte's place") {
  TemporaryFolder folder;
  const auto refused = [&](const Arguments &arguments, const std::string &text, size_t place) {
    const std::string file = folder / "file";
    writeFile(file, text);
    Arguments all = arguments;
    all.push_back(file);
    const CommandResult result = runSynfire(all);
    CAPTURE(result.err);
    CHECK(result.exitCode == 1);
    CHECK(contains(result.err, file));
    CHECK(contains(result.err, "byte " + std::to_string(place)));
    CHECK(contains(result.err, "is a NUL"));
  };
  for (const std::string &end : {std::string(1, '\0'), std::string("\0, [9]", 6)}) {
    refused({"interpret", kModel, "--tokens"}, "[1, 2]" + end, 7);
    refused({"count", kModel, "--rates"}, "{\"rates\": {}}" + end, 14);
    refused({"count", kModel, "--energy-table"}, "{\"name\": \"n\"}" + end, 14);
  }
  const std::string header("{}\0 ignored", 11);
  refused({"interpret", kModel, "--text", "a", "--weights"},
          std::string("\x0b\0\0\0\0\0\0\0", 8) + header, 3);
}
