// list: lists the targets, models, metrics, passes and neuron models.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/Count.h"
#include "dialect/import/Import.h"
#include "dialect/spike/Spike.h"
#include "passes/Pipeline.h"
#include "passes/mapping/Placer.h"
#include "simulator/metrics/OpMetrics.h"
#include "support/InputFile.h"
#include "targets/ChipConfig.h"
#include "targets/NeuronModels.h"
#include "tools/synfire/Command.h"
#include "tools/synfire/Compiler.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/DataFolders.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace synfire::tool {
namespace {

/// An entry of a list: a name, one sentence about it, and further members of its JSON.
struct Entry {
  std::string name, help;
  nlohmann::ordered_json more = nlohmann::ordered_json::object();
};

std::vector<Entry> listTargets() {
  std::vector<Entry> entries;
  for (const std::string &name : listChips(targetsFolder())) {
    auto chip = loadChip(name, targetsFolder());
    entries.push_back(
        {name, chip.index() == 0 ? std::get<0>(chip).description : std::get<1>(chip).message});
  }
  return entries;
}

/// A sentence about a model description: "gpt2, 124.44 M parameters, without weights: PATH", or the
/// error message when it cannot be read.
std::string describeModel(const std::string &path) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  std::string message;
  mlir::ScopedDiagnosticHandler quiet(
      &context, [&](mlir::Diagnostic &diagnostic) { message = diagnostic.str(); });
  auto module = importModel(context, path);
  if (!module)
    return path + ": " + message;
  spike::ParameterCounter counter;
  int64_t parameters = 0;
  std::string architecture;
  module->walk([&](mlir::Operation *op) {
    parameters += counter.ofOp(op);
    if (auto name = op->getAttrOfType<mlir::StringAttr>(spike::kArchitectureAttrName))
      architecture = name.str();
  });
  char size[32];
  std::snprintf(size, sizeof(size), "%.2f M", static_cast<double>(parameters) / 1e6);
  return architecture + ", " + size + " parameters, " +
         (weightsFileOf(*module).empty() ? "without" : "with") + " weights: " + path;
}

/// On which shipped chips the shipped models compile: model -> chip -> "yes", "yes, with OPTION" or
/// "no: KEY of the chip file". tests/system/check-model-table writes the file, and holds it to what
/// the compiler does. Empty where it cannot be read.
nlohmann::ordered_json readVerdicts() {
  auto text = readFile(modelsFolder() + "/chips.json", size_t{1} << 20);
  if (text.index() != 0)
    return nlohmann::ordered_json::object();
  auto read = nlohmann::ordered_json::parse(std::get<0>(text), nullptr, /*allow_exceptions=*/false);
  return read.is_object() ? read : nlohmann::ordered_json::object();
}

/// "; compiles on loihi2, tiny-2x2 (with --residual host)" of the verdicts about a model.
std::string chipsOf(const nlohmann::ordered_json &verdicts) {
  std::string chips;
  for (const auto &[chip, verdict] : verdicts.items())
    if (llvm::StringRef said = verdict.get_ref<const std::string &>(); said.consume_front("yes"))
      chips += (chips.empty() ? "" : ", ") + chip +
               (said.consume_front(", ") ? " (" + said.str() + ")" : "");
  return chips.empty() ? "; compiles on no shipped chip" : "; compiles on " + chips;
}

std::vector<Entry> listModels() {
  std::vector<Entry> entries;
  const nlohmann::ordered_json verdicts = readVerdicts();
  std::error_code error;
  for (const auto &file : std::filesystem::directory_iterator(modelsFolder(), error)) {
    if (file.path().extension() != ".yaml")
      continue;
    Entry entry{file.path().stem().string(), describeModel(file.path().string())};
    if (auto found = verdicts.find(entry.name); found != verdicts.end()) {
      entry.help += chipsOf(*found);
      entry.more["chips"] = *found;
    }
    entries.push_back(std::move(entry));
  }
  llvm::sort(entries, [](const Entry &a, const Entry &b) { return a.name < b.name; });
  return entries;
}

std::vector<Entry> listPasses() {
  std::vector<Entry> entries;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  mlir::PassManager manager(&context);
  buildCompilePipeline(manager, {});
  for (mlir::Pass &pass : manager.getPasses())
    entries.push_back({pass.getArgument().str(), pass.getDescription().str()});
  return entries;
}

std::vector<Entry> listNeuronModels() {
  std::vector<Entry> entries;
  for (const NeuronModelInfo &model : knownNeuronModels())
    entries.push_back({model.name, model.help});
  return entries;
}

std::vector<Entry> listMetrics() {
  std::vector<Entry> entries;
  for (const sim::OpMetric &metric : sim::opMetrics())
    entries.push_back({metric.name, std::string(metric.help) + " [" + metric.unit + "]"});
  return entries;
}

std::vector<Entry> listPlacers() {
  std::vector<Entry> entries;
  for (const mapping::Placer *placer : mapping::placers())
    entries.push_back({std::string(placer->name()), std::string(placer->summary())});
  return entries;
}

struct Listing {
  const char *name, *help;
  std::vector<Entry> (*entries)();
};
constexpr Listing kListings[] = {
    {"targets", "chips to compile to", listTargets},
    {"models", "shipped model descriptions", listModels},
    {"passes", "the compiler's passes, in order", listPasses},
    {"neuron-models", "neuron models of the dialect", listNeuronModels},
    {"placers", "placement strategies", listPlacers},
    {"metrics", "columns of the report", listMetrics},
};

class ListCommand : public Command {
public:
  CLI::App *define(CLI::App &root) override {
    CLI::App *app = root.add_subcommand("list", "List what there is to choose from");
    std::vector<std::string> names;
    std::string footer = "WHAT is one of:\n";
    for (const Listing &listing : kListings) {
      names.emplace_back(listing.name);
      footer += std::string("  ") + listing.name + ": " + listing.help + "\n";
    }
    app->footer(footer);
    app->add_option("WHAT", what, "What to list")->required()->check(CLI::IsMember(names));
    app->add_flag("--json", json, "Print JSON");
    return app;
  }

  ExitCode run() override {
    for (const Listing &listing : kListings) {
      if (what != listing.name)
        continue;
      const std::vector<Entry> entries = listing.entries();
      if (json) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const Entry &entry : entries) {
          list.push_back({{"name", entry.name}, {"help", entry.help}});
          list.back().update(entry.more);
        }
        std::printf("%s\n", nlohmann::ordered_json{{what, list}}.dump(1).c_str());
        return kDone;
      }
      size_t width = 0;
      for (const Entry &entry : entries)
        width = std::max(width, entry.name.size());
      for (const Entry &entry : entries)
        std::printf("%-*s  %s\n", static_cast<int>(width), entry.name.c_str(), entry.help.c_str());
    }
    return kDone;
  }

private:
  std::string what;
  bool json = false;
};

} // namespace

std::unique_ptr<Command> makeListCommand() { return std::make_unique<ListCommand>(); }

} // namespace synfire::tool
