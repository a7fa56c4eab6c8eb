// Loader: a small PROGRAM by hand, loaded and run; and what is refused.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/loader/TinyProgram.h"

#include "simulator/functional/FunctionalEngine.h"
#include "simulator/host/ActivationKernels.h"
#include "simulator/host/AttentionKernels.h"
#include "simulator/host/HeadKernels.h"
#include "simulator/host/NeuronKernels.h"
#include "simulator/host/NormKernels.h"
#include "simulator/host/SynapseKernels.h"

#include <algorithm>
#include <random>
#include <set>

using namespace synfire;
using namespace synfire::sim;
using namespace synfire::sim::test;

TEST_CASE_FIXTURE(LoaderFixture, "a fixed number of tokens is the number of every run") {
  const auto fixed = [](char digit) {
    std::string text = kProgram;
    std::replace(text.begin(), text.end(), '?', digit);
    return text;
  };
  Program p;
  REQUIRE(load(kProgram, &p) == "");
  CHECK(p.input.tokens == 0);
  REQUIRE(load(fixed('4'), &p) == "");
  CHECK(p.input.tokens == 4);
  CHECK(load(fixed('5')).ends_with("tokens of a run: needs 0 to 4, has 5"));
}

TEST_CASE_FIXTURE(LoaderFixture, "a program of another version is told both versions") {
  const std::string reads =
      " of synfire.program, this program reads version 7; compile the model again";
  CHECK(load(with("synfire.program/7", "synfire.program/8")) ==
        "tiny.mlir: was written by version 8" + reads);
  CHECK(load(with("format \"synfire.program/7\"", "")) ==
        "tiny.mlir: was written by version 1" + reads);
  // Bytecode says so at its start: what follows may be anything.
  const std::string path =
      write("new.mlirbc", std::string("ML\xefR\x0d") + "synfire.program/8" + '\0');
  CHECK(bytecodeFault(path) == path + ": was written by version 8" + reads);
  // Version 1 did not say so: it is told by what only a PROGRAM has.
  const std::string first = std::string("ML\xefR\x0dLLVM22.1.8\0\xff\xff", 18) + "host_op" + '\0';
  const auto loaded = loadProgram(write("first.mlirbc", first), smallChip());
  REQUIRE(loaded.index() == 1);
  CHECK(std::get<1>(loaded).ends_with("first.mlirbc: was written by version 1" + reads));
  for (const std::string &other : {std::string(), std::string("ML"), kProgram})
    CHECK(bytecodeFault(write("other.mlirbc", other)) == "");
}

TEST_CASE_FIXTURE(LoaderFixture, "bytecode without the checksum of its bytes is refused") {
  const std::string start("ML\xefR\x0d"), behind = std::string("\0sections", 9);
  auto fault = [&](const std::string &producer) {
    return bytecodeFault(write("p.mlirbc", start + producer + behind));
  };
  const std::string checksum = chip::programChecksum(start + chip::programProducerPlace() + behind);
  CHECK(fault(chip::programProducer(checksum)) == "");
  for (const std::string &other : {std::string("synfire.program/7"), chip::programProducerPlace()})
    CHECK(fault(other).ends_with("p.mlirbc: is damaged: its bytes have checksum " + checksum +
                                 ", '" + other +
                                 "' is what they begin with; compile the model again"));
  CHECK(fault("MLIR22.1.8")
            .ends_with("p.mlirbc: is bytecode that `synfire compile` did not write, so without the "
                       "checksum that "
                       "tells damage; compile the model, or give the program as text (.mlir)"));
}

TEST_CASE_FIXTURE(LoaderFixture, "a program is loaded as it stands in the file") {
  Program p;
  REQUIRE(load(kProgram, &p) == "");
  CHECK(p.name == "tiny");
  CHECK(p.targetName == "test-2x2");
  CHECK(p.schedule == "sequential");
  CHECK(p.sourceChecksum == "c0ffee");
  CHECK(p.seed == 7);
  CHECK(p.warnings == std::vector<std::string>{"one", "two"});
  CHECK(p.text.alphabet == "abc");
  CHECK(p.context == 8);
  CHECK(p.maxTokens == 4);
  std::vector<std::string> rows;
  for (const Op &op : p.ops)
    rows.push_back(op.name + (op.where == Where::Host ? " host" : " chip"));
  CHECK(rows == std::vector<std::string>{"token host", "code host", "repeat host", "fc1 chip",
                                         "lif chip", "head chip", "logits host", "(chip) chip"});
  CHECK(p.ops[p.projections[0].op].name == "fc1");
  CHECK(p.ops[p.projections[1].op].name == "head");
  REQUIRE(p.populations.size() == 3);
  CHECK(p.populations[1].neuron.threshold == std::vector<int64_t>{10, 10, 10});
  CHECK(p.populations[1].neuron.bias == std::vector<int64_t>{0, 0, 1});
  CHECK(p.populations[1].neuron.softReset);
  CHECK(p.populations[1].neuron.leakRounding == Rounding::Floor);
  // Cores in (chip, y, x, core) order, then the host on its port's tile.
  REQUIRE(p.cores.size() == 4);
  CHECK((p.cores[0].x == 0 && p.cores[0].y == 0));
  CHECK((p.cores[1].x == 1 && p.cores[1].y == 0));
  CHECK((p.cores[2].x == 0 && p.cores[2].y == 1));
  CHECK(p.slices[0].core == 1);
  CHECK(p.flows[0].sourceCore == p.hostCore());
  CHECK(p.flows[2].sourceCore == 2);
  CHECK(p.hash != 0);
}

TEST_CASE_FIXTURE(LoaderFixture, "what an op may have or not is loaded, too") {
  Program p;
  REQUIRE(load(kProgram, &p) == "");
  CHECK(!p.populations[2].neuron.saturates);
  CHECK(!p.projections[1].lastStepOnly);
  REQUIRE(
      load(with("soft_reset = false, saturates = false", "soft_reset = false, saturates = true"),
           &p) == "");
  CHECK(p.populations[2].neuron.saturates);
  REQUIRE(load(with("dense weight_bits 16", "dense weight_bits 16 last_step_only"), &p) == "");
  CHECK(p.projections[1].lastStepOnly);
}

TEST_CASE_FIXTURE(LoaderFixture, "host ops are loaded with all their numbers") {
  // Behind the logits, so that the rest stays sound.
  const std::string more = with("  chip.projection @p0", R"mlir(
  chip.host @dense(%x = @logits : tensor<?x2xf32>) {
    %0 = spike.linear %x, dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>
      bias dense<[0.1, 0.2, 0.3]> : tensor<3xf64> : tensor<?x2xf32> -> tensor<?x3xf32>
    chip.yield %0 : tensor<?x3xf32>
  }
  chip.host @turned(%x = @dense : tensor<?x3xf32>) {
    %0 = spike.linear %x, dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32> transposed
      channel_scale [0.5, 0.25] input_factor [1.0, 2.0, -3.0] : tensor<?x3xf32> -> tensor<?x2xf32>
    chip.yield %0 : tensor<?x2xf32>
  }
  chip.host @norm(%x = @dense : tensor<?x3xf32>) {
    %0 = spike.batch_norm %x, weight dense<2.0> : tensor<3xf32> bias dense<1.0> : tensor<3xf32>
      mean dense<[1.0, 2.0, 3.0]> : tensor<3xf32> variance dense<[4.0, 5.0, 6.0]> : tensor<3xf32>
      {eps = 0.1 : f64} : tensor<?x3xf32> -> tensor<?x3xf32>
    chip.yield %0 : tensor<?x3xf32>
  }
  chip.host @twice(%x = @norm : tensor<?x3xf32>) {
    %0 = spike.repeat %x : tensor<?x3xf32> -> tensor<2x?x3xf32>
    chip.yield %0 : tensor<2x?x3xf32>
  }
  chip.host @host_lif(%x = @twice : tensor<2x?x3xf32>) stage 2 {
    %0 = spike.neuron #spike.cuba_lif<current_decay = 0.25, current_gain = 0.6, membrane_decay = 0.1,
      membrane_gain = 0.2, threshold = [0.125], reset = soft, v_reset = 0.0, v_init = 0.5, bias = 0.3,
      compare = gt>, %x
      : tensor<2x?x3xf32> -> tensor<2x?x3xi1>
    chip.yield %0 : tensor<2x?x3xi1>
  }
  chip.host @last(%x = @host_lif : tensor<2x?x3xi1>) {
    %0 = spike.recombine last %x : tensor<2x?x3xi1> -> tensor<?x3xf32>
    chip.yield %0 : tensor<?x3xf32>
  }
  chip.host @soft(%q = @last : tensor<?x3xf32>, %k = @last : tensor<?x3xf32>,
      %v = @last : tensor<?x3xf32>) {
    %0 = spike.softmax_attention %q, %k, %v heads 3 scale 0.7 causal : tensor<?x3xf32>, tensor<?x3xf32>, tensor<?x3xf32> -> tensor<?x3xf32>
    chip.yield %0 : tensor<?x3xf32>
  }
  chip.host @clip(%x = @soft : tensor<?x3xf32>) {
    %0 = spike.clip_floor %x threshold [1.0, 2.0, 3.0] levels 5 : tensor<?x3xf32> -> tensor<?x3xf32>
    chip.yield %0 : tensor<?x3xf32>
  }
  chip.projection @p0)mlir");
  Program p;
  REQUIRE(load(more, &p) == "");
  const auto op = [&](const std::string &name) -> const HostOp & {
    for (const HostOp &host : p.hostOps)
      if (p.ops[host.op].name == name)
        return host;
    FAIL("no host op " << name);
    return p.hostOps[0];
  };
  const auto &dense = dynamic_cast<const host::Linear &>(*op("dense").kernel);
  CHECK(dense.factor == std::vector<double>{1, 1, 1});
  CHECK(dense.bias == std::vector<double>{0.1, 0.2, 0.3});
  CHECK((dense.rows == 2 && dense.columns == 3));
  CHECK(dense.weights == std::vector<float>{1, 3, 5, 2, 4, 6});
  const auto &turned = dynamic_cast<const host::Linear &>(*op("turned").kernel);
  CHECK((turned.rows == 3 && turned.columns == 2));
  CHECK(turned.weights == std::vector<float>{1, 2, 3, 4, 5, 6});
  CHECK(turned.factor == std::vector<double>{0.5, 0.25});
  CHECK(turned.inputFactor == std::vector<double>{1, 2, -3});
  CHECK(turned.bias == std::vector<double>{0, 0});
  const auto &norm = dynamic_cast<const host::BatchNorm &>(*op("norm").kernel);
  CHECK(norm.weight == std::vector<double>{2, 2, 2});
  CHECK(norm.bias == std::vector<double>{1, 1, 1});
  CHECK(norm.mean == std::vector<double>{1, 2, 3});
  CHECK(norm.variance == std::vector<double>{4, 5, 6});
  CHECK(norm.eps == 0.1);
  const auto &neuron = dynamic_cast<const host::Neuron &>(*op("host_lif").kernel);
  CHECK(neuron.thresholds == std::vector<double>{0.125, 0.125, 0.125});
  const NeuronEquation &equation = neuron.equations[0];
  CHECK((equation.decay == 0.1 && equation.gain == 0.2 && equation.bias == 0.3));
  CHECK((equation.vInit == 0.5 && neuron.strict));
  CHECK((equation.currentDecay == 0.25 && equation.currentGain == 0.6));
  CHECK(neuron.reset == host::Neuron::Reset::Soft);
  CHECK(dynamic_cast<const host::Recombine &>(*op("last").kernel).mode ==
        host::Recombine::Mode::Last);
  const auto &soft = dynamic_cast<const host::SoftmaxAttention &>(*op("soft").kernel);
  CHECK((soft.heads == 3 && soft.kvHeads == 3 && soft.causal && soft.scale == 0.7));
  CHECK(dynamic_cast<const host::ClipFloor &>(*op("clip").kernel).levels == 5);
  // The host's own spikes are recorded, though no population reads them.
  CHECK(p.populations.back().hostOp == 8);
  CHECK(p.populations.back().stage == 2);
  CHECK(p.ops[p.hostOps[p.result].op].name == "logits");
  FunctionalEngine engine(p);
  ActivityTrace trace(p);
  CHECK(engine.run(std::vector<int32_t>{0, 1, 2}, trace) == "");
}

TEST_CASE_FIXTURE(LoaderFixture, "the words of a word model are carried along") {
  std::string text = with("alphabet \"abc\"\n    cleaning \"none\"",
                          "alphabet \"\" words [\"the\", \"man's\", \".\"] cleaning \"words\"");
  Program p;
  REQUIRE(load(text, &p) == "");
  CHECK(p.text.alphabet.empty());
  CHECK(p.text.cleaning == "words");
  CHECK(p.text.words == std::vector<std::string>{"the", "man's", "."});
  p.text.words.pop_back();
  CHECK(p.validate().find("the dictionary needs 3 words, one per token id, has 2") !=
        std::string::npos);
}

TEST_CASE_FIXTURE(LoaderFixture, "a loaded program runs") {
  Program p;
  REQUIRE(load(kProgram, &p) == "");
  FunctionalEngine engine(p);
  ActivityTrace trace(p);
  REQUIRE(engine.run(std::vector<int32_t>{0, 1, 2}, trace) == "");
  // Token 2 drives both wires: inputs 7, 10, 11 (+ bias 1) per step.
  CHECK(trace.value(1, 2, 0, 0) == 0);
  CHECK(trace.value(1, 2, 1, 0) == 1); // 14 >= 10
  CHECK(trace.value(1, 2, 0, 1) == 1);
  CHECK(trace.value(1, 2, 0, 2) == 1);
  // Spikes over both steps: 1, 2, 2.
  CHECK(engine.logits(trace, 2) ==
        std::vector<double>{(5 + 1000 + 2 * 200 + 2 * 30) * 0.5, (-5 - 1 + 2 * 3 + 2 * 700) * 0.5});
}

TEST_CASE_FIXTURE(LoaderFixture, "the header is read without a chip") {
  const auto file = ProgramFile::parse(write("tiny.mlir", kProgram));
  REQUIRE(file.index() == 0);
  const ProgramHeader header = std::get<ProgramFile>(file).header();
  CHECK(header.name == "tiny");
  CHECK(header.targetName == "test-2x2");
  CHECK(header.target == "chips/test.yaml");
}

TEST_CASE_FIXTURE(LoaderFixture, "what is not a program is refused") {
  CHECK(std::get<1>(ProgramFile::parse("/no/such.mlirbc")) ==
        "/no/such.mlirbc: cannot be opened: No such file or directory");
  CHECK(load("module {}") == "tiny.mlir: holds no chip.program; make one with `synfire compile`");
  CHECK(load("chip.progra").find("tiny.mlir:1:1: ") == 0);
  CHECK(load("").find("holds no chip.program") != std::string::npos);
  CHECK(load(std::string("ML\xefR\x06nonsense")).find("tiny.mlir") == 0);
  CHECK(load(kProgram + with("@tiny", "@tiny2")).find("holds more than one chip.program") !=
        std::string::npos);
}

TEST_CASE_FIXTURE(LoaderFixture, "a program that was not compiled to the end is refused") {
  for (const auto &[old, what] :
       {std::pair(std::string("stages 3"), "stages"), std::pair(std::string(" stage 1"), "stage"),
        std::pair(std::string("offset 4 "), "offset"),
        std::pair(headerItem("weights_checksum"), "weights_checksum"),
        std::pair(headerItem("target_resources"), "target_resources")}) {
    const std::string said = load(withoutFlows(with(old, "")));
    CHECK_MESSAGE(said.find(std::string(what) + " is missing; the program was not compiled to "
                                                "the end, use `synfire compile`") !=
                      std::string::npos,
                  said);
  }
  CHECK(load(withoutFlows(with(headerItem("weights_file"), "")))
            .find("has no weights_file: it was compiled of a model without weights, or not to the "
                  "end; use `synfire compile` with --weights or --random-weights") !=
        std::string::npos);
}

TEST_CASE_FIXTURE(LoaderFixture, "damaged values are refused with place, value and limit") {
  const auto refused = [&](const std::string &old, const std::string &replacement,
                           const std::string &message) {
    const std::string said = load(with(old, replacement));
    CHECK_MESSAGE(said.find(message) != std::string::npos, said);
  };
  refused("weights_bytes 76", "weights_bytes 77",
          "'tiny': weights_file 'tiny.weights': needs 77 bytes, has 76");
  refused("\"tiny.weights\"", "\"../tiny.weights\"",
          "weights_file: needs the name of a file beside the program, has");
  refused("\"tiny.weights\"", "\"/etc/passwd\"",
          "weights_file: needs the name of a file beside the program, has");
  refused(
      "\"tiny.weights\"", "\"other.weights\"",
      "other.weights: cannot be opened: No such file or directory; it holds the weights of 'tiny': "
      "keep it beside the program under that name");
  refused(
      "offset 64", "offset 66",
      "'head.0': 12 bytes of weights at 66: needs a weights_file that holds them, has 76 bytes");
  refused("offset 64", "offset 63", "'head.0': weights: needs an offset divisible by 2, has 63");
  refused("offset 0 ", "offset 9223372036854775807 ",
          "needs a weights_file that holds them, has 76 bytes");
  refused("time_steps 2", "time_steps 4294967298", "time_steps: needs 1..4096, has 4294967298");
  refused("time_steps 2", "time_steps 5000", "time_steps: needs 1..4096, has 5000");
  refused("columns 3 spike_bits 1", "columns 1000000000 spike_bits 1",
          "columns: needs 1..16777216, has 1000000000");
  refused("on core 0 of tile (1, 0)", "on core 0 of tile (2, 0)",
          "core 0 of tile (1, 0) holds no slice");
  refused("links (1, 0) west", "links (1, 0) east",
          "flow 1: target 0: has link (1, 0) -> (2, 0), which leaves the mesh");
  refused("(%x = @code : tensor<?x2xi1>)", "(%x = @token : tensor<?x2xi1>)",
          "argument for @token: needs tensor<?x2xf32> (as it yields), has tensor<?x2xi1>");
  refused("state_bits = 24", "state_bits = 60", "state_bits: needs 2..48, has 60");
  refused("stage 1\n", "stage 1 neuron_model izhikevich\n",
          "'lif': neuron_model: needs one of core.neuron_models of 'test-2x2', has izhikevich");
  refused("[[1.0, -1.0], [-1.0, 1.0], [0.5, 0.5]]> : tensor<3x2xf32>",
          "0.0> : tensor<1000000000x2xf32>",
          "table: needs at most 268435456 values, has 2000000000");
}

TEST_CASE_FIXTURE(LoaderFixture, "any changed bit of the side file is found") {
  const std::string weights = tinyWeights();
  std::set<std::string> messages;
  for (size_t bit = 0; bit < weights.size() * 8; ++bit) {
    std::string changed = weights;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    write("tiny.weights", changed);
    const std::string said = load(kProgram);
    REQUIRE_MESSAGE(said.find("'tiny': weights_file 'tiny.weights': needs the checksum xxh3:") !=
                        std::string::npos,
                    said);
    REQUIRE(said.find("compile again") != std::string::npos);
    messages.insert(said);
  }
  CHECK(messages.size() == weights.size() * 8); // a checksum of its own for each
}

TEST_CASE_FIXTURE(LoaderFixture, "another chip must differ in prices and times alone") {
  ChipModel chip = smallChip();
  chip.name = "variant";
  chip.pricePj[Action::SynopDense] = Sourced{5, Basis::Assumed, "test"};
  chip.timePs[Action::NeuronUpdate] = 700;
  chip.noc.flitBits = 16;
  chip.core.updatesAllNeurons = false;
  Program p;
  CHECK(loadOn(chip, kProgram, &p) == "");
  CHECK(p.chip.name == "variant");
  CHECK(p.targetName == "test-2x2");

  const auto refused = [&](auto change, const std::string &message) {
    ChipModel other = smallChip();
    other.name = "other";
    change(other);
    const std::string said = loadOn(other, kProgram);
    CHECK_MESSAGE(said.find("'tiny': was compiled for " + message) != std::string::npos, said);
  };
  refused([](ChipModel &c) { c.mesh.width = 3; }, "'mesh.width' 2, chip 'other' has 3;");
  refused([](ChipModel &c) { c.mesh.topology = Topology::Torus; },
          "'mesh.topology' mesh, chip 'other' has torus;");
  refused([](ChipModel &c) { c.mesh.faultyCores = {{1, 1}, {0, 1, 0}}; },
          "'mesh.faulty_cores' none, chip 'other' has [0, 1, 0],[1, 1];");
  refused([](ChipModel &c) { c.mesh.faultyLinks = {{1, 1, Direction::West}}; },
          "'mesh.faulty_links' none, chip 'other' has [1, 1, west];");
  refused([](ChipModel &c) { c.maxChips = 2; }, "'max_chips' 1, chip 'other' has 2;");
  refused([](ChipModel &c) { c.mesh.coresPerTile = 2; },
          "'mesh.cores_per_tile' 1, chip 'other' has 2;");
  refused([](ChipModel &c) { c.core.synapseMemoryBits /= 2; },
          "'core.synapse_memory_kib' 128, chip 'other' has 64;");
  refused([](ChipModel &c) { c.core.weightBits = {8}; },
          "'core.weight_bits' 8,16, chip 'other' has 8;");
  refused([](ChipModel &c) { c.core.stateBits = 24; },
          "'core.state_bits' 32, chip 'other' has 24;");
  refused([](ChipModel &c) { c.core.stateFractionBits = 6; },
          "'core.state_fraction_bits' none, chip 'other' has 6;");
  refused([](ChipModel &c) { c.core.leakRounding = Rounding::Floor; },
          "'core.leak_rounding' toward_zero, chip 'other' has floor;");
  refused([](ChipModel &c) { c.core.saturates = true; },
          "'core.saturates' false, chip 'other' has true;");
  refused([](ChipModel &c) { c.core.neuronModels.pop_back(); },
          "'core.neuron_models' if,lif,integrator, chip 'other' has if,lif;");
  refused([](ChipModel &c) { c.host.portY = 1; }, "'host.port_y' 0, chip 'other' has 1;");
  // A program that knows keys which this build does not, or misses some.
  CHECK(load(with("\"mesh.width=2\"", "\"mesh.width=2\", \"core.qubits=3\""))
            .find("'core.qubits' 3, chip 'test-2x2' has unknown") != std::string::npos);
  CHECK(load(withoutFlows(with("\"mesh.width=2\", ", "")))
            .find("'mesh.width' unknown, chip 'test-2x2' has 2") != std::string::npos);
}

TEST_CASE_FIXTURE(LoaderFixture,
                  "more neurons than the chip has are refused before they are stored") {
  std::string text = with("columns 3 spike_bits 1", "columns 16777216 spike_bits 1");
  text.replace(text.find("bias = [0, 0, 1]"), 16, "bias = [0]");
  text.erase(text.find("  chip.projection @p0")); // the verifier would see the rows first
  CHECK(load(text + "}") == "tiny.mlir:35:3: 'lif': the program up to here needs 16777216 "
                            "neurons, has 256 (core.neurons of 'test-2x2')");
}

TEST_CASE_FIXTURE(LoaderFixture, "a text that is cut or flipped anywhere ends with a message") {
  const std::string whole = kProgram;
  std::mt19937 random(3);
  int refused = 0;
  for (int round = 0; round < 300; ++round) {
    std::string text = whole;
    if (round % 2 == 0)
      text.resize(random() % whole.size());
    else // digits to digits: wrong values rather than wrong syntax
      for (char &c : text)
        if (c >= '0' && c <= '9' && random() % 60 == 0)
          c = static_cast<char>('0' + random() % 10);
    Program p;
    const std::string said = load(text, &p);
    if (!said.empty()) {
      ++refused;
      CHECK(said.find("tiny.mlir") == 0);
      continue;
    }
    FunctionalEngine engine(p);
    ActivityTrace trace(p);
    (void)engine.run(std::vector<int32_t>{0}, trace);
  }
  CHECK(refused > 150);
}
