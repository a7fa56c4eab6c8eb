// ActivityTrace: adds and removes tokens, counts spikes and compares identities.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/trace/ActivityTrace.h"

#include "simulator/program/ProgramHash.h"

#include <algorithm>

namespace synfire::sim {

ActivityTrace::ActivityTrace(const Program &source)
    : steps(source.timeSteps), program(source.hash), profile(numericProfileHash(source)),
      hostTensors(source.hostOps.size()) {
  rows.reserve(source.populations.size());
  for (const Population &population : source.populations) {
    Rows r;
    r.columns = population.columns;
    r.points = population.points;
    r.steps = population.kind == PopulationKind::HostSpikes
                  ? source.hostOps[population.hostOp].steps
                  : steps;
    if (population.kind == PopulationKind::Readout)
      r.readoutSteps = population.perStep ? steps : 1;
    r.hasMembranes = population.kind == PopulationKind::Neurons;
    if (population.neuron.acrossTokens)
      r.stateWords = population.neuron.filters() ? 2 : 1;
    r.planes = r.readoutSteps > 0 ? 0 : population.spikeBits;
    r.words = (population.columns + 63) / 64;
    rows.push_back(std::move(r));
  }
  const auto keep = [&](int32_t index) {
    const HostOp &op = source.hostOps[index];
    hostTensors[index].size = static_cast<size_t>(op.steps) * op.columns;
    hostTensors[index].points = op.points;
  };
  for (const HostOp &op : source.hostOps)
    for (size_t input = 0; input < op.inputs.size(); ++input)
      if (op.kernel->readsTokens(input))
        keep(op.inputs[input]);
  if (source.result >= 0)
    keep(source.result);
}

int32_t ActivityTrace::value(int32_t population, int32_t position, int32_t step,
                             int32_t column) const {
  const Rows &r = rows[population];
  const uint64_t *base = r.bits.data() + r.offset(position, step, 0) + column / 64;
  int32_t value = 0;
  for (int32_t p = 0; p < r.planes; ++p)
    value |= static_cast<int32_t>(base[static_cast<size_t>(p) * r.words] >> (column % 64) & 1) << p;
  return value;
}

int64_t ActivityTrace::countSpikes(int32_t population, int32_t position, int32_t step) const {
  const Rows &r = rows[population];
  const uint64_t *base = r.bits.data() + r.offset(position, step, 0);
  int64_t count = 0;
  for (int32_t w = 0; w < r.words; ++w) {
    uint64_t any = 0;
    for (int32_t p = 0; p < r.planes; ++p)
      any |= base[static_cast<size_t>(p) * r.words + w];
    count += std::popcount(any);
  }
  return count;
}

int64_t ActivityTrace::countSpikes(int32_t population) const {
  int64_t count = 0;
  for (int32_t position = 0; position < positions(population); ++position)
    for (int32_t step = 0; step < timeSteps(population); ++step)
      count += countSpikes(population, position, step);
  return count;
}

int32_t ActivityTrace::countEffective(int32_t population, int32_t position, int32_t step,
                                      int32_t firstColumn, int32_t columns) const {
  const std::span<const uint64_t> words = effective(population, position, step);
  int32_t count = 0;
  for (int32_t c = firstColumn; c < firstColumn + columns; ++c)
    count += static_cast<int32_t>(words[c / 64] >> (c % 64) & 1);
  return count;
}

std::span<const int64_t> ActivityTrace::readout(int32_t population, int32_t position,
                                                int32_t step) const {
  const Rows &r = rows[population];
  const size_t row = static_cast<size_t>(position) * r.readoutSteps + step;
  return std::span(r.readouts).subspan(row * r.columns, r.columns);
}

std::span<int64_t> ActivityTrace::readout(int32_t population, int32_t position, int32_t step) {
  Rows &r = rows[population];
  const size_t row = static_cast<size_t>(position) * r.readoutSteps + step;
  return std::span(r.readouts).subspan(row * r.columns, r.columns);
}

std::span<const double> ActivityTrace::kept(int32_t hostOp, int32_t position) const {
  const HostTensor &r = hostTensors[hostOp];
  return std::span(r.values).subspan(static_cast<size_t>(position) * r.size, r.size);
}

std::span<double> ActivityTrace::kept(int32_t hostOp, int32_t position) {
  HostTensor &r = hostTensors[hostOp];
  return std::span(r.values).subspan(static_cast<size_t>(position) * r.size, r.size);
}

double ActivityTrace::bytesPerToken() const {
  size_t numbers = 0; // of 8 bytes each, all of them
  for (const Rows &r : rows)
    numbers += r.offset(r.points, 0, 0) + (r.hasMembranes ? r.effectiveOffset(r.points, 0) : 0) +
               static_cast<size_t>(r.points) * r.readoutSteps * r.columns + r.stateOffset(1);
  for (const HostTensor &r : hostTensors)
    numbers += r.size * static_cast<size_t>(r.points);
  return static_cast<double>(numbers) * sizeof(uint64_t) + sizeof(int32_t);
}

void ActivityTrace::appendTokens(std::span<const int32_t> tokenIds) {
  ids.insert(ids.end(), tokenIds.begin(), tokenIds.end());
  for (Rows &r : rows) {
    const int32_t positions = tokens() * r.points;
    r.bits.resize(r.offset(positions, 0, 0));
    if (r.hasMembranes)
      r.effective.resize(r.effectiveOffset(positions, 0));
    r.readouts.resize(static_cast<size_t>(positions) * r.readoutSteps * r.columns);
    r.states.resize(r.stateOffset(positions));
  }
  for (HostTensor &r : hostTensors)
    r.values.resize(static_cast<size_t>(tokens()) * r.points * r.size);
}

void ActivityTrace::truncate(int32_t count) {
  ids.resize(std::min<size_t>(ids.size(), std::max(count, 0)));
  appendTokens({});
}

std::string ActivityTrace::mismatch(const Program &other) const {
  if (program != other.hash)
    return "the activity trace was recorded with another model than '" + other.name +
           "': record it again with this program";
  if (profile != numericProfileHash(other) || steps != other.timeSteps)
    return "the activity trace was recorded with other weight bits, state bits or leak rounding "
           "than '" +
           other.name + "' has on '" + other.targetName + "': record it again with this program";
  return {};
}

} // namespace synfire::sim
