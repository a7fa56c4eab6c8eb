// SystemFixture: compiles the trained model and runs it, for the system tests.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_SYSTEM_SYSTEMFIXTURE_H
#define SYNFIRE_TESTS_SYSTEM_SYSTEMFIXTURE_H

#include "dialect/interpreter/Interpreter.h"
#include "simulator/program/Program.h"
#include "simulator/trace/ActivityTrace.h"
#include "targets/ChipModel.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <vector>

namespace synfire::test {

/// A folder that is removed with its owner.
class TemporaryFolder {
public:
  TemporaryFolder();
  ~TemporaryFolder();
  std::string operator/(const std::string &name) const { return path + "/" + name; }
  const std::string path;
};

inline const std::string kModel = SYNFIRE_SOURCE_DIR "/examples/models/tolstoy-char.yaml";
inline const std::string kTestModels = SYNFIRE_SOURCE_DIR "/tests/system/models/";
inline const std::string kTargets = SYNFIRE_SOURCE_DIR "/targets/chips";

/// 64 characters that the model was not trained on, as token ids.
std::vector<int32_t> sampleTokens();

ChipModel chipNamed(const std::string &name);

/// Compiles `model` (a file) to the target; fails the test when it cannot.
sim::Program compileModel(const std::string &model, const std::string &target,
                          const std::string &programPath);
/// Compiles `model` and returns the diagnostics; an empty string when it succeeds.
std::string compileErrors(const std::string &model, const std::string &target,
                          const std::string &programPath);

/// The quantised model as the interpreter runs it.
spike::InterpretResult interpretQuantized(const std::string &model, const std::string &target,
                                          const std::vector<int32_t> &tokens);
spike::InterpretResult interpretFloat(const std::string &model, const std::vector<int32_t> &tokens);

sim::ActivityTrace runFunctional(const sim::Program &program, const std::vector<int32_t> &tokens,
                                 int threads = 1);

/// First (op, step, token, feature) at which the trace differs from the
/// interpreter's record; empty when every neuron op agrees at every place.
std::string firstDifference(const sim::Program &program, const sim::ActivityTrace &trace,
                            const spike::InterpretResult &expected);

/// How a process ended, and what it printed.
struct CommandResult {
  int exitCode = -1; ///< -N when signal N ended it
  std::string out, err;
};

/// A process in the background, with a pipe that holds `input` (32 KiB at most) as standard
/// input. Killed with its owner.
class Process {
public:
  explicit Process(const std::vector<std::string> &arguments, const std::string &input = "");
  ~Process();
  Process(const Process &) = delete;
  Process &operator=(const Process &) = delete;
  int id() const { return child; }
  CommandResult wait();

private:
  TemporaryFolder folder;
  int child = -1;
};

/// Starts `synfire` with these arguments.
Process startSynfire(std::vector<std::string> arguments, const std::string &input = "");
/// Runs a command line of `synfire`, which no signal may end.
CommandResult runSynfire(const std::vector<std::string> &arguments, const std::string &input = "");

std::string readFile(const std::string &path);
void writeFile(const std::string &path, const std::string &text);

/// Runs a model on a target and in the quantised interpreter, both with `arguments` ({"--tokens",
/// FILE}, and so on); both must leave the same dump. Returns results.json of the run.
nlohmann::json runOnBoth(const std::string &model, const std::string &target,
                         const std::vector<std::string> &arguments);
/// The row of this name; the test fails where there is none.
const nlohmann::json &rowOf(const nlohmann::json &rows, const std::string &name);

/// Files by name, with their bytes.
using Files = std::map<std::string, std::string>;
/// The files of a set of results; empty where there are none.
Files resultsIn(const std::string &folder);

inline bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

} // namespace synfire::test

#endif // SYNFIRE_TESTS_SYSTEM_SYSTEMFIXTURE_H
