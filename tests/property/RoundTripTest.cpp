// RoundTripTest: text and bytecode give every module back.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/Outcome.h"

#include "mlir/Bytecode/BytecodeWriter.h"

#include <doctest/doctest.h>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

std::string bytecodeOf(const Subject &subject) {
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  (void)writeBytecodeToFile(subject.graph.module.get(), os);
  return bytes;
}

using Change = std::function<void(ModuleOp)>;

/// `change` happens to a module on its way: nothing, or a defect.
std::string givenBack(Subject &subject, const Change &change) {
  std::string text = subject.text(), bytes = bytecodeOf(subject);
  Outcome expected = interpret(subject);
  for (auto [name, form] : {std::pair("text", &text), std::pair("bytecode", &bytes)}) {
    Subject read(*form, subject.graph.input);
    if (!read.graph.module)
      return std::string(name) + " is refused: " + read.errors;
    change(*read.graph.module);
    if (read.text() != text)
      return std::string(name) + " gives another text:\n" + read.text();
    if (bytecodeOf(read) != bytes)
      return std::string(name) + " gives other bytecode";
    if (std::string wrong = difference(expected, interpret(read)); !wrong.empty())
      return std::string(name) + ": " + wrong;
  }
  return "";
}

} // namespace

TEST_CASE("text and bytecode give every module back, and what it computes") {
  auto property = [](Subject &subject) { return givenBack(subject, [](ModuleOp) {}); };
  for (Profile profile : {Profile::Any, Profile::Spiking})
    CHECK(counterexample({.profile = profile}, seedCount(300), property) == "");
}

TEST_CASE("a threshold that changes on the way is seen") {
  auto property = [](Subject &subject) { return givenBack(subject, raiseThresholds); };
  CHECK(counterexample({}, 20, property, false) != "");
}
