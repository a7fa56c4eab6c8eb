// TopClasses: sorts and prints classes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/TopClasses.h"

#include "tools/synfire/Comparison.h"
#include "tools/synfire/OptionChecks.h"

#include <cstdio>

namespace synfire::tool {

std::vector<std::vector<ClassLogit>> topClasses(llvm::ArrayRef<double> logits, int64_t rows,
                                                int64_t count) {
  std::vector<std::vector<ClassLogit>> result;
  const int64_t classes = rows > 0 ? static_cast<int64_t>(logits.size()) / rows : 0;
  for (int64_t row = 0; row < rows; ++row) {
    const llvm::ArrayRef<double> scores = logits.slice(row * classes, classes);
    std::vector<ClassLogit> &best = result.emplace_back();
    for (int64_t number : bestOf(scores, count))
      best.push_back({number, scores[number]});
  }
  return result;
}

void printTopClasses(const std::vector<std::vector<ClassLogit>> &rows) {
  for (const std::vector<ClassLogit> &row : rows) {
    std::printf("\n%-12s %12s\n", "class", "logit");
    for (const ClassLogit &best : row)
      std::printf("%-12lld %12.4f\n", static_cast<long long>(best.number), best.logit);
  }
}

CLI::Option *defineTopOption(CLI::App &app, int64_t &top) {
  return app
      .add_option("--top", top, "Classes to show, best first, of a model that takes a tensor")
      ->type_name("N")
      ->transform(wholeNumber(1, 1000000))
      ->capture_default_str();
}

} // namespace synfire::tool
