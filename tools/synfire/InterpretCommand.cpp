// interpret: runs a model in the reference interpreter, without a chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Interpreter.h"
#include "tools/synfire/Command.h"
#include "tools/synfire/Comparison.h"
#include "tools/synfire/Compiler.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/DataFolders.h"
#include "tools/synfire/InputOptions.h"
#include "tools/synfire/OptionChecks.h"
#include "tools/synfire/SpikeDump.h"
#include "tools/synfire/TensorInput.h"
#include "tools/synfire/TopClasses.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <optional>

namespace synfire::tool {
namespace {

using Tokens = std::vector<int32_t>;

class InterpretCommand : public Command {
public:
  CLI::App *define(CLI::App &root) override {
    CLI::App *app = root.add_subcommand("interpret", "Run MODEL in the reference interpreter");
    app->footer(
        "The interpreter is slow, clear and exact: it is the meaning of the dialect.\n"
        "--domain quantized folds and quantises as `compile --target` would, and says how far the\n"
        "spikes and the loss are from the float model's.\n"
        "Example:\n  synfire interpret examples/models/tolstoy-char.yaml --text \"prince andrew "
        "\"\n  synfire interpret examples/models/spikformer-4-384.yaml --weights w.safetensors "
        "--input image.safetensors");
    model.define(*app);
    input.define(*app);
    domainOption =
        app->add_option("--domain", domain, "Arithmetic: float (float64) or quantized (integers)")
            ->check(CLI::IsMember({"float", "quantized"}))
            ->capture_default_str();
    app->add_option("--target", compile.target,
                    "Chip whose weight and state bits the quantised model gets [8 and 32 bits]; "
                    "with it, or with --weight-bits or --weight-format, the run is quantised")
        ->type_name("NAME|FILE");
    defineWeightOptions(*app, compile);
    defineResidualOption(*app, residual);
    generateOption = app->add_option("--generate", generate, "Tokens to predict after the input")
                         ->type_name("N")
                         ->transform(wholeNumber(0, 1000000))
                         ->capture_default_str();
    defineTopOption(*app, top);
    app->add_option("--dump", dump, "Write every neuron op's spikes and the logits (.safetensors)")
        ->type_name("FILE");
    app->add_flag("--json", json, "Print JSON");
    return app;
  }

  ExitCode run() override {
    if (!compile.target.empty() || compile.weightBits != 0 || !compile.weightFormat.empty()) {
      if (domainOption->count() > 0 && domain == "float") {
        printError("--domain float has no bits to set: leave out --target, --weight-bits and "
                   "--weight-format");
        return kBadUsage;
      }
      domain = "quantized";
    }
    const bool quantized = domain == "quantized";
    compile.targetsFolder = targetsFolder();
    compile.residual = residualForm(residual);
    Compiler compiler;
    if (!compiler.import(model))
      return kBadInput;
    mlir::func::FuncOp entry = quantized ? compiler.quantizedEntry(compile) : compiler.entry();
    if (!entry)
      return kBadInput;
    const auto attribute = entry->getAttrOfType<spike::ModelAttr>(spike::kModelAttrName);
    const InputRules rules{textCodeOf(attribute), attribute.getContextLength(),
                           attribute.getVocabulary(), attribute.getContextLength()};
    auto read = readModelInput(input, tensorRulesOf(entry), rules);
    if (auto *error = std::get_if<std::string>(&read)) {
      printError(*error);
      return kBadInput;
    }
    if (std::string error = checkDump(dump); !error.empty()) {
      printError(error);
      return kBadInput;
    }
    const ModelInput &values = std::get<0>(read);
    const bool isTensor = values.index() == 1;
    if (isTensor && generateOption->count() > 0) {
      printError(kNoContinuation);
      return kBadInput;
    }
    auto result = interpretModel(entry, values);
    if (mlir::failed(result))
      return kBadInput;
    std::optional<spike::InterpretResult> floatResult;
    if (quantized) {
      auto other = interpretModel(compiler.entry(), values);
      if (mlir::failed(other))
        return kBadInput;
      floatResult = std::move(*other);
    }
    const Tokens tokens = isTensor ? Tokens() : std::get<0>(values);
    if (isTensor)
      generate = 0;
    std::optional<Tokens> generated = continueText(entry, *result, tokens, rules.context);
    if (!generated)
      return kBadInput;
    if (!dump.empty())
      if (std::string error = writeSpikes(*result); !error.empty()) {
        printError(error);
        return kBadInput;
      }
    report(*result, floatResult, tokens, *generated, rules);
    return kDone;
  }

private:
  /// Lists of [{"class", "logit"}, ...].
  static nlohmann::ordered_json asJson(const std::vector<std::vector<ClassLogit>> &rows) {
    nlohmann::ordered_json result = nlohmann::ordered_json::array();
    for (const std::vector<ClassLogit> &row : rows) {
      nlohmann::ordered_json &classes = result.emplace_back(nlohmann::ordered_json::array());
      for (const ClassLogit &best : row)
        classes.push_back({{"class", best.number}, {"logit", best.logit}});
    }
    return result;
  }

  /// Continues the text greedily. Each new token comes from a run over the last `context` tokens.
  std::optional<Tokens> continueText(mlir::func::FuncOp entry, const spike::InterpretResult &first,
                                     const Tokens &tokens, int64_t context) {
    // A model of a fixed number of tokens takes no other number.
    const int64_t fixed =
        mlir::cast<mlir::RankedTensorType>(entry.getArgument(0).getType()).getDimSize(0);
    const int64_t most = mlir::ShapedType::isDynamic(fixed) ? context : fixed;
    Tokens all = tokens, generated;
    spike::InterpretResult current;
    const spike::InterpretResult *result = &first;
    Progress progress("generating tokens");
    for (int64_t i = 0; i < generate; ++i) {
      const double *row = result->logits.data() + (result->tokens - 1) * result->vocabulary;
      // max_element finds the first of equal logits, so the lowest id wins.
      generated.push_back(
          static_cast<int32_t>(std::max_element(row, row + result->vocabulary) - row));
      all.push_back(generated.back());
      if (i + 1 == generate)
        break;
      const size_t window = std::min(all.size(), static_cast<size_t>(most));
      auto next = spike::interpret(entry, llvm::ArrayRef<int32_t>(all).take_back(window));
      if (mlir::failed(next))
        return std::nullopt;
      current = std::move(*next);
      result = &current;
      progress.update(i + 1, generate);
    }
    return generated;
  }

  /// Gates and sums whose spikes fit the bytes of a dump, as all do that a chip can send.
  static bool isShortGate(const spike::SpikeRecord &record) {
    return record.isGate && std::ranges::all_of(record.values, [](uint32_t value) {
             return value <= std::numeric_limits<uint8_t>::max();
           });
  }

  std::string writeSpikes(const spike::InterpretResult &result) {
    std::vector<SpikeTensor> tensors;
    for (const spike::SpikeRecord &record : result.spikes) {
      const auto fill = [&record](int64_t step, std::span<uint8_t> values) {
        const auto first = record.values.begin() + step * static_cast<int64_t>(values.size());
        std::copy_n(first, values.size(), values.begin()); // fits bytes
      };
      if (record.isNeuron || isShortGate(record))
        tensors.push_back({record.name, record.timeSteps, record.tokens, record.features, fill});
    }
    const auto row = [&result](int64_t token) {
      const auto first = result.logits.begin() + token * result.vocabulary;
      return std::vector<double>(first, first + result.vocabulary);
    };
    return writeDump(dump, tensors, {result.tokens, result.vocabulary, row});
  }

  void report(const spike::InterpretResult &result,
              const std::optional<spike::InterpretResult> &floatResult, const Tokens &tokens,
              const Tokens &generated, const InputRules &rules) {
    nlohmann::ordered_json ops = nlohmann::ordered_json::array();
    Agreement all;
    for (const spike::SpikeRecord &record : result.spikes) {
      if (!record.isNeuron)
        continue;
      nlohmann::ordered_json row = {{"name", record.name},
                                    {"spikes_out", countSpikes(record)},
                                    {"firing_rate", static_cast<double>(countSpikes(record)) /
                                                        static_cast<double>(record.values.size())}};
      if (floatResult) {
        const Agreement agreement = compareSpikes(record, *floatResult->findSpikes(record.name));
        row["agreement_with_float"] = agreement.share();
        all += agreement;
      }
      ops.push_back(std::move(row));
    }
    nlohmann::ordered_json summary = {{"domain", domain}, {"tokens", result.tokens}};
    if (const Loss loss = crossEntropy(result, tokens); loss.predictions > 0)
      summary["cross_entropy_nats"] = loss.mean();
    if (floatResult) {
      if (const Loss loss = crossEntropy(*floatResult, tokens); loss.predictions > 0)
        summary["float_cross_entropy_nats"] = loss.mean();
      summary["agreement_with_float"] = all.share();
    }
    const auto classes = topClasses(result.logits, tokens.empty() ? result.tokens : 0, top);
    if (tokens.empty())
      summary["top_classes"] = asJson(classes);
    else
      summary["generated_tokens"] = generated;
    if (rules.text.hasText())
      summary["continuation"] = decodeTokens(generated, rules.text);
    summary["ops"] = std::move(ops);
    if (json)
      return printJson(summary);
    std::printf("%-28s %10s %7s%s\n", "operation", "spikes out", "rate %",
                floatResult ? "  = float %" : "");
    for (const auto &row : summary["ops"]) {
      std::printf("%-28s %10lld %7.2f", row["name"].get<std::string>().c_str(),
                  row["spikes_out"].get<long long>(), 100 * row["firing_rate"].get<double>());
      if (floatResult)
        std::printf("  %9.3f", 100 * row["agreement_with_float"].get<double>());
      std::printf("\n");
    }
    if (floatResult)
      std::printf("\nspikes equal to the float model's: %.3f %%\n",
                  100 * summary["agreement_with_float"].get<double>());
    if (summary.contains("cross_entropy_nats"))
      std::printf("\ncross-entropy of the text: %.4f nats per token (%s)\n",
                  summary["cross_entropy_nats"].get<double>(), domain.c_str());
    if (summary.contains("float_cross_entropy_nats"))
      std::printf("                           %.4f nats per token (float)\n",
                  summary["float_cross_entropy_nats"].get<double>());
    if (!generated.empty() && rules.text.hasText())
      std::printf("\ntext:         %s\ncontinuation: %s\n",
                  decodeTokens(tokens, rules.text).c_str(),
                  decodeTokens(generated, rules.text).c_str());
    if (!generated.empty() && !rules.text.hasText())
      std::printf("\ncontinuation: %s\n", nlohmann::json(generated).dump().c_str());
    printTopClasses(classes);
  }

  ModelOptions model;
  InputOptions input;
  CompileOptions compile;
  std::string residual = "merged";
  std::string domain = "float", dump;
  CLI::Option *domainOption = nullptr;
  CLI::Option *generateOption = nullptr;
  int64_t generate = 16, top = 5;
  bool json = false;
};

} // namespace

std::unique_ptr<Command> makeInterpretCommand() { return std::make_unique<InterpretCommand>(); }

} // namespace synfire::tool
