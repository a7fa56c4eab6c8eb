// One threshold, bias or weight that is wrong by one integer unit, on either side.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include "dialect/spike/FixedPoint.h"
#include "dialect/spike/Weights.h"
#include "simulator/functional/FunctionalEngine.h"
#include "tools/synfire/Compiler.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace synfire;
using namespace synfire::test;

namespace {

const char *const kTarget = "tiny-2x2";

/// A column of a population, or a weight of a synapse block.
struct Place {
  int32_t population = -1, column = -1;
  size_t slice = 0, block = 0, weight = 0;
};

/// Whether two runs have the same spikes; independent of firstDifference.
bool sameSpikes(const sim::Program &program, const sim::ActivityTrace &a,
                const sim::ActivityTrace &b) {
  for (int32_t p = 0; p < static_cast<int32_t>(program.populations.size()); ++p) {
    if (program.populations[p].kind == sim::PopulationKind::Readout)
      continue;
    for (int32_t n = 0; n < a.tokens(); ++n)
      for (int32_t t = 0; t < a.timeSteps(); ++t)
        for (int32_t plane = 0; plane < a.planes(p); ++plane)
          if (!std::ranges::equal(a.plane(p, n, t, plane), b.plane(p, n, t, plane)))
            return false;
  }
  return true;
}

/// The trained model as a program and as the quantised interpreter runs it.
struct Model {
  TemporaryFolder folder;
  const std::vector<int32_t> tokens = sampleTokens();
  const sim::Program program = compileModel(kModel, kTarget, folder / "program.mlirbc");
  const sim::ActivityTrace trace = runFunctional(program, tokens);
  const spike::InterpretResult expected = interpretQuantized(kModel, kTarget, tokens);

  const std::string &opOf(const sim::Population &population) const {
    return program.ops[population.op].name;
  }

  /// Tries the places in turn until `enough` changes were noticed. Every change
  /// that alters a spike must be found, and none that alters no spike. Returns
  /// the noticed ones.
  std::vector<Place>
  noticed(const std::vector<Place> &places, size_t enough,
          const std::function<void(sim::Program &, const Place &)> &plant) const {
    std::vector<Place> found;
    size_t tried = 0;
    for (const Place &place : places) {
      if (found.size() == enough)
        break;
      ++tried;
      sim::Program planted = program;
      plant(planted, place);
      const sim::ActivityTrace other = runFunctional(planted, tokens);
      const std::string difference = firstDifference(planted, other, expected);
      CHECK((difference != "") == !sameSpikes(program, trace, other));
      if (difference != "")
        found.push_back(place);
    }
    MESSAGE(found.size() << " of " << tried
                         << " changes by one unit alter a spike; all were found");
    CHECK(found.size() > 0);
    return found;
  }

  /// Columns of all threshold neurons, one population after the other.
  std::vector<Place> neuronColumns() const {
    std::vector<Place> places;
    for (int32_t column = 0; column < 24; ++column)
      for (size_t p = 0; p < program.populations.size(); ++p)
        if (program.populations[p].kind == sim::PopulationKind::Neurons &&
            column < program.populations[p].columns)
          places.push_back({.population = static_cast<int32_t>(p), .column = column});
    return places;
  }
};

/// The quantised model, open for a planted error.
struct QuantizedModel {
  tool::Compiler compiler;
  mlir::func::FuncOp entry;

  QuantizedModel() {
    tool::ModelOptions model;
    model.model = kModel;
    CompileOptions options;
    options.target = kTarget;
    options.targetsFolder = kTargets;
    REQUIRE(compiler.import(model));
    entry = compiler.quantizedEntry(options);
    REQUIRE(entry);
  }

  template <typename Op> Op find(const std::string &name) {
    Op found;
    entry.walk([&](Op op) {
      if (spike::sourceName(op) == name)
        found = op;
    });
    return found;
  }

  spike::InterpretResult interpret(const std::vector<int32_t> &tokens) {
    auto result = spike::interpret(entry, tokens);
    REQUIRE(mlir::succeeded(result));
    return *result;
  }
};

/// One integer unit of channel c, as a real number.
double unitOf(spike::FixedAttr encoding, int64_t c) {
  return std::ldexp(encoding.scaleOf(c), -static_cast<int>(encoding.getFractionBits()));
}

/// Raises the threshold of one channel by one unit.
void raiseThreshold(spike::NeuronOp op, int64_t channel) {
  const spike::FixedAttr encoding = spike::getFixedEncoding(op.getCurrent().getType());
  const int64_t channels = op.getNeuronCount();
  const spike::NeuronModel model = op.getNeuronModel();
  const spike::FixedNeuron before = spike::makeFixedNeuron(model, encoding, channels);
  std::vector<double> thresholds = model.getThresholds().vec();
  if (thresholds.size() == 1)
    thresholds.assign(static_cast<size_t>(channels), thresholds[0]);
  thresholds[static_cast<size_t>(channel)] +=
      model.getEquation(channel).gain * unitOf(encoding, channel);
  auto lif = mlir::cast<spike::LifAttr>(op.getModel());
  mlir::MLIRContext *context = op.getContext();
  op.setModelAttr(spike::LifAttr::get(
      context, lif.getTau(), mlir::DenseF64ArrayAttr::get(context, thresholds), lif.getReset(),
      lif.getCompare(), lif.getVReset(), lif.getVInit(), lif.getBias()));
  spike::FixedNeuron after = spike::makeFixedNeuron(op.getNeuronModel(), encoding, channels);
  // One unit at one channel, nothing else.
  after.threshold[static_cast<size_t>(channel)] -= 1;
  REQUIRE(after.threshold == before.threshold);
}

/// Raises the bias of one output by one unit.
void raiseBias(spike::LinearOp op, int64_t output) {
  const spike::FixedAttr encoding = spike::getFixedEncoding(op.getResult().getType());
  std::vector<double> bias;
  for (int64_t o = 0; o < op.getColumns(); ++o)
    bias.push_back(op.getBiasAt(o));
  const double old = bias[static_cast<size_t>(output)];
  bias[static_cast<size_t>(output)] += unitOf(encoding, output);
  const auto quantized = [&](double real) {
    return spike::quantizeBias(real, encoding.scaleOf(output), encoding.getFractionBits());
  };
  REQUIRE(quantized(bias[static_cast<size_t>(output)]) == quantized(old) + 1);
  mlir::Builder builder(op.getContext());
  op.setBiasAttr(mlir::DenseElementsAttr::get(
      mlir::RankedTensorType::get({op.getColumns()}, builder.getF64Type()),
      llvm::ArrayRef<double>(bias)));
}

/// Moves one weight of the spikes' linear by one quantisation step.
void moveWeight(spike::LinearOp op, int64_t output, int64_t input, int64_t step) {
  const spike::FixedAttr encoding = spike::getFixedEncoding(op.getResult().getType());
  auto view = spike::WeightView::get(op.getWeight());
  REQUIRE(mlir::succeeded(view));
  std::vector<float> weights;
  for (int64_t i = 0; i < view->size(); ++i)
    weights.push_back(static_cast<float>((*view)[i]));
  float &weight = weights[static_cast<size_t>(output * op.getRows() + input)];
  const double factor = op.getColumnFactor(output), scale = encoding.scaleOf(output);
  const auto quantized = [&] {
    return spike::quantizeWeight(weight, factor, 1.0, scale, op.getWeightForm());
  };
  const int64_t old = quantized();
  weight += static_cast<float>(static_cast<double>(step) * scale / factor);
  REQUIRE(quantized() == old + step);
  mlir::Builder builder(op.getContext());
  op.setWeightAttr(mlir::DenseElementsAttr::get(
      mlir::RankedTensorType::get({op.getColumns(), op.getRows()}, builder.getF32Type()),
      llvm::ArrayRef<float>(weights)));
}

int8_t weightAt(const sim::Program &program, const Place &place) {
  return static_cast<int8_t>(
      program.slices[place.slice].synapses[place.block].weights[place.weight]);
}

/// Away from the end of the range, so that the step is never clamped.
int64_t stepFor(int8_t weight) { return weight > 0 ? -1 : 1; }

} // namespace

TEST_CASE("one threshold that is wrong by one unit is found, on the chip and in the interpreter") {
  const Model model;
  REQUIRE(firstDifference(model.program, model.trace, model.expected) == "");
  const auto plant = [](sim::Program &planted, const Place &place) {
    planted.populations[place.population].neuron.threshold[place.column] += 1;
  };
  for (const Place &place : model.noticed(model.neuronColumns(), 2, plant)) {
    const std::string name = model.opOf(model.program.populations[place.population]);
    CAPTURE(name);
    CAPTURE(place.column);
    QuantizedModel quantized;
    auto op = quantized.find<spike::NeuronOp>(name);
    REQUIRE(op);
    raiseThreshold(op, place.column);
    const spike::InterpretResult other = quantized.interpret(model.tokens);
    CHECK(firstDifference(model.program, model.trace, other) != "");
    // The same error on both sides agrees again.
    sim::Program planted = model.program;
    plant(planted, place);
    CHECK(firstDifference(planted, runFunctional(planted, model.tokens), other) == "");
  }
}

TEST_CASE("one bias that is wrong by one unit is found, on the chip and in the interpreter") {
  const Model model;
  const auto plant = [](sim::Program &planted, const Place &place) {
    planted.populations[place.population].neuron.bias[place.column] += 1;
  };
  // Neurons fed by one linear: the sum of several currents has no one bias.
  QuantizedModel whole;
  std::vector<Place> places = model.neuronColumns();
  const auto linearOf = [&](QuantizedModel &quantized, const Place &place) {
    auto neuron =
        quantized.find<spike::NeuronOp>(model.opOf(model.program.populations[place.population]));
    REQUIRE(neuron);
    return neuron.getCurrent().getDefiningOp<spike::LinearOp>();
  };
  std::erase_if(places, [&](const Place &place) { return !linearOf(whole, place); });
  for (const Place &place : model.noticed(places, 2, plant)) {
    CAPTURE(place.population);
    CAPTURE(place.column);
    QuantizedModel quantized;
    raiseBias(linearOf(quantized, place), place.column);
    const spike::InterpretResult other = quantized.interpret(model.tokens);
    CHECK(firstDifference(model.program, model.trace, other) != "");
    sim::Program planted = model.program;
    plant(planted, place);
    CHECK(firstDifference(planted, runFunctional(planted, model.tokens), other) == "");
  }
}

TEST_CASE("one weight that is wrong by one step is found, on the chip and in the interpreter") {
  const Model model;
  const sim::Program &program = model.program;
  // Linears that feed threshold neurons and stand once in the program.
  std::vector<Place> places;
  for (size_t s = 0; s < program.slices.size(); ++s)
    for (size_t b = 0; b < program.slices[s].synapses.size(); ++b) {
      const sim::SynapseBlock &block = program.slices[s].synapses[b];
      const sim::Projection &projection = program.projections[block.projection];
      const auto sameOp = [&](const sim::Projection &other) { return other.op == projection.op; };
      if (block.weightBytes != 1 || projection.encoding != SynapseEncoding::Dense ||
          program.populations[projection.target].kind != sim::PopulationKind::Neurons ||
          std::ranges::count_if(program.projections, sameOp) != 1)
        continue;
      for (size_t part = 1; part < 4; ++part)
        places.push_back({.slice = s, .block = b, .weight = block.weights.size() * part / 4});
    }
  std::vector<std::byte> bytes; // of the changed block
  const auto plant = [&](sim::Program &planted, const Place &place) {
    sim::SynapseBlock &block = planted.slices[place.slice].synapses[place.block];
    bytes.assign(block.weights.begin(), block.weights.end());
    const int8_t weight = weightAt(planted, place);
    bytes[place.weight] = static_cast<std::byte>(weight + stepFor(weight));
    block.weights = bytes;
  };
  const std::vector<Place> found = model.noticed(places, places.size(), plant);
  REQUIRE(found.size() > 0);
  for (const Place &place : {found.front(), found.back()}) {
    const sim::Slice &slice = program.slices[place.slice];
    const sim::SynapseBlock &block = slice.synapses[place.block];
    const auto columns = static_cast<size_t>(slice.columns);
    const std::string name = program.ops[program.projections[block.projection].op].name;
    CAPTURE(name);
    CAPTURE(place.weight);
    QuantizedModel quantized;
    auto op = quantized.find<spike::LinearOp>(name);
    REQUIRE(op);
    moveWeight(op, slice.firstColumn + static_cast<int64_t>(place.weight % columns),
               block.firstRow + static_cast<int64_t>(place.weight / columns),
               stepFor(weightAt(program, place)));
    const spike::InterpretResult other = quantized.interpret(model.tokens);
    CHECK(firstDifference(program, model.trace, other) != "");
    sim::Program planted = program;
    plant(planted, place);
    CHECK(firstDifference(planted, runFunctional(planted, model.tokens), other) == "");
  }
}
