// ChipModel: everything Synfire knows about one target chip, as plain data.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPMODEL_H
#define SYNFIRE_TARGETS_CHIPMODEL_H

#include "support/GradedSynop.h"
#include "support/MeshLinks.h"
#include "support/WeightForm.h"
#include "targets/Actions.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synfire {

/// How a number came to be known. Reports name the basis of each number that they use.
enum class Basis { Measured, Simulated, Calibrated, Assumed };
inline constexpr std::array kBasisNames{"measured", "simulated", "calibrated", "assumed"};

/// A number of the chip file together with where it comes from.
struct Sourced {
  double value = 0;
  Basis basis = Basis::Assumed;
  std::string source;    ///< the short name of one of ChipModel::citations
  std::string note = {}; ///< how the number was derived; may be empty
};

/// A price that may be unknown. An absent price is reported as unpriced and never counted as
/// zero; an explicit 0 is a price.
using Price = std::optional<Sourced>;

/// How a leak is rounded to a whole number; Nearest takes ties to the even neighbour.
enum class Rounding { TowardZero, Floor, Nearest };
inline constexpr std::array kRoundingNames{"toward_zero", "floor", "nearest"};

/// How the synapses of a block are stored and looked up. Each form has its own price.
enum class SynapseEncoding { Dense, Sparse, Conv };

/// Whether the rows and columns of tiles end at the edge, or are rings.
enum class Topology { Mesh, Torus };
inline constexpr std::array kTopologyNames{"mesh", "torus"};

/// A core that does not work, by the coordinates of its tile and its number there.
struct FaultyCore {
  static constexpr int kAll = -1;
  int x = 0, y = 0;
  int core = kAll; ///< kAll: all cores of the tile
};

/// A link that does not work: the one that leaves tile (x, y) in `direction`. The link back is
/// another one.
struct FaultyLink {
  int x = 0, y = 0;
  Direction direction = Direction::East;
};

/// The mesh or torus of tiles of one chip. A tile is a group of cores that share a router. The
/// router of a tile whose cores are faulty works.
struct MeshModel {
  int width = 1, height = 1; ///< tiles
  int coresPerTile = 1;
  Topology topology = Topology::Mesh;
  std::vector<FaultyCore> faultyCores = {};
  std::vector<FaultyLink> faultyLinks = {};

  MeshLinks links() const { return {width, height, topology == Topology::Torus}; }
  bool isFaulty(int x, int y, int core) const;
  /// The numbers of the faulty links (MeshLinks), ascending.
  std::vector<int32_t> faultyLinkNumbers() const;
};

/// Resources and abilities of one core. SCHEMA.md describes each by its key, `core.KEY`.
struct CoreModel {
  int neurons = 0;
  int64_t synapseMemoryBits = 0; ///< memory for weights, and for stored K and V spikes
  std::vector<int> weightBits;   ///< weight widths in bits that the core supports, ascending
  /// The formats of weights that it supports, the preferred one first; each has the widths of
  /// `weightBits` that it can have.
  std::vector<WeightFormat> weightFormats = {WeightFormat::Signed};
  /// Whether a block of weights can be stored as rows of indexed weights that leave out zeros.
  bool sparseWeights = false;
  /// Bits of the index that stands with each weight of an indexed row; absent: as many as the
  /// columns of its block need.
  std::optional<int> sparseIndexBits;
  int64_t axonInEntries = 0;  ///< how many rows of synapse blocks the core can hold
  int64_t axonOutEntries = 0; ///< how many pairs of neuron and target core it can hold
  int stateBits = 32;         ///< width of a signed membrane, sign included
  /// How many bits behind the binary point a membrane keeps when the exact leak needs more bits
  /// than the state has.
  std::optional<int> stateFractionBits;
  std::optional<int> currentBits; ///< width of a filtered current; without it that of a membrane
  std::optional<int> currentFractionBits; ///< the most that it keeps; without it a membrane's
  Rounding leakRounding = Rounding::TowardZero;
  bool saturates = false; ///< whether a membrane saturates; otherwise an overflow is an error
  std::vector<std::string> neuronModels; ///< names from chipNeuronModels()
  bool multiplicativeLeak = true;        ///< whether a membrane can decay by a factor
  bool coincidenceAttention = false;     ///< whether it has a unit for (Q K^T) V
  bool scoreNeurons = false;             ///< whether that keeps a membrane for each score
  bool hebbianAttention = false;         ///< whether it can form Q (K^T V)
  bool gradedSpikes = false;             ///< whether a spike can carry a number
  int gradedBits = 0;                    ///< most bits of that number
  GradedSynop gradedSynop = GradedSynop::Accumulate;
  /// For how many updates of a neuron, beyond the next one, its core can hold a spike back.
  int maxDelayTicks = 0;
  /// Whether a tick updates every neuron of an active slice. Otherwise it updates only the neurons
  /// that got input in the tick or whose membrane or bias is not 0, and the others are idle.
  bool updatesAllNeurons = true;
};

/// The network on chip: a mesh of routers.
struct NocModel {
  int flitBits = 32;         ///< bits that cross a link at once
  int packetHeaderBits = 32; ///< bits of a binary spike's packet, which has no payload
  int virtualChannels = 1;   ///< per link; where rows or columns are rings, each half has its use
  int bufferFlits = 8;       ///< flits that a buffer of one virtual channel of an input port holds
  /// On a chip with a clock: pipeline stages of a router. With 4 they are route computation,
  /// virtual-channel allocation, switch allocation and switch traversal; with fewer, some share a
  /// cycle (simulator/noc/README.md).
  int routerStages = 1;
  /// On a chip without a clock: time of a flit through a router and the link behind it, by
  /// Direction.
  std::array<int64_t, kDirections> hopPs{};
  int64_t linkPs = 0; ///< on a chip with a clock: time of a flit over a link
  /// For how long a packet occupies the port through which it enters or leaves the network.
  int64_t injectPs = 0, ejectPs = 0;
  bool multicast = false; ///< a fact about the chip that the tools do not use (withoutEffect)
};

/// A row of the table of barrier times: the time `ps` of a barrier when at least `tiles` tiles are
/// in use, up to the `tiles` of the next row.
struct BarrierStep {
  int tiles = 1;
  int64_t ps = 0;
};

/// The host computer: it runs the operations that the chip cannot do, sends spikes to the chip and
/// reads results from it.
struct HostModel {
  int portX = 0, portY = 0; ///< coordinates of the tile to whose router the host is connected
  std::optional<int64_t> latencyPs; ///< time of one crossing between host and chip
  std::optional<double> bandwidthBitsPerNs;
};

/// Where one number of the file comes from, for reports and documentation.
struct Provenance {
  std::string key; ///< dotted key as the file writes it, "energy.synop_dense_pj"
  /// The number in the file's unit. For a list it is the last element, for a flag 0 or 1, and for
  /// a name 0.
  Sourced number;
};

/// An entry of the file's `sources:`: a short name and the citation for which it stands.
struct Citation {
  std::string name, text;
};

/// One chip. Times are in picoseconds, energies in picojoules. An object that the reader returns
/// keeps all rules of chipViolations().
struct ChipModel {
  std::string name, description;
  std::optional<int64_t> clockPeriodPs; ///< period of the clock; absent on a chip without one
  int maxChips = 1;
  MeshModel mesh;
  CoreModel core;
  /// Time of one action in ps, for the actions that take time of a core. When a unit of a clocked
  /// chip does n actions per cycle, the time here is 1/n of the period, and the engine rounds the
  /// sum of a tick up to a whole cycle. An absent time counts as 0 and is reported as untimed.
  PerAction<std::optional<int64_t>> timePs;
  /// Price in pJ as the file states it: the energy of ActionInfo::perPrice actions.
  PerAction<Price> pricePj;
  Price staticMwPerChip; ///< power of a chip at rest, in mW
  NocModel noc;
  std::vector<BarrierStep> barrier; ///< ascending in tiles; not empty, the first row is for 1
  HostModel host;
  std::vector<Provenance> provenance; ///< one entry for each sourced number, in file order
  std::vector<Citation> citations;    ///< the file's `sources:`

  int tiles() const { return mesh.width * mesh.height; }
  int cores() const { return tiles() * mesh.coresPerTile; }
  /// The cores that are not faulty.
  int workingCores() const;
  /// The number of links on a shortest path between the tiles A and B when no link is faulty.
  int hops(int xA, int yA, int xB, int yB) const;
  /// The time in ps of a barrier over `tilesUsed` tiles: that of the row of `barrier` with the
  /// largest `tiles` not above `tilesUsed`. The first row holds for fewer tiles, too; without any
  /// row the time is 0.
  int64_t barrierPs(int tilesUsed) const;
  /// The energy of one action in pJ; nothing when the file does not price it.
  std::optional<double> actionPj(Action action) const;
  /// The keys of prices that the file leaves out ("energy.attention_score_pj"). Prices of a unit
  /// that the chip lacks are not among them.
  std::vector<std::string> unpricedKeys() const;
  /// The keys of times that the file leaves out, by the same rule.
  std::vector<std::string> untimedKeys() const;
  /// A message for each key that is set and that the tools do not honour.
  std::vector<std::string> withoutEffect() const;
  /// A message for each number that is so small or so large that its unit is probably another one
  /// than its key says: a price in joules under a `_pj` key, for example.
  std::vector<std::string> oddUnits() const;
  /// The first of chipViolations() as a message "'KEY' FACT"; empty when the chip is consistent.
  std::string validate() const;
};

/// The names of enumerators, as chip files, programs and reports spell them.
constexpr const char *basisName(Basis basis) { return kBasisNames[static_cast<size_t>(basis)]; }
constexpr const char *topologyName(Topology topology) {
  return kTopologyNames[static_cast<size_t>(topology)];
}
constexpr const char *roundingName(Rounding rounding) {
  return kRoundingNames[static_cast<size_t>(rounding)];
}

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPMODEL_H
