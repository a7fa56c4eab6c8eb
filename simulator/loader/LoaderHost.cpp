// LoaderHost: operations of the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/loader/LoaderReader.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/DialectResourceBlobManager.h"

#include <cstring>
#include <memory>

namespace synfire::sim {
namespace {

template <typename Value> struct Named {
  llvm::StringRef name;
  Value value;
};

constexpr Named<HostOpKind> kKinds[] = {{"token_lookup", HostOpKind::TokenLookup},
                                        {"position_lookup", HostOpKind::PositionLookup},
                                        {"code", HostOpKind::Code},
                                        {"binarize", HostOpKind::Binarize},
                                        {"concat", HostOpKind::Concat},
                                        {"slice", HostOpKind::Slice},
                                        {"repeat", HostOpKind::Repeat},
                                        {"dequantize", HostOpKind::Dequantize},
                                        {"inject", HostOpKind::Inject},
                                        {"add", HostOpKind::Add},
                                        {"logic", HostOpKind::Logic},
                                        {"linear", HostOpKind::Linear},
                                        {"layer_norm", HostOpKind::LayerNorm},
                                        {"batch_norm", HostOpKind::Normalize},
                                        {"power_norm", HostOpKind::Normalize},
                                        {"scale", HostOpKind::Scale},
                                        {"gelu", HostOpKind::Gelu},
                                        {"relu", HostOpKind::Relu},
                                        {"softmax", HostOpKind::Softmax},
                                        {"clip_floor", HostOpKind::ClipFloor},
                                        {"neuron", HostOpKind::Neuron},
                                        {"softmax_attention", HostOpKind::SoftmaxAttention},
                                        {"recombine", HostOpKind::Recombine}};
constexpr Named<HostCode> kCodes[] = {{"one_hot", HostCode::OneHot},
                                      {"binary", HostCode::Binary},
                                      {"binary_left", HostCode::BinaryLeft}};
constexpr Named<HostCodeSource> kSources[] = {
    {"token", HostCodeSource::Token},
    {"position", HostCodeSource::Position},
    {"token_at_position", HostCodeSource::TokenAtPosition}};
constexpr Named<HostLogic> kLogic[] = {
    {"or", HostLogic::Or}, {"and", HostLogic::And}, {"iand", HostLogic::Iand}};
constexpr Named<HostRecombination> kRecombinations[] = {
    {"mean", HostRecombination::Mean},
    {"sum", HostRecombination::Sum},
    {"concatenate", HostRecombination::Concatenate},
    {"last", HostRecombination::Last}};
constexpr Named<HostReset> kResets[] = {
    {"hard", HostReset::Hard}, {"soft", HostReset::Soft}, {"none", HostReset::None}};

/// The value that a name has; an absent name keeps what is there.
template <size_t N, typename Value>
bool readName(std::optional<llvm::StringRef> name, const Named<Value> (&table)[N], Value &result) {
  if (!name)
    return true;
  for (const Named<Value> &entry : table)
    if (entry.name == *name) {
      result = entry.value;
      return true;
    }
  return false;
}

double numberOf(std::optional<llvm::APFloat> number, double otherwise) {
  return number ? number->convertToDouble() : otherwise;
}

/// One entry stands for all columns; no entries become `fill`, if any.
std::vector<double> entriesOf(std::optional<llvm::ArrayRef<double>> entries, int32_t columns,
                              std::optional<double> fill = std::nullopt) {
  if (entries && entries->size() == 1)
    fill = entries->front();
  else if (entries)
    return entries->vec();
  return fill ? std::vector<double>(columns, *fill) : std::vector<double>();
}

} // namespace

bool ProgramReader::readHostOp(chip::HostOp op) {
  const llvm::StringRef name = op.getSymName();
  HostOp result;
  result.op = addRow(name, op.getKind(), Where::Host);
  if (!readName(op.getKind(), kKinds, result.kind))
    return fail(name, "unknown kind of host operation '", op.getKind().str(), "'");
  if (!numbers(name, "columns", op.getColumns(), result.columns, "steps", op.getSteps(),
               result.steps))
    return false;
  const bool reads = result.kind == HostOpKind::Dequantize;
  for (mlir::Attribute input : op.getInputs()) {
    const llvm::StringRef symbol = llvm::cast<mlir::FlatSymbolRefAttr>(input).getValue();
    if (reads ? !resolve(name, "readout", populations, symbol, result.readout)
              : !resolve(name, "host operation", hostOps, symbol, result.inputs.emplace_back()))
      return false;
  }
  if ((op.getTable() && !readTable(op, result)) || !readParameters(op, result))
    return false;
  const int32_t index = static_cast<int32_t>(p.hostOps.size());
  hostOps[name] = index;
  p.hostOps.push_back(std::move(result));
  return !op.getSpikeBits() || readHostSpikes(op, index);
}

bool ProgramReader::readHostSpikes(chip::HostOp op, int32_t index) {
  const llvm::StringRef name = op.getSymName();
  Population population;
  population.op = p.hostOps[index].op;
  population.kind = PopulationKind::HostSpikes;
  population.columns = p.hostOps[index].columns;
  population.hostOp = index;
  if (!numbers(name, "spike_bits", *op.getSpikeBits(), population.spikeBits, "stage",
               op.getStage().value_or(0), population.stage))
    return false;
  populations[name] = static_cast<int32_t>(p.populations.size());
  p.populations.push_back(std::move(population));
  return true;
}

bool ProgramReader::readParameters(chip::HostOp op, HostOp &result) {
  const llvm::StringRef name = op.getSymName();
  const int32_t columns = result.columns;
  const bool linear = result.kind == HostOpKind::Linear;
  const auto fill = [](bool needed, double value) {
    return needed ? std::optional(value) : std::nullopt;
  };
  result.transposed = op.getTransposed();
  result.threshold = numberOf(op.getThreshold(), 0);
  result.scale = entriesOf(op.getScale(), columns);
  result.factor = entriesOf(op.getFactor(), columns, fill(linear, 1));
  result.offset = entriesOf(op.getOffset(), columns, fill(linear, 0));
  // A power norm subtracts nothing: x - 0 is x.
  result.mean = entriesOf(op.getMean(), columns, fill(result.kind == HostOpKind::Normalize, 0));
  result.spread = entriesOf(op.getSpread(), columns);
  result.eps = numberOf(op.getEps(), 0);
  result.thresholds = entriesOf(op.getThresholds(), columns);
  result.neuron.decay = numberOf(op.getDecay(), 1);
  result.neuron.gain = numberOf(op.getGain(), 1);
  result.neuron.bias = numberOf(op.getBias(), 0);
  result.neuron.vReset = numberOf(op.getVReset(), 0);
  result.neuron.vInit = numberOf(op.getVInit(), 0);
  result.neuron.strict = op.getStrict();
  result.neuron.filters = op.getCurrentDecay() || op.getCurrentGain();
  result.neuron.currentDecay = numberOf(op.getCurrentDecay(), 0);
  result.neuron.currentGain = numberOf(op.getCurrentGain(), 1);
  result.attentionScale = numberOf(op.getAttentionScale(), 1);
  result.causal = op.getCausal();
  result.size = static_cast<int64_t>(op.getSize().value_or(1));
  result.vocabulary = static_cast<int64_t>(op.getVocabulary().value_or(0));
  const bool named = readName(op.getCode(), kCodes, result.code) &&
                     readName(op.getSource(), kSources, result.source) &&
                     readName(op.getReset(), kResets, result.neuron.reset) &&
                     (result.kind == HostOpKind::Logic
                          ? readName(op.getMode(), kLogic, result.logic)
                          : readName(op.getMode(), kRecombinations, result.recombination));
  if (!named)
    return fail(name, "has a code, source, reset or mode of no known name");
  return numbers(name, "fraction_bits", op.getFractionBits().value_or(0), result.fractionBits,
                 "levels", op.getLevels().value_or(1), result.levels, "heads",
                 op.getHeads().value_or(1), result.heads, "kv_heads", op.getKvHeads().value_or(1),
                 result.kvHeads, "from", op.getFrom().value_or(0), result.from);
}

bool ProgramReader::readTable(chip::HostOp op, HostOp &result) {
  const llvm::StringRef name = op.getSymName();
  const mlir::ElementsAttr table = *op.getTable();
  const mlir::ShapedType type = table.getShapedType();
  if (type.getRank() != 2 || !type.getElementType().isF32())
    return fail(name, "table must have rank 2 of f32");
  if (!numbers(name, "table rows", type.getDimSize(0), result.tableRows, "table columns",
               type.getDimSize(1), result.tableColumns))
    return false;
  auto values = std::make_shared<std::vector<float>>();
  if (auto dense = llvm::dyn_cast<mlir::DenseFPElementsAttr>(table)) {
    // A splat can claim any size; a table is no larger than what is stored.
    constexpr int64_t kMaxSplat = int64_t{1} << 28;
    if (type.getNumElements() > kMaxSplat)
      return fail(name, "table of ", type.getNumElements(), " values exceeds the limit of ",
                  kMaxSplat);
    for (float value : dense.getValues<float>())
      values->push_back(value);
  } else if (auto resource = llvm::dyn_cast<mlir::DenseResourceElementsAttr>(table)) {
    const mlir::AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    if (!blob)
      return fail(name, "the values of its table are not in the file");
    const llvm::ArrayRef<char> bytes = blob->getData();
    if (bytes.size() / sizeof(float) != static_cast<uint64_t>(type.getNumElements()) ||
        bytes.size() % sizeof(float) != 0)
      return fail(name, "table of ", type.getNumElements(), " values has ", bytes.size(), " bytes");
    values->resize(bytes.size() / sizeof(float));
    std::memcpy(values->data(), bytes.data(), bytes.size());
  } else {
    return fail(name, "table is neither dense nor a resource");
  }
  result.table = *values;
  result.tableOwner = std::move(values);
  return true;
}

} // namespace synfire::sim
