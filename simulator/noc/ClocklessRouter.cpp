// ClocklessRouter: the input queues, and the arbiter of each output port.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/ClocklessRouter.h"

namespace synfire::sim {

ClocklessRouter::ClocklessRouter(const NocConfig &config, const MeshGeometry &geometry, int index)
    : config(&config), geometry(&geometry), index(index), ports(geometry.ports()),
      channels(config.virtualChannels), capacity(config.bufferFlits),
      inputChannels(static_cast<size_t>(ports) * channels), outputChannels(inputChannels.size()),
      outputs(ports), requests(ports) {
  reset();
}

void ClocklessRouter::receiveFlit(int input, int channel, Flit flit, int64_t now,
                                  const RunContext &run) {
  int number = numberOf(input, channel);
  InputChannel<QueuedFlit> &to = inputChannels[number];
  if (to.queue.size() == capacity)
    throw NocDefect("a flit arrived at a full buffer of router " + std::to_string(index));
  to.queue.push({flit, now});
  if (to.queue.size() == 1)
    requestOutput(number, run);
}

Flit ClocklessRouter::removeFront(int inputNumber, const RunContext &run) {
  Flit flit = front(inputNumber);
  InputChannel<QueuedFlit> &from = inputChannels[inputNumber];
  from.queue.pop();
  if (!from.queue.empty())
    requestOutput(inputNumber, run);
  return flit;
}

/// Called when a flit has come to the front of its queue: requests the output port that it needs.
void ClocklessRouter::requestOutput(int number, const RunContext &run) {
  InputChannel<QueuedFlit> &from = inputChannels[number];
  Flit flit = front(number);
  if (flit.head()) {
    const NocPacket &packet = (*run.packets)[flit.packet];
    const MeshGeometry::Way way = geometry->route(index, number / channels, packet);
    from.output = static_cast<uint8_t>(way.output);
    from.channels = way.channels;
  }
  requests.add(from.output, number / channels, number % channels);
  marked |= bit(from.output);
}

void ClocklessRouter::arbitrate(ClocklessEvents &events, const RunContext &run) {
  uint32_t look = marked & requests.outputs();
  marked = 0;
  forEachBit(look, [&](int output) {
    if (outputs[output].busy)
      return;
    int number = chooseInput(output);
    if (number < 0)
      return;
    requests.remove(output, number / channels, number % channels);
    outputs[output].busy = true;
    outputs[output].pointer = static_cast<int16_t>(nextInRound(number, ports * channels));
    if (output < kFirstLocalPort)
      sendToLink(number, output, events, run);
    else
      sendToInterface(number, output, events, run);
  });
}

/// The virtual channel of a link that a head would get: the next one of the set, round robin, that
/// is free and has a credit; -1 when there is none.
int ClocklessRouter::chooseChannel(int output, ChannelSet set) const {
  const uint32_t allowed = channelMask(set, channels);
  int channel = outputs[output].channelPointer;
  for (int tried = 0; tried < channels; ++tried) {
    const OutputChannel &candidate = outputChannels[numberOf(output, channel)];
    if ((allowed & bit(channel)) && candidate.owner == OutputChannel::kFree &&
        candidate.credits != 0)
      return channel;
    channel = nextInRound(channel, channels);
  }
  return -1;
}

bool ClocklessRouter::mayLeave(int number, int output) const {
  bool head = front(number).head();
  if (output >= kFirstLocalPort)
    return outputs[output].owner == (head ? OutputChannel::kFree : number);
  if (head)
    return chooseChannel(output, inputChannels[number].channels) >= 0;
  int channel = inputChannels[number].outputChannel;
  return outputChannels[numberOf(output, channel)].credits != 0;
}

/// The input queue whose front flit the output port serves next: the flit that arrived first, and
/// of those that arrived at once the next one round robin. -1 when no flit may leave.
int ClocklessRouter::chooseInput(int output) const {
  int best = -1, bestTurn = 0;
  int64_t bestPs = 0;
  forEachBit(requests.inputs(output), [&](int input) {
    forEachBit(requests.channels(output, input), [&](int channel) {
      int number = numberOf(input, channel);
      if (!mayLeave(number, output))
        return;
      int64_t ps = inputChannels[number].queue.front().arrivedPs;
      int turn = number - outputs[output].pointer;
      turn += turn < 0 ? ports * channels : 0;
      if (best < 0 || ps < bestPs || (ps == bestPs && turn < bestTurn)) {
        best = number;
        bestTurn = turn;
        bestPs = ps;
      }
    });
  });
  return best;
}

void ClocklessRouter::sendToLink(int number, int output, ClocklessEvents &events,
                                 const RunContext &run) {
  InputChannel<QueuedFlit> &from = inputChannels[number];
  Flit flit = front(number);
  if (flit.head()) {
    int channel = chooseChannel(output, from.channels);
    from.outputChannel = static_cast<uint8_t>(channel);
    outputs[output].channelPointer = static_cast<uint8_t>(nextInRound(channel, channels));
  }
  OutputChannel &to = outputChannels[numberOf(output, from.outputChannel)];
  to.owner = flit.tail ? OutputChannel::kFree : static_cast<int16_t>(number);
  --to.credits;
  run.countHop(index, output);
  if (run.observer) [[unlikely]]
    (*run.observer)({events.now, index, output, from.outputChannel, flit.packet,
                     static_cast<int32_t>(flit.index)});
  events.moving[output].push(
      events.now + config->hopPs[output],
      {index, static_cast<int16_t>(number), static_cast<uint8_t>(output), from.outputChannel});
}

void ClocklessRouter::sendToInterface(int number, int output, ClocklessEvents &events,
                                      const RunContext &run) {
  OutputPort &port = outputs[output];
  Flit flit = front(number);
  if (flit.head())
    port.headPs = events.now;
  port.owner = flit.tail ? OutputChannel::kFree : static_cast<int16_t>(number);
  if (run.observer) [[unlikely]]
    (*run.observer)({events.now, index, output, 0, flit.packet, static_cast<int32_t>(flit.index)});
  events.moving[kFirstLocalPort].push(
      events.now, {index, static_cast<int16_t>(number), static_cast<uint8_t>(output), 0});
  if (!flit.tail)
    return;
  int64_t arrivalPs = std::max(events.now, port.headPs + config->ejectPs);
  int interface = index * config->localPorts + output - kFirstLocalPort;
  events.alarms.push({arrivalPs, interface, true});
  run.countEjection(flit.packet, arrivalPs);
}

bool ClocklessRouter::empty() const {
  for (const InputChannel<QueuedFlit> &channel : inputChannels)
    if (!channel.queue.empty())
      return false;
  return true;
}

void ClocklessRouter::reset() {
  for (InputChannel<QueuedFlit> &channel : inputChannels)
    channel.reset();
  std::fill(outputChannels.begin(), outputChannels.end(),
            OutputChannel{static_cast<int16_t>(capacity), OutputChannel::kFree});
  std::fill(outputs.begin(), outputs.end(), OutputPort());
  requests.clear();
  marked = 0;
}

} // namespace synfire::sim
