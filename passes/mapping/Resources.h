// Resources: what a core has a limited amount of.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_RESOURCES_H
#define SYNFIRE_PASSES_MAPPING_RESOURCES_H

#include <array>
#include <cstddef>
#include <cstdint>

namespace synfire::mapping {

/// Neurons: columns. SynapseMemory: bits. AxonIn: rows of synapse and attention
/// blocks. AxonOut: pairs of source neuron and target core, known only once
/// the targets are placed.
enum class Resource { Neurons, SynapseMemory, AxonIn, AxonOut };
inline constexpr int kResources = 4;
inline constexpr std::array<Resource, kResources> kAllResources = {
    Resource::Neurons, Resource::SynapseMemory, Resource::AxonIn, Resource::AxonOut};

/// An amount of every resource: a demand or a capacity.
struct Amounts {
  std::array<int64_t, kResources> values{};

  int64_t &operator[](Resource resource) { return values[static_cast<size_t>(resource)]; }
  int64_t operator[](Resource resource) const { return values[static_cast<size_t>(resource)]; }
  bool operator==(const Amounts &) const = default;
};

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_RESOURCES_H
