// ToolCase: one drawn use of the tool, from model and chip to spikes, and what must hold of it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/fuzz/ToolCase.h"

#include "tests/fuzz/ChipDraw.h"
#include "tests/fuzz/Damage.h"
#include "tests/fuzz/InputDraw.h"
#include "tests/fuzz/ModelDraw.h"
#include "tests/fuzz/ProcessLimits.h"
#include "tests/fuzz/TensorFiles.h"
#include "tests/random/Mutation.h"

#include "dialect/chip/SideFile.h"
#include "dialect/import/safetensors/SafetensorsHeader.h"
#include "tools/synfire/CommandLine.h"

#include <cmath>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>
#include <unistd.h>
#include <vector>

namespace synfire::test {
namespace {

std::string readFile(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void writeFile(const std::string &path, const std::string &text) {
  std::ofstream(path, std::ios::binary) << text;
}

bool contains(const std::string &text, const char *part) {
  return text.find(part) != std::string::npos;
}

int64_t countOf(const std::string &text, const std::string &part) {
  int64_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

/// Whether two lines are the same error.
bool repeatsAnError(const std::string &text) {
  std::set<std::string> errors;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (contains(line, "error: ") && !errors.insert(line).second)
      return true;
  return false;
}

/// Whether a state of a neuron or of a readout overflowed.
bool overflows(const std::string &message) {
  return contains(message, ": the state needs ") ||
         contains(message, ": the filtered current needs ");
}

/// Refusals of a program that its compiler cannot foresee: they are known when it runs.
bool comesOfTheRun(const std::string &message) {
  return overflows(message) || contains(message, "needs a finite number") || // reals of the host
         contains(message, "more than can be simulated") ||                  // the time of a tick
         contains(message, "more than a simulated time holds") ||
         contains(message, "of memory, has");
}

/// Whether a state overflowed whose neuron the compiler's warnings do not name.
bool overflowsUnwarned(const std::string &refusal, const std::string &warnings) {
  if (!overflows(refusal))
    return false;
  const std::string begin = "error: '";
  const size_t name = refusal.find(begin), end = refusal.find("': column ");
  if (name == std::string::npos || end == std::string::npos)
    return false;
  const std::string quoted =
      refusal.substr(name + begin.size() - 1, end + 1 - (name + begin.size() - 1));
  return !contains(warnings, (quoted + ": with every input firing").c_str()) &&
         !contains(warnings, " more of these");
}

class ToolCase {
public:
  ToolCase(uint64_t seed, std::string folder, int stderrFile, Tally &tally)
      : choices(Choices::fromSeed(seed)), folder(std::move(folder)), stderrFile(stderrFile),
        tally(tally) {}

  std::string run() {
    drawFiles();
    if (!model.runs)
      check({"count", modelPath, "--json"});
    else if (choices.rarely(16))
      check({"import", modelPath, "-o", path("imported.mlirbc")}, weights());
    else if (!textOptions.empty() && choices.rarely(4))
      evaluate();
    else
      compileAndRun();
    return wrong;
  }

private:
  using Arguments = std::vector<std::string>;

  std::string path(const std::string &name) const { return folder + "/" + name; }
  Arguments weights() const {
    if (!model.described)
      return {};
    if (hasWeightsFile)
      return {"--weights", path("model.safetensors")};
    Arguments random = {"--random-weights", "7"};
    if (!targetRate.empty())
      random.insert(random.end(), {"--target-rate", targetRate});
    return random;
  }

  /// Model, weights, chip and input, one of which is damaged in a sixth of the cases.
  void drawFiles() {
    model = choices.flip() ? drawModule(choices) : drawDescription(choices);
    chip = choices.rarely(4) ? drawShippedChip(choices) : path("chip.yaml");
    std::string chipText = chip == path("chip.yaml") ? drawChip(choices) : "";
    auto [tokens, hostile] = drawTokens(model, choices);
    damaged = hostile;
    if (choices.rarely(6)) {
      damaged = true;
      std::string *file =
          choices.pick<std::string *>({&model.text, &model.text, &chipText, &tokens});
      if (!file->empty())
        *file = file == &model.text && !model.described && choices.flip() ? mutated(*file, choices)
                : choices.flip() ? damageNumbers(std::move(*file), choices)
                                 : damageBytes(std::move(*file), choices);
    }
    if (choices.rarely(6))
      targetRate = choices.pick<std::string>({"0.15", "0.999", "1e-300"});
    modelPath = path(model.described ? "model.yaml" : "model.mlir");
    writeFile(modelPath, model.text);
    writeFile(path("tokens.json"), tokens);
    if (takesTensor())
      writeFile(path("input.safetensors"), inputFile(model.tensor));
    if (model.described && model.runs && !damaged && choices.rarely(16))
      drawWeightsFile();
    if (!model.alphabet.empty() && choices.flip())
      drawTextOptions();
    if (chip == path("chip.yaml"))
      writeFile(chip, chipText);
  }

  void drawWeightsFile() {
    const std::string file = path("model.safetensors");
    std::string bytes = drawWeights(modelPath, file, choices);
    if (!choices.rarely(4)) {
      damaged = true;
      bytes = damageWeights(std::move(bytes), choices);
    }
    writeFile(file, bytes);
    hasWeightsFile = true;
  }

  void drawTextOptions() {
    auto [text, hostile] = drawText(model, choices);
    damaged |= hostile;
    mayMisuse |= text == "@";
    if (!text.starts_with("@") && choices.rarely(3)) {
      writeFile(path("input.txt"), text);
      text = "@" + path("input.txt");
    }
    textOptions = {"--text", text};
    if (choices.rarely(8))
      textOptions.push_back("--strict-text");
  }

  bool takesTensor() const { return !model.tensor.values.empty(); }

  /// The options that give the input, and `generate` for token ids.
  Arguments input(const std::string &generate) const {
    if (takesTensor())
      return {"--input", path("input.safetensors")};
    Arguments arguments =
        textOptions.empty() ? Arguments{"--tokens", path("tokens.json")} : textOptions;
    arguments.insert(arguments.end(), {"--generate", generate});
    return arguments;
  }

  /// A value of --max-tokens: the chip may run fewer tokens than are given, or refuse them.
  std::string drawMaxTokens() {
    shortens = damaged = true;
    if (choices.rarely(4)) {
      mayMisuse = true;
      return choices.pick<std::string>({"0", "-1", "1e3", "0x10", " ", "99999999999999999999"});
    }
    return choices.pick<std::string>({std::to_string(std::max<int64_t>(model.context, 1)), "1", "2",
                                      "007", std::to_string(model.context + 1), "1073741824"});
  }

  void compileAndRun() {
    const std::string program = path(choices.rarely(3) ? "program.mlir" : "program.mlirbc");
    Arguments options = {"compile", modelPath, "--target", chip, "-o", program};
    if (choices.rarely(8))
      options.insert(options.end(),
                     {"--weight-bits", choices.pick<std::string>({"2", "16", "8", "1", "32"})});
    if (choices.rarely(8))
      options.insert(
          options.end(),
          {"--weight-format", choices.pick<std::string>({"ternary", "sign", "binary", "signed"})});
    if (choices.rarely(12))
      options.insert(options.end(), {"--max-tokens", drawMaxTokens()});
    const bool compiled = check(options, weights());
    tally.compiled += compiled;
    // What the compiler refuses, the interpreter may run: it must say so, or why not.
    if (!compiled) {
      if (wrong.empty() && choices.rarely(8))
        interpret(options);
      return;
    }
    const std::string warnings = said;
    const bool simulated = simulate(program);
    const std::string refusal = said;
    if (!simulated && wrong.empty() && overflowsUnwarned(refusal, warnings))
      wrong = "an overflow of which compile did not warn: " + refusal + warnings;
    if (!simulated && wrong.empty() && !damaged && !comesOfTheRun(refusal))
      wrong = "simulate refuses what compile wrote: " + refusal;
    if (wrong.empty() && !shortens && (model.readsTokens || takesTensor()))
      compare(simulated, refusal, options);
    for (int64_t count = choices.between(0, 12); count > 0 && wrong.empty(); --count)
      simulateDamaged(program);
  }

  void evaluate() {
    Arguments arguments = {"evaluate", modelPath, "--windows",
                           "2",        "--from",  choices.pick<std::string>({"0", "0.999"})};
    arguments.insert(arguments.end(), textOptions.begin(), textOptions.end());
    check(arguments, weights());
  }

  bool simulate(const std::string &program) {
    return check({"simulate", program, "-o", path("out"), "--threads", "1", "--dump",
                  path("chip.safetensors")},
                 input(choices.pick<std::string>({"0", "1"})));
  }

  bool interpret(const Arguments &compileOptions) {
    Arguments arguments = {"interpret", modelPath, "--target",
                           chip,        "--dump",  path("interpreter.safetensors")};
    const Arguments given = input("0");
    arguments.insert(arguments.end(), given.begin(), given.end());
    for (size_t i = 0; i + 1 < compileOptions.size(); ++i)
      if (compileOptions[i].starts_with("--weight-"))
        arguments.insert(arguments.end(), {compileOptions[i], compileOptions[i + 1]});
    return check(arguments, weights());
  }

  /// Holds the run on the chip to the quantised interpreter.
  void compare(bool simulated, const std::string &refusal, const Arguments &options) {
    const bool interpreted = interpret(options);
    if (!wrong.empty())
      return;
    if (simulated && interpreted) {
      wrong = dumpsDiffer();
      tally.compared += wrong.empty();
    } else if (simulated &&
               !contains(said, "is not finite")) { // of the reals that it compares with
      wrong = "the chip runs, the interpreter refuses: " + said;
    } else if (interpreted && overflows(refusal)) {
      wrong = "the interpreter runs, the chip refuses: " + refusal;
    }
  }

  /// A program, its side file or its tokens, damaged where no checksum finds it.
  void simulateDamaged(const std::string &program) {
    const bool text = program.ends_with(".mlir");
    const std::string side = path("program.weights");
    const std::string intact = readFile(program), intactSide = readFile(side);
    std::string bytes = intact, sideBytes = intactSide;
    if (choices.rarely(4) && !sideBytes.empty()) {
      const auto checksum = [](const std::string &file) {
        return chip::sideFileChecksum(
            {reinterpret_cast<const uint8_t *>(file.data()), file.size()});
      };
      sideBytes = damageBytes(sideBytes, choices);
      const std::string before = checksum(intactSide);
      if (const size_t at = bytes.find(before); at != std::string::npos)
        bytes.replace(at, before.size(), checksum(sideBytes));
    } else if (text && choices.flip()) {
      bytes = mutated(bytes, choices);
    } else if (text && choices.flip()) {
      bytes = damageNumbers(bytes, choices);
    } else {
      bytes = damageBytes(bytes, choices);
    }
    if (!text && !choices.rarely(4))
      bytes = withChecksum(bytes);
    writeFile(program, bytes);
    writeFile(side, sideBytes);
    ++tally.programs;
    tally.accepted += simulate(program);
    if (!wrong.empty()) // the damaged file is left to be looked at
      return;
    writeFile(program, intact);
    writeFile(side, intactSide);
  }

  /// Runs a command line and checks how it ended; true when it ended in success. After a failure
  /// `said` is its message.
  bool check(Arguments arguments, const Arguments &more = {}) {
    arguments.insert(arguments.begin(), "synfire");
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::vector<char *> argv;
    std::string line;
    for (std::string &argument : arguments) {
      argv.push_back(argument.data());
      line += (line.empty() ? "" : " ") + argument;
    }
    argv.push_back(nullptr);
    ++tally.runs;
    if (ftruncate(stderrFile, 0) != 0 || lseek(stderrFile, 0, SEEK_SET) != 0)
      wrong = "standard error cannot be emptied";
    // Where the process ends by itself, this line is the last but its message.
    const std::string mark = "$ " + line + "\n";
    if (write(stderrFile, mark.data(), mark.size()) < 0)
      wrong = "standard error cannot be written";
    limitSeconds(kMostSeconds);
    const int code = tool::runCommandLine(static_cast<int>(arguments.size()), argv.data());
    said = readFile("/proc/self/fd/" + std::to_string(stderrFile)).substr(mark.size());
    const std::string fault = faultOf(code);
    if (!fault.empty() && wrong.empty())
      wrong = fault + ": " + line + "\n" + said;
    tally.done += code == tool::kDone;
    return code == tool::kDone;
  }

  std::string faultOf(int code) const {
    const int64_t errors = countOf(said, "error: ");
    if (contains(said, "defect:"))
      return "a defect";
    if (contains(said, "Sanitizer") || contains(said, "runtime error: "))
      return "a sanitizer's report";
    if (code == tool::kDone && errors > 0)
      return "success with an error";
    if (code == tool::kBadInput && errors == 0)
      return "a failure without a message";
    if (repeatsAnError(said))
      return "the same message twice";
    if (code == tool::kBadUsage && mayMisuse)
      return "";
    if (code != tool::kDone && code != tool::kBadInput)
      return "exit code " + std::to_string(code);
    return "";
  }

  /// How the dumps of chip and interpreter differ; both files were written.
  std::string dumpsDiffer() const {
    const std::string chipBytes = readFile(path("chip.safetensors")),
                      expectedBytes = readFile(path("interpreter.safetensors"));
    auto ours = parseLayout(std::as_bytes(std::span(chipBytes))),
         expected = parseLayout(std::as_bytes(std::span(expectedBytes)));
    if (ours.index() == 1 || expected.index() == 1)
      return "a dump cannot be read";
    const auto &all = std::get<0>(ours);
    for (const TensorInfo &tensor : std::get<0>(expected).tensors) {
      const auto other =
          std::find_if(all.tensors.begin(), all.tensors.end(),
                       [&](const TensorInfo &one) { return one.name == tensor.name; });
      if (other == all.tensors.end())
        return "the chip's dump lacks " + tensor.name;
      if (other->shape != tensor.shape)
        return "shapes differ: " + tensor.name;
      if (!sameNumbers(chipBytes.substr(all.dataBegin + other->begin, other->end - other->begin),
                       expectedBytes.substr(std::get<0>(expected).dataBegin + tensor.begin,
                                            tensor.end - tensor.begin),
                       tensor.name == "logits"))
        return "numbers differ: " + tensor.name;
    }
    return "";
  }

  /// Equal bytes; of reals also NaN in both.
  static bool sameNumbers(const std::string &a, const std::string &b, bool reals) {
    if (a == b || !reals || a.size() != b.size())
      return a == b;
    for (size_t i = 0; i + sizeof(float) <= a.size(); i += sizeof(float)) {
      float one = 0, other = 0;
      std::memcpy(&one, a.data() + i, sizeof one);
      std::memcpy(&other, b.data() + i, sizeof other);
      if (one != other && !(std::isnan(one) && std::isnan(other)))
        return false;
    }
    return true;
  }

  Choices choices;
  std::string folder;
  int stderrFile;
  Tally &tally;
  DrawnModel model;
  std::string modelPath, chip;
  Arguments textOptions; ///< in place of tokens
  bool hasWeightsFile = false;
  std::string targetRate; ///< of random weights; empty for none
  bool damaged = false;   ///< model, weights, chip or input, so that any refusal is right
  bool shortens = false;  ///< --max-tokens may cut the input of the chip alone
  bool mayMisuse = false; ///< an option has a value that no option takes
  std::string said, wrong;
};

} // namespace

std::string runToolCase(uint64_t seed, const std::string &folder, int stderrFile, Tally &tally) {
  ++tally.cases;
  return ToolCase(seed, folder, stderrFile, tally).run();
}

} // namespace synfire::test
