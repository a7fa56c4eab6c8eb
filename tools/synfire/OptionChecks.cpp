// OptionChecks: whole numbers within a range, and values that are not empty.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/OptionChecks.h"

#include <charconv>

namespace synfire::tool {

CLI::Validator wholeNumber(uint64_t low, uint64_t high) {
  const std::string last = high == UINT64_MAX  ? "2^64 - 1"
                           : high == INT64_MAX ? "2^63 - 1"
                                               : std::to_string(high);
  return CLI::Validator(
      [=](std::string &text) {
        uint64_t number = 0;
        const char *end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        if (error != std::errc() || stop != end || number < low || number > high)
          return "'" + text + "' is not a whole number of " + std::to_string(low) + " to " + last;
        text = std::to_string(number); // without leading zeros
        return std::string();
      },
      "");
}

CLI::Validator partOfOne() {
  return CLI::Validator(
      [](std::string &text) {
        double number = 0;
        const char *end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        return error == std::errc() && stop == end && number > 0 && number < 1
                   ? std::string()
                   : "'" + text + "' is not a number above 0 and below 1";
      },
      "");
}

void refuseEmptyValues(CLI::App &command) {
  for (CLI::Option *option : command.get_options()) {
    if (option->get_items_expected_max() == 0)
      continue; // a flag
    const bool isText = option->check_name("--text");
    option->check([isText](const std::string &value) {
      if (isText && value == "@")
        return std::string("needs the name of a file behind @");
      return value.empty() && !isText ? std::string("needs a value that is not empty")
                                      : std::string();
    });
  }
}

std::string emptyAssignment(int argc, char **argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument.starts_with("--") && argument.find('=') == argument.size() - 1)
      return argument;
  }
  return {};
}

} // namespace synfire::tool
