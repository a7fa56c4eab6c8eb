// ModelDraw: small models whose numbers stand at the ends of their ranges.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/fuzz/ModelDraw.h"

#include "tests/random/RandomGraph.h"

#include "dialect/import/description/DescriptionFields.h"
#include "dialect/spike/Spike.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <regex>
#include <vector>

namespace synfire::test {
namespace {

/// Work that a run of milliseconds can do: parameters, and neurons times time steps.
constexpr double kMostWork = 2e5;

constexpr const char *kTextRules = "text: {cleaning: none}\n";

std::string drawInteger(const FieldInteger &range, Choices &choices) {
  // What is large makes the whole model too large to run, so it is drawn less often.
  if (choices.rarely(24))
    return std::to_string(range.max);
  if (choices.rarely(3))
    return std::to_string(range.min);
  return std::to_string(std::min(range.max, range.min + static_cast<int64_t>(choices.below(12))));
}

std::string drawNumber(double least, double largest, Choices &choices) {
  const double value = choices.pick<double>({0.125, 0.5, 1.0, least, largest});
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", std::clamp(value, least, largest));
  return text;
}

struct DrawValue {
  Choices &choices;
  std::string operator()(const FieldText &) const { return "drawn"; }
  std::string operator()(const FieldWords &words) const {
    return words[choices.below(words.size())].word;
  }
  std::string operator()(const FieldInteger &range) const { return drawInteger(range, choices); }
  std::string operator()(const FieldNumber &range) const {
    return drawNumber(range.min, range.max, choices);
  }
  std::string operator()(const FieldRate &) const { return drawNumber(0, 1, choices); }
};

/// A text without keys that name files or have no effect on what runs.
std::string drawDescriptionText(Architecture architecture, const std::string &word,
                                Choices &choices) {
  std::map<std::string, std::string> sections;
  const uint64_t most = choices.pick<uint64_t>({2, 4, 1}); // share of optional keys: 1 / most
  for (const DescriptionField &field : architectureFields(architecture)) {
    const bool optional = field.defaultValue || std::holds_alternative<FieldRate>(field.kind);
    if (optional && choices.below(most) != 0)
      continue;
    sections[field.section] +=
        "  " + field.key + ": " + std::visit(DrawValue{choices}, field.kind) + "\n";
  }
  std::string text = "synfire: model/1\nname: drawn\narchitecture: " + word + "\n" + kTextRules;
  for (const auto &[section, lines] : sections)
    text += section + ":\n" + lines;
  return text;
}

/// Gives a model of few token ids an alphabet, so that it takes text.
void giveAlphabet(DrawnModel &model, Choices &choices) {
  static const std::string kLetters = "abcdefghijklmnopqrstuvwxyz.'P ";
  if (model.vocabulary > static_cast<int64_t>(kLetters.size()))
    return;
  model.alphabet = kLetters.substr(0, static_cast<size_t>(model.vocabulary));
  model.text.replace(model.text.find(kTextRules), std::strlen(kTextRules),
                     "text: {alphabet: \"" + model.alphabet +
                         "\", cleaning: " + choices.pick<std::string>({"none", "prose"}) + "}\n");
}

/// About the parameters and the neuron updates of one token.
double workOf(const ModelDescription &model) {
  const double parameters = model.parameters();
  switch (model.architecture) {
  case Architecture::SpikeDecoder: {
    const SpikeDecoderConfig &c = model.decoder;
    const double neurons = static_cast<double>(c.width()) * static_cast<double>(c.blocks) *
                           static_cast<double>(6 + c.mlpExpansion);
    return parameters + neurons * static_cast<double>(c.timeSteps) +
           static_cast<double>(c.vocabulary) * 4;
  }
  case Architecture::Gpt2:
    return parameters;
  case Architecture::Spikformer:
  case Architecture::SpikeDrivenTransformer: {
    const SpikformerConfig &c = model.vision;
    return parameters + static_cast<double>(c.imageHeight) * static_cast<double>(c.imageWidth) *
                            static_cast<double>(c.timeSteps * c.width);
  }
  }
  return parameters;
}

/// Numbers of a neuron by their name: those at the ends of what the dialect takes, and common ones.
const std::vector<std::pair<std::string, std::vector<std::string>>> kEnds = {
    {"tau", {"1.0", "1.0000001", "3.0", "1.0e9", "1.0e300"}},
    {"w", {"0.0", "-800.0", "800.0", "20.0", "-20.0"}},
    {"current_decay", {"0.0", "1.0", "0.9999999", "1.0e-300", "0.000244140625"}},
    {"membrane_decay", {"0.0", "1.0", "0.9999999", "1.0e-300", "0.000244140625"}},
    {"current_gain", {"1.0", "1.0e-300", "1.0e300", "0.0", "-1.0"}},
    {"membrane_gain", {"1.0", "1.0e-300", "1.0e300", "0.0", "-1.0"}},
    {"v_reset", {"0.0", "1.0e-300", "1.0e300", "-1.0e9", "1.0"}},
    {"v_init", {"0.0", "1.0e-300", "1.0e300", "-1.0e9", "1.0"}},
    {"bias", {"0.0", "1.0e-300", "1.0e300", "-1.0e9", "1.0"}},
    {"threshold", {"[0.0]", "[1.0e-300]", "[1.0e300]", "[-1.0e9]", "[1.0]"}},
    {"attention_scale", {"1.0", "1.0e-300", "1.0e300", "1.0e9", "1.0e-9"}},
    {"scale", {"1.0", "1.0e-300", "1.0e300", "1.0e9", "1.0e-9"}},
    {"factor", {"[1.0]", "[1.0e-300]", "[1.0e300]", "[0.0]", "[-1.0e9]"}},
};

/// The text with one to four numbers of kEnds at an end.
std::string withEnds(std::string text, Choices &choices) {
  static const std::regex kNumber(
      R"((tau|w|current_decay|membrane_decay|current_gain|membrane_gain|v_reset|v_init|bias|threshold|attention_scale|scale|factor) (= )?(-?\d+\.\d+(e[+-]?\d+)?|\[[^\]]{0,99}\]))");
  for (int64_t count = choices.between(1, 4); count > 0; --count) {
    std::vector<std::smatch> found;
    for (std::sregex_iterator it(text.begin(), text.end(), kNumber), end; it != end; ++it)
      found.push_back(*it);
    if (found.empty())
      return text;
    const std::smatch &one = found[choices.below(found.size())];
    for (const auto &[name, ends] : kEnds)
      if (one[1] == name) {
        const std::string value = ends[choices.below(ends.size())];
        if ((value[0] == '[') == (one[3].str()[0] == '[')) {
          text.replace(static_cast<size_t>(one.position(3)), static_cast<size_t>(one.length(3)),
                       value);
          break;
        }
      }
  }
  return text;
}

} // namespace

DrawnModel drawDescription(Choices &choices) {
  static const std::vector<std::pair<std::string, Architecture>> kArchitectures = {
      {"spikedecoder", Architecture::SpikeDecoder},
      {"gpt2", Architecture::Gpt2},
      {"spikformer", Architecture::Spikformer},
      {"spike-driven-transformer", Architecture::SpikeDrivenTransformer}};
  // What runs on a chip is drawn more often than what only the host or the interpreter computes.
  const size_t which = choices.rarely(3) ? choices.below(kArchitectures.size()) : 0;
  const auto &[word, architecture] = kArchitectures[which];
  DrawnModel model;
  model.described = true;
  model.readsTokens =
      architecture == Architecture::SpikeDecoder || architecture == Architecture::Gpt2;
  // Of the drawn models that break a rule between keys, or are too large to run, few are used.
  for (int tries = 0; tries < 200; ++tries) {
    model.text = drawDescriptionText(architecture, word, choices);
    auto parsed = parseDescription(model.text, "drawn.yaml");
    if (const auto *description = std::get_if<ModelDescription>(&parsed)) {
      model.runs = workOf(*description) <= kMostWork;
      model.vocabulary = std::max<int64_t>(description->vocabulary(), 1);
      model.context = architecture == Architecture::Gpt2 ? description->gpt2.context
                                                         : description->decoder.context;
      model.tensor = {};
      if (const SpikformerConfig &image = description->vision; !model.readsTokens && model.runs) {
        model.tensor.shape = {image.imageHeight * image.imageWidth, image.imageChannels};
        model.tensor.values.resize(
            static_cast<size_t>(image.imageHeight * image.imageWidth * image.imageChannels));
        for (double &value : model.tensor.values)
          value = static_cast<double>(choices.between(-4, 4)) / 4;
      }
    }
    if (model.runs || choices.rarely(200))
      break;
  }
  if (model.runs && model.readsTokens && choices.flip())
    giveAlphabet(model, choices);
  return model;
}

DrawnModel drawModule(Choices &choices) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  GraphOptions options;
  options.profile = choices.rarely(6) ? Profile::Any : Profile::Spiking;
  options.maxTimeSteps = choices.pick<int64_t>({5, 1, 16});
  options.maxTokens = choices.pick<int64_t>({6, 1});
  options.maxFeatures = choices.pick<int64_t>({12, 1, 40});
  options.maxOps = choices.pick<int64_t>({24, 4});
  Graph graph = drawGraph(context, choices, options);
  // No chip has neurons that run on over the tokens: a module of them says little more.
  if (!choices.rarely(16))
    graph.module->walk([](spike::NeuronOp op) { op.setScan(spike::Scan::Steps); });
  DrawnModel model;
  const auto attribute = graph.entry()->getAttrOfType<spike::ModelAttr>(spike::kModelAttrName);
  model.runs = true;
  model.readsTokens = graph.input.shape.size() == 1;
  if (!model.readsTokens)
    model.tensor = graph.input;
  model.vocabulary = attribute.getVocabulary();
  model.context = attribute.getContextLength();
  const auto input = mlir::cast<mlir::ShapedType>(graph.entry().getArgumentTypes()[0]);
  if (model.readsTokens && input.hasStaticShape())
    model.tokens.assign(graph.input.values.begin(), graph.input.values.end());
  llvm::raw_string_ostream os(model.text);
  graph.module->print(os, mlir::OpPrintingFlags().enableDebugInfo());
  if (choices.flip())
    model.text = withEnds(model.text, choices);
  return model;
}

} // namespace synfire::test
