// FunctionalBenchmark: synaptic operations per second beside their limits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Weights are int8, so a synaptic operation reads one byte: the bandwidth with
// which this machine reads a buffer of the same size, measured in the same run,
// is the limit. One matrix of 768 columns in L2 (0.6 MB), L3 (85 MB) and DRAM
// (1 GB); a fifth of the rows spike.

#include "simulator/functional/FunctionalEngine.h"
#include "simulator/functional/RowAccumulator.h"
#include "tests/unit/simulator/ProgramBuilder.h"

#include <benchmark/benchmark.h>

#include <random>

using namespace synfire::sim;

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define WIDEST_VECTORS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDEST_VECTORS
#endif

namespace {

constexpr int32_t kColumns = 768;
constexpr double kRate = 0.2;

WIDEST_VECTORS uint64_t sumOf(const uint64_t *values, size_t count) {
  uint64_t sum = 0;
  for (size_t i = 0; i < count; ++i)
    sum += values[i];
  return sum;
}

/// As many 768 x 768 matrices as fill `bytes`, and which of their rows spike:
/// the layers of a model, one after the other.
struct Layers {
  static constexpr int32_t kRows = 768;
  static constexpr size_t kBytes = static_cast<size_t>(kRows) * kColumns;

  std::vector<int8_t> storage;
  const int8_t *weights; ///< aligned as blocks of a PROGRAM's side file are
  std::vector<std::vector<int32_t>> spikes;
  int64_t synops = 0;

  explicit Layers(int64_t bytes) {
    spikes.resize(static_cast<size_t>(bytes) / kBytes);
    storage.resize(spikes.size() * kBytes + 64);
    weights = storage.data() + (64 - reinterpret_cast<uintptr_t>(storage.data()) % 64);
    for (size_t i = 0; i < storage.size(); ++i)
      storage[i] = static_cast<int8_t>(i * 2654435761U >> 24);
    std::mt19937_64 random(1);
    std::bernoulli_distribution fires(kRate);
    for (auto &rows : spikes)
      for (int32_t row = 0; row < kRows; ++row)
        if (fires(random)) {
          rows.push_back(row);
          synops += kColumns;
        }
  }
};

void setRate(benchmark::State &state, const char *name, double perIteration) {
  state.counters[name] = benchmark::Counter(perIteration * static_cast<double>(state.iterations()),
                                            benchmark::Counter::kIsRate);
}

void readBandwidth(benchmark::State &state) {
  const std::vector<uint64_t> buffer(state.range(0) / 8, 3);
  for (auto _ : state)
    benchmark::DoNotOptimize(sumOf(buffer.data(), buffer.size()));
  setRate(state, "bytes/s", static_cast<double>(buffer.size() * 8));
}

template <auto accumulate> void addLayers(benchmark::State &state) {
  const Layers layers(state.range(0));
  std::vector<int32_t> sums(kColumns);
  for (auto _ : state)
    for (size_t i = 0; i < layers.spikes.size(); ++i) {
      accumulate(layers.weights + i * Layers::kBytes, kColumns, layers.spikes[i], 0, sums.data());
      benchmark::DoNotOptimize(sums.data());
      benchmark::ClobberMemory();
    }
  setRate(state, "synops/s", static_cast<double>(layers.synops));
}

void plainLoop(benchmark::State &state) {
  addLayers<accumulateRowsPlainly<int8_t, int32_t>>(state);
}

void rowAccumulator(benchmark::State &state) {
  constexpr void (*kernel)(const int8_t *, int32_t, std::span<const int32_t>, int32_t, int32_t *) =
      accumulateRows;
  addLayers<kernel>(state);
  state.SetLabel(rowAccumulatorTarget());
}

/// An MLP of `blocks` times 768 -> 3072 -> 768 on 16 tokens and 4 time steps,
/// all of the engine included: spike lists, neuron updates, the trace.
void functionalEngine(benchmark::State &state) {
  const int32_t blocks = static_cast<int32_t>(state.range(0)), hidden = 4 * kColumns;
  std::mt19937 random(1);
  const auto matrix = [&](int32_t rows, int32_t columns) {
    Matrix result(rows, std::vector<int32_t>(columns));
    for (auto &row : result)
      for (int32_t &w : row)
        w = static_cast<int32_t>(random() % 255) - 127;
    return result;
  };
  ProgramBuilder builder(4);
  Matrix codes(30, std::vector<int32_t>(kColumns));
  for (auto &code : codes)
    for (int32_t &bit : code)
      bit = random() % 5 == 0;
  NeuronParameters lif;
  lif.shift = {1};
  lif.fractionBits = 4;
  int32_t last = builder.codes(codes);
  for (int32_t block = 0; block < blocks; ++block) {
    // A threshold near the upper fifth of the sums keeps about a fifth firing.
    const int32_t up = builder.neurons("fc1_lif", hidden, 16 * 1000, lif);
    builder.dense(last, up, matrix(kColumns, hidden));
    last = builder.neurons("fc2_lif", kColumns, 16 * 2000, lif);
    builder.dense(up, last, matrix(hidden, kColumns));
  }
  const Program program = builder.finish();
  FunctionalEngine engine(program, static_cast<int>(state.range(1)));
  std::vector<int32_t> tokens(16);
  for (size_t i = 0; i < tokens.size(); ++i)
    tokens[i] = static_cast<int32_t>(i * 7 % 30);
  ActivityTrace trace(program);
  for (auto _ : state) {
    trace.truncate(0);
    if (std::string error = engine.run(tokens, trace); !error.empty())
      state.SkipWithError(error.c_str());
  }
  double synops = 0, spikes = 0, neuronSteps = 0;
  for (const Projection &p : program.projections)
    synops += static_cast<double>(trace.countSpikes(p.source)) * p.columns;
  for (int32_t p = 1; p < static_cast<int32_t>(program.populations.size()); ++p) {
    spikes += static_cast<double>(trace.countSpikes(p));
    neuronSteps += 4.0 * static_cast<double>(tokens.size()) * trace.columns(p);
  }
  setRate(state, "synops/s", synops);
  state.counters["firing_rate"] = spikes / neuronSteps;
}

void memorySizes(benchmark::internal::Benchmark *benchmark) {
  benchmark->Arg(Layers::kBytes)->Arg(85 << 20)->Arg(1 << 30);
}

BENCHMARK(readBandwidth)->Apply(memorySizes);
BENCHMARK(plainLoop)->Apply(memorySizes);
BENCHMARK(rowAccumulator)->Apply(memorySizes);
BENCHMARK(functionalEngine)
    ->ArgNames({"blocks", "threads"})
    ->Args({1, 1})
    ->Args({4, 1})
    ->Args({4, 2})
    ->UseRealTime();

} // namespace
