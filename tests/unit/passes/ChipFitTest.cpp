// ChipFitTest: what just fits a chip is compiled for it, and what is one too many is refused.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/passes/PassTestModule.h"
#include "tests/unit/support/TestFolder.h"

#include "passes/NumericProfile.h"
#include "support/MeshLinks.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::test;

namespace {

/// A file of a chip that is tiny-2x2 but for some keys; removed with the object.
struct ChipFile {
  explicit ChipFile(const std::string &keys)
      : path(folder.write("small.yaml",
                          "extends: tiny-2x2\nname: small\ndescription: for tests\n" + keys)) {}
  TestFolder folder;
  std::string path;
};

const std::string kOneCore = "mesh: {width: 1, height: 1}\n";

std::string core(const std::string &keys) { return "core: {" + keys + "}\n"; }

/// A function on `wires` spikes %x: tensor<4x?xWxi1> of which `body` makes spikes %y with
/// `columns` columns; the host reads three sums of them.
std::string model(int wires, int columns, const std::string &body) {
  const std::string w = std::to_string(wires), c = std::to_string(columns);
  return "func.func @main(%t: tensor<?xi32>) -> tensor<?x3xf32> attributes {spike.model = "
         "#spike.model<name = \"m\", time_steps = 4, context_length = 8, vocabulary = " +
         w +
         ", alphabet = \"\", cleaning = \"none\">} {\n  %code = spike.code one_hot token %t size " +
         w + " : tensor<?xi32> -> tensor<?x" + w + "xi1> loc(\"code\")\n" +
         "  %x = spike.repeat %code : tensor<?x" + w + "xi1> -> tensor<4x?x" + w +
         "xi1> loc(\"repeat\")\n" + body + "  %sum = spike.recombine sum %y : tensor<4x?x" + c +
         "xi1> -> tensor<?x" + c + "xf32> loc(\"sum\")\n" +
         "  %z = spike.linear %sum, dense<0.5> : tensor<3x" + c + "xf32> : tensor<?x" + c +
         "xf32> -> tensor<?x3xf32> loc(\"head\")\n  return %z : tensor<?x3xf32>\n}\n";
}

/// `neurons` neurons that read all wires.
std::string layer(int wires, int neurons, const std::string &neuron = "if<threshold = [1.0]>",
                  const std::string &input = "%x", const std::string &spike = "i1") {
  const std::string n = std::to_string(neurons), w = std::to_string(wires);
  return "  %c = spike.linear " + input + ", dense<0.5> : tensor<" + n + "x" + w +
         "xf32> : tensor<4x?x" + w + "x" + spike + "> -> tensor<4x?x" + n + "xf32> loc(\"fc\")\n" +
         "  %y = spike.neuron #spike." + neuron + ", %c : tensor<4x?x" + n +
         "xf32> -> tensor<4x?x" + n + "xi1> loc(\"lif\")\n";
}

/// `ops` attentions of the wires with themselves, one head each, the last one %y.
std::string attentions(int wires, int ops) {
  const std::string w = std::to_string(wires), spikes = "tensor<4x?x" + w + "xi1>",
                    reals = "tensor<4x?x" + w + "xf32>";
  std::string text, input = "%x";
  for (int i = 1; i <= ops; ++i) {
    const std::string n = std::to_string(i), output = i == ops ? "%y" : "%att" + n;
    text += "  %ssa" + n + " = spike.self_attention " + input + ", " + input + ", " + input +
            " heads 1 scale 1.0 causal : " + spikes + ", " + spikes + ", " + spikes + " -> " +
            reals + " loc(\"ssa" + n + "\")\n  " + output +
            " = spike.neuron #spike.if<threshold = [1.0]>, %ssa" + n + " : " + reals + " -> " +
            spikes + " loc(\"att" + n + "\")\n";
    input = output;
  }
  return text;
}

/// A model compiled for a chip: its messages, "" where it fits.
struct Fitted : PassTestModule {
  Fitted(const std::string &text, const std::string &chipKeys, int64_t maxTokens = 0)
      : chip(chipKeys) {
    context.printOpOnDiagnostic(false);
    REQUIRE_MESSAGE(parse(text), messages);
    CompileOptions options;
    options.target = chip.path;
    options.targetsFolder = kTargets;
    options.maxTokens = maxTokens;
    mlir::PassManager manager(&context);
    buildCompilePipeline(manager, options);
    const bool good = succeeded(manager.run(*module));
    CHECK(good == (errors == 0));
  }

  /// The messages of verify-mapping for another chip.
  std::string verifiedOn(const std::string &chipKeys) {
    ChipFile other(chipKeys);
    messages.clear();
    mlir::PassManager manager(&context);
    manager.addPass(createVerifyMapping({other.path, kTargets}));
    const bool good = succeeded(manager.run(*module));
    CHECK(good == messages.empty());
    return messages;
  }

  ChipFile chip;
};

bool holds(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a chip takes as many neurons as it has") {
  const std::string five = model(2, 5, layer(2, 5)); // and three sums
  CHECK(Fitted(five, kOneCore + core("neurons: 8")).messages == "");
  CHECK(holds(Fitted(five, kOneCore + core("neurons: 7")).messages,
              "needs 8 neurons, has 7 in 1 core"));
}

TEST_CASE("a neuron takes as many rows as a core has axon-in entries, a head three per column") {
  const std::string eight = model(8, 2, layer(8, 2)), attention = model(4, 4, attentions(4, 1));
  CHECK(Fitted(eight, core("axon_in_entries: 8")).messages == "");
  CHECK(holds(Fitted(eight, core("axon_in_entries: 7")).messages,
              "'lif': one neuron needs 8 axon-in entries, has 7 in a core"));
  CHECK(Fitted(attention, core("axon_in_entries: 12")).messages == "");
  CHECK(holds(Fitted(attention, core("axon_in_entries: 7")).messages,
              "'att1': one head of attention needs 12 axon-in entries, has 7 in a core"));
}

TEST_CASE("two attentions share a core only where it has the entries of both") {
  // Of 4 columns each, so 12 entries, on a chip of two cores whose sums take 4 more.
  const std::string two = model(4, 4, attentions(4, 2)), mesh = "mesh: {width: 3, height: 1}\n";
  for (int entries : {12, 23, 24, 28}) {
    CAPTURE(entries);
    Fitted fitted(two, mesh + core("axon_in_entries: " + std::to_string(entries)));
    CHECK(fitted.messages == "");
    std::map<int64_t, int64_t> used; // by x
    fitted.module->walk([&](chip::SliceOp slice) {
      used[slice.getCoreAttr().getX()] += slice.getPopulation() == "head" ? 4 : 12;
    });
    for (const auto &[x, sum] : used)
      CHECK(sum <= entries);
    CHECK(used.size() == (entries < 16 ? 3 : entries < 24 ? 2 : entries < 28 ? 2 : 1));
  }
}

TEST_CASE("spikes carry as many bits as the chip has, and a program at most 8") {
  const auto said = [](int bits, const std::string &keys) {
    const std::string type = "ui" + std::to_string(bits);
    return Fitted(model(2, 3,
                        "  %sum2 = spike.add %x, %x : tensor<4x?x2xi1>, tensor<4x?x2xi1> -> "
                        "tensor<4x?x2x" +
                            type + "> loc(\"twice\")\n" +
                            layer(2, 3, "if<threshold = [1.0]>", "%sum2", type)),
                  keys)
        .messages;
  };
  const std::string onHost =
      "1 operation runs on the host, for want of a unit on target 'small': 1 add ('twice')\n";
  CHECK(said(8, "") == onHost);
  CHECK(holds(said(9, ""), "needs graded spikes of at most 8 bits (what a program holds), has 9"));
  CHECK(said(3, core("graded_bits: 3")) == onHost);
  CHECK(holds(said(4, core("graded_bits: 3")),
              "needs graded spikes of 4 bits, which target 'small' does not have"));
}

TEST_CASE("only a decay between 0 and 1 is a multiplicative leak") {
  const auto said = [](const std::string &neuron, const std::string &leak) {
    return Fitted(model(2, 3, layer(2, 3, neuron)), core("multiplicative_leak: " + leak)).messages;
  };
  const std::string lif = "lif<tau = 2.0 : f64, threshold = [1.0]>";
  CHECK(said("if<threshold = [1.0]>", "false") == "");
  CHECK(said("lif<tau = 1.0 : f64, threshold = [1.0]>", "false") == ""); // forgets at once
  CHECK(holds(said(lif, "false"), "a multiplicative leak, here 0.5"));
  CHECK(said(lif, "true") == "");
}

TEST_CASE("a mapping is verified to the unit: neurons and entries") {
  // One core with 5 + 3 neurons, 2 + 5 rows, and 5 columns to the sums.
  const std::string five = model(2, 5, layer(2, 5));
  Fitted fitted(five, kOneCore);
  REQUIRE(fitted.messages == "");
  for (const auto &[key, used, name] :
       {std::tuple("neurons", 8, "8 neurons, has 7"),
        std::tuple("axon_in_entries", 7, "7 axon-in entries, has 6"),
        std::tuple("axon_out_entries", 5, "5 axon-out entries, has 4")}) {
    const auto keys = [&](int number) {
      return kOneCore + core(std::string(key) + ": " + std::to_string(number));
    };
    CHECK(fitted.verifiedOn(keys(used)) == "");
    CHECK(holds(fitted.verifiedOn(keys(used - 1)), name));
  }
  Fitted attention(model(4, 4, attentions(4, 1)), kOneCore);
  CHECK(attention.verifiedOn(kOneCore + core("axon_in_entries: 16")) == "");
  CHECK(holds(attention.verifiedOn(kOneCore + core("axon_in_entries: 15")),
              "16 axon-in entries, has 15"));
}

TEST_CASE("a path that jumps or ends early is refused; another way than dimension order is good") {
  // Three slices of neurons and the readout on the four tiles: one is on the other corner.
  const std::string spread = core("neurons: 3");
  Fitted fitted(model(2, 9, layer(2, 9)), spread);
  REQUIRE(fitted.messages == "");
  const MeshLinks mesh{2, 2};
  chip::TargetOp corner; // on a tile that has neither row nor column of the source
  MeshPlace from;
  fitted.module->walk([&](chip::TargetOp target) {
    CHECK(!target.getLinks()); // dimension order is not stored
    auto flow = llvm::cast<chip::FlowOp>(target->getParentOp());
    auto slice =
        mlir::SymbolTable::lookupNearestSymbolFrom<chip::SliceOp>(flow, flow.getSourceAttr());
    if (!slice || slice.getCore()->getX() == target.getCore().getX() ||
        slice.getCore()->getY() == target.getCore().getY())
      return;
    corner = target;
    from = {slice.getCore()->getX(), slice.getCore()->getY()};
  });
  REQUIRE(corner);
  const auto saidOf = [&](std::vector<int32_t> links) {
    corner.setLinks(links);
    return fitted.verifiedOn(spread);
  };
  const Direction x = from.x == 0 ? Direction::East : Direction::West;
  const Direction y = from.y == 0 ? Direction::North : Direction::South;
  CHECK(saidOf({mesh.link(from, x), mesh.link(from.next(x), y)}) == "");
  CHECK(saidOf({mesh.link(from, y), mesh.link(from.next(y), x)}) == "");
  CHECK(holds(saidOf({mesh.link(from, x), mesh.link(from, y)}), "at router"));
  CHECK(holds(saidOf({mesh.link(from, x)}), "ends at router"));
  CHECK(holds(saidOf({}), "ends at router"));
}

TEST_CASE("a program keeps as many tokens as it was compiled for") {
  const std::string text = model(2, 3, layer(2, 3));
  for (const auto &[asked, tokens] : {std::pair(0, 8), std::pair(1, 1), std::pair(8, 8)}) {
    Fitted fitted(text, "", asked);
    fitted.module->walk([&](chip::ProgramOp program) {
      CHECK(program.getMaxTokens() == static_cast<uint64_t>(tokens));
      CHECK(program.getContextLength() == 8);
    });
  }
  CHECK(holds(Fitted(text, "", 9).messages, "max-tokens: needs 1 to 8 (its context), has 9"));
}

TEST_CASE("spikes of the host wait for the readouts that they are computed from") {
  // The layer norm stands between the readout and the host's neurons.
  const std::string reals = "tensor<4x?x3xf32>", c = "dense<1.0> : tensor<3xf32>";
  Fitted fitted(
      model(2, 3,
            "  %c = spike.linear %x, dense<0.5> : tensor<3x2xf32> : tensor<4x?x2xi1> -> " + reals +
                " loc(\"fc\")\n  %n = spike.layer_norm %c, weight " + c + " bias " + c + " : " +
                reals + " -> " + reals + " loc(\"norm\")\n" +
                "  %y = spike.neuron #spike.if<threshold = [1.0]>, %n : " + reals +
                " -> tensor<4x?x3xi1> loc(\"lif\")\n"),
      "");
  CHECK(fitted.messages == "2 operations run on the host, for want of a unit on target 'small': 1 "
                           "layer_norm ('norm'), 1 neuron ('lif')\n");
  std::map<std::string, int64_t> stages;
  fitted.module->walk([&](chip::HostOp op) {
    if (op.getStage())
      stages[op.getSymName().str()] = static_cast<int64_t>(*op.getStage());
  });
  fitted.module->walk([&](chip::NeuronsOp op) {
    stages[op.getSymName().str()] = static_cast<int64_t>(*op.getStage());
  });
  CHECK(stages ==
        std::map<std::string, int64_t>{{"repeat", 0}, {"fc", 1}, {"lif", 2}, {"head", 3}});
}

TEST_CASE("the numbers of a chip are those that weights and membranes are chosen by") {
  PassTestModule test;
  REQUIRE(test.parse("module {}"));
  const auto read = [&](const std::string &keys) {
    ChipFile chip(core(keys));
    return readProfile(*test.module, chip.path, kTargets, {});
  };
  const auto profile = read("state_bits: 20, state_fraction_bits: 5, leak_rounding: nearest, "
                            "saturates: true");
  REQUIRE(succeeded(profile));
  CHECK(profile->target == "small");
  CHECK(profile->stateBits == 20);
  CHECK(profile->stateFractionBits == 5);
  CHECK(profile->leakRounding == spike::LeakRounding::Nearest);
  CHECK(profile->saturates);
  const auto plain = read("leak_rounding: floor");
  REQUIRE(succeeded(plain));
  CHECK(plain->leakRounding == spike::LeakRounding::Floor);
  CHECK_FALSE(plain->saturates);
  CHECK_FALSE(plain->stateFractionBits);
}

TEST_CASE("weights have the form that is asked for, else the one that the chip prefers") {
  PassTestModule test;
  REQUIRE(test.parse("module {}"));
  // "BITS FORMAT", or the message where the chip has no such form.
  const auto form = [&](const std::string &keys, const WeightRequest &request = {}) {
    ChipFile chip(core(keys + ", state_bits: 32"));
    test.messages.clear();
    const auto profile = readProfile(*test.module, chip.path, kTargets, request);
    if (failed(profile))
      return test.messages;
    const auto chosen = profile->forms.choose(request, [&] { return test.module->emitError(); });
    REQUIRE(succeeded(chosen));
    CHECK(profile->forms.has(*chosen));
    return std::to_string(chosen->bits) + " " + weightFormatName(chosen->format);
  };
  const auto widths = [](const std::string &list) { return "weight_bits: " + list; };
  CHECK(form(widths("[1, 2, 4, 8, 16]")) == "8 signed");
  CHECK(form(widths("[1, 4]")) == "4 signed");
  CHECK(form(widths("[16, 32]")) == "16 signed");
  CHECK(form(widths("[2, 6, 12]")) == "6 signed");
  CHECK(form(widths("[1]")) == "1 sign");
  CHECK(form(widths("[1, 16]")) == "16 signed");
  CHECK(form(widths("[32]")) == "32 signed");
  CHECK(form(widths("[2, 16]"), {16, {}}) == "16 signed");
  CHECK(form(widths("[8, 32]"), {32, {}}) == "32 signed");
  CHECK(holds(form(widths("[2, 16]"), {8, {}}),
              "weight-bits: needs one of 2, 16 (core.weight_bits of 'small'), has 8"));
  // Signed weights of 2 bits hold ternary ones, those of 1 bit are signs.
  CHECK(form(widths("[2, 8]"), {0, WeightFormat::Ternary}) == "2 ternary");
  CHECK(form(widths("[1, 8]"), {0, WeightFormat::Sign}) == "1 sign");
  CHECK(form(widths("[1, 8]"), {1, WeightFormat::Signed}) == "1 sign");
  CHECK(holds(form(widths("[8]"), {0, WeightFormat::Ternary}),
              "weight-format: needs one of signed (core.weight_formats of 'small'), has ternary"));
  const std::string formats = widths("[1, 2, 8]") + ", weight_formats: ";
  CHECK(form(formats + "[ternary, signed]") == "2 ternary");
  CHECK(form(formats + "[ternary, signed]", {8, {}}) == "8 signed");
  CHECK(form(formats + "[ternary, signed]", {2, {}}) == "2 ternary");
  CHECK(form(formats + "[signed, binary]", {1, {}}) == "1 sign");
  CHECK(form(formats + "[binary, signed]", {1, {}}) == "1 binary");
  CHECK(form(formats + "[binary]") == "1 binary");
  CHECK(holds(form(formats + "[ternary]", {8, WeightFormat::Ternary}),
              "weight-bits: needs one of 2 for ternary weights (core.weight_bits of 'small'), "
              "has 8"));
  // Without a target every form is there.
  const auto free = [&](const WeightRequest &request) {
    const auto profile = readProfile(*test.module, "", "", request);
    return succeeded(profile) && profile->forms.has(*profile->forms.choose(
                                     request, [&] { return test.module->emitError(); }));
  };
  CHECK(free({}));
  CHECK(free({32, {}}));
  CHECK(free({0, WeightFormat::Binary}));
  CHECK_FALSE(free({33, {}}));
}
