// GeneratorTest: drawn graphs are legal, cover the dialect, and shrink.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/Property.h"
#include "tests/random/Shrink.h"

#include "dialect/spike/Spike.h"
#include "targets/NeuronModels.h"

#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/Verifier.h"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

std::string verified(Subject &subject) {
  return succeeded(verify(*subject.graph.module)) ? "" : "refused: " + subject.errors;
}

std::string textOf(Attribute attribute) {
  std::string text = "none";
  if (attribute)
    text.clear(), llvm::raw_string_ostream(text) << attribute;
  return text;
}

/// What a set of graphs holds.
class Coverage {
public:
  void add(ModuleOp module) {
    AttrTypeWalker walker;
    walker.addWalk([&](Attribute attribute) {
      classes.insert(attribute.getAbstractAttribute().getName().str());
      if (auto model = dyn_cast<spike::NeuronModel>(attribute))
        addModel(model);
      if (auto state = dyn_cast<spike::StateAttr>(attribute))
        details.insert((stringifyLeakRounding(state.getLeakRounding()) +
                        (state.getSaturates() ? " saturates" : ""))
                           .str());
    });
    module.walk([&](Operation *op) {
      auto &seen = attributes[op->getName().getStringRef().str()];
      for (StringAttr name : op->getName().getAttributeNames())
        seen[name.str()].insert(textOf(op->getInherentAttr(name).value_or(Attribute())));
      for (NamedAttribute attribute : op->getDiscardableAttrs())
        details.insert(attribute.getName().str());
      walker.walk(op->getAttrDictionary());
      for (Type type : op->getResultTypes())
        walker.walk(type);
      if (auto function = dyn_cast<func::FuncOp>(op))
        inputs.insert(
            cast<RankedTensorType>(function.getArgumentTypes()[0]).getRank() * 100 +
            cast<RankedTensorType>(function.getArgumentTypes()[0]).getElementTypeBitWidth());
      if (op->getParentOfType<spike::RecurrentOp>())
        recurrent.insert(op->getName().getStringRef().str());
    });
  }

  std::map<std::string, std::map<std::string, std::set<std::string>>> attributes; ///< by op, name
  std::set<std::string> classes, details, recurrent;
  std::set<int64_t> inputs; ///< rank and width of an element

private:
  void addModel(spike::NeuronModel model) {
    std::string name = model.getAbstractAttribute().getName().str();
    const auto row = llvm::find_if(knownNeuronModels(), [&](const NeuronModelInfo &known) {
      return name == std::string("spike.") + known.name;
    });
    CAPTURE(name);
    REQUIRE(row != knownNeuronModels().end()); // else it needs a row in targets/NeuronModels.cpp
    if (row->onChip)
      CHECK(model.getModelName() == row->onChip);
    name += " ";
    details.insert(name + stringifyReset(model.getResetRule()).str() + " " +
                   stringifyCompare(model.getCompareRule()).str());
    for (const auto &[list, numbers] : model.getNumberLists()) {
      details.insert(name + list.str());
      if (numbers.size() > 1)
        details.insert(name + list.str() + " per channel");
    }
  }
};

/// Names of a list of attribute classes.
template <typename... Classes> std::vector<std::string> namesOf() {
  return {Classes::name.str()...};
}

template <typename EnumAttr, typename Enum>
void checkAll(const Coverage &coverage, const char *op, const char *attribute, Enum last) {
  MLIRContext context;
  context.loadDialect<spike::SpikeDialect>();
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    std::string text = textOf(EnumAttr::get(&context, static_cast<Enum>(value)));
    CAPTURE(text);
    CHECK(coverage.attributes.at(op).at(attribute).contains(text));
  }
}

} // namespace

TEST_CASE("every drawn graph is legal") {
  for (Profile profile : {Profile::Any, Profile::Spiking, Profile::Static})
    for (Numbers numbers : {Numbers::Any, Numbers::Exact}) {
      GraphOptions options{.profile = profile, .numbers = numbers};
      CHECK(counterexample(options, seedCount(300), verified) == "");
    }
}

TEST_CASE("the same choices give the same bytes") {
  auto drawn = [](Choices choices) { return Subject(choices, {}).text(); };
  for (uint64_t seed = 1; seed <= 30; ++seed) {
    Choices choices = Choices::fromSeed(seed);
    std::string text = Subject(choices, {}).text();
    CHECK(text == drawn(Choices::fromSeed(seed)));
    CHECK(text == drawn(Choices::replay(choices.made())));
    CHECK(text != drawn(Choices::fromSeed(seed + 1)));
  }
}

TEST_CASE("no choices give the simplest graph") {
  Choices none = Choices::replay({});
  Subject subject(none, {});
  CHECK(verified(subject) == "");
  CHECK(llvm::range_size(subject.graph.entry().getOps()) == 2); // a lookup, the return
}

TEST_CASE("drawn graphs cover every op, attribute and enumerator of the dialect") {
  Coverage coverage;
  for (uint64_t seed = 1; seed <= 1000; ++seed) {
    Choices choices = Choices::fromSeed(seed);
    Subject subject(choices, {});
    coverage.add(*subject.graph.module);
  }
  MLIRContext context;
  context.loadDialect<spike::SpikeDialect>();
  for (RegisteredOperationName op : context.getRegisteredOperationsByDialect("spike")) {
    std::string name = op.getStringRef().str();
    CAPTURE(name);
    REQUIRE(coverage.attributes.contains(name)); // else it needs a recipe, see tests/random
    for (StringAttr attribute : op.getAttributeNames()) {
      CAPTURE(attribute.str());
      CHECK(coverage.attributes.at(name).at(attribute.str()).size() >= 2);
    }
  }
  for (const std::string &name : namesOf<
#define GET_ATTRDEF_LIST
#include "dialect/spike/SpikeAttrs.cpp.inc"
           >()) {
    CAPTURE(name);
    CHECK(coverage.classes.contains(name));
  }
  using namespace spike;
  checkAll<CodeAttr>(coverage, "spike.code", "code", Code(getMaxEnumValForCode()));
  checkAll<CodeSourceAttr>(coverage, "spike.code", "source",
                           CodeSource(getMaxEnumValForCodeSource()));
  checkAll<PoolingAttr>(coverage, "spike.pool", "mode", Pooling(getMaxEnumValForPooling()));
  checkAll<LogicAttr>(coverage, "spike.logic", "mode", Logic(getMaxEnumValForLogic()));
  checkAll<RecombinationAttr>(coverage, "spike.recombine", "mode",
                              Recombination(getMaxEnumValForRecombination()));
  for (const char *op : {"spike.neuron", "spike.integrator"})
    checkAll<ScanAttr>(coverage, op, "scan", Scan(getMaxEnumValForScan()));

  for (const NeuronModelInfo &model : knownNeuronModels()) {
    if (model.name == kIntegratorModel)
      continue;
    std::string name = std::string("spike.") + model.name;
    for (unsigned reset = 0; reset <= getMaxEnumValForReset(); ++reset)
      for (unsigned compare = 0; compare <= getMaxEnumValForCompare(); ++compare) {
        std::string detail = name + " " + stringifyReset(Reset(reset)).str() + " " +
                             stringifyCompare(Compare(compare)).str();
        CAPTURE(detail);
        CHECK(coverage.details.contains(detail));
      }
    for (const char *constant : {" threshold", " v_reset", " v_init", " bias"})
      CHECK(coverage.details.contains(name + constant + " per channel"));
  }
  for (const char *constant :
       {"lif tau", "plif w", "cuba_lif current_decay", "cuba_lif current_gain",
        "cuba_lif membrane_decay", "cuba_lif membrane_gain"}) {
    CAPTURE(constant);
    CHECK(coverage.details.contains(std::string("spike.") + constant + " per channel"));
  }
  for (unsigned rounding = 0; rounding <= getMaxEnumValForLeakRounding(); ++rounding)
    for (const char *saturates : {"", " saturates"})
      CHECK(coverage.details.contains(stringifyLeakRounding(LeakRounding(rounding)).str() +
                                      saturates));
  for (StringRef name :
       {kModelAttrName, kArchitectureAttrName, kFixedTableAttrName, kFiringRateAttrName})
    CHECK(coverage.details.contains(name.str()));
  // Ids, images, codes, spikes, graded spikes, timed reals.
  CHECK(coverage.inputs == std::set<int64_t>{132, 201, 232, 301, 302, 303, 304, 332});
  CHECK(coverage.recurrent.size() > 20);
}

TEST_CASE("what shows a failure shrinks to little more than its cause") {
  auto has = [](const char *name) {
    return [name](Choices &choices) {
      Subject subject(choices, {});
      bool found = false;
      subject.graph.module->walk(
          [&](Operation *op) { found |= op->getName().getStringRef() == name; });
      return found;
    };
  };
  struct {
    const char *op;
    int64_t most; ///< ops of the function, its head and return included
  } causes[] = {{"spike.softmax_attention", 7}, {"spike.recurrent", 9}, {"spike.conv", 7}};
  for (auto [op, most] : causes) {
    CAPTURE(op);
    auto fails = has(op);
    int64_t shrunk = 0;
    for (uint64_t seed = 1; shrunk < 3; ++seed) {
      Choices choices = Choices::fromSeed(seed);
      if (!fails(choices))
        continue;
      ++shrunk;
      Choices minimal = Choices::replay(shrink(choices.made(), fails));
      REQUIRE(fails(minimal));
      Choices again = Choices::replay(minimal.made());
      Subject subject(again, {});
      INFO(subject.text());
      CHECK(llvm::range_size(subject.graph.entry().getOps()) <= most);
    }
  }
}

TEST_CASE("shrinking finds the one number that matters") {
  auto fails = [](Choices &choices) {
    uint64_t largest = 0;
    for (uint64_t count = choices.below(50); count > 0; --count)
      largest = std::max(largest, choices.below(1000));
    return largest >= 137;
  };
  Choices choices = Choices::fromSeed(3);
  REQUIRE(fails(choices));
  CHECK(shrink(choices.made(), fails) == std::vector<uint64_t>{1, 137});
  CHECK(choicesFromText(toText({1, 137})) == std::vector<uint64_t>{1, 137});
}
