// InputFilesTest: every file that is read is a regular file; "-" is standard input.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <sys/stat.h>

using namespace synfire::test;

namespace {

/// A named pipe that nobody writes to: whoever opens it the plain way waits for ever.
std::string makePipe(const TemporaryFolder &folder, const std::string &name) {
  std::string path = folder / name;
  REQUIRE(mkfifo(path.c_str(), 0600) == 0);
  return path;
}

void checkRefused(const std::vector<std::string> &arguments, const std::string &file) {
  const CommandResult result = runSynfire(arguments);
  CHECK_MESSAGE(result.exitCode == 1, file);
  CHECK_MESSAGE(contains(result.err, "is not a regular file"), result.err);
  CHECK_MESSAGE(contains(result.err, std::filesystem::path(file).filename().string()), result.err);
}

} // namespace

TEST_CASE("a named pipe in the place of a file is refused at once") {
  TemporaryFolder folder;
  const std::string out = folder / "out", pipe = makePipe(folder, "pipe");
  for (const char *name : {"model.yaml", "model.mlir", "model.mlirbc"}) {
    const std::string model = makePipe(folder, name);
    checkRefused({"count", model}, model);
    checkRefused({"compile", model, "--target", "tiny-2x2", "-o", folder / "p.mlirbc"}, model);
  }
  for (const char *name : {"program.mlir", "program.mlirbc"}) {
    const std::string program = makePipe(folder, name);
    checkRefused({"simulate", program, "--text", "abc", "-o", out}, program);
  }
  checkRefused({"count", kModel, "--rates", pipe}, pipe);
  checkRefused({"count", kModel, "--energy-table", pipe}, pipe);
  const std::vector<std::string> run = {"run", kModel, "-o", out, "--target"};
  auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), run.begin(), run.end());
    return more;
  };
  checkRefused(with({"tiny-2x2", "--tokens", pipe}), pipe);
  checkRefused(with({"tiny-2x2", "--text", "@" + pipe}), pipe);
  checkRefused(with({"tiny-2x2", "--text", "abc", "--weights", pipe}), pipe);
  const std::string chip = makePipe(folder, "chip.yaml");
  checkRefused(with({chip, "--text", "abc"}), chip);
}

TEST_CASE("a program whose side file is a named pipe is refused at once") {
  TemporaryFolder folder;
  const std::string program = folder / "p.mlirbc";
  REQUIRE(runSynfire({"compile", kModel, "--target", "tiny-2x2", "-o", program}).exitCode == 0);
  std::filesystem::remove(folder / "p.weights");
  checkRefused({"simulate", program, "--text", "abc", "-o", folder / "out"},
               makePipe(folder, "p.weights"));
}

TEST_CASE("a device in the place of a file is refused") {
  TemporaryFolder folder;
  checkRefused({"count", kModel, "--rates", "/dev/zero"}, "/dev/zero");
  checkRefused({"interpret", kModel, "--tokens", "/dev/zero"}, "/dev/zero");
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
