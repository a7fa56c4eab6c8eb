// targets: helps the author of a chip file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipConfig.h"
#include "tools/synfire/Command.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/DataFolders.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace synfire::tool {
namespace {

void printList(const char *what, const std::vector<std::string> &entries) {
  if (entries.empty())
    return;
  std::printf("%s:\n", what);
  for (const std::string &entry : entries)
    std::printf("  %s\n", entry.c_str());
}

class TargetsCommand : public Command {
public:
  CLI::App *define(CLI::App &root) override {
    CLI::App *app = root.add_subcommand("targets", "Help for whoever writes a chip file");
    app->footer("Example (targets/YOUR-CHIP.md):\n"
                "  synfire targets --template > my-chip.yaml\n"
                "  synfire targets --check my-chip.yaml");
    CLI::Option *show = app->add_flag(
        "--template", wantsTemplate, "Print a chip file with every key, its meaning and its range");
    CLI::Option *check = app->add_option("--check", chip,
                                         "Tell all faults of a chip file, the defaults that it "
                                         "takes, and what it leaves unpriced")
                             ->type_name("NAME|FILE");
    show->excludes(check);
    app->add_flag("--json", json, "Print the check as JSON")->needs(check);
    app->callback([show, check] {
      if (show->count() + check->count() == 0)
        throw CLI::RequiredError("--template or --check");
    });
    return app;
  }

  ExitCode run() override { return wantsTemplate ? printTemplate() : printCheck(); }

private:
  static ExitCode printTemplate() {
    // tiny-2x2 has a clock and every unit, so that most keys of the template get a value.
    auto example = loadChip("tiny-2x2", targetsFolder());
    if (const auto *error = std::get_if<ChipError>(&example)) {
      printError(error->message);
      return kBadInput;
    }
    std::fputs(chipTemplate(std::get<ChipModel>(example)).c_str(), stdout);
    return kDone;
  }

  ExitCode printCheck() const {
    const ChipCheck check = checkChip(chip, targetsFolder());
    const bool good = check.faults.empty();
    const std::vector<std::string> none;
    const std::vector<std::string> unpriced = good ? check.chip.unpricedKeys() : none;
    const std::vector<std::string> untimed = good ? check.chip.untimedKeys() : none;
    std::vector<std::string> odd = good ? check.chip.withoutEffect() : none;
    if (good)
      for (std::string &number : check.chip.oddUnits())
        odd.push_back(std::move(number));
    if (json) {
      const nlohmann::ordered_json object = {{"faults", check.faults},
                                             {"defaults", check.defaults},
                                             {"unpriced", unpriced},
                                             {"untimed", untimed},
                                             {"warnings", odd}};
      std::printf("%s\n", object.dump(1).c_str());
      return good ? kDone : kBadInput;
    }
    for (const std::string &fault : check.faults)
      std::fprintf(stderr, "%s\n", fault.c_str());
    printList("defaults taken", check.defaults);
    printList("unpriced", unpriced);
    printList("untimed (counted as no time)", untimed);
    printList("warnings", odd);
    if (good)
      std::printf("'%s' is a chip: %s\n", check.chip.name.c_str(), check.chip.description.c_str());
    else
      printError("'" + chip + "': " + std::to_string(check.faults.size()) +
                 (check.faults.size() == 1 ? " fault" : " faults"));
    return good ? kDone : kBadInput;
  }

  std::string chip;
  bool wantsTemplate = false, json = false;
};

} // namespace

std::unique_ptr<Command> makeTargetsCommand() { return std::make_unique<TargetsCommand>(); }

} // namespace synfire::tool
