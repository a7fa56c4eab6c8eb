// HostOps: verifier of the host's operations. (C1) and so on are the numbered
// constraints of HostOps.td; how shapes fit from op to op is checked when the
// program is loaded.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/ChipRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::chip;

namespace {

/// What a kind of host op has.
struct HostRule {
  StringRef kind;
  size_t leastInputs, mostInputs;
  SmallVector<StringRef> needed, optional = {};
  /// Whether `columns` are those of the one input, or of all together.
  bool keepsColumns = true;
};

ArrayRef<HostRule> hostRules() {
  static constexpr size_t kAny = ~size_t{0};
  static const HostRule table[] = {
      {"token_lookup", 0, 0, {"table"}},
      {"position_lookup", 0, 0, {"table"}},
      {"code", 0, 0, {"code", "source", "size"}, {"vocabulary"}},
      {"binarize", 1, 1, {"threshold"}},
      {"concat", 1, kAny, {}},
      {"slice", 1, 1, {"from"}, {}, false},
      {"repeat", 1, 1, {}},
      {"dequantize", 1, 1, {"scale"}, {"fraction_bits"}},
      {"inject", 1, 1, {}},
      {"add", 2, 2, {}, {}, false},
      {"logic", 2, 2, {"mode"}, {}, false},
      {"linear", 1, 1, {"table"}, {"transposed", "factor", "offset"}, false},
      {"layer_norm", 1, 1, {"factor", "offset", "eps"}},
      {"power_norm", 1, 1, {"factor", "offset", "spread", "eps"}},
      {"batch_norm", 1, 1, {"factor", "offset", "mean", "spread", "eps"}},
      {"scale", 1, 1, {"factor"}, {"offset"}},
      {"gelu", 1, 1, {}},
      {"relu", 1, 1, {}},
      {"softmax", 1, 1, {}},
      {"clip_floor", 1, 1, {"thresholds", "levels"}},
      {"neuron",
       1,
       1,
       {"thresholds", "decay", "gain", "bias", "v_reset", "v_init", "reset"},
       {"strict", "current_decay", "current_gain"}},
      {"softmax_attention", 3, 3, {"heads", "kv_heads", "attention_scale"}, {"causal"}, false},
      {"recombine", 1, 1, {"mode"}, {}, false},
  };
  return table;
}

/// Every attribute that only some kinds have.
constexpr StringRef kParameters[] = {
    "table",      "transposed",    "threshold",   "scale",  "fraction_bits",   "factor", "offset",
    "mean",       "spread",        "eps",         "levels", "thresholds",      "decay",  "gain",
    "bias",       "v_reset",       "v_init",      "reset",  "strict",          "heads",  "kv_heads",
    "causal",     "code",          "source",      "size",   "attention_scale", "from",   "mode",
    "vocabulary", "current_decay", "current_gain"};

const HostRule *ruleOf(StringRef kind) {
  auto found = llvm::find_if(hostRules(), [&](const HostRule &rule) { return rule.kind == kind; });
  return found == hostRules().end() ? nullptr : found;
}

LogicalResult verifyParameters(HostOp op, const HostRule &rule) {
  for (StringRef name : kParameters) {
    bool has = op->getAttr(name) != nullptr, needed = llvm::is_contained(rule.needed, name);
    if (has ? !needed && !llvm::is_contained(rule.optional, name) : needed)
      return violated(op, "C2", name + " of a " + rule.kind, has ? "one" : "none",
                      has ? "none" : "one");
  }
  return success();
}

LogicalResult verifyNumbers(HostOp op) {
  for (auto [name, least] : {std::pair("columns", 1), std::pair("steps", 1), std::pair("size", 1),
                             std::pair("vocabulary", 1), std::pair("levels", 1),
                             std::pair("heads", 1), std::pair("kv_heads", 1), std::pair("from", 0),
                             std::pair("stage", 0), std::pair("fraction_bits", 0)})
    if (auto number = op->getAttrOfType<IntegerAttr>(name); number && number.getInt() < least)
      return violated(op, "C3", name, Twine(number.getInt()), "at least " + Twine(least));
  if (op.getFractionBits().value_or(0) > 30)
    return violated(op, "C3", "fraction_bits", Twine(*op.getFractionBits()), "0..30");
  return success();
}

LogicalResult verifyTable(HostOp op) {
  if (!op.getTable())
    return success();
  auto columns = static_cast<int64_t>(op.getColumns());
  ShapedType type = op.getTable()->getShapedType();
  bool byRow = op.getKind() == "linear" && !op.getTransposed();
  if (type.getRank() != 2 || !type.getElementType().isF32() ||
      type.getDimSize(byRow ? 0 : 1) != columns)
    return violated(op, "C4", "table", text(Type(type)),
                    "rank 2 of f32 with " + Twine(columns) + (byRow ? " rows" : " columns"));
  return success();
}

LogicalResult verifyEntries(HostOp op) {
  auto columns = static_cast<size_t>(op.getColumns());
  for (StringRef name : {"scale", "factor", "offset", "thresholds", "mean", "spread"}) {
    auto numbers = op->getAttrOfType<DenseF64ArrayAttr>(name);
    bool oneWillDo = name != "mean" && name != "spread";
    if (numbers && static_cast<size_t>(numbers.size()) != columns &&
        !(oneWillDo && numbers.size() == 1))
      return violated(op, "C4", "entries of " + name, Twine(numbers.size()),
                      (oneWillDo ? "1 or " : "") + Twine(columns));
  }
  return success();
}

LogicalResult verifyName(HostOp op, StringRef attribute, std::optional<StringRef> value,
                         ArrayRef<StringRef> known) {
  if (!value || llvm::is_contained(known, *value))
    return success();
  return violated(op, "C6", attribute, *value, llvm::join(known, ", "));
}

} // namespace

LogicalResult HostOp::verify() {
  const HostRule *rule = ruleOf(getKind());
  if (!rule)
    return violated(*this, "C2", "kind", getKind(),
                    llvm::join(llvm::map_range(hostRules(), [](auto &r) { return r.kind; }), ", "));
  size_t inputs = getInputs().size();
  if (inputs < rule->leastInputs || inputs > rule->mostInputs)
    return violated(*this, "C2", "inputs of a " + getKind(), Twine(inputs),
                    (rule->mostInputs != rule->leastInputs ? "at least " : "") +
                        Twine(rule->leastInputs));
  if (failed(verifyParameters(*this, *rule)) || failed(verifyNumbers(*this)) ||
      failed(verifyTable(*this)) || failed(verifyEntries(*this)))
    return failure();
  if (int64_t bits = getSpikeBits().value_or(1); bits < 1 || bits > 32)
    return violated(*this, "C5", "spike_bits", Twine(bits), "1..32");
  if (failed(verifyName(*this, "code", getCode(), {"one_hot", "binary", "binary_left"})) ||
      failed(
          verifyName(*this, "source", getSource(), {"token", "position", "token_at_position"})) ||
      failed(verifyName(*this, "reset", getReset(), {"hard", "soft", "none"})))
    return failure();
  if (getKind() == "logic")
    return verifyName(*this, "mode", getMode(), {"or", "and", "iand"});
  return verifyName(*this, "mode", getMode(), {"mean", "sum", "concatenate", "last"});
}

LogicalResult HostOp::verifySymbolUses(SymbolTableCollection &table) {
  int64_t columns = 0;
  for (Attribute input : getInputs()) {
    auto name = cast<FlatSymbolRefAttr>(input);
    Operation *found = find(*this, name, table);
    if (getKind() == "dequantize") {
      auto readout = dyn_cast_or_null<NeuronsOp>(found);
      if (!readout || readout.getRole() != "readout" || !readout->isBeforeInBlock(*this))
        return violated(*this, "C1", "input " + text(name), kindOf(found),
                        "a readout population that stands before");
      columns += readout.getColumns();
      continue;
    }
    auto before = dyn_cast_or_null<HostOp>(found);
    if (!before || !before->isBeforeInBlock(*this))
      return violated(*this, "C1", "input " + text(name), kindOf(found),
                      "a chip.host_op that stands before");
    columns += before.getColumns();
  }
  if (!getInputs().empty() && ruleOf(getKind())->keepsColumns &&
      columns != static_cast<int64_t>(getColumns()))
    return violated(*this, "C2", "columns", Twine(getColumns()),
                    Twine(columns) + ", as the inputs");
  return success();
}
