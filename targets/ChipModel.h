// ChipModel: everything Synfire knows about one target chip, as plain data.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPMODEL_H
#define SYNFIRE_TARGETS_CHIPMODEL_H

#include "support/MeshLinks.h"
#include "targets/Actions.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synfire {

/// How a number came to be known. Reports never mix these silently.
enum class Basis { Measured, Simulated, Calibrated, Assumed };

/// A number of the chip file together with where it comes from.
struct Sourced {
  double value = 0;
  Basis basis = Basis::Assumed;
  std::string source;    ///< short name, see ChipModel::citations
  std::string note = {}; ///< how it was derived, where that needs saying
};

/// A price or time that may be unknown. Absent means *unpriced*: it is reported
/// as such and never counted as zero. An explicit 0 is a price.
using Price = std::optional<Sourced>;

enum class Rounding { TowardZero, Floor, Nearest };

/// Synapse storage and lookup forms; each has its own price.
enum class SynapseEncoding { Dense, Sparse, Conv };
inline constexpr int kSynapseEncodings = 3;

/// The mesh of tiles of one chip. A tile is the cores that share a router.
struct MeshModel {
  int width = 1, height = 1; ///< tiles
  int coresPerTile = 1;
};

/// Resources of one core.
struct CoreModel {
  int neurons = 0;
  int64_t synapseMemoryBits = 0;        ///< weights, and stored K/V spikes
  std::vector<int> weightBits;          ///< supported precisions, ascending
  int64_t axonInEntries = 0;            ///< rows of target synapse blocks
  int64_t axonOutEntries = 0;           ///< (neuron, destination core) pairs
  int stateBits = 32;                   ///< membrane, signed, sign included
  std::optional<int> stateFractionBits; ///< guard bits kept when not all fit
  Rounding leakRounding = Rounding::TowardZero;
  bool saturates = false;                ///< else overflow is an error
  std::vector<std::string> neuronModels; ///< of chipNeuronModels()
  bool multiplicativeLeak = true;
  bool coincidenceAttention = false;
  bool hebbianAttention = false;
  bool gradedSpikes = false;
  int gradedBits = 0; ///< payload bits of a graded spike
  int maxDelayTicks = 0;
  /// false: of an active slice only the neurons that got input in the tick, or
  /// whose membrane or bias is not zero; the others are idle.
  bool updatesAllNeurons = true;
};

/// Network on chip of one mesh.
struct NocModel {
  int flitBits = 32;
  int packetHeaderBits = 32; ///< a binary spike's packet carries no payload
  int virtualChannels = 1;
  int bufferFlits = 8; ///< per virtual channel and input port
  /// Router stages before switch traversal; 4 = RC, VA, SA, ST (clocked).
  int routerStages = 1;
  std::array<int64_t, kDirections> hopPs{}; ///< clockless: router + link
  int64_t linkPs = 0;                       ///< clocked: link traversal
  int64_t injectPs = 0, ejectPs = 0;        ///< per packet, port occupancy
  bool multicast = false;
};

/// Barrier time by the number of tiles in use: the entry with the largest key
/// not above the count holds.
struct BarrierStep {
  int tiles = 1;
  int64_t ps = 0;
};

/// The pseudo-chip that runs what the chip cannot, and feeds it.
struct HostModel {
  int portX = 0, portY = 0; ///< tile whose router the host port hangs on
  std::optional<int64_t> latencyPs;
  std::optional<double> bandwidthBitsPerNs;
};

/// Provenance of one number of the file, for reports and docs.
struct Provenance {
  std::string key; ///< dotted path, e.g. "energy.synop_dense_pj"
  Sourced number; ///< in the file's unit; of a list its last element, of a flag 0 or 1, of a name 0
};

/// An entry of the file's `sources:`.
struct Citation {
  std::string name, text;
};

struct ChipModel {
  std::string name, description;
  std::optional<int64_t> clockPeriodPs; ///< absent: clockless
  int maxChips = 1;
  MeshModel mesh;
  CoreModel core;
  /// Picosecond per action, of those that are timed. On a clocked chip a unit
  /// that does n actions per cycle has 1/n of the period here; the engine rounds
  /// the sum up to a whole cycle. An absent time counts as 0 and is reported.
  PerAction<std::optional<int64_t>> timePs;
  /// Picojoule by action, as the file states it: for ActionInfo::perPrice of them.
  PerAction<Price> pricePj;
  Price staticMwPerChip;
  NocModel noc;
  std::vector<BarrierStep> barrier; ///< ascending in tiles, never empty
  HostModel host;
  std::vector<Provenance> provenance; ///< every sourced number, file order
  std::vector<Citation> citations;    ///< what the short source names mean

  int tiles() const { return mesh.width * mesh.height; }
  int cores() const { return tiles() * mesh.coresPerTile; }
  /// Manhattan distance between tiles (links crossed), 0 for the same tile.
  int hops(int xA, int yA, int xB, int yB) const;
  int64_t barrierPs(int tilesUsed) const;
  /// Picojoule of one action; nothing where the file has no price.
  std::optional<double> actionPj(Action action) const;
  /// Names of prices that are absent, e.g. "attention", as keys of the file.
  std::vector<std::string> unpricedKeys() const;
  /// As unpricedKeys, of the times that are absent.
  std::vector<std::string> untimedKeys() const;
  /// Keys that ask for an effect which the tools do not have, each as a message.
  std::vector<std::string> withoutEffect() const;
  /// Numbers that look as if they stood in another unit than their key says, a
  /// price in joule under a `_pj` key say, each as a message.
  std::vector<std::string> oddUnits() const;
  /// First violated rule as a message, empty when the model is consistent.
  std::string validate() const;
};

const char *basisName(Basis basis);
const char *encodingName(SynapseEncoding encoding);
const char *roundingName(Rounding rounding);

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPMODEL_H
