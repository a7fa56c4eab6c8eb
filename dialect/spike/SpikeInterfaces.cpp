// SpikeInterfaces: how ops present themselves to passes, and type helpers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/Weights.h"
#include "support/Limits.h"

#include "mlir/IR/Location.h"
#include "mlir/IR/TypeUtilities.h"

#include <limits>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

FixedAttr synfire::spike::getFixedEncoding(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor ? dyn_cast_or_null<FixedAttr>(tensor.getEncoding()) : FixedAttr();
}

bool synfire::spike::isSpikeType(Type type) {
  if (auto tensor = dyn_cast<RankedTensorType>(type); tensor && tensor.getEncoding())
    return false;
  Type element = getElementTypeOrSelf(type);
  if (element.isSignlessInteger(1))
    return true;
  return element.isUnsignedInteger() && element.getIntOrFloatBitWidth() >= 1 &&
         element.getIntOrFloatBitWidth() <= kMaxGradedBits;
}

bool synfire::spike::isCurrentType(Type type) {
  if (getFixedEncoding(type))
    return true;
  auto tensor = dyn_cast<RankedTensorType>(type);
  return getElementTypeOrSelf(type).isF32() && !(tensor && tensor.getEncoding());
}

/// The first name in a location, empty if there is none. The parts of a fused location are searched
/// in their order.
static StringRef findName(Location loc) {
  if (auto name = dyn_cast<NameLoc>(loc))
    return name.getName().getValue();
  if (auto call = dyn_cast<CallSiteLoc>(loc))
    return findName(call.getCallee());
  if (auto fused = dyn_cast<FusedLoc>(loc))
    for (Location part : fused.getLocations())
      if (StringRef name = findName(part); !name.empty())
        return name;
  return {};
}

std::string synfire::spike::sourceName(Operation *op) {
  StringRef name = findName(op->getLoc());
  return (name.empty() ? op->getName().getStringRef() : name).str();
}

static int64_t lastDimension(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape().back();
}

//===----------------------------------------------------------------------===//
// SynapseLike
//===----------------------------------------------------------------------===//

Value LinearOp::getSynapseInput() { return getInput(); }
int64_t LinearOp::getRows() { return lastDimension(getInput()); }
int64_t LinearOp::getColumns() { return lastDimension(getResult()); }
bool LinearOp::isDiagonal() { return false; }
ElementsAttr LinearOp::getStoredWeight() { return getWeight(); }
bool LinearOp::isTransposed() { return getTransposed(); }

double LinearOp::getColumnFactor(int64_t column) {
  return getChannelScale() ? (*getChannelScale())[column] : 1.0;
}

ArrayRef<double> LinearOp::getRowFactors() { return getInputFactor().value_or(ArrayRef<double>()); }

void LinearOp::setSynapseInput(Value input, ArrayRef<double> rowFactors, ElementsAttr bias) {
  getInputMutable().assign(input);
  setInputFactor(rowFactors.empty() ? std::nullopt : std::optional(rowFactors));
  if (bias)
    setBiasAttr(bias);
}

static double biasAt(std::optional<ElementsAttr> bias, int64_t column) {
  if (!bias)
    return 0.0;
  FailureOr<WeightView> view = WeightView::get(*bias);
  return failed(view) ? std::numeric_limits<double>::quiet_NaN() : (*view)[column];
}
double LinearOp::getBiasAt(int64_t column) { return biasAt(getBias(), column); }

Value InjectOp::getSynapseInput() { return getInput(); }
int64_t InjectOp::getRows() { return lastDimension(getInput()); }
int64_t InjectOp::getColumns() { return lastDimension(getResult()); }
bool InjectOp::isDiagonal() { return true; }
ElementsAttr InjectOp::getStoredWeight() { return {}; }
bool InjectOp::isTransposed() { return false; }
double InjectOp::getColumnFactor(int64_t) { return 1.0; }
ArrayRef<double> InjectOp::getRowFactors() { return {}; }
void InjectOp::setSynapseInput(Value input, ArrayRef<double>, ElementsAttr) {
  getInputMutable().assign(input);
}
double InjectOp::getBiasAt(int64_t) { return 0.0; }

Value ConvOp::getSynapseInput() { return getInput(); }
int64_t ConvOp::getRows() {
  ShapedType weight = getWeight().getShapedType();
  return weight.getNumElements() / weight.getDimSize(0);
}
int64_t ConvOp::getColumns() { return lastDimension(getResult()); }
int64_t ConvOp::getGroupCount() { return static_cast<int64_t>(getGroups()); }
bool ConvOp::isDiagonal() { return false; }
ElementsAttr ConvOp::getStoredWeight() { return getWeight(); }
bool ConvOp::isTransposed() { return false; }
double ConvOp::getColumnFactor(int64_t column) {
  return getChannelScale() ? (*getChannelScale())[column] : 1.0;
}
ArrayRef<double> ConvOp::getRowFactors() { return {}; }
void ConvOp::setSynapseInput(Value input, ArrayRef<double>, ElementsAttr) {
  getInputMutable().assign(input);
}
double ConvOp::getBiasAt(int64_t column) { return biasAt(getBias(), column); }

Value PoolOp::getSynapseInput() { return getInput(); }
int64_t PoolOp::getRows() { return lastDimension(getInput()); }
int64_t PoolOp::getColumns() { return lastDimension(getResult()); }
bool PoolOp::isDiagonal() { return true; }
double PoolOp::getDiagonalWeight() {
  return getMode() == Pooling::Average ? 1.0 / static_cast<double>(getGridWindow()->taps()) : 1.0;
}
ElementsAttr PoolOp::getStoredWeight() { return {}; }
bool PoolOp::isTransposed() { return false; }
double PoolOp::getColumnFactor(int64_t) { return 1.0; }
ArrayRef<double> PoolOp::getRowFactors() { return {}; }
void PoolOp::setSynapseInput(Value input, ArrayRef<double>, ElementsAttr) {
  getInputMutable().assign(input);
}
double PoolOp::getBiasAt(int64_t) { return 0.0; }

//===----------------------------------------------------------------------===//
// SpikeGate
//===----------------------------------------------------------------------===//

bool AddOp::isGate() { return isSpikeType(getResult().getType()); }
SmallVector<int64_t> AddOp::getGateFactors() { return {1, 1}; }
std::optional<int64_t> AddOp::getGateThreshold() { return std::nullopt; }

bool LogicOp::isGate() { return true; }
SmallVector<int64_t> LogicOp::getGateFactors() {
  return getMode() == Logic::Iand ? SmallVector<int64_t>{-1, 1} : SmallVector<int64_t>{1, 1};
}
std::optional<int64_t> LogicOp::getGateThreshold() { return getMode() == Logic::And ? 2 : 1; }

/// The largest of graded spikes is no function of their sum.
bool PoolOp::isGate() {
  Type element = getElementTypeOrSelf(getResult().getType());
  return isSpikeType(getResult().getType()) &&
         (getMode() == Pooling::Sum || element.isSignlessInteger(1));
}
SmallVector<int64_t> PoolOp::getGateFactors() { return {1}; }
std::optional<int64_t> PoolOp::getGateThreshold() {
  return getMode() == Pooling::Max ? std::optional<int64_t>(1) : std::nullopt;
}

//===----------------------------------------------------------------------===//
// ChannelNorm
//===----------------------------------------------------------------------===//

ElementsAttr BatchNormOp::getNormMean() { return getMean(); }
ElementsAttr BatchNormOp::getNormSpread() { return getVariance(); }
StringRef BatchNormOp::getNormSpreadName() { return "variance"; }

ElementsAttr PowerNormOp::getNormSpread() { return getPhi(); }
StringRef PowerNormOp::getNormSpreadName() { return "phi"; }

//===----------------------------------------------------------------------===//
// NeuronLike, IntegratorLike, AttentionLike
//===----------------------------------------------------------------------===//

Value NeuronOp::getNeuronInput() { return getCurrent(); }
Value NeuronOp::getNeuronOutput() { return getSpikes(); }
int64_t NeuronOp::getNeuronCount() { return lastDimension(getSpikes()); }
NeuronModel NeuronOp::getNeuronModel() { return cast<NeuronModel>(getModel()); }
Scan NeuronOp::getScanOrder() { return getScan(); }
StateAttr NeuronOp::getMembraneState() { return getStateAttr(); }
void NeuronOp::setMembraneState(StateAttr state) { setStateAttr(state); }

Value IntegratorOp::getIntegratorInput() { return getCurrent(); }
Value IntegratorOp::getIntegratorOutput() { return getMembrane(); }
double IntegratorOp::getIntegratorDecay() { return getDecay().convertToDouble(); }
double IntegratorOp::getIntegratorGain() { return getGain().convertToDouble(); }
Scan IntegratorOp::getIntegratorScan() { return getScan(); }
StateAttr IntegratorOp::getIntegratorState() { return getStateAttr(); }
void IntegratorOp::setIntegratorState(StateAttr state) { setStateAttr(state); }

Value SelfAttentionOp::getQueries() { return getQ(); }
Value SelfAttentionOp::getKeys() { return getK(); }
Value SelfAttentionOp::getValues() { return getV(); }
int64_t SelfAttentionOp::getHeadCount() { return getHeads(); }
double SelfAttentionOp::getAttentionScale() { return getScale().convertToDouble(); }
int64_t SelfAttentionOp::getKeyHeadCount() { return getKvHeads().value_or(getHeads()); }
NeuronModel SelfAttentionOp::getScoreModel() {
  return getScoreNeuronAttr() ? cast<NeuronModel>(getScoreNeuronAttr()) : NeuronModel();
}
StateAttr SelfAttentionOp::getScoreMembranes() { return getScoreStateAttr(); }
FixedAttr SelfAttentionOp::getScoresAsIntegers() { return getScoreEncodingAttr(); }
void SelfAttentionOp::quantizeScores(StateAttr state, FixedAttr encoding) {
  setScoreStateAttr(state);
  setScoreEncodingAttr(encoding);
}
bool SelfAttentionOp::isCausal() { return getCausal(); }

Value KeyValueSumOp::getQueries() { return {}; }
Value KeyValueSumOp::getKeys() { return getK(); }
Value KeyValueSumOp::getValues() { return getV(); }
int64_t KeyValueSumOp::getHeadCount() { return lastDimension(getK()); }
double KeyValueSumOp::getAttentionScale() { return 1.0; }
int64_t KeyValueSumOp::getKeyHeadCount() { return getHeadCount(); }
NeuronModel KeyValueSumOp::getScoreModel() { return {}; }
StateAttr KeyValueSumOp::getScoreMembranes() { return {}; }
FixedAttr KeyValueSumOp::getScoresAsIntegers() { return {}; }
void KeyValueSumOp::quantizeScores(StateAttr, FixedAttr) {}
bool KeyValueSumOp::isCausal() { return getCausal(); }

//===----------------------------------------------------------------------===//
// TokenMixing, where it depends on attributes
//===----------------------------------------------------------------------===//

bool NeuronOp::mixesTokens() { return getScan() == Scan::StepsAndTokens; }
bool IntegratorOp::mixesTokens() { return getScan() == Scan::StepsAndTokens; }
