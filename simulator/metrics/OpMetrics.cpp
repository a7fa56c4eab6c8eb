// OpMetrics: the registry of report columns.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/metrics/OpMetrics.h"

namespace synfire::sim {
namespace {

int64_t actions(const OpCounters &op, Action action) { return op.actions[index(action)]; }

const OpMetric kMetrics[] = {
    {"spikes_in", "spikes", "spikes delivered to the op, counted once per producer", false, nullptr,
     [](const OpCounters &op) -> MetricValue { return op.spikesIn; }},
    {"spikes_out", "spikes", "spikes that the op's neurons (or the host) emitted", false,
     "spikes out", [](const OpCounters &op) -> MetricValue { return op.spikesOut; }},
    {"firing_rate", "spikes per neuron and time step",
     "spikes_out over neurons x tokens x time steps; absent for ops without neurons", false,
     "rate %",
     [](const OpCounters &op) -> MetricValue {
       if (op.neuronSteps == 0)
         return std::monostate{};
       return static_cast<double>(op.spikesOut) / static_cast<double>(op.neuronSteps);
     }},
    {"score_rate", "scores not 0 per score",
     "share of an attention's scores that are not 0; absent for other ops", false, nullptr,
     [](const OpCounters &op) -> MetricValue {
       if (op.scores == 0)
         return std::monostate{};
       return static_cast<double>(op.scoresNotZero) / static_cast<double>(op.scores);
     }},
    {"synops", "synaptic operations",
     "stored synapse entries read for delivered spikes, and the accumulates of attention", true,
     "synops", [](const OpCounters &op) -> MetricValue { return synops(op.actions); }},
    {"neuron_updates", "updates", "neuron updates performed by the chip's rule", true, "updates",
     [](const OpCounters &op) -> MetricValue { return actions(op, Action::NeuronUpdate); }},
    {"neuron_idles", "accesses",
     "neurons visited without an update: outside their own ticks, or untouched where the chip "
     "updates touched neurons only",
     true, nullptr,
     [](const OpCounters &op) -> MetricValue { return actions(op, Action::NeuronIdle); }},
    {"packets", "packets", "packets sent, one per spike and target core", true, "packets",
     [](const OpCounters &op) -> MetricValue { return op.packets; }},
    {"packet_hops", "links",
     "router-to-router links crossed, one for each packet and link; local delivery is 0", true,
     "hops", [](const OpCounters &op) -> MetricValue { return op.packetHops; }},
    {"flit_hops", "flits",
     "flits over links: packet_hops times the flits of each packet; the sum of the hop_* actions",
     true, nullptr, [](const OpCounters &op) -> MetricValue { return flitHops(op.actions); }},
    {"payload_bits", "bits", "bits of the packets, header included", false, nullptr,
     [](const OpCounters &op) -> MetricValue { return op.payloadBits; }},
    {"io_bits", "bits", "bits that crossed between host and chip", true, nullptr,
     [](const OpCounters &op) -> MetricValue { return actions(op, Action::IoBits); }},
    {"io_ticks", "ticks", "ticks in which the op crossed between host and chip", true, nullptr,
     [](const OpCounters &op) -> MetricValue { return op.ioTicks; }},
    {"host_macs", "multiply-accumulates", "products that the host adds up: dense layers, attention",
     true, nullptr,
     [](const OpCounters &op) -> MetricValue { return actions(op, Action::HostMac); }},
    {"host_elements", "values",
     "values that the host's norms, activations, additions, neurons and sums over time yield", true,
     nullptr, [](const OpCounters &op) -> MetricValue { return actions(op, Action::HostElement); }},
};

} // namespace

std::span<const OpMetric> opMetrics() { return kMetrics; }

} // namespace synfire::sim
