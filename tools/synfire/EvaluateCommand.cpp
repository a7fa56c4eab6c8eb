// evaluate: measures on a text what quantisation changes in a model.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Message.h"
#include "tools/synfire/Command.h"
#include "tools/synfire/Comparison.h"
#include "tools/synfire/Compiler.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/DataFolders.h"
#include "tools/synfire/InputOptions.h"
#include "tools/synfire/LastResort.h"
#include "tools/synfire/OptionChecks.h"
#include "tools/synfire/TensorInput.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace synfire::tool {
namespace {

class EvaluateCommand : public Command {
public:
  CLI::App *define(CLI::App &root) override {
    CLI::App *app = root.add_subcommand(
        "evaluate", "Loss and spikes of MODEL on a text, float against quantised");
    app->footer(
        "The text is cut into windows of the model's context, end to end; --windows of them,\n"
        "evenly spread, are run in both domains of the interpreter.\n"
        "Example:\n  synfire evaluate examples/models/tolstoy-char.yaml --target loihi2 \\\n"
        "    --text @war-and-peace.txt --from 0.9 --windows 32");
    model.define(*app);
    input.define(*app);
    app->add_option("--target", compile.target,
                    "Chip whose weight and state bits the quantised model gets [8 and 32 bits]")
        ->type_name("NAME|FILE");
    defineWeightOptions(*app, compile);
    defineResidualOption(*app, residual);
    app->add_option("--from", from, "Share of the text to leave out at its start (training text)")
        ->type_name("SHARE")
        ->check([](const std::string &share) {
          char *end = nullptr;
          const double value = std::strtod(share.c_str(), &end);
          return *end == 0 && value >= 0 && value <= 0.999 ? std::string()
                                                           : "is a share from 0 to 0.999: " + share;
        })
        ->capture_default_str();
    app->add_option("--windows", windows, "Windows to run")
        ->type_name("N")
        ->transform(wholeNumber(1, 1000000))
        ->capture_default_str();
    app->add_flag("--json", json, "Print JSON");
    return app;
  }

  ExitCode run() override {
    compile.targetsFolder = targetsFolder();
    compile.residual = residualForm(residual);
    Compiler compiler;
    if (!compiler.import(model))
      return kBadInput;
    mlir::func::FuncOp exact = compiler.entry();
    if (tensorRulesOf(exact)) {
      printError("'" + model.model +
                 "': takes a tensor, not token ids; evaluate measures the loss of a text. Run it "
                 "with `synfire interpret --input`");
      return kBadInput;
    }
    mlir::func::FuncOp quantized = compiler.quantizedEntry(compile);
    if (!quantized)
      return kBadInput;
    const auto attribute = exact->getAttrOfType<spike::ModelAttr>(spike::kModelAttrName);
    const auto context = static_cast<size_t>(attribute.getContextLength());
    auto read = input.read({textCodeOf(attribute), attribute.getContextLength(),
                            attribute.getVocabulary(), INT64_MAX});
    if (auto *error = std::get_if<std::string>(&read)) {
      printError(*error);
      return kBadInput;
    }
    std::vector<int32_t> tokens = std::get<0>(std::move(read));
    tokens.erase(tokens.begin(),
                 tokens.begin() + static_cast<int64_t>(from * static_cast<double>(tokens.size())));
    const std::vector<size_t> starts =
        windowStarts(tokens.size(), context, static_cast<size_t>(windows));
    setStage("interpreting the model");
    Loss exactLoss, quantizedLoss;
    Agreement agreement;
    Progress progress("evaluating windows");
    int64_t done = 0;
    for (const size_t first : starts) {
      const std::vector<int32_t> window(
          tokens.begin() + static_cast<int64_t>(first),
          tokens.begin() + static_cast<int64_t>(std::min(first + context, tokens.size())));
      auto a = spike::interpret(exact, window);
      auto b = spike::interpret(quantized, window);
      if (mlir::failed(a) || mlir::failed(b))
        return kBadInput;
      if (a->vocabulary != attribute.getVocabulary()) {
        printError("'" + model.model + "': evaluate " +
                   needsHas(message(attribute.getVocabulary(), " logits, one per token id"),
                            a->vocabulary));
        return kBadInput;
      }
      exactLoss += crossEntropy(*a, window);
      quantizedLoss += crossEntropy(*b, window);
      agreement += compareSpikes(*b, *a);
      progress.update(++done, static_cast<int64_t>(starts.size()));
    }
    if (exactLoss.predictions == 0) {
      printError("the text has one token; a prediction needs two");
      return kBadInput;
    }
    report(exactLoss, quantizedLoss, agreement, starts.size());
    return kDone;
  }

private:
  void report(const Loss &exact, const Loss &quantized, const Agreement &agreement, size_t count) {
    if (json) {
      const nlohmann::ordered_json summary = {
          {"windows", count},
          {"predictions", exact.predictions},
          {"float", {{"cross_entropy_nats", exact.mean()}, {"accuracy", exact.accuracy()}}},
          {"quantized",
           {{"cross_entropy_nats", quantized.mean()}, {"accuracy", quantized.accuracy()}}},
          {"spike_agreement", agreement.share()}};
      printJson(summary);
      return;
    }
    std::printf("%zu windows, %lld predictions\n", count,
                static_cast<long long>(exact.predictions));
    std::printf("float:     %.4f nats per token, %.2f %% right\n", exact.mean(),
                100 * exact.accuracy());
    std::printf("quantized: %.4f nats per token, %.2f %% right\n", quantized.mean(),
                100 * quantized.accuracy());
    std::printf("spikes of the neurons that agree: %.3f %%\n", 100 * agreement.share());
  }

  ModelOptions model;
  InputOptions input;
  CompileOptions compile;
  std::string residual = "merged";
  double from = 0;
  int64_t windows = 32;
  bool json = false;
};

} // namespace

std::unique_ptr<Command> makeEvaluateCommand() { return std::make_unique<EvaluateCommand>(); }

} // namespace synfire::tool
