// list: lists the targets, models, metrics, passes and neuron models.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/Count.h"
#include "dialect/import/Import.h"
#include "dialect/spike/Spike.h"
#include "passes/Pipeline.h"
#include "passes/mapping/Placer.h"
#include "simulator/metrics/OpMetrics.h"
#include "targets/ChipConfig.h"
#include "targets/NeuronModels.h"
#include "tools/synfire/Command.h"
#include "tools/synfire/Compiler.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/DataFolders.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace synfire::tool {
namespace {

/// An entry of a list: a name and one sentence about it.
using Entry = std::pair<std::string, std::string>;

std::vector<Entry> listTargets() {
  std::vector<Entry> entries;
  for (const std::string &name : listChips(targetsFolder())) {
    auto chip = loadChip(name, targetsFolder());
    entries.emplace_back(name, chip.index() == 0 ? std::get<0>(chip).description
                                                 : std::get<1>(chip).message);
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

std::vector<Entry> listModels() {
  std::vector<Entry> entries;
  std::error_code error;
  for (const auto &file : std::filesystem::directory_iterator(modelsFolder(), error))
    if (file.path().extension() == ".yaml")
      entries.emplace_back(file.path().stem().string(), describeModel(file.path().string()));
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::vector<Entry> listPasses() {
  std::vector<Entry> entries;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  mlir::PassManager manager(&context);
  buildCompilePipeline(manager, {});
  for (mlir::Pass &pass : manager.getPasses())
    entries.emplace_back(pass.getArgument().str(), pass.getDescription().str());
  return entries;
}

std::vector<Entry> listNeuronModels() {
  std::vector<Entry> entries;
  for (const NeuronModelInfo &model : knownNeuronModels())
    entries.emplace_back(model.name, model.help);
  return entries;
}

std::vector<Entry> listMetrics() {
  std::vector<Entry> entries;
  for (const sim::OpMetric &metric : sim::opMetrics())
    entries.emplace_back(metric.name, std::string(metric.help) + " [" + metric.unit + "]");
  return entries;
}

std::vector<Entry> listPlacers() {
  std::vector<Entry> entries;
  for (const mapping::Placer *placer : mapping::placers())
    entries.emplace_back(placer->name(), placer->summary());
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
        for (const auto &[name, help] : entries)
          list.push_back({{"name", name}, {"help", help}});
        std::printf("%s\n", nlohmann::ordered_json{{what, list}}.dump(1).c_str());
        return kDone;
      }
      size_t width = 0;
      for (const auto &[name, help] : entries)
        width = std::max(width, name.size());
      for (const auto &[name, help] : entries)
        std::printf("%-*s  %s\n", static_cast<int>(width), name.c_str(), help.c_str());
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
