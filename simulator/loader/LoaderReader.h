// LoaderReader: fills a Program from a chip.program; private to the Loader.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_LOADER_LOADERREADER_H
#define SYNFIRE_SIMULATOR_LOADER_LOADERREADER_H

#include "dialect/chip/Chip.h"
#include "simulator/program/Program.h"
#include "support/Message.h"

#include "llvm/ADT/StringMap.h"

#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace synfire::sim {

/// The strings of an array of string attributes.
std::vector<std::string> textsOf(mlir::ArrayAttr array);

/// Reads the chip.program `source`, which has passed its verifiers, into the Program `p`. Each step
/// returns whether it succeeded. After the first that did not, `error` says what is wrong,
/// current() is the op that it is about, and `p` is of no use.
class ProgramReader {
public:
  ProgramReader(chip::ProgramOp source, const ChipModel &chip) : source(source), at(source) {
    p.chip = chip;
  }

  /// `folder` is that of the program's file, with its last slash; empty for the working directory.
  bool read(const std::string &folder) {
    return readHeader() && checkResources() && readRows() && readEdges() && readCores() &&
           openWeights(folder) && readSlices() && readFlows();
  }

  /// What the error is about.
  mlir::Operation *current() const { return at; }

  Program p;
  std::string error;

private:
  /// Sets the error, "'NAME': PARTS", and returns false.
  template <typename... Parts> bool fail(llvm::StringRef name, const Parts &...parts) {
    error = message("'", name.str(), "': ", parts...);
    return false;
  }

  /// Copies `value` to `result`, and likewise for the rest of the arguments: (what, value, result)
  /// each. Fails when a value does not fit: numbers of the file have 64 bits, those of a Program
  /// 32, and are not negative. `what` is the number's name in the message.
  template <typename... Rest>
  bool numbers(llvm::StringRef name, const char *what, int64_t value, int32_t &result,
               Rest &&...rest) {
    if (value < 0 || value > std::numeric_limits<int32_t>::max())
      return fail(name, what, ": ",
                  needsHas(message("0 to ", std::numeric_limits<int32_t>::max()), value));
    result = static_cast<int32_t>(value);
    if constexpr (sizeof...(rest) > 0)
      return numbers(name, std::forward<Rest>(rest)...);
    else
      return true;
  }

  /// Whether an optional attribute is there; fails when it is not.
  template <typename Optional>
  bool present(llvm::StringRef name, const char *what, const Optional &value) {
    if (value)
      return true;
    return fail(name, what,
                " is missing; the program was not compiled to the end, use "
                "`synfire compile`");
  }

  using Symbols = llvm::StringMap<int32_t>;
  /// Sets `result` to the index of what `symbol` names; fails when no `what` of that name has been
  /// read.
  bool resolve(llvm::StringRef name, const char *what, const Symbols &symbols,
               llvm::StringRef symbol, int32_t &result) {
    const auto found = symbols.find(symbol);
    if (found == symbols.end())
      return fail(name, "there is no ", what, " '", symbol.str(), "' before it");
    result = found->second;
    return true;
  }

  /// Appends a row to the report and returns its index.
  OpId addRow(llvm::StringRef name, llvm::StringRef kind, Where where) {
    p.ops.push_back({name.str(), kind.str(), where});
    return static_cast<OpId>(p.ops.size()) - 1;
  }

  bool readHeader();
  bool checkResources();
  bool readRows();
  bool readHostOp(chip::HostOp op);
  bool readInputTensor(chip::HostOp op, HostOp result);
  /// The number of tokens in the type of the program's input.
  bool readTokens(llvm::StringRef name, int64_t tokens);
  /// Takes the rows of the input's grid from the first window over so many points.
  void noteGrid(const GridWindow &window);
  bool readHostSpikes(chip::HostOp op, int32_t index);
  bool readPopulation(chip::NeuronsOp op);
  bool readNeuron(chip::NeuronsOp op, Population &population);
  /// The constants of a neuron whose lists get `columns` entries; `name` is that of its op.
  bool readConstants(llvm::StringRef name, chip::NeuronAttr model, int32_t columns,
                     NeuronParameters &neuron);
  bool readEdges();
  bool readProjection(chip::ProjectionOp op);
  bool readAttention(chip::AttentionOp op, OpId row);
  bool readCores();
  bool findCore(llvm::StringRef name, chip::CoreAttr core, int32_t &index);
  bool openWeights(const std::string &folder);
  /// Maps the side file at `path`. Returns why it is not that of the program, or "".
  std::string takeWeights(const std::string &path, const std::string &name);
  bool readSlices();
  bool readSynapses(llvm::StringRef name, chip::SynapsesOp op, Slice &slice);
  bool readFlows();
  bool readFlow(chip::FlowOp op);

  chip::ProgramOp source;
  mlir::Operation *at; ///< what is being read
  Symbols rows, hostOps, populations, projections, attentions, slices;
  std::map<std::tuple<int64_t, int64_t, int64_t, int64_t>, int32_t> cores; ///< (chip, y, x, core)
  int64_t neurons = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_LOADER_LOADERREADER_H
