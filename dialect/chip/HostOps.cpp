// HostOps: text and verifier of chip.host. (C1) and so on are the numbered
// constraints of HostOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/ChipRules.h"
#include "dialect/spike/Spike.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::chip;

bool HostOp::isTokenIds(Type type) {
  auto ids = dyn_cast<RankedTensorType>(type);
  return ids && ids.getRank() == 1 && ids.getElementType().isSignlessInteger(32);
}

Operation *HostOp::getComputed() {
  Block &body = getBody().front();
  return llvm::hasSingleElement(body) ? nullptr : &body.front();
}

RankedTensorType HostOp::getValueType() {
  return cast<YieldOp>(getBody().front().back()).getValue().getType();
}

std::optional<int64_t> HostOp::getSpikeBits() {
  RankedTensorType type = getValueType();
  if (type.getRank() != 3 || !spike::isSpikeType(type))
    return std::nullopt;
  return type.getElementTypeBitWidth();
}

bool HostOp::readsReadout() { return isa_and_nonnull<spike::DequantizeOp>(getComputed()); }

//===----------------------------------------------------------------------===//
// Text: chip.host @NAME(%x = @INPUT : TYPE, ...) stage N attributes {...} { BODY }
//===----------------------------------------------------------------------===//

ParseResult HostOp::parse(OpAsmParser &parser, OperationState &result) {
  StringAttr name;
  SmallVector<OpAsmParser::Argument> arguments;
  SmallVector<Attribute> inputs;
  auto parseInput = [&]() -> ParseResult {
    OpAsmParser::Argument &argument = arguments.emplace_back();
    if (parser.parseArgument(argument))
      return failure();
    if (succeeded(parser.parseOptionalEqual())) {
      StringAttr input;
      if (parser.parseSymbolName(input))
        return failure();
      inputs.push_back(FlatSymbolRefAttr::get(input));
    }
    return parser.parseColonType(argument.type);
  };
  if (parser.parseSymbolName(name, getSymNameAttrName(result.name), result.attributes) ||
      parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, parseInput))
    return failure();
  result.addAttribute(getInputsAttrName(result.name), parser.getBuilder().getArrayAttr(inputs));
  for (auto [word, attribute] : {std::pair("points", getPointsAttrName(result.name)),
                                 std::pair("stage", getStageAttrName(result.name))})
    if (IntegerAttr number; succeeded(parser.parseOptionalKeyword(word)) &&
                            parser.parseAttribute(number, parser.getBuilder().getI64Type(),
                                                  attribute, result.attributes))
      return failure();
  if (parser.parseOptionalAttrDictWithKeyword(result.attributes))
    return failure();
  return parser.parseRegion(*result.addRegion(), arguments);
}

void HostOp::print(OpAsmPrinter &printer) {
  printer << ' ';
  printer.printSymbolName(getSymName());
  printer << '(';
  ArrayRef<Attribute> inputs = getInputs().getValue();
  llvm::interleaveComma(getBody().getArguments(), printer, [&](BlockArgument argument) {
    printer << argument;
    if (!isTokenIds(argument.getType()) && !inputs.empty()) {
      printer << " = " << inputs.front();
      inputs = inputs.drop_front();
    }
    printer << " : " << argument.getType();
  });
  printer << ')';
  if (getPoints() != 1)
    printer << " points " << static_cast<int64_t>(getPoints());
  if (getStage())
    printer << " stage " << static_cast<int64_t>(*getStage());
  printer.printOptionalAttrDictWithKeyword(
      (*this)->getAttrs(),
      {getSymNameAttrName(), getInputsAttrName(), getPointsAttrName(), getStageAttrName()});
  printer << ' ';
  printer.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

//===----------------------------------------------------------------------===//
// Verifier
//===----------------------------------------------------------------------===//

LogicalResult HostOp::verify() {
  // (C5)
  if (auto stage = static_cast<int64_t>(getStage().value_or(0)); stage < 0 || stage >= kMaxColumns)
    return violated(*this, "stage", Twine(stage), "0.." + Twine(kMaxColumns - 1));
  return success();
}

/// MLIR calls this when it has verified the operation in the body.
LogicalResult HostOp::verifyRegions() {
  Block &body = getBody().front();
  if (llvm::hasSingleElement(body) && isa<YieldOp>(body.front()))
    return verifyInputTensor();
  // (C1)
  if (!llvm::hasNItems(body, 2) || !isa<YieldOp>(body.back()))
    return violated(*this, "body", Twine(llvm::range_size(body)) + " operations",
                    "an operation and the chip.yield of its result, or the chip.yield of its "
                    "argument");
  Operation *computed = getComputed();
  if (!computed->hasTrait<spike::HostComputable>()) {
    InFlightDiagnostic error = emitOpError()
                               << "operation: needs one that the host has a kernel for, has "
                               << computed->getName();
    error.attachNote() << "the host has kernels for " << spike::hostComputableOps(getContext());
    return error;
  }
  if (!llvm::equal(computed->getOperands(), body.getArguments()))
    return violated(*this, "operands of the operation", "others",
                    "the body's arguments in their order");
  if (cast<YieldOp>(body.back()).getValue() != computed->getResult(0))
    return violated(*this, "chip.yield", "another value", "the operation's result");
  // (C2)
  if (int64_t rank = getValueType().getRank(); rank != 2 && rank != 3)
    return violated(*this, "rank of the result", Twine(rank), "2 (NxD) or 3 (TxNxD)");
  size_t wanted =
      llvm::count_if(body.getArgumentTypes(), [](Type type) { return !isTokenIds(type); });
  // (C3)
  if (getInputs().size() != wanted)
    return violated(*this, "inputs", Twine(getInputs().size()),
                    Twine(wanted) + " (one for every argument but token ids)");
  return success();
}

LogicalResult HostOp::verifyInputTensor() {
  Block &body = getBody().front();
  // (C1)
  if (body.getNumArguments() != 1 || cast<YieldOp>(body.back()).getValue() != body.getArgument(0))
    return violated(*this, "body", Twine(body.getNumArguments()) + " arguments",
                    "one argument, which it yields, when it holds no operation");
  // (C2)
  RankedTensorType type = getValueType();
  bool numbers = spike::isSpikeType(type) || type.getElementType().isF32();
  if ((type.getRank() != 2 && type.getRank() != 3) || !numbers ||
      type.isDynamicDim(type.getRank() - 1) || (type.getRank() == 3 && type.isDynamicDim(0)))
    return violated(*this, "the given tensor", text(Type(type)),
                    "spikes or f32 of rank 2 (NxD) or 3 (TxNxD) with D and T fixed");
  // (C3)
  if (!getInputs().empty())
    return violated(*this, "inputs", Twine(getInputs().size()), "0 (the run gives the tensor)");
  return success();
}

LogicalResult HostOp::verifySymbolUses(SymbolTableCollection &table) {
  if (failed(verifyPoints(*this, getPoints())))
    return failure();
  // (C6)
  ArrayRef<int64_t> shape = getValueType().getShape();
  if (auto points = static_cast<int64_t>(getPoints()); points != 1 && points != shape.end()[-2])
    return violated(*this, "points", Twine(points), "1, or as many as the value has rows");
  if (isInputTensor())
    return success();
  auto arguments = llvm::make_filter_range(
      getBody().getArguments(), [](BlockArgument a) { return !isTokenIds(a.getType()); });
  for (auto [argument, input] : llvm::zip(arguments, getInputs())) {
    auto name = cast<FlatSymbolRefAttr>(input);
    Operation *found = find(*this, name, table);
    if (readsReadout()) {
      auto readout = dyn_cast_or_null<NeuronsOp>(found);
      // (C4)
      if (!readout || readout.getRole() != "readout" || !readout->isBeforeInBlock(*this))
        return violated(*this, "input " + text(name), kindOf(found),
                        "a readout population that stands before");
      int64_t features = cast<RankedTensorType>(argument.getType()).getShape().back();
      if (features != static_cast<int64_t>(readout.getColumns()))
        return violated(*this, "features of the argument", Twine(features),
                        Twine(readout.getColumns()) + " (as the readout's columns)");
      continue;
    }
    auto before = dyn_cast_or_null<HostOp>(found);
    if (!before || !before->isBeforeInBlock(*this))
      return violated(*this, "input " + text(name), kindOf(found),
                      "a chip.host that stands before");
    if (before.getValueType() != argument.getType())
      return violated(*this, "argument for " + text(name), text(argument.getType()),
                      text(Type(before.getValueType())) + " (as it yields)");
  }
  return success();
}
