// LoaderHost: operations of the host, each as its kernel.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/OpList.h"
#include "dialect/spike/Weights.h"
#include "simulator/host/ActivationKernels.h"
#include "simulator/host/AttentionKernels.h"
#include "simulator/host/GridKernels.h"
#include "simulator/host/HeadKernels.h"
#include "simulator/host/NeuronKernels.h"
#include "simulator/host/NormKernels.h"
#include "simulator/host/ResidualKernels.h"
#include "simulator/host/SynapseKernels.h"
#include "simulator/host/TextKernels.h"
#include "simulator/loader/LoaderReader.h"
#include "support/MemoryNeed.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/DialectResourceBlobManager.h"

#include <functional>
#include <memory>

namespace synfire::sim {
namespace {

using KernelPtr = std::shared_ptr<const HostKernel>;

/// Makes the kernel of a verified op, one overload of `read` for every op that the
/// host can compute. The first problem stands in `error`; the kernel is of no use then.
class KernelReader {
public:
  explicit KernelReader(int32_t columns) : columns(columns) {}

  std::string error;

  // Text.
  KernelPtr read(spike::LookupOp op) { return lookup<host::TokenLookup>(op); }
  KernelPtr read(spike::PositionOp op) { return lookup<host::PositionLookup>(op); }
  KernelPtr read(spike::CodeOp op);
  KernelPtr read(spike::BinarizeOp op) {
    auto kernel = std::make_shared<host::Binarize>();
    kernel->threshold = op.getThreshold().convertToDouble();
    return kernel;
  }
  KernelPtr read(spike::ConcatOp) { return std::make_shared<host::Concat>(); }
  KernelPtr read(spike::SliceOp op) {
    auto kernel = std::make_shared<host::Slice>();
    kernel->from = narrow("from", static_cast<int64_t>(op.getFrom()));
    return kernel;
  }
  KernelPtr read(spike::RepeatOp) { return std::make_shared<host::Repeat>(); }
  KernelPtr read(spike::FlattenOp) { return std::make_shared<host::Flatten>(); }

  // Grids.
  KernelPtr read(spike::ConvOp op);
  KernelPtr read(spike::PoolOp op);

  // Synapses.
  KernelPtr read(spike::LinearOp op);
  KernelPtr read(spike::InjectOp) { return std::make_shared<host::Inject>(); }

  // Norms.
  KernelPtr read(spike::BatchNormOp op) {
    auto kernel = norm<host::BatchNorm>(op);
    kernel->mean = perColumn("mean", op.getMean());
    kernel->variance = perColumn("variance", op.getVariance());
    return kernel;
  }
  KernelPtr read(spike::PowerNormOp op) {
    auto kernel = norm<host::PowerNorm>(op);
    kernel->phi = perColumn("phi", op.getPhi());
    return kernel;
  }
  KernelPtr read(spike::LayerNormOp op) { return norm<host::LayerNorm>(op); }
  KernelPtr read(spike::RmsNormOp op) {
    auto kernel = std::make_shared<host::RmsNorm>();
    kernel->weight = perColumn("weight", op.getWeight());
    kernel->eps = op.getEps().convertToDouble();
    return kernel;
  }
  KernelPtr read(spike::ScaleOp op) {
    auto kernel = std::make_shared<host::Scale>();
    kernel->factor = spread(op.getFactor());
    if (op.getOffset())
      kernel->offset = spread(*op.getOffset());
    return kernel;
  }

  // Neurons.
  KernelPtr read(spike::NeuronOp op);

  // Residuals and gates.
  KernelPtr read(spike::AddOp) { return std::make_shared<host::Add>(); }
  KernelPtr read(spike::MultiplyOp) { return std::make_shared<host::Multiply>(); }
  KernelPtr read(spike::LogicOp op);

  // Attention.
  KernelPtr read(spike::SoftmaxAttentionOp op) {
    auto kernel = std::make_shared<host::SoftmaxAttention>();
    kernel->heads = narrow("heads", static_cast<int64_t>(op.getHeads()));
    kernel->kvHeads =
        narrow("kv_heads", static_cast<int64_t>(op.getKvHeads().value_or(op.getHeads())));
    kernel->scale = op.getScale().convertToDouble();
    kernel->causal = op.getCausal();
    return kernel;
  }

  // Activations.
  KernelPtr read(spike::GeluOp) { return std::make_shared<host::Gelu>(); }
  KernelPtr read(spike::SiluOp) { return std::make_shared<host::Silu>(); }
  KernelPtr read(spike::ReluOp) { return std::make_shared<host::Relu>(); }
  KernelPtr read(spike::SoftmaxOp) { return std::make_shared<host::Softmax>(); }
  KernelPtr read(spike::ClipFloorOp op) {
    auto kernel = std::make_shared<host::ClipFloor>();
    kernel->thresholds = spread(op.getThreshold());
    kernel->levels = narrow("levels", static_cast<int64_t>(op.getLevels()));
    return kernel;
  }

  // The way out.
  KernelPtr read(spike::DequantizeOp op) {
    auto kernel = std::make_shared<host::Dequantize>();
    const spike::FixedAttr encoding = spike::getFixedEncoding(op.getInput().getType());
    kernel->scale = spread(encoding.getScale());
    kernel->fractionBits = narrow("fraction_bits", encoding.getFractionBits());
    return kernel;
  }
  KernelPtr read(spike::RecombineOp op);

private:
  template <typename... Parts> void fail(const Parts &...parts) {
    if (error.empty())
      error = message(parts...);
  }

  int32_t narrow(const char *what, int64_t number) {
    if (number < 0 || number > std::numeric_limits<int32_t>::max())
      fail(what, ": ", needsHas(message("0 to ", std::numeric_limits<int32_t>::max()), number));
    return static_cast<int32_t>(number);
  }

  /// One entry stands for all columns.
  std::vector<double> spread(llvm::ArrayRef<double> entries) const {
    return entries.size() == 1 ? std::vector<double>(columns, entries.front()) : entries.vec();
  }

  /// The numbers of a tensor, number i at place `placeOf(i)`.
  template <typename Number, typename PlaceOf = std::identity>
  std::vector<Number> tensor(const char *what, mlir::ElementsAttr attribute, PlaceOf placeOf = {});
  std::vector<double> perColumn(const char *what, mlir::ElementsAttr attribute) {
    return tensor<double>(what, attribute);
  }

  template <typename Kernel, typename Op> KernelPtr lookup(Op op) {
    auto kernel = std::make_shared<Kernel>();
    const mlir::ShapedType type = op.getTable().getShapedType();
    kernel->table = tensor<float>("table", op.getTable());
    kernel->rows = narrow("table rows", type.getDimSize(0));
    kernel->columns = narrow("table columns", type.getDimSize(1));
    return kernel;
  }

  /// What all norms have.
  template <typename Kernel, typename Op> std::shared_ptr<Kernel> norm(Op op) {
    auto kernel = std::make_shared<Kernel>();
    kernel->weight = perColumn("weight", op.getWeight());
    kernel->bias = perColumn("bias", op.getBias());
    kernel->eps = op.getEps().convertToDouble();
    return kernel;
  }

  /// The factor and the bias of each column, of a linear or a convolution.
  template <typename Op, typename Kernel> void readChannels(Op op, Kernel &kernel) {
    kernel.factor = op.getChannelScale() ? spread(*op.getChannelScale()) : spread(1.0);
    kernel.bias = op.getBias() ? perColumn("bias", *op.getBias()) : spread(0.0);
  }

  int32_t columns; ///< of the result
};

/// The numbers of a tensor of f32 or f64, if they are in the file and no more than it can hold.
template <typename Number, typename PlaceOf>
std::vector<Number> KernelReader::tensor(const char *what, mlir::ElementsAttr attribute,
                                         PlaceOf placeOf) {
  // A splat can claim any size; a tensor is no larger than what is stored.
  constexpr int64_t kMaxSplat = int64_t{1} << 28;
  const mlir::ShapedType type = attribute.getShapedType();
  const int64_t count = type.getNumElements();
  if (auto resource = llvm::dyn_cast<mlir::DenseResourceElementsAttr>(attribute)) {
    const mlir::AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    const int64_t width = type.getElementTypeBitWidth() / 8;
    if (!blob)
      fail("the values of its ", what, " are not in the file");
    else if (width == 0 || blob->getData().size() / width != static_cast<uint64_t>(count) ||
             blob->getData().size() % width != 0)
      fail(what, ": ",
           needsHas(message(count, " values of 4 or 8 bytes"),
                    message(blob->getData().size(), " bytes")));
  } else if (count > kMaxSplat) {
    fail(what, ": ", needsHas(message("at most ", kMaxSplat, " values"), count));
  }
  if (!error.empty())
    return {};
  const auto view = spike::WeightView::get(attribute);
  if (mlir::failed(view)) {
    fail(what, ": needs dense or dense_resource numbers of f32 or f64");
    return {};
  }
  constexpr int64_t kMany = int64_t{1} << 20; // fewer are not worth asking the system
  if (count >= kMany)
    if (std::string lack = lacksMemory(message("the ", count, " numbers of its ", what),
                                       static_cast<double>(count) * sizeof(Number));
        !lack.empty()) {
      fail(lack);
      return {};
    }
  std::vector<Number> values(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i)
    values[placeOf(i)] = static_cast<Number>((*view)[i]);
  return values;
}

KernelPtr KernelReader::read(spike::CodeOp op) {
  auto kernel = std::make_shared<host::Code>();
  switch (op.getCode()) {
  case spike::Code::OneHot:
    kernel->form = host::Code::Form::OneHot;
    break;
  case spike::Code::Binary:
    kernel->form = host::Code::Form::Binary;
    break;
  case spike::Code::BinaryLeft:
    kernel->form = host::Code::Form::BinaryLeft;
    break;
  }
  switch (op.getSource()) {
  case spike::CodeSource::Token:
    kernel->source = host::Code::Source::Token;
    break;
  case spike::CodeSource::Position:
    kernel->source = host::Code::Source::Position;
    break;
  case spike::CodeSource::TokenAtPosition:
    kernel->source = host::Code::Source::TokenAtPosition;
    break;
  }
  kernel->size = static_cast<int64_t>(op.getSize());
  kernel->vocabulary = static_cast<int64_t>(op.getVocabulary().value_or(0));
  return kernel;
}

/// The kernel has its weights as [inputs, outputs], so that outputs lie side by side.
KernelPtr KernelReader::read(spike::LinearOp op) {
  auto kernel = std::make_shared<host::Linear>();
  const mlir::ShapedType type = op.getWeight().getShapedType();
  kernel->rows = narrow("inputs", type.getDimSize(op.getTransposed() ? 0 : 1));
  kernel->columns = narrow("outputs", type.getDimSize(op.getTransposed() ? 1 : 0));
  const int64_t inputs = kernel->rows, outputs = kernel->columns;
  kernel->weights = op.getTransposed() ? tensor<float>("weight", op.getWeight())
                                       : tensor<float>("weight", op.getWeight(), [=](int64_t i) {
                                           return i % inputs * outputs + i / inputs;
                                         });
  if (!error.empty())
    return nullptr;
  readChannels(op, *kernel);
  if (op.getInputFactor())
    kernel->inputFactor = *op.getInputFactor();
  return kernel;
}

/// The kernel has its weights as [group][tap][input][output], so that outputs lie side by side.
KernelPtr KernelReader::read(spike::ConvOp op) {
  auto kernel = std::make_shared<host::Conv>();
  const mlir::ShapedType type = op.getWeight().getShapedType();
  kernel->window = *op.getGridWindow();
  kernel->groups = narrow("groups", op.getGroupCount());
  kernel->groupInputs = narrow("inputs", type.getDimSize(1));
  kernel->groupOutputs = narrow("outputs", type.getDimSize(0) / op.getGroupCount());
  if (!error.empty())
    return nullptr;
  const int64_t taps = kernel->window.taps();
  const int64_t inputs = kernel->groupInputs, outputs = kernel->groupOutputs;
  kernel->weights = tensor<float>("weight", op.getWeight(), [=](int64_t i) {
    const int64_t tap = i % taps, input = i / taps % inputs, output = i / taps / inputs;
    return ((output / outputs * taps + tap) * inputs + input) * outputs + output % outputs;
  });
  if (!error.empty())
    return nullptr;
  readChannels(op, *kernel);
  if (spike::getFixedEncoding(op.getResult().getType()))
    fail("it yields integers, which only the chip computes");
  return kernel;
}

KernelPtr KernelReader::read(spike::PoolOp op) {
  auto kernel = std::make_shared<host::Pool>();
  kernel->window = *op.getGridWindow();
  switch (op.getMode()) {
  case spike::Pooling::Sum:
    kernel->mode = host::Pool::Mode::Sum;
    break;
  case spike::Pooling::Average:
    kernel->mode = host::Pool::Mode::Average;
    break;
  case spike::Pooling::Max:
    kernel->mode = host::Pool::Mode::Max;
    break;
  }
  return kernel;
}

KernelPtr KernelReader::read(spike::NeuronOp op) {
  auto kernel = std::make_shared<host::Neuron>();
  const spike::NeuronModel model = op.getNeuronModel();
  kernel->thresholds = spread(model.getThresholds());
  kernel->equations.clear();
  for (int64_t c = 0; c < model.getListedChannels(); ++c)
    kernel->equations.push_back(model.getEquation(c));
  switch (model.getResetRule()) {
  case spike::Reset::Hard:
    kernel->reset = host::Neuron::Reset::Hard;
    break;
  case spike::Reset::Soft:
    kernel->reset = host::Neuron::Reset::Soft;
    break;
  case spike::Reset::None:
    kernel->reset = host::Neuron::Reset::None;
    break;
  }
  kernel->strict = model.getCompareRule() == spike::Compare::Greater;
  // assign-host refuses them; a file that somebody wrote may hold them.
  if (op.getScan() != spike::Scan::Steps)
    fail("its neurons' time runs over the tokens, which the host has no kernel for");
  if (spike::getFixedEncoding(op.getCurrent().getType()))
    fail("its neurons read integers, which only the chip has a rule for");
  return kernel;
}

KernelPtr KernelReader::read(spike::LogicOp op) {
  auto kernel = std::make_shared<host::Logic>();
  switch (op.getMode()) {
  case spike::Logic::Or:
    kernel->mode = host::Logic::Mode::Or;
    break;
  case spike::Logic::And:
    kernel->mode = host::Logic::Mode::And;
    break;
  case spike::Logic::Iand:
    kernel->mode = host::Logic::Mode::Iand;
    break;
  }
  return kernel;
}

KernelPtr KernelReader::read(spike::RecombineOp op) {
  auto kernel = std::make_shared<host::Recombine>();
  switch (op.getMode()) {
  case spike::Recombination::Mean:
    kernel->mode = host::Recombine::Mode::Mean;
    break;
  case spike::Recombination::Sum:
    kernel->mode = host::Recombine::Mode::Sum;
    break;
  case spike::Recombination::Concatenate:
    kernel->mode = host::Recombine::Mode::Concatenate;
    break;
  case spike::Recombination::Last:
    kernel->mode = host::Recombine::Mode::Last;
    break;
  }
  return kernel;
}

/// Values are reals or spikes; integers of the chip enter by a dequantize alone.
bool isHostValue(mlir::Type type) {
  return !spike::getFixedEncoding(type) && (spike::isSpikeType(type) || spike::isCurrentType(type));
}

} // namespace

bool ProgramReader::readHostOp(chip::HostOp op) {
  const llvm::StringRef name = op.getSymName();
  HostOp result;
  if (!numbers(name, "columns", op.getColumns(), result.columns, "points", op.getPoints(),
               result.points, "steps", op.getSteps(), result.steps))
    return false;
  if (!isHostValue(op.getValueType()))
    return fail(name, "yields integers, which only the chip computes");
  if (op.isInputTensor())
    return readInputTensor(op, std::move(result));
  for (mlir::BlockArgument argument : op.getBody().getArguments())
    if (chip::HostOp::isTokenIds(argument.getType()) &&
        !readTokens(name, llvm::cast<mlir::RankedTensorType>(argument.getType()).getDimSize(0)))
      return false;
  KernelReader reader(result.columns);
  result.kernel = spike::visitOp<KernelPtr>(op.getComputed(), [&](auto computed) -> KernelPtr {
    if constexpr (decltype(computed)::template hasTrait<spike::HostComputable>())
      return reader.read(computed);
    else
      return nullptr; // (C1) of chip.host
  });
  if (!reader.error.empty())
    return fail(name, reader.error);
  if (auto synapse = llvm::dyn_cast<spike::SynapseLike>(op.getComputed());
      synapse && synapse.getGridWindow())
    noteGrid(*synapse.getGridWindow());
  result.op = addRow(name, result.kernel->name(), Where::Host);
  for (mlir::Attribute input : op.getInputs()) {
    const llvm::StringRef symbol = llvm::cast<mlir::FlatSymbolRefAttr>(input).getValue();
    if (op.readsReadout()
            ? !resolve(name, "readout", populations, symbol, result.readout)
            : !resolve(name, "host operation", hostOps, symbol, result.inputs.emplace_back()))
      return false;
  }
  const int32_t index = static_cast<int32_t>(p.hostOps.size());
  hostOps[name] = index;
  p.hostOps.push_back(std::move(result));
  return !op.getSpikeBits() || readHostSpikes(op, index);
}

bool ProgramReader::readTokens(llvm::StringRef name, int64_t tokens) {
  if (mlir::ShapedType::isDynamic(tokens))
    return true;
  const int32_t before = p.input.tokens;
  if (!numbers(name, "tokens", tokens, p.input.tokens))
    return false;
  if (before != 0 && before != p.input.tokens)
    return fail(name, "tokens: ", needsHas(message(before, ", as another operation"), tokens));
  return true;
}

bool ProgramReader::readInputTensor(chip::HostOp op, HostOp result) {
  const llvm::StringRef name = op.getSymName();
  if (p.input.hostOp >= 0)
    return fail(name, "the program takes a tensor already, ",
                opName(p, p.hostOps[p.input.hostOp].op), "; a run is given one");
  const mlir::RankedTensorType type = op.getValueType();
  auto kernel = std::make_shared<host::Input>();
  if (spike::isSpikeType(type))
    kernel->largest = (int64_t{1} << type.getElementTypeBitWidth()) - 1;
  p.input.hasSteps = type.getRank() == 3;
  if (!readTokens(name, result.points > 1 ? 1 : type.getDimSize(type.getRank() - 2)))
    return false;
  result.kernel = std::move(kernel);
  result.op = addRow(name, result.kernel->name(), Where::Host);
  p.input.hostOp = hostOps[name] = static_cast<int32_t>(p.hostOps.size());
  p.hostOps.push_back(std::move(result));
  return !op.getSpikeBits() || readHostSpikes(op, p.input.hostOp);
}

bool ProgramReader::readHostSpikes(chip::HostOp op, int32_t index) {
  const llvm::StringRef name = op.getSymName();
  Population population;
  population.op = p.hostOps[index].op;
  population.kind = PopulationKind::HostSpikes;
  population.columns = p.hostOps[index].columns;
  population.points = p.hostOps[index].points;
  population.hostOp = index;
  if (!numbers(name, "spike_bits", *op.getSpikeBits(), population.spikeBits, "stage",
               op.getStage().value_or(0), population.stage))
    return false;
  populations[name] = static_cast<int32_t>(p.populations.size());
  p.populations.push_back(std::move(population));
  return true;
}

} // namespace synfire::sim
