// Simulation: computes spikes, then times, then energies, and writes the reports.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Simulation.h"

#include "simulator/functional/FunctionalEngine.h"
#include "simulator/functional/Generate.h"
#include "simulator/loader/Loader.h"
#include "simulator/metrics/SimTime.h"
#include "simulator/report/RunReport.h"
#include "simulator/timing/TimingEngine.h"
#include "support/MemoryNeed.h"
#include "support/Message.h"
#include "support/OutputFile.h"
#include "targets/ChipConfig.h"
#include "targets/ChipResources.h"
#include "tools/synfire/Compiler.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/DataFolders.h"
#include "tools/synfire/LastResort.h"
#include "tools/synfire/MappingCheck.h"
#include "tools/synfire/OptionChecks.h"
#include "tools/synfire/ParseProbe.h"
#include "tools/synfire/SpikeDump.h"
#include "tools/synfire/TensorInput.h"
#include "tools/synfire/Tokenizer.h"
#include "tools/synfire/TopClasses.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string_view>
#include <thread>

namespace synfire::tool {
namespace {

/// Prints the message of a ChipError. "FILE:LINE:COLUMN: error: TEXT" is printed unchanged; a
/// message without a position is printed like other errors of the command line.
void printChipError(const std::string &message) {
  constexpr std::string_view kMark = "error: ", kDigits = "0123456789";
  const size_t mark = message.find(kMark);
  const std::string place = message.substr(0, mark == std::string::npos ? 0 : mark);
  const size_t column = place.find_last_of(kDigits);
  if (column != std::string::npos && place.substr(column + 1) == ": ") {
    const size_t colon = place.find_last_not_of(kDigits, column);
    if (colon != std::string::npos && colon > 0 && place[colon] == ':' &&
        kDigits.find(place[colon - 1]) != std::string_view::npos) {
      printLine(message);
      return;
    }
  }
  printError(mark == std::string::npos ? message : place + message.substr(mark + kMark.size()));
}

/// Loads the program with its chip. Prints an error and returns nothing when that fails.
std::optional<sim::Program> load(const std::string &path, std::string target) {
  const llvm::StringRef name(path);
  const bool text = name.ends_with(".mlir");
  if (!name.ends_with(".mlirbc") && !text) {
    printError("'" + path +
               "': is not a PROGRAM (.mlirbc or .mlir); make one with `synfire compile`");
    return std::nullopt;
  }
  for (const auto &check : {sim::bytecodeFault, probeParse})
    if (std::string error = check(path); !error.empty()) {
      printError(error);
      return std::nullopt;
    }
  auto file = sim::ProgramFile::parse(path);
  if (auto *error = std::get_if<std::string>(&file)) {
    printError(*error);
    return std::nullopt;
  }
  const sim::ProgramHeader header = std::get<0>(file).header();
  const bool stored = target.empty();
  if (stored)
    target = header.target;
  auto chip = loadChip(target, targetsFolder());
  if (auto *error = std::get_if<ChipError>(&chip)) {
    printChipError(error->message);
    if (stored)
      printError(path + ": was compiled for the chip '" + target +
                 "', which cannot be loaded; give it with --target FILE");
    return std::nullopt;
  }
  // Another chip's mapping would be judged in vain: loading says what is different.
  if (text && resourceDifference(header.targetResources, std::get<ChipModel>(chip)).empty() &&
      !checkMapping(path, target))
    return std::nullopt;
  auto program = std::get<0>(file).load(std::get<ChipModel>(chip));
  if (auto *error = std::get_if<std::string>(&program)) {
    printError(*error);
    return std::nullopt;
  }
  return std::get<0>(std::move(program));
}

std::string writeReports(const sim::ResultTexts &texts, const OutputSet &results) {
  std::string error = writeFile(results.path("results.json"), texts.json);
  for (const sim::CsvTable &table : texts.tables)
    if (error.empty())
      error = writeFile(results.path(table.fileName), table.text);
  return error;
}

/// Where the dump is written: a dump inside of the folder of results is one of them.
std::string dumpPath(const SimulationOptions &options, const OutputSet &results) {
  const std::filesystem::path dump(options.dump);
  const std::filesystem::path parent = dump.has_parent_path() ? dump.parent_path() : ".";
  std::error_code unknown;
  return std::filesystem::equivalent(parent, options.folder, unknown)
             ? results.path(dump.filename())
             : options.dump;
}

/// Writes all that the run leaves in files. Returns an empty string or an error message.
std::string writeResults(const sim::ResultTexts &texts, const SimulationOptions &options,
                         OutputSet &results, const std::function<std::string(std::string)> &dump) {
  if (std::string error = writeReports(texts, results); !error.empty())
    return error;
  if (!options.dump.empty()) {
    const std::string path = dumpPath(options, results);
    if (path != options.dump && std::filesystem::exists(path))
      return "'" + options.dump + "': is the name of another result; choose another with --dump";
    if (std::string error = dump(path); !error.empty())
      return error;
  }
  return results.commit();
}

TextCode textCodeOf(const sim::Program &program) {
  return {program.text.alphabet, program.text.words, program.text.cleaning};
}

/// The logits of all tokens, row by row; empty when the program yields none.
std::vector<double> logitsOf(const sim::FunctionalEngine &engine, const sim::ActivityTrace &trace) {
  std::vector<double> all;
  for (int32_t row = 0; row < engine.logitRows(trace); ++row) {
    const std::vector<double> logits = engine.logits(trace, row);
    all.insert(all.end(), logits.begin(), logits.end());
  }
  return all;
}

void printContinuation(const sim::Program &program, const std::vector<int32_t> &input,
                       const std::vector<int32_t> &generated) {
  const TextCode code = textCodeOf(program);
  if (!code.hasText()) {
    std::printf("\ncontinuation:");
    for (int32_t id : generated)
      std::printf(" %d", id);
    std::printf("\n");
    return;
  }
  std::printf("\ntext:         %s\ncontinuation: %s\n", decodeTokens(input, code).c_str(),
              decodeTokens(generated, code).c_str());
}

} // namespace

void SimulationOptions::define(CLI::App &app) {
  input.define(app);
  generateOption = app.add_option("--generate", generate,
                                  "Tokens to predict after the input (not in the counts)")
                       ->type_name("N")
                       ->transform(wholeNumber(0, 1000000))
                       ->capture_default_str();
  CLI::Option *topOption = defineTopOption(app, top);
  app.add_option("--threads", threads,
                 "Worker threads; results do not depend on it [all processors]")
      ->type_name("N")
      ->transform(wholeNumber(1, 1024));
  app.add_option("--noc", noc, "Model of the network: every flit, cycle by cycle")
      ->check(CLI::IsMember({"cycle"}))
      ->capture_default_str();
  app.add_option("--dump", dump, "Write every neuron op's spikes and the logits (.safetensors)")
      ->type_name("FILE");
  app.add_option("-o,--output", folder,
                 "Folder for results.json and the CSV tables; links to the files of the last "
                 "complete run in its .synfire")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_flag("--json", json, "Print results.json on standard output and nothing else")
      ->excludes(topOption);
}

bool beginResults(OutputSet &results, const SimulationOptions &options) {
  if (std::string error = results.begin(); !error.empty()) {
    printError(error);
    return false;
  }
  showAs(results.path(""), options.folder + "/");
  return true;
}

ExitCode simulateProgram(const std::string &path, const std::string &target,
                         const SimulationOptions &options, OutputSet &results) {
  setStage("reading the program");
  std::optional<sim::Program> program = load(path, target);
  if (!program)
    return kBadInput;
  InputRules rules{textCodeOf(*program), program->context, program->vocabulary, program->maxTokens};
  std::vector<std::string> warnings = program->warnings;
  auto read = readModelInput(options.input, tensorRulesOf(*program), rules, &warnings);
  if (auto *error = std::get_if<std::string>(&read)) {
    printError(*error);
    return kBadInput;
  }
  const ModelInput &input = std::get<0>(read);
  const auto *tensor = std::get_if<spike::InputTensor>(&input);
  if (tensor && options.generateOption->count() > 0) {
    printError(kNoContinuation);
    return kBadInput;
  }
  if (std::string error = checkDump(options.dump); !error.empty()) {
    printError(error);
    return kBadInput;
  }
  // Rows of the input are tokens, or the points of one image.
  const int64_t rows = tensor ? tensor->shape[tensor->shape.size() - 2]
                              : static_cast<int64_t>(std::get<0>(input).size());
  const bool grid = tensor && program->hostOps[program->input.hostOp].points > 1;
  const int64_t tokens = grid ? 1 : rows;
  if (tokens > rules.limit) {
    printError(options.input.tensorFile + ": tensor 'input' " +
               needsHas(message("at most ", rules.limit, " tokens"), tokens) +
               "; compile with --max-tokens " + std::to_string(tokens));
    return kBadInput;
  }
  const int threads = options.threads > 0
                          ? options.threads
                          : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));

  setStage("simulating");
  const auto start = std::chrono::steady_clock::now();
  sim::ActivityTrace trace(*program);
  if (std::string lack = lacksMemory("the activity of " + std::to_string(tokens) + " tokens",
                                     trace.bytesPerToken() * static_cast<double>(tokens));
      !lack.empty()) {
    printError("'" + path + "': " + lack);
    return kBadInput;
  }
  sim::FunctionalEngine engine(*program, threads);
  const std::string fault = tensor ? engine.run(tensor->values, static_cast<int32_t>(rows), trace)
                                   : engine.run(std::get<0>(input), trace);
  if (!fault.empty()) {
    printError(fault);
    return kBadInput;
  }

  Progress progress("simulating ticks");
  sim::TimingOptions timing;
  timing.threads = threads;
  timing.progress = [&](int64_t done, int64_t all) { progress.update(done, all); };
  std::optional<sim::Counters> counters;
  try {
    counters = sim::simulateTiming(*program, trace, trace.tokens(), timing);
  } catch (const sim::TimeOverflow &error) {
    printError("chip '" + program->chip.name + "': " + error.what());
    return kBadInput;
  }
  if (std::string error = sim::checkConservation(*counters); !error.empty()) {
    printError("defect: counts disagree: " + error);
    return kDefect;
  }

  std::vector<int32_t> generated;
  if (!tensor && options.generate > 0 && program->vocabulary > 0) {
    auto result = sim::generate(engine, *program, trace, static_cast<int32_t>(options.generate));
    if (auto *error = std::get_if<std::string>(&result)) {
      printError(*error);
      return kBadInput;
    }
    generated = std::get<0>(std::move(result));
  }

  setStage("writing the results");
  sim::RunReport report;
  report.program = &*program;
  report.counters = &*counters;
  report.energy = sim::priceRun(*program, *counters);
  report.tokens = trace.tokens();
  report.noc = options.noc;
  report.seed = program->seed;
  for (std::string &warning : sim::runWarnings(*program, *counters))
    warnings.push_back(std::move(warning));
  report.warnings = std::move(warnings);
  const sim::ResultTexts texts = sim::resultTexts(report);
  const auto dump = [&](const std::string &file) {
    return dumpTrace(file, *program, engine, trace);
  };
  if (std::string error = writeResults(texts, options, results, dump); !error.empty()) {
    printError(error);
    return kBadInput;
  }
  if (options.json) {
    std::fputs(texts.json.c_str(), stdout);
  } else {
    std::fputs(sim::operationTable(report).c_str(), stdout);
    if (!generated.empty())
      printContinuation(*program, std::get<0>(input), generated);
    if (tensor)
      printTopClasses(topClasses(logitsOf(engine, trace), engine.logitRows(trace), options.top));
    std::printf("\nresults: %s/results.json, ops.csv, cores.csv, links.csv\n",
                options.folder.c_str());
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  char line[64];
  std::snprintf(line, sizeof line, "simulated in %.2f s with %d threads", seconds, threads);
  printNote(line);
  return kDone;
}

} // namespace synfire::tool
