// count: counts the operations of a model and their energy, without a chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/Count.h"
#include "targets/ChipConfig.h"
#include "tools/synfire/Command.h"
#include "tools/synfire/Compiler.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/CountReport.h"
#include "tools/synfire/DataFolders.h"
#include "tools/synfire/InputOptions.h"
#include "tools/synfire/TensorInput.h"

#include <cstdio>
#include <optional>

namespace synfire::tool {
namespace {

class CountCommand : public Command {
public:
  CLI::App *define(CLI::App &root) override {
    CLI::App *app = root.add_subcommand(
        "count", "Count the operations and the energy of MODEL, without a chip");
    app->footer(
        "Counts one pass over the model's whole context, or over INPUT. MAC: a real is multiplied "
        "and\n"
        "added. AC: a spike adds a weight. Work that no account charges is listed as not charged.\n"
        "Accounts:\n"
        "  op_count   every op once, as built: the account we stand behind\n"
        "  published  as the authors of SpikeDecoder count, slips included (SpikeDecoder only)\n"
        "  corrected  their rules without the slips (SpikeDecoder only)\n"
        "Rates of spikes come from INPUT (measured), from --rates, or from the model itself.\n"
        "A file of rates: {\"rates\": {\"block*.attn.q_lif\": 0.3, \"block0.attn.ssa\": 0.16}}; "
        "the\n"
        "rate of an attention is the share of its scores that are not 0.\n"
        "An energy table: {\"name\": \"45 nm, fp16\", \"mac_pj\": 1.5, \"ac_pj\": 0.4}\n"
        "Examples:\n"
        "  synfire count examples/models/tolstoy-char.yaml --text \"prince andrew rode\"\n"
        "  synfire count examples/models/tolstoy-char.yaml --rates rates.json --explain");
    model.define(*app);
    app->add_option("--account", account, "How to count")
        ->check(CLI::IsMember({"op_count", "published", "corrected"}))
        ->capture_default_str();
    CLI::Option *rates = app->add_option("--rates", ratesFile, "Rates by op name or pattern (JSON)")
                             ->type_name("FILE");
    input.define(*app);
    rates->excludes("--text")->excludes("--tokens")->excludes("--input");
    domainOption =
        app->add_option(
               "--domain", domain,
               "Arithmetic of the run that measures: float (float64) or quantized (integers)")
            ->check(CLI::IsMember({"float", "quantized"}))
            ->capture_default_str();
    app->add_option("--target", compile.target,
                    "Chip whose weight and state bits a quantised run gets [8 and 32 bits]; "
                    "with it the run is quantised")
        ->type_name("NAME|FILE");
    gradedOption = app->add_option("--graded-synop", gradedSynop,
                                   "A graded spike of value v at a weight: v accumulates, or one "
                                   "multiplication, a MAC [as the target, else accumulate]")
                       ->check(CLI::IsMember({"accumulate", "multiply"}))
                       ->type_name("F");
    app->add_option("--energy-table", tableFile, "Energy per MAC and AC (JSON) [45 nm, fp32]")
        ->type_name("FILE");
    app->add_flag("--explain", explain,
                  "Show the rule, its numbers and the deviations of every op");
    app->add_flag("--json", json, "Print JSON");
    return app;
  }

  ExitCode run() override {
    spike::CountOptions options;
    options.account = account == "published"   ? spike::Account::Published
                      : account == "corrected" ? spike::Account::Corrected
                                               : spike::Account::OpCount;
    const bool measures = input.given();
    if (domainOption->count() > 0 && domain == "float" && !compile.target.empty()) {
      printError("--domain float has no bits to set: leave out --target");
      return kBadUsage;
    }
    if ((domain == "quantized" || !compile.target.empty()) && !measures) {
      printError("--domain and --target say how spikes are measured; give --text, --tokens or "
                 "--input, too");
      return kBadInput;
    }
    if (model.targetRate && !measures) {
      printError("--target-rate sets how often neurons fire, which only a measurement shows; give "
                 "--text, --tokens or --input, too");
      return kBadInput;
    }
    if (!readFiles(options))
      return kBadInput;
    Compiler compiler;
    if (!compiler.import(model, measures ? WeightUse::Checked : WeightUse::ShapesOnly))
      return kBadInput;
    std::optional<spike::Measurement> measurement;
    if (measures) {
      measurement = measure(compiler, options.tokens);
      if (!measurement)
        return kBadInput;
      options.measured = &*measurement;
    }
    if (!chooseGradedSynop(options))
      return kBadInput;
    auto count = spike::countModel(compiler.entry(), options);
    if (mlir::failed(count))
      return kBadInput;
    std::fputs((json ? countJson(*count, explain) : countTable(*count, explain)).c_str(), stdout);
    return kDone;
  }

private:
  static int64_t tokensOf(const ModelInput &values) {
    if (const auto *tensor = std::get_if<spike::InputTensor>(&values))
      return tensor->shape[tensor->shape.size() - 2];
    return static_cast<int64_t>(std::get<0>(values).size());
  }

  /// Reads the files of rates and energies into `options`. Prints an error and returns false when a
  /// file is wrong.
  bool readFiles(spike::CountOptions &options) {
    auto take = [](auto read, auto &into) {
      if (auto *error = std::get_if<std::string>(&read)) {
        printError(*error);
        return false;
      }
      into = std::get<0>(std::move(read));
      return true;
    };
    return (ratesFile.empty() || take(spike::readRates(ratesFile), options.rates)) &&
           (tableFile.empty() || take(spike::readEnergyTable(tableFile), options.table));
  }

  /// Sets what graded spikes cost, to what is asked for or to what the target does. Prints an error
  /// and returns false when the target cannot be read.
  bool chooseGradedSynop(spike::CountOptions &options) const {
    if (gradedOption->count() > 0 || compile.target.empty()) {
      options.gradedSynop =
          gradedSynop == "multiply" ? GradedSynop::Multiply : GradedSynop::Accumulate;
      return true;
    }
    auto chip = loadChip(compile.target, targetsFolder());
    if (auto *error = std::get_if<ChipError>(&chip)) {
      printError(error->message);
      return false;
    }
    options.gradedSynop = std::get<ChipModel>(chip).core.gradedSynop;
    return true;
  }

  /// Runs the input through the float model, or through the quantised one, whose ops have the same
  /// names, and measures the spikes.
  std::optional<spike::Measurement> measure(Compiler &compiler, int64_t &tokenCount) {
    const auto attribute = compiler.entry()->getAttrOfType<spike::ModelAttr>(spike::kModelAttrName);
    auto read = readModelInput(input, tensorRulesOf(compiler.entry()),
                               {textCodeOf(attribute), attribute.getContextLength(),
                                attribute.getVocabulary(), attribute.getContextLength()});
    if (auto *error = std::get_if<std::string>(&read)) {
      printError(*error);
      return std::nullopt;
    }
    const ModelInput &values = std::get<0>(read);
    tokenCount = tokensOf(values);

    spike::Measurement measurement;
    spike::InterpretOptions watch;
    watch.observe = [&](mlir::Operation *op, llvm::ArrayRef<const spike::Tensor *> operands,
                        const spike::Tensor &value) { measurement.observe(op, operands, value); };
    if (domain == "float" && compile.target.empty()) {
      if (mlir::failed(interpretModel(compiler.entry(), values, watch)))
        return std::nullopt;
      return measurement;
    }
    compile.targetsFolder = targetsFolder();
    mlir::func::FuncOp quantized = compiler.quantizedEntry(compile);
    if (!quantized || mlir::failed(interpretModel(quantized, values, watch)))
      return std::nullopt;
    auto translated = measurement.forFunction(compiler.entry());
    if (mlir::failed(translated))
      return std::nullopt;
    return std::move(*translated);
  }

  ModelOptions model;
  InputOptions input;
  CompileOptions compile;
  CLI::Option *domainOption = nullptr, *gradedOption = nullptr;
  std::string account = "op_count", ratesFile, tableFile, domain = "float", gradedSynop;
  bool explain = false, json = false;
};

} // namespace

std::unique_ptr<Command> makeCountCommand() { return std::make_unique<CountCommand>(); }

} // namespace synfire::tool
