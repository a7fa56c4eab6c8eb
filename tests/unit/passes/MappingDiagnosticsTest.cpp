// Wording of the mapping's messages: names, amounts, and each rule that can be broken
// (tests/lit has those that a program's text can break).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"

#include <doctest/doctest.h>

using namespace mlir;
using namespace synfire;
using mapping::Resource;
using mapping::Rule;

namespace {

constexpr const char *kProgram = R"mlir(
chip.program @m on "t"
    time_steps 1
    context_length 1
    max_tokens 1
    vocabulary 3
    alphabet ""
    cleaning "none"
    weight_bits 8 {
  chip.host @table(%ids : tensor<?xi32>) { %0 = spike.code one_hot token %ids size 4 : tensor<?xi32> -> tensor<?x4xi1> chip.yield %0 : tensor<?x4xi1> }
  chip.host @in(%x = @table : tensor<?x4xi1>) { %0 = spike.repeat %x : tensor<?x4xi1> -> tensor<1x?x4xi1> chip.yield %0 : tensor<1x?x4xi1> }
  chip.op linear @fc
  chip.neurons graded_sum @a kind add columns 4 spike_bits 2
  chip.projection @p op @fc from @in to @a rows 4 columns 4 dense weight_bits 8
  chip.slice @s of @a columns 0 to 1 memory_bits 64 { chip.synapses @p rows 0 to 3 memory_bits 64 }
  chip.slice @t of @a columns 1 to 3 memory_bits 96 { chip.synapses @p rows 0 to 3 memory_bits 96 }
})mlir";

/// The message of a violation of the program above on a 2 x 2 chip.
std::string messageOf(const mapping::Violation &violation) {
  MLIRContext context;
  context.printOpOnDiagnostic(false);
  context.loadDialect<chip::ChipDialect>();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(kProgram, &context);
  REQUIRE(module);
  ProgramView view(*module->getOps<chip::ProgramOp>().begin());
  ChipModel chip;
  chip.name = "t";
  chip.mesh = {2, 2, 1};
  chip.core.neurons = 8;
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    CHECK(diagnostic.getSeverity() == DiagnosticSeverity::Error);
    message = diagnostic.str();
    for (Diagnostic &note : diagnostic.getNotes())
      message += "\n" + note.str();
    return success();
  });
  CHECK(failed(emitViolation(view, chip, view.problem(chip), violation)));
  return message;
}

} // namespace

TEST_CASE("memory is written in the largest binary unit that it fills") {
  CHECK(memoryText(int64_t{9} * 1024 * 1024 * 2) == "2.25 MiB");
  CHECK(memoryText(int64_t{8} * 1024 * 1024) == "1 MiB");
  CHECK(memoryText(8 * 1024 * 96) == "96 KiB");
  CHECK(memoryText(8 * 1024) == "1 KiB");
  CHECK(memoryText(12800) == "1.56 KiB");
  CHECK(memoryText(8 * 1024 - 8) == "1023 bytes");
  CHECK(memoryText(13) == "13 bits");
}

TEST_CASE("amounts and ranges of one are singular") {
  CHECK(amountText(Resource::Neurons, 1) == "1 neuron");
  CHECK(amountText(Resource::AxonIn, 1) == "1 axon-in entry");
  CHECK(amountText(Resource::AxonOut, 2) == "2 axon-out entries");
  CHECK(amountText(Resource::SynapseMemory, 16) == "2 bytes of synapse memory");
  CHECK(rangeName("column", 7, 1) == "column 7");
  CHECK(rangeName("row", 4, 3) == "rows 4 to 6");
}

TEST_CASE("links are named by the tiles that they join") {
  ChipModel chip;
  chip.mesh = {3, 2, 1};
  CHECK(linkName(0 * 4 + 0, chip) == "link (0, 0) -> (1, 0)");
  CHECK(linkName(4 * 4 + 1, chip) == "link (1, 1) -> (0, 1)");
  CHECK(linkName(2 * 4 + 2, chip) == "link (2, 0) -> (2, 1)");
  CHECK(linkName(5 * 4 + 3, chip) == "link (2, 1) -> (2, 0)");
  CHECK(linkName(24, chip) == "link 24");
}

TEST_CASE("a placer's defect is reported with core, slices and limit") {
  CHECK(messageOf({.rule = Rule::CapacityExceeded,
                   .core = 3,
                   .resource = Resource::Neurons,
                   .needed = 9,
                   .available = 8,
                   .shares = {{0, 2}, {1, 7}}}) == "core 0 of tile (1, 1): needs 9 neurons, has 8\n"
                                                   "'s' needs 2 neurons\n"
                                                   "'t' needs 7 neurons\n"
                                                   "'core.neurons' of target 't' is 8");
}

TEST_CASE("a router's defect is reported with source, core and rule") {
  CHECK(messageOf({.rule = Rule::RouteMissing,
                   .slice = 1,
                   .edge = 0,
                   .core = 2,
                   .neededNeurons = {1, 3}}) ==
        "'in': its flow does not reach core 0 of tile (0, 1), which needs columns 1 to 3\n"
        "'t' reads it");
  CHECK(messageOf({.rule = Rule::RouteColumns,
                   .slice = 0,
                   .edge = 0,
                   .core = 2,
                   .neededNeurons = {1, 3},
                   .hasNeurons = {1, 1}}) ==
        "'in': its flow to core 0 of tile (0, 1): needs columns 1 to 3, has column 1\n"
        "'s' reads it");
  CHECK(messageOf({.rule = Rule::RouteUnneeded, .edge = 0, .core = 2}) ==
        "'in': its flow reaches core 0 of tile (0, 1), where no slice reads it");
  CHECK(messageOf({.rule = Rule::RouteTwice, .edge = 0, .core = 2}) ==
        "'in': its flow reaches core 0 of tile (0, 1) twice");
  const std::string route = "'in': its flow to core 0 of tile (0, 1) ";
  CHECK(messageOf({.rule = Rule::LinkOutsideMesh, .edge = 0, .core = 2, .link = 16}) ==
        route + "needs links 0 to 15, has link 16");
  CHECK(messageOf({.rule = Rule::LinkOutsideMesh, .edge = 0, .core = 2, .link = 1}) ==
        route + "leaves the mesh by link (0, 0) -> (-1, 0)");
  CHECK(messageOf({.rule = Rule::PathBroken, .edge = 0, .core = 2, .link = 0, .router = {1, 1}}) ==
        route + "takes link (0, 0) -> (1, 0) at router (1, 1)");
  CHECK(messageOf({.rule = Rule::PathBroken, .edge = 0, .core = 2, .router = {1, 0}}) ==
        route + "ends at router (1, 0)");
  CHECK(messageOf({.rule = Rule::LinkFaulty, .edge = 0, .core = 2, .link = 8, .router = {0, 1}}) ==
        route + "takes link (0, 1) -> (1, 1), which is faulty\n"
                "'mesh.faulty_links' of target 't' lists what is faulty");
  CHECK(messageOf({.rule = Rule::LinkTwice, .edge = 0, .core = 2, .link = 8, .router = {0, 1}}) ==
        route + "takes link (0, 1) -> (1, 1) twice");
  CHECK(messageOf({.rule = Rule::DependencyCycle, .link = 0, .links = {0, 6}}) ==
        "'m': its flows can deadlock: link (0, 0) -> (1, 0) waits for link (1, 0) -> (1, 1) waits "
        "for link (0, 0) -> (1, 0)");
}

TEST_CASE("a malformed problem is reported with its rule") {
  for (auto [rule, fault] :
       {std::pair(Rule::SliceDemand, "a slice needs no neuron, or less than nothing of a resource"),
        std::pair(Rule::CoreOutsideMesh, "a core lies outside the mesh"),
        std::pair(Rule::CoreTwice, "a core stands in the list of cores twice"),
        std::pair(Rule::EdgeEndpoint, "a sender or a reader of spikes is no slice"),
        std::pair(Rule::EdgeColumns, "a slice reads columns that its source does not have"),
        std::pair(Rule::PinTwice, "a slice reads one source twice"),
        std::pair(Rule::SourceTwice, "a slice sends its spikes twice")})
    CHECK(messageOf({.rule = rule}) ==
          std::string("'m': the compiler made a mapping problem in which ") + fault);
}
