// ConventionTest: the energy table of SpikeDecoder, published and corrected.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/count/CountTestModule.h"
#include "tests/unit/count/SpikeDecoderText.h"

#include <cmath>
#include <map>

using namespace synfire::spike;
using namespace synfire::spike::test;

namespace {

const SpikeDecoderShape kChar, kWord{System::Strict, 5947, 128, 25, 8, 160, 4, 16};

/// The default rates of the public code (arXiv 2606.12287).
const std::vector<GivenRate> kRates = {
    {"*.q_lif", 0.30},      {"*.ssa", 0.16},        {"*.attn.in_lif", 0.27}, {"*.att_lif", 0.23},
    {"*.mlp.in_lif", 0.29}, {"*.hidden_lif", 0.11}, {"head.lif", 0.40}};

/// Those of the rates that name an op of the system.
std::vector<GivenRate> ratesOf(System system) {
  if (system == System::Ann)
    return {};
  return {kRates.begin(), kRates.begin() + (system == System::Strict ? 7 : 4)};
}

ModelCount countBy(Account account, SpikeDecoderShape shape, System system) {
  shape.system = system;
  CountTestModule test(SpikeDecoderText(shape).text());
  CountOptions options;
  options.account = account;
  options.rates = ratesOf(system);
  return test.count(options);
}

} // namespace

TEST_CASE("the conventions give the energies of SpikeDecoder's table to 0.1 uJ") {
  struct Row {
    const SpikeDecoderShape &shape;
    System system;
    double published, corrected;
  };
  // Computed from the public code's formulas; "corrected" mends its slips.
  for (const Row &row :
       {Row{kChar, System::Ann, 14032.7, 7670.2}, Row{kChar, System::Strict, 1230.8, 1230.8},
        Row{kChar, System::Performance, 6019.8, 23467.5}, Row{kWord, System::Ann, 25928.4, 29454.0},
        Row{kWord, System::Strict, 4751.3, 4751.3},
        Row{kWord, System::Performance, 24761.4, 98446.2}}) {
    CAPTURE(row.shape.vocabulary);
    CAPTURE(systemName(row.system).str());
    const ModelCount published = countBy(Account::Published, row.shape, row.system);
    CHECK(std::abs(published.totals.energyUj - row.published) < 0.0501);
    CHECK(published.system == systemName(row.system));
    const ModelCount corrected = countBy(Account::Corrected, row.shape, row.system);
    CHECK(std::abs(corrected.totals.energyUj - row.corrected) < 0.0501);
  }
}

TEST_CASE("each departure of the published convention is named at its op, with what is meant") {
  SpikeDecoderShape two = kChar;
  two.blocks = 2;
  struct Case {
    System system;
    std::vector<std::string> overridden;
  };
  for (const Case &c :
       {Case{System::Strict, {}},
        Case{System::Ann, {"block0.mlp.fc2", "block1.mlp.fc2", "head.fc"}},
        Case{System::Performance,
             {"block0.attn.k", "block0.attn.v", "block0.mlp.fc1", "block0.mlp.fc2", "block1.attn.k",
              "block1.attn.v", "block1.mlp.fc1", "block1.mlp.fc2", "head.fc"}}}) {
    CAPTURE(systemName(c.system).str());
    std::vector<std::string> stated;
    for (const OpCounts &op : countBy(Account::Published, two, c.system).ops)
      if (!op.stated.empty()) {
        CHECK_FALSE(op.meant.empty());
        CHECK(contains(op.rule, "override " + systemName(c.system).str()));
        stated.push_back(op.name);
      }
    CHECK(stated == c.overridden);
    for (const OpCounts &op : countBy(Account::Corrected, two, c.system).ops)
      CHECK(op.stated.empty());
  }
}

TEST_CASE("layers have their roles whatever their names") {
  SpikeDecoderShape one = kChar;
  one.blocks = 1;
  one.system = System::Performance;
  std::string text = SpikeDecoderText(one).text();
  for (size_t at = text.find("loc(\""); at != std::string::npos; at = text.find("loc(\"", at + 1))
    text.replace(at + 5, text.find('"', at + 5) - at - 5, "x" + std::to_string(at));
  CountTestModule test(text);
  CountOptions options;
  options.account = Account::Published;
  options.rates = {{"*", 0.25}};
  int overrides = 0;
  for (const OpCounts &op : test.count(options).ops)
    overrides += !op.stated.empty();
  CHECK(overrides == 5);
}

TEST_CASE("every layer of a decoder has its role") {
  SpikeDecoderShape one = kChar;
  one.blocks = 1;
  for (const System system : {System::Strict, System::Ann, System::Performance}) {
    CAPTURE(systemName(system).str());
    one.system = system;
    CountTestModule test(SpikeDecoderText(one).text());
    std::map<std::string, std::string> roles;
    for (const auto &[op, role] : findRoles(test.main()))
      roles[sourceName(op)] = roleName(role).str();
    std::map<std::string, std::string> expected = {{"block0.attn.q", "query"},
                                                   {"block0.attn.k", "key"},
                                                   {"block0.attn.v", "value"},
                                                   {"head.fc", "head"}};
    if (system != System::Strict) // of an MLP that does not spike
      expected.insert({{"block0.mlp.fc1", "fc1"}, {"block0.mlp.fc2", "fc2"}});
    CHECK(roles == expected);
  }
}

TEST_CASE("softmax attention is counted in every time step") {
  const std::string t = "tensor<3x6x4xf32>";
  CountTestModule test("func.func @main(%x: " + t + ") -> " + t +
                       " attributes {spike.architecture = \"spikedecoder\"} {\n" +
                       "  %y = spike.softmax_attention %x, %x, %x heads 2 scale 0.5 causal : " + t +
                       ", " + t + ", " + t + " -> " + t + " loc(\"softmax\")\n  return %y : " + t +
                       "\n}\n");
  CountOptions options;
  options.account = Account::Corrected;
  // 3 steps of 6 tokens of width 4, each with all: (2 E - 1) S S + (2 S - 1) S E.
  CHECK(opNamed(test.count(options), "softmax").macs == 3 * (7 * 36 + 11 * 24));
}

TEST_CASE("totals are the sums over ops in every account") {
  for (const Account account : {Account::OpCount, Account::Published, Account::Corrected}) {
    const ModelCount count = countBy(account, kChar, System::Performance);
    OpCounts sum;
    for (const OpCounts &op : count.ops) {
      sum.macs += op.macs;
      sum.acs += op.acs;
      sum.synops += op.synops;
      sum.neuronUpdates += op.neuronUpdates;
      sum.parameters += op.parameters;
      sum.energyUj += op.energyUj;
    }
    CHECK(sum.macs == count.totals.macs);
    CHECK(sum.acs == count.totals.acs);
    CHECK(sum.synops == count.totals.synops);
    CHECK(sum.neuronUpdates == count.totals.neuronUpdates);
    CHECK(sum.parameters == count.totals.parameters);
    CHECK(sum.energyUj == count.totals.energyUj);
  }
}

TEST_CASE("the conventions are refused for other models and for ops that they do not know") {
  CountOptions corrected;
  corrected.account = Account::Corrected;
  corrected.rates = {{"*", 0.25}};
  SpikeDecoderShape one = kChar;
  one.blocks = 1;
  std::string text = SpikeDecoderText(one).text();
  auto refusal = [&](const std::string &from, const std::string &to) {
    std::string changed = text;
    const size_t at = changed.find(from);
    REQUIRE(at != std::string::npos);
    return CountTestModule(changed.replace(at, from.size(), to)).refusal(corrected);
  };
  CHECK(refusal("spike.architecture = \"spikedecoder\", ", "") ==
        "the account 'corrected' is defined for SpikeDecoder only: spike.architecture needs "
        "'spikedecoder', has no value; use --account op_count\n");
  CHECK(contains(refusal("\"spikedecoder\"", "\"spikformer\""),
                 "spike.architecture needs 'spikedecoder', has 'spikformer'"));

  const std::string stream = "tensor<4x?x80xf32>", spikes = "tensor<4x?x80xi1>";
  CHECK(contains(
      refusal("  return",
              "  %both = spike.softmax_attention %3, %3, %3 heads 5 scale 1.0 : " + stream + ", " +
                  stream + ", " + stream + " -> " + stream + "\n  return"),
      "needs one kind of attention, has spiking and softmax attention"));
  CHECK(
      contains(refusal("  return", "  %sum = spike.key_value_sum %2, %2 : " + spikes + " -> " +
                                       stream + " loc(\"sdsa\")\n  return"),
               "'sdsa': the conventions of SpikeDecoder have no rule for spike.key_value_sum; use "
               "--account op_count"));
  one.blocks = 0;
  CountTestModule none(SpikeDecoderText(one).text());
  CHECK(contains(none.refusal(corrected), "needs one kind of attention, has none"));
}
