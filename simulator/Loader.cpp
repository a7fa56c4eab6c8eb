// Loader: reads a chip.program symbol by symbol; trusts none of it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/Loader.h"

#include "dialect/chip/Chip.h"
#include "simulator/MappedFile.h"
#include "simulator/Message.h"
#include "simulator/ProgramHash.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <tuple>

namespace synfire::sim {
namespace {

using mlir::Operation;

/// A parsed file: the context has to outlive the operations.
struct ParsedProgram {
  std::unique_ptr<mlir::MLIRContext> context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  chip::ProgramOp program;
};

std::variant<ParsedProgram, std::string> parseProgram(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return message(path, ": error: cannot open: ", buffer.getError().message());
  ParsedProgram parsed;
  parsed.context = std::make_unique<mlir::MLIRContext>(mlir::MLIRContext::Threading::DISABLED);
  parsed.context->loadDialect<chip::ChipDialect>();
  std::string said;
  mlir::ScopedDiagnosticHandler handler(parsed.context.get(), [&](mlir::Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error && said.empty()) {
      std::string place = path;
      if (auto at = llvm::dyn_cast<mlir::FileLineColLoc>(diagnostic.getLocation()))
        place = message(path, ":", at.getLine(), ":", at.getColumn());
      said = message(place, ": error: ", diagnostic.str());
    }
    return mlir::success();
  });
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(*buffer), llvm::SMLoc());
  parsed.module = mlir::parseSourceFile<mlir::ModuleOp>(sources, parsed.context.get());
  if (!parsed.module)
    return said.empty() ? message(path, ": error: not a PROGRAM of `synfire compile`") : said;
  for (chip::ProgramOp program : parsed.module->getOps<chip::ProgramOp>()) {
    if (parsed.program)
      return message(path, ": error: holds more than one chip.program");
    parsed.program = program;
  }
  if (!parsed.program)
    return message(path, ": error: holds no chip.program; make one with `synfire compile`");
  return parsed;
}

/// Fills a Program. The first problem ends it: every step returns false then,
/// and `error` says what it was.
class ProgramReader {
public:
  ProgramReader(chip::ProgramOp source, const ChipModel &chip) : source(source) { p.chip = chip; }

  bool read(const std::string &folder) {
    return readHeader() && readRows() && readReadouts() && readEdges() && readCores() &&
           openWeights(folder) && readSlices() && readFlows();
  }

  Program p;
  std::string error;

private:
  template <typename... Parts> bool fail(llvm::StringRef name, const Parts &...parts) {
    error = message("'", name.str(), "': ", parts...);
    return false;
  }

  /// Numbers of the file are 64-bit, those of a Program 32-bit and not negative.
  template <typename... Rest>
  bool numbers(llvm::StringRef name, const char *what, int64_t value, int32_t &result,
               Rest &&...rest) {
    if (value < 0 || value > std::numeric_limits<int32_t>::max())
      return fail(name, what, " is ", value, ", must be 0 to ",
                  std::numeric_limits<int32_t>::max());
    result = static_cast<int32_t>(value);
    if constexpr (sizeof...(rest) > 0)
      return numbers(name, std::forward<Rest>(rest)...);
    else
      return true;
  }

  template <typename Optional>
  bool present(llvm::StringRef name, const char *what, const Optional &value) {
    if (value)
      return true;
    return fail(name, what, " is missing; the program was not compiled to the end, use "
                            "`synfire compile`");
  }

  using Symbols = llvm::StringMap<int32_t>;
  bool resolve(llvm::StringRef name, const char *what, const Symbols &symbols,
               llvm::StringRef symbol, int32_t &result) {
    const auto found = symbols.find(symbol);
    if (found == symbols.end())
      return fail(name, "there is no ", what, " '", symbol.str(), "' before it");
    result = found->second;
    return true;
  }

  OpId addRow(llvm::StringRef name, llvm::StringRef kind, Where where) {
    p.ops.push_back({name.str(), kind.str(), where});
    return static_cast<OpId>(p.ops.size()) - 1;
  }

  bool readHeader();
  bool readRows();
  bool readHostOp(chip::HostOp op);
  bool readTable(chip::HostOp op, HostOp &result);
  bool readPopulation(chip::NeuronsOp op);
  bool readNeuron(chip::NeuronsOp op, Population &population);
  bool readReadouts();
  bool readEdges();
  bool readProjection(chip::ProjectionOp op);
  bool readAttention(chip::AttentionOp op, OpId row);
  bool readCores();
  bool findCore(llvm::StringRef name, chip::CoreAttr core, int32_t &index);
  bool openWeights(const std::string &folder);
  bool readSlices();
  bool readSynapses(llvm::StringRef name, chip::SynapsesOp op, Slice &slice);
  bool readFlows();
  bool readFlow(chip::FlowOp op);

  chip::ProgramOp source;
  Symbols rows, hostOps, populations, projections, attentions, slices;
  std::map<std::tuple<int64_t, int64_t, int64_t, int64_t>, int32_t> cores; ///< (chip, y, x, core)
  std::vector<std::pair<chip::HostOp, int32_t>> readouts; ///< dequantizes, by host op
  int64_t neuronColumns = 0;
};

bool ProgramReader::readHeader() {
  p.name = source.getSymName().str();
  p.targetName = source.getTarget().str();
  p.text = {source.getAlphabet().str(), source.getCleaning().str()};
  if (!present(p.name, "stages", source.getStages()) ||
      !present(p.name, "schedule", source.getSchedule()))
    return false;
  p.schedule = source.getSchedule()->str();
  if (source.getSourceChecksum())
    p.sourceChecksum = source.getSourceChecksum()->str();
  return numbers(p.name, "time_steps", source.getTimeSteps(), p.timeSteps, "context_length",
                 source.getContextLength(), p.context, "max_tokens", source.getMaxTokens(), p.maxTokens,
                 "vocabulary", source.getVocabulary(), p.vocabulary, "weight_bits",
                 source.getWeightBits(), p.weightBits, "stages", *source.getStages(), p.stages);
}

/// Report rows in the file's order, with the host ops and populations among them.
bool ProgramReader::readRows() {
  for (Operation &op : source.getBody().front()) {
    if (auto hostOp = llvm::dyn_cast<chip::HostOp>(op)) {
      if (!readHostOp(hostOp))
        return false;
    } else if (auto row = llvm::dyn_cast<chip::OpOp>(op)) {
      rows[row.getSymName()] = addRow(row.getSymName(), row.getKind(), Where::Chip);
    } else if (auto neurons = llvm::dyn_cast<chip::NeuronsOp>(op)) {
      if (!readPopulation(neurons))
        return false;
    } else if (auto attention = llvm::dyn_cast<chip::AttentionOp>(op)) {
      rows[attention.getSymName()] =
          addRow(attention.getSymName(), "self_attention", Where::Chip);
    }
  }
  addRow("(chip)", "chip", Where::Chip);
  return true;
}

bool ProgramReader::readHostOp(chip::HostOp op) {
  static const std::map<llvm::StringRef, HostOpKind> kinds = {
      {"token_lookup", HostOpKind::TokenLookup}, {"position_lookup", HostOpKind::PositionLookup},
      {"binarize", HostOpKind::Binarize},        {"concat", HostOpKind::Concat},
      {"repeat", HostOpKind::Repeat},            {"dequantize", HostOpKind::Dequantize}};
  const llvm::StringRef name = op.getSymName();
  const auto kind = kinds.find(op.getKind());
  if (kind == kinds.end())
    return fail(name, "unknown kind of host operation '", op.getKind().str(), "'");
  HostOp result;
  result.op = addRow(name, op.getKind(), Where::Host);
  result.kind = kind->second;
  if (!numbers(name, "columns", op.getColumns(), result.columns))
    return false;
  const int32_t index = static_cast<int32_t>(p.hostOps.size());
  if (result.kind == HostOpKind::Dequantize) {
    readouts.emplace_back(op, index); // its population may stand after it
  } else {
    for (mlir::Attribute input : op.getInputs())
      if (!resolve(name, "host operation", hostOps,
                   llvm::cast<mlir::FlatSymbolRefAttr>(input).getValue(),
                   result.inputs.emplace_back()))
        return false;
  }
  if (op.getTable() && !readTable(op, result))
    return false;
  if (op.getThreshold())
    result.threshold = op.getThreshold()->convertToDouble();
  if (op.getScale())
    result.scale.assign(op.getScale()->begin(), op.getScale()->end());
  hostOps[name] = index;
  p.hostOps.push_back(std::move(result));
  if (p.hostOps.back().kind == HostOpKind::Repeat) {
    Population population;
    population.op = p.hostOps.back().op;
    population.kind = PopulationKind::HostSpikes;
    population.columns = p.hostOps.back().columns;
    population.hostOp = index;
    populations[name] = static_cast<int32_t>(p.populations.size());
    p.populations.push_back(std::move(population));
  }
  return true;
}

bool ProgramReader::readTable(chip::HostOp op, HostOp &result) {
  const llvm::StringRef name = op.getSymName();
  const mlir::ElementsAttr table = *op.getTable();
  const mlir::ShapedType type = table.getShapedType();
  if (type.getRank() != 2 || !type.getElementType().isF32())
    return fail(name, "table must have rank 2 of f32");
  if (type.getDimSize(1) != result.columns)
    return fail(name, "table has ", type.getDimSize(1), " columns, the result ", result.columns);
  if (!numbers(name, "table rows", type.getDimSize(0), result.tableRows))
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
      return fail(name, "table of ", type.getNumElements(), " values has ", bytes.size(),
                  " bytes");
    values->resize(bytes.size() / sizeof(float));
    std::memcpy(values->data(), bytes.data(), bytes.size());
  } else {
    return fail(name, "table is neither dense nor a resource");
  }
  result.table = *values;
  result.tableOwner = std::move(values);
  return true;
}

bool ProgramReader::readPopulation(chip::NeuronsOp op) {
  static const std::map<llvm::StringRef, PopulationKind> roles = {
      {"neurons", PopulationKind::Neurons},
      {"graded_sum", PopulationKind::GradedSum},
      {"readout", PopulationKind::Readout}};
  const llvm::StringRef name = op.getSymName();
  const auto role = roles.find(op.getRole());
  if (role == roles.end())
    return fail(name, "unknown role '", op.getRole().str(), "'");
  if (!present(name, "stage", op.getStage()))
    return false;
  Population population;
  population.op = rows[name] = addRow(name, op.getKind(), Where::Chip);
  population.kind = role->second;
  if (!numbers(name, "columns", op.getColumns(), population.columns, "spike_bits",
               op.getSpikeBits(), population.spikeBits, "stage", *op.getStage(),
               population.stage))
    return false;
  // What the chip can hold bounds what is allocated for it.
  const int64_t available = int64_t{p.chip.maxChips} * p.chip.cores() * p.chip.core.neurons;
  neuronColumns += population.columns;
  if (neuronColumns > available)
    return fail(name, "with it the program needs ", neuronColumns, " neurons, '", p.chip.name,
                "' has ", available);
  if (population.kind != PopulationKind::GradedSum && !readNeuron(op, population))
    return false;
  populations[name] = static_cast<int32_t>(p.populations.size());
  p.populations.push_back(std::move(population));
  return true;
}

bool ProgramReader::readNeuron(chip::NeuronsOp op, Population &population) {
  static const std::map<llvm::StringRef, Rounding> roundings = {
      {"toward_zero", Rounding::TowardZero},
      {"floor", Rounding::Floor},
      {"nearest", Rounding::Nearest}};
  const llvm::StringRef name = op.getSymName();
  if (!present(name, "model", op.getModel()))
    return false;
  const chip::NeuronAttr model = *op.getModel();
  const auto rounding = roundings.find(model.getRounding().getValue());
  if (rounding == roundings.end())
    return fail(name, "unknown rounding '", model.getRounding().getValue().str(), "'");
  NeuronParameters &neuron = population.neuron;
  neuron.leakRounding = rounding->second;
  neuron.decayNumerator = model.getDecay();
  neuron.softReset = model.getSoftReset();
  neuron.saturates = model.getSaturates();
  neuron.vReset = model.getVReset();
  neuron.vInit = model.getVInit();
  if (!numbers(name, "shift", model.getShift(), neuron.decayShift, "fraction_bits",
               model.getFractionBits(), neuron.fractionBits, "state_bits", model.getStateBits(),
               neuron.stateBits))
    return false;
  const auto expand = [&](llvm::ArrayRef<int64_t> values, std::vector<int64_t> &result) {
    if (values.size() == 1)
      result.assign(population.columns, values[0]);
    else
      result.assign(values.begin(), values.end());
  };
  expand(model.getThreshold(), neuron.threshold);
  expand(model.getBias(), neuron.bias);
  return true;
}

bool ProgramReader::readReadouts() {
  for (auto &[op, index] : readouts) {
    const llvm::StringRef name = op.getSymName();
    if (op.getInputs().size() != 1)
      return fail(name, "has ", op.getInputs().size(), " inputs, must name one readout");
    const auto input = llvm::cast<mlir::FlatSymbolRefAttr>(op.getInputs()[0]).getValue();
    if (!resolve(name, "readout", populations, input, p.hostOps[index].readout))
      return false;
    std::vector<double> &scale = p.hostOps[index].scale;
    if (scale.size() == 1)
      scale.assign(p.populations[p.hostOps[index].readout].columns, scale[0]);
  }
  return true;
}

bool ProgramReader::readEdges() {
  for (Operation &op : source.getBody().front()) {
    if (auto projection = llvm::dyn_cast<chip::ProjectionOp>(op)) {
      if (!readProjection(projection))
        return false;
    } else if (auto attention = llvm::dyn_cast<chip::AttentionOp>(op)) {
      if (!readAttention(attention, rows[attention.getSymName()]))
        return false;
    }
  }
  return true;
}

bool ProgramReader::readProjection(chip::ProjectionOp op) {
  const llvm::StringRef name = op.getSymName();
  Projection result;
  if (op.getEncoding() == "sparse")
    result.encoding = SynapseEncoding::Sparse;
  else if (op.getEncoding() != "dense")
    return fail(name, "unknown encoding '", op.getEncoding().str(), "', must be dense or sparse");
  result.lastStepOnly = op.getLastStepOnly();
  projections[name] = static_cast<int32_t>(p.projections.size());
  const bool good =
      resolve(name, "operation", rows, op.getOp(), result.op) &&
      resolve(name, "population", populations, op.getSource(), result.source) &&
      resolve(name, "population", populations, op.getTarget(), result.target) &&
      numbers(name, "rows", op.getRows(), result.rows, "columns", op.getColumns(), result.columns,
              "weight_bits", op.getWeightBits(), result.weightBits, "row_stride",
              op.getRowStride(), result.rowStride);
  p.projections.push_back(result);
  return good;
}

bool ProgramReader::readAttention(chip::AttentionOp op, OpId row) {
  const llvm::StringRef name = op.getSymName();
  Attention result;
  result.op = row;
  result.causal = op.getCausal();
  attentions[name] = static_cast<int32_t>(p.attentions.size());
  const bool good = resolve(name, "population", populations, op.getQ(), result.q) &&
                    resolve(name, "population", populations, op.getK(), result.k) &&
                    resolve(name, "population", populations, op.getV(), result.v) &&
                    resolve(name, "population", populations, op.getTarget(), result.target) &&
                    numbers(name, "heads", op.getHeads(), result.heads);
  p.attentions.push_back(result);
  return good;
}

/// The cores that slices stand on, in (chip, y, x, core) order, then the host.
bool ProgramReader::readCores() {
  for (chip::SliceOp op : source.getOps<chip::SliceOp>()) {
    if (!present(op.getSymName(), "core", op.getCore()))
      return false;
    const chip::CoreAttr core = *op.getCore();
    cores[{core.getChip(), core.getY(), core.getX(), core.getCore()}] = 0;
  }
  for (auto &[place, index] : cores) {
    const auto [chip, y, x, core] = place;
    Core result;
    if (!numbers(p.name, "core's chip", chip, result.chip, "core's x", x, result.x, "core's y", y,
                 result.y, "core's number", core, result.core))
      return false;
    index = static_cast<int32_t>(p.cores.size());
    p.cores.push_back(result);
  }
  p.cores.push_back({0, p.chip.host.portX, p.chip.host.portY, p.chip.mesh.coresPerTile});
  return true;
}

bool ProgramReader::findCore(llvm::StringRef name, chip::CoreAttr core, int32_t &index) {
  const auto found = cores.find({core.getChip(), core.getY(), core.getX(), core.getCore()});
  if (found == cores.end())
    return fail(name, "core (chip ", core.getChip(), ", x ", core.getX(), ", y ", core.getY(),
                ", core ", core.getCore(), ") holds no slice");
  index = found->second;
  return true;
}

bool ProgramReader::openWeights(const std::string &folder) {
  if (!present(p.name, "weights_file", source.getWeightsFile()) ||
      !present(p.name, "weights_bytes", source.getWeightsBytes()))
    return false;
  const std::string file = source.getWeightsFile()->str();
  // Only a file beside the program: an untrusted one must not read elsewhere.
  if (file.empty() || file == "." || file == ".." ||
      file.find_first_of(std::string("/\0", 2)) != std::string::npos)
    return fail(p.name, "weights_file '", file, "' must be the name of a file beside the program");
  auto opened = MappedFile::open(folder + file);
  if (auto *problem = std::get_if<std::string>(&opened)) {
    error = *problem;
    return false;
  }
  p.weights = std::get<std::shared_ptr<const MappedFile>>(opened);
  const uint64_t size = p.weights->bytes().size();
  if (size != *source.getWeightsBytes())
    return fail(p.name, "weights_file '", file, "' has ", size, " bytes, the program says ",
                *source.getWeightsBytes());
  return true;
}

bool ProgramReader::readSlices() {
  for (chip::SliceOp op : source.getOps<chip::SliceOp>()) {
    const llvm::StringRef name = op.getSymName();
    Slice slice;
    slice.name = name.str();
    slice.memoryBits = static_cast<int64_t>(op.getMemoryBits());
    if (!resolve(name, "population", populations, op.getPopulation(), slice.population) ||
        !numbers(name, "first_column", op.getFirstColumn(), slice.firstColumn, "columns",
                 op.getColumns(), slice.columns) ||
        !findCore(name, *op.getCore(), slice.core))
      return false;
    for (Operation &part : op.getBody().front()) {
      if (auto synapses = llvm::dyn_cast<chip::SynapsesOp>(part)) {
        if (!readSynapses(name, synapses, slice))
          return false;
      } else if (auto heads = llvm::dyn_cast<chip::AttentionHeadsOp>(part)) {
        AttentionBlock block;
        block.memoryBits = static_cast<int64_t>(heads.getMemoryBits());
        if (!resolve(name, "attention", attentions, heads.getAttention(), block.attention) ||
            !numbers(name, "first_head", heads.getFirstHead(), block.firstHead, "heads",
                     heads.getHeads(), block.heads))
          return false;
        slice.attention.push_back(block);
      }
    }
    slices[name] = static_cast<int32_t>(p.slices.size());
    p.slices.push_back(std::move(slice));
  }
  return true;
}

bool ProgramReader::readSynapses(llvm::StringRef name, chip::SynapsesOp op, Slice &slice) {
  SynapseBlock block;
  block.memoryBits = static_cast<int64_t>(op.getMemoryBits());
  if (!present(name, "offset", op.getOffset()) ||
      !present(name, "weight_bytes", op.getWeightBytes()) ||
      !resolve(name, "projection", projections, op.getProjection(), block.projection) ||
      !numbers(name, "first_row", op.getFirstRow(), block.firstRow, "rows", op.getRows(),
               block.rows, "weight_bytes", *op.getWeightBytes(), block.weightBytes))
    return false;
  const bool sparse = p.projections[block.projection].encoding == SynapseEncoding::Sparse;
  if (block.weightBytes != 1 && block.weightBytes != 2)
    return fail(name, "weight_bytes is ", block.weightBytes, ", must be 1 or 2");
  const std::span<const std::byte> file = p.weights->bytes();
  const uint64_t bytes = static_cast<uint64_t>(block.rows) * (sparse ? 1 : slice.columns) *
                         static_cast<uint64_t>(block.weightBytes);
  const uint64_t offset = *op.getOffset();
  if (offset > file.size() || bytes > file.size() - offset)
    return fail(name, "weights at ", offset, " + ", bytes, " lie beyond the ", file.size(),
                " bytes of weights_file");
  if (offset % block.weightBytes != 0)
    return fail(name, "weights at ", offset, " are not aligned to ", block.weightBytes, " bytes");
  block.weights = file.subspan(offset, bytes);
  slice.synapses.push_back(block);
  return true;
}

bool ProgramReader::readFlows() {
  for (chip::FlowOp op : source.getOps<chip::FlowOp>())
    if (!readFlow(op))
      return false;
  return true;
}

bool ProgramReader::readFlow(chip::FlowOp op) {
  const llvm::StringRef name = op.getSource();
  Flow flow;
  if (const auto slice = slices.find(name); slice != slices.end()) {
    flow.population = p.slices[slice->second].population;
    flow.sourceCore = p.slices[slice->second].core;
  } else if (!resolve(name, "slice or host repeat", populations, name, flow.population)) {
    return false;
  } else if (p.populations[flow.population].kind != PopulationKind::HostSpikes) {
    return fail(name, "a flow starts at a slice or at a repeat of the host");
  } else {
    flow.sourceCore = p.hostCore();
  }
  if (!numbers(name, "flow's first_column", op.getFirstColumn(), flow.firstColumn,
               "flow's columns", op.getColumns(), flow.columns))
    return false;
  for (chip::TargetOp part : op.getOps<chip::TargetOp>()) {
    Flow::Target target;
    if (!findCore(name, part.getCore(), target.core) ||
        !numbers(name, "target's first_column", part.getFirstColumn(), target.firstColumn,
                 "target's columns", part.getColumns(), target.columns))
      return false;
    if (part.getLinks())
      target.links.assign(part.getLinks()->begin(), part.getLinks()->end());
    flow.targets.push_back(std::move(target));
  }
  p.flows.push_back(std::move(flow));
  return true;
}

} // namespace

std::variant<ProgramHeader, std::string> peekProgram(const std::string &path) {
  auto parsed = parseProgram(path);
  if (auto *error = std::get_if<std::string>(&parsed))
    return *error;
  chip::ProgramOp program = std::get<ParsedProgram>(parsed).program;
  return ProgramHeader{program.getSymName().str(), program.getTarget().str()};
}

std::variant<Program, std::string> loadProgram(const std::string &path, const ChipModel &chip) {
  auto parsed = parseProgram(path);
  if (auto *error = std::get_if<std::string>(&parsed))
    return *error;
  ProgramReader reader(std::get<ParsedProgram>(parsed).program, chip);
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  if (!reader.read(folder))
    return message(path, ": error: ", reader.error);
  if (std::string error = reader.p.validate(); !error.empty())
    return message(path, ": error: ", error);
  reader.p.hash = functionalHash(reader.p);
  return std::move(reader.p);
}

} // namespace synfire::sim
