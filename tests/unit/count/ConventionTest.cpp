// ConventionTest: the energy table of SpikeDecoder, published and corrected.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/count/CountTestModule.h"
#include "tests/unit/count/SpikeDecoderText.h"

#include <cmath>

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
