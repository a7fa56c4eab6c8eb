// Router: arrivals, route computation, channel allocation, release.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/Router.h"

namespace synfire::sim {

Router::Router(const NocConfig &config, const MeshGeometry &geometry, int index)
    : geometry(&geometry), index(index), ports(geometry.ports()), channels(config.virtualChannels),
      capacity(config.bufferFlits), localPorts(config.localPorts),
      inputChannels(static_cast<size_t>(ports) * channels), outputChannels(inputChannels.size()),
      channelAllocator(ports, channels), switchAllocator(ports, channels),
      newHeads(inputChannels.size()), tailsGone(ports) {
  reset();
}

void Router::receiveFlit(int input, int channel, Flit flit) {
  int number = numberOf(input, channel);
  InputChannel<Flit> &to = inputChannels[number];
  if (to.queue.size() == capacity)
    throw NocDefect("a flit arrived at a full buffer of router " + std::to_string(index));
  to.queue.push(flit);
  if (to.state == ChannelState::Idle)
    startRouting(number);
  else if (to.state == ChannelState::Active && to.queue.size() == 1)
    requestSwitchIfReady(number);
}

bool Router::receiveCredit(int output, int channel) {
  OutputChannel &to = outputChannels[numberOf(output, channel)];
  return ++to.credits == 1 && to.owner != OutputChannel::kFree && requestSwitchIfReady(to.owner);
}

bool Router::requestSwitchIfReady(int number) {
  const InputChannel<Flit> &from = inputChannels[number];
  if (from.queue.empty() || outputChannels[numberOf(from.output, from.outputChannel)].credits == 0)
    return false;
  switchAllocator.matrix().add(from.output, number / channels, number % channels);
  return true;
}

void Router::computeRoutes(const std::vector<NocPacket> &packets) {
  for (int i = 0; i < newHeadCount; ++i) {
    int number = newHeads[i];
    const NocPacket &packet = packets[front(number).packet];
    InputChannel<Flit> &channel = inputChannels[number];
    const MeshGeometry::Way way = geometry->route(index, number / channels, packet);
    channel.output = static_cast<uint8_t>(way.output);
    channel.state = ChannelState::Waiting;
    channelAllocator.matrix(way.channels).add(channel.output, number / channels, number % channels);
  }
  newHeadCount = 0;
}

void Router::allocateChannels() {
  channelAllocator.allocate([&](int input, int channel, int output, int outputChannel) {
    int number = numberOf(input, channel);
    InputChannel<Flit> &from = inputChannels[number];
    from.outputChannel = static_cast<uint8_t>(outputChannel);
    from.state = ChannelState::Active;
    outputChannels[numberOf(output, outputChannel)].owner = static_cast<int16_t>(number);
    requestSwitchIfReady(number);
  });
}

void Router::release() {
  for (int i = 0; i < tailsGoneCount; ++i) {
    int number = tailsGone[i];
    InputChannel<Flit> &channel = inputChannels[number];
    outputChannels[numberOf(channel.output, channel.outputChannel)].owner = OutputChannel::kFree;
    channelAllocator.release(channel.output, channel.outputChannel);
    channel.state = ChannelState::Idle;
    if (!channel.queue.empty())
      startRouting(number);
  }
  tailsGoneCount = 0;
}

bool Router::empty() const {
  for (const InputChannel<Flit> &channel : inputChannels)
    if (!channel.queue.empty())
      return false;
  return true;
}

void Router::reset() {
  for (InputChannel<Flit> &channel : inputChannels)
    channel.reset();
  for (int port = 0; port < ports; ++port)
    for (int channel = 0; channel < channels; ++channel)
      outputChannels[numberOf(port, channel)] = {
          port < kFirstLocalPort ? static_cast<int16_t>(capacity) : OutputChannel::kUnlimited,
          OutputChannel::kFree};
  channelAllocator.reset();
  switchAllocator.reset();
  newHeadCount = tailsGoneCount = 0;
}

} // namespace synfire::sim
