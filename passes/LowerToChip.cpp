// LowerToChip: the chip.program of a quantised function.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/NamedError.h"
#include "dialect/Violation.h"
#include "passes/Passes.h"
#include "passes/TargetOption.h"
#include "passes/WeightForms.h"
#include "passes/lower/ProgramRows.h"
#include "passes/lower/WeightBlocks.h"
#include "targets/ChipResources.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/SymbolTable.h"

#include <algorithm>

namespace synfire {
#define GEN_PASS_DEF_LOWERTOCHIP
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// The one function with a spike.model. Fails, after an error, if there is none or a second one, or
/// if it has more than one block.
static FailureOr<FunctionOpInterface> findModel(ModuleOp module) {
  FunctionOpInterface found;
  for (auto function : module.getOps<FunctionOpInterface>()) {
    if (!function->hasAttr(kModelAttrName))
      continue;
    if (found)
      return function->emitError()
             << "a second function has " << kModelAttrName << "; a program is made of one model";
    found = function;
  }
  if (!found)
    return module.emitError() << "no function has " << kModelAttrName
                              << ", which says what the model is called and what it reads";
  if (!llvm::hasSingleElement(found.getFunctionBody()))
    return emitModelError(found) << "needs one block of operations, has "
                                 << found.getFunctionBody().getBlocks().size();
  return found;
}

/// The form of the widest quantised weights of the function, of as wide ones that which holds most
/// numbers; if it has none, that which the chip prefers.
static FailureOr<WeightForm> widestWeights(FunctionOpInterface function, const ChipModel &chip) {
  std::optional<WeightForm> widest;
  auto order = [](WeightForm form) {
    return std::tuple(form.bits, form.largest(), -form.smallest());
  };
  function->walk([&](SynapseLike op) {
    if (!getFixedEncoding(op->getResult(0).getType()))
      return;
    if (WeightForm form = op.getWeightForm(); !widest || order(*widest) < order(form))
      widest = form;
  });
  if (widest)
    return *widest;
  return WeightForms(chip).choose({}, [&] { return emitModelError(function); });
}

static StringRef stringifyEncoding(const PendingProjection &projection) {
  if (projection.diagonal)
    return "sparse";
  return projection.window ? "conv" : "dense";
}

/// The attribute `weight_format` of a projection; null for signed weights.
static StringAttr formatAttr(OpBuilder &builder, WeightForm form) {
  return form == WeightForm::ofBits(form.bits)
             ? StringAttr()
             : builder.getStringAttr(weightFormatName(form.format));
}

static void writeProjections(chip::ProgramOp program, ArrayRef<PendingProjection> projections) {
  auto builder = OpBuilder::atBlockEnd(&program.getBody().front());
  auto symbol = [&](StringRef name) { return FlatSymbolRefAttr::get(builder.getContext(), name); };
  llvm::StringMap<int> count;
  for (const PendingProjection &p : projections) {
    std::string name =
        p.op == p.target ? p.source + "->" + p.target : p.source + "->" + p.op + "->" + p.target;
    // An op that is added twice to one stream has two projections, which need different names.
    if (int n = count[name]++; n > 0)
      name += "#" + std::to_string(n + 1);
    StringAttr attr = builder.getStringAttr(name);
    chip::ProjectionOp::create(
        builder, NameLoc::get(attr), attr, symbol(p.op), symbol(p.source), symbol(p.target),
        builder.getI64IntegerAttr(p.rows), builder.getI64IntegerAttr(p.columns),
        builder.getStringAttr(stringifyEncoding(p)), builder.getI64IntegerAttr(p.weights.bits),
        formatAttr(builder, p.weights), builder.getI64IntegerAttr(p.rowStride),
        p.lastStepOnly ? builder.getUnitAttr() : UnitAttr(),
        p.window ? chip::WindowAttr::get(builder.getContext(), *p.window) : chip::WindowAttr(),
        builder.getI64IntegerAttr(p.groups), builder.getI64IntegerAttr(p.uniform),
        /*nonzeros=*/nullptr,
        p.delays.empty() ? DenseI64ArrayAttr() : builder.getDenseI64ArrayAttr(p.delays));
  }
}

/// Whether a block of such columns might take less memory as indexed rows: it can where one column
/// does with the fewest bits that an index has.
static bool mayPay(chip::ProjectionOp projection, ArrayRef<int64_t> nonzeros,
                   const ChipModel &chip) {
  const auto bits = static_cast<int64_t>(projection.getWeightBits());
  const auto dense = static_cast<int64_t>(projection.getRows()) * bits;
  return llvm::any_of(nonzeros, [&](int64_t count) {
    return count * (bits + chip.core.sparseIndexBits.value_or(1)) < dense;
  });
}

/// States the weights that are not 0 at each projection that the chip may store without zeros.
static LogicalResult stateNonzeros(chip::ProgramOp program, const ChipModel &chip) {
  const WeightBlocks weights(program->getParentOfType<ModuleOp>());
  llvm::StringMap<std::vector<int64_t>> ofOp; // an op may have several projections
  for (auto projection : program.getOps<chip::ProjectionOp>()) {
    const bool point = projection.getWindow() && projection.getWindow()->getWindow().taps() == 1 &&
                       projection.getGroups() == 1;
    if (projection.getEncoding() == "sparse" || (projection.getWindow() && !point))
      continue;
    std::vector<int64_t> &nonzeros = ofOp[projection.getOp()];
    if (nonzeros.empty()) {
      FailureOr<std::vector<int64_t>> counted = weights.countNonzeros(projection);
      if (failed(counted))
        return failure();
      nonzeros = std::move(*counted);
    }
    if (mayPay(projection, nonzeros, chip))
      projection.setNonzeros(ArrayRef<int64_t>(nonzeros));
  }
  return success();
}

/// Sets the program's `result` to the host op that computes what the function returns, the logits.
static LogicalResult setResult(chip::ProgramOp program, FunctionOpInterface function,
                               ProgramRows &rows) {
  Operation *exit = function.getFunctionBody().front().getTerminator();
  if (exit->getNumOperands() != 1)
    return emitModelError(function) << "needs one returned value, has " << exit->getNumOperands();
  Value result = exit->getOperand(0);
  FlatSymbolRefAttr row = rows.hostRowOf(result);
  if (!row || cast<RankedTensorType>(result.getType()).getRank() != 2)
    return emitModelError(function)
           << "result: needs one row of reals per token, has " << text(result.getType())
           << "; recombine the time steps, and let the continuation be chosen "
              "outside";
  program.setResultAttr(row);
  return success();
}

namespace {

class LowerToChip : public synfire::impl::LowerToChipBase<LowerToChip> {
public:
  using LowerToChipBase::LowerToChipBase;

private:
  void runOnOperation() override {
    FailureOr<ChipModel> chip = loadTarget(getOperation(), target, targetsFolder);
    if (failed(chip))
      return signalPassFailure();
    FailureOr<FunctionOpInterface> function = findModel(getOperation());
    if (failed(function) || failed(lower(*function, *chip)))
      signalPassFailure();
  }

  LogicalResult lower(FunctionOpInterface function, const ChipModel &chip) {
    auto model = function->getAttrOfType<ModelAttr>(kModelAttrName);
    int64_t context = model.getContextLength();
    int64_t tokens = maxTokens == 0 ? context : int64_t(maxTokens);
    if (tokens < 1 || tokens > model.getContextLength())
      return emitModelError(function) << "max-tokens: needs 1 to " << model.getContextLength()
                                      << " (its context), has " << tokens;
    auto input = cast<RankedTensorType>(function.getArgument(0).getType());
    int64_t given = input.getDimSize(input.getRank() == 1 ? 0 : input.getRank() - 2);
    if (!ShapedType::isDynamic(given) && given > tokens)
      return emitModelError(function) << "max-tokens: needs at least " << given
                                      << " (those that its input has), has " << tokens;
    // The points of a grid are computed at once: an image is one token.
    const bool grid = isGridModel(function);
    if (grid)
      context = tokens = 1;
    if (grid && chip::HostOp::isTokenIds(input))
      return emitModelError(function)
             << "convolves, pools or flattens tokens that are given as ids; a chip runs such a "
                "model "
                "on the points of a tensor. Run it with `synfire interpret`";
    FailureOr<WeightForm> widest = widestWeights(function, chip);
    if (failed(widest))
      return failure();
    OpBuilder builder(function->getContext());
    auto i64 = [&](int64_t value) { return builder.getI64IntegerAttr(value); };
    const std::vector<std::string> resources = chipResources(chip);
    auto program = chip::ProgramOp::create(
        builder, NameLoc::get(model.getName()), model.getName(), builder.getStringAttr(chip.name),
        i64(model.getTimeSteps()), i64(context), i64(tokens), i64(model.getVocabulary()),
        model.getAlphabet(), model.getCleaning(), i64(widest->bits), /*schedule=*/nullptr,
        /*stages=*/nullptr,
        /*weights_file=*/nullptr, /*weights_bytes=*/nullptr, /*source_checksum=*/nullptr,
        /*weights_checksum=*/nullptr, builder.getStringAttr(target),
        builder.getStrArrayAttr(SmallVector<StringRef>(resources.begin(), resources.end())),
        /*format=*/nullptr, /*seed=*/nullptr, /*warnings=*/nullptr, model.getWords(),
        /*result=*/nullptr);
    program.getBody().emplaceBlock();
    // insert() renames the program if the module has a function of the same name.
    SymbolTable(getOperation()).insert(program);

    ProgramRows rows(program, chip, *widest, targetsFolder);
    if (failed(rows.write(function)) || failed(setResult(program, function, rows)))
      return failure();
    writeProjections(program, rows.projections());
    return chip.core.sparseWeights ? stateNonzeros(program, chip) : success();
  }
};

} // namespace
