// SystemFixture: whole runs for the system tests.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include "simulator/functional/FunctionalEngine.h"
#include "simulator/loader/Loader.h"
#include "targets/ChipConfig.h"
#include "tools/synfire/Compiler.h"
#include "tools/synfire/Tokenizer.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace synfire::test {
namespace {

std::string makeFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "synfire-test-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  return pattern;
}

CompileOptions optionsFor(const std::string &target) {
  CompileOptions options;
  options.target = target;
  options.targetsFolder = kTargets;
  return options;
}

/// The test models are descriptions without weights.
tool::ModelOptions optionsOf(const std::string &model) {
  tool::ModelOptions options;
  options.model = model;
  if (model != kModel && model.ends_with(".yaml"))
    options.randomWeights = 7;
  return options;
}

} // namespace

TemporaryFolder::TemporaryFolder() : path(makeFolder()) {}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

std::vector<int32_t> sampleTokens() {
  auto encoded =
      tool::encodeText("the universal brotherhood of man was what he dreamed of that evening",
                       {"abcdefghijklmnopqrstuvwxyz.'P ", {}, "prose"});
  REQUIRE(encoded.index() == 0);
  std::vector<int32_t> tokens = std::get<0>(encoded).tokens;
  REQUIRE(tokens.size() >= 64);
  tokens.resize(64);
  return tokens;
}

ChipModel chipNamed(const std::string &name) {
  auto chip = loadChip(name, kTargets);
  REQUIRE_MESSAGE(chip.index() == 0, std::get<ChipError>(chip).message);
  return std::get<ChipModel>(chip);
}

std::string compileErrors(const std::string &model, const std::string &target,
                          const std::string &programPath) {
  tool::Compiler compiler;
  std::string errors;
  mlir::ScopedDiagnosticHandler collect(compiler.mlirContext(), [&](mlir::Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error)
      errors += diagnostic.str() + "\n";
    return mlir::success();
  });
  if (compiler.import(optionsOf(model)) && compiler.compile(optionsFor(target), programPath))
    return {};
  return errors.empty() ? "failed without a diagnostic" : errors;
}

sim::Program compileModel(const std::string &model, const std::string &target,
                          const std::string &programPath) {
  REQUIRE(compileErrors(model, target, programPath) == "");
  auto program = sim::loadProgram(programPath, chipNamed(target));
  REQUIRE_MESSAGE(program.index() == 0, std::get<std::string>(program));
  return std::get<0>(std::move(program));
}

spike::InterpretResult interpretQuantized(const std::string &model, const std::string &target,
                                          const std::vector<int32_t> &tokens) {
  tool::Compiler compiler;
  REQUIRE(compiler.import(optionsOf(model)));
  mlir::func::FuncOp quantized = compiler.quantizedEntry(optionsFor(target));
  REQUIRE(quantized);
  auto result = spike::interpret(quantized, tokens);
  REQUIRE(mlir::succeeded(result));
  return *result;
}

spike::InterpretResult interpretFloat(const std::string &model,
                                      const std::vector<int32_t> &tokens) {
  tool::Compiler compiler;
  REQUIRE(compiler.import(optionsOf(model)));
  auto result = spike::interpret(compiler.entry(), tokens);
  REQUIRE(mlir::succeeded(result));
  return *result;
}

sim::ActivityTrace runFunctional(const sim::Program &program, const std::vector<int32_t> &tokens,
                                 int threads) {
  sim::FunctionalEngine engine(program, threads);
  sim::ActivityTrace trace(program);
  REQUIRE(engine.run(tokens, trace) == "");
  return trace;
}

std::string firstDifference(const sim::Program &program, const sim::ActivityTrace &trace,
                            const spike::InterpretResult &expected) {
  int64_t compared = 0;
  for (size_t p = 0; p < program.populations.size(); ++p) {
    const sim::Population &population = program.populations[p];
    if (population.kind == sim::PopulationKind::Readout ||
        (population.kind == sim::PopulationKind::HostSpikes &&
         population.hostOp == program.input.hostOp)) // no op of the interpreter yields the input
      continue;
    const std::string &name = program.ops[population.op].name;
    const spike::SpikeRecord *record = expected.findSpikes(name);
    if (!record)
      return name + ": the interpreter has no such op";
    if (record->features != population.columns ||
        record->tokens != trace.positions(static_cast<int32_t>(p)) ||
        record->timeSteps != trace.timeSteps(static_cast<int32_t>(p)))
      return name + ": shapes differ";
    for (int64_t t = 0, i = 0; t < record->timeSteps; ++t)
      for (int64_t n = 0; n < record->tokens; ++n)
        for (int64_t c = 0; c < record->features; ++c, ++i, ++compared)
          if (static_cast<uint32_t>(trace.value(
                  static_cast<int32_t>(p), static_cast<int32_t>(n), static_cast<int32_t>(t),
                  static_cast<int32_t>(c))) != record->values[static_cast<size_t>(i)])
            return name + ": step " + std::to_string(t) + ", token " + std::to_string(n) +
                   ", feature " + std::to_string(c);
  }
  for (const spike::SpikeRecord &record : expected.spikes) {
    bool found = !record.isNeuron;
    for (const sim::Population &population : program.populations)
      found |= program.ops[population.op].name == record.name;
    if (!found)
      return record.name + ": the program has no such op";
  }
  return compared > 0 ? "" : "nothing was compared";
}

Process::Process(const std::vector<std::string> &arguments, const std::string &input) {
  int ends[2];
  REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
  REQUIRE(write(ends[1], input.data(), input.size()) == static_cast<ssize_t>(input.size()));
  close(ends[1]);
  child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::vector<char *> argv;
    for (const std::string &argument : arguments)
      argv.push_back(const_cast<char *>(argument.c_str()));
    argv.push_back(nullptr);
    dup2(ends[0], STDIN_FILENO);
    dup2(open((folder / "out").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
    dup2(open((folder / "err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    // A shell that runs the tests in the background ignores it.
    std::signal(SIGINT, SIG_DFL);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  close(ends[0]);
}

Process::~Process() {
  if (child > 0) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }
}

CommandResult Process::wait() {
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  child = -1;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), readFile(folder / "out"),
          readFile(folder / "err")};
}

Process startSynfire(std::vector<std::string> arguments, const std::string &input) {
  arguments.insert(arguments.begin(), SYNFIRE_BINARY);
  return Process(arguments, input);
}

CommandResult runSynfire(const std::vector<std::string> &arguments, const std::string &input) {
  const CommandResult result = startSynfire(arguments, input).wait();
  REQUIRE_MESSAGE(result.exitCode >= 0, "synfire ended by a signal: " << result.err);
  return result;
}

std::string readFile(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Files resultsIn(const std::string &folder) {
  Files files;
  for (const std::string name :
       {"program.mlirbc", "program.weights", "results.json", "ops.csv", "cores.csv", "links.csv"})
    if (std::filesystem::exists(folder + "/" + name))
      files[name] = readFile(folder + "/" + name);
  return files;
}

void writeFile(const std::string &path, const std::string &text) {
  std::ofstream(path, std::ios::binary) << text;
}

nlohmann::json runOnBoth(const std::string &model, const std::string &target,
                         const std::vector<std::string> &arguments) {
  TemporaryFolder folder;
  std::vector<std::string> run = {"run", model,          "--target", target,
                                  "-o",  folder / "out", "--dump",   folder / "chip.safetensors"};
  std::vector<std::string> interpret = {
      "interpret", model,  "--domain", "quantized",
      "--target",  target, "--dump",   folder / "interpreter.safetensors"};
  run.insert(run.end(), arguments.begin(), arguments.end());
  interpret.insert(interpret.end(), arguments.begin(), arguments.end());
  const CommandResult simulated = runSynfire(run);
  REQUIRE_MESSAGE(simulated.exitCode == 0, simulated.err);
  const CommandResult interpreted = runSynfire(interpret);
  REQUIRE_MESSAGE(interpreted.exitCode == 0, interpreted.err);
  CHECK(readFile(folder / "chip.safetensors") == readFile(folder / "interpreter.safetensors"));
  return nlohmann::json::parse(readFile(folder / "out/results.json"));
}

const nlohmann::json &rowOf(const nlohmann::json &rows, const std::string &name) {
  for (const nlohmann::json &row : rows)
    if (row["name"] == name)
      return row;
  FAIL("no row " << name);
  return rows;
}

} // namespace synfire::test
