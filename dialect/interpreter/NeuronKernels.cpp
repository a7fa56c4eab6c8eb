// NeuronKernels: neurons, integrators and delays: what looks along time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"
#include "dialect/interpreter/NeuronRules.h"

using namespace mlir;
using namespace synfire::spike;

/// Visits all neurons. For each it calls `start(channel)`, and then `step(at)` for each of its
/// steps in the order of its time, where `at` is the flat index of the neuron's current in that
/// step. With `states`, neurons go on from the states that stand there, if there are any, and leave
/// theirs behind. Stops at the first step that fails.
template <typename Neuron, typename Start, typename Step>
static LogicalResult scan(ArrayRef<int64_t> shape, Scan order, Neuron &neuron,
                          std::vector<typename Neuron::State> *states, Start start, Step step) {
  const bool resumes = states && !states->empty();
  if (states)
    states->resize(shape[1] * shape[2]);
  for (int64_t c = 0; c < shape[2]; ++c)
    for (int64_t n = 0; n < shape[1]; ++n) {
      if (n == 0 || order == Scan::Steps)
        start(c);
      if (resumes)
        neuron.state = (*states)[n * shape[2] + c];
      for (int64_t t = 0; t < shape[0]; ++t)
        if (failed(step((t * shape[1] + n) * shape[2] + c)))
          return failure();
      if (states)
        (*states)[n * shape[2] + c] = neuron.state;
    }
  return success();
}

static FailureOr<Tensor> scanReal(NeuronOp op, const Tensor &current, StepMemory *memory) {
  RealNeuron neuron(op.getNeuronModel());
  Tensor spikes = Tensor::ofIntegers(current.shape());
  (void)scan(
      current.shape(), op.getScan(), neuron, memory ? &memory->realStates : nullptr,
      [&](int64_t c) { neuron.start(c); },
      [&](int64_t at) {
        spikes.integers()[at] = neuron.step(current.reals()[at]);
        return success();
      });
  return spikes;
}

static FailureOr<Tensor> scanFixed(NeuronOp op, FixedAttr encoding, const Tensor &current,
                                   StepMemory *memory) {
  FixedNeuronState neuron(
      makeFixedNeuron(op.getNeuronModel(), encoding, current.columns(), op.getMembraneState()),
      op.getMembraneState());
  Tensor spikes = Tensor::ofIntegers(current.shape());
  auto start = [&](int64_t c) { neuron.start(c); };
  auto step = [&](int64_t at) -> LogicalResult {
    bool fires = false;
    if (auto overflow = neuron.step(at % current.columns(), current.integers()[at], fires))
      return refuseOverflow(errorAt(op, current.shape(), at), *overflow);
    spikes.integers()[at] = fires;
    return success();
  };
  if (failed(scan(current.shape(), op.getScan(), neuron, memory ? &memory->fixedStates : nullptr,
                  start, step)))
    return failure();
  return spikes;
}

static FailureOr<Tensor> evaluate(NeuronOp op, Operands operands, StepMemory *memory = nullptr) {
  if (FixedAttr encoding = getFixedEncoding(op.getCurrent().getType()))
    return scanFixed(op, encoding, *operands[0], memory);
  return scanReal(op, *operands[0], memory);
}

namespace {

/// The membrane of an integrator in float64.
struct RealIntegrator {
  using State = RealNeuron::State;
  State state;
};

} // namespace

static FailureOr<Tensor> integrateReal(IntegratorOp op, const Tensor &current, StepMemory *memory) {
  double decay = op.getDecay().convertToDouble(), gain = op.getGain().convertToDouble();
  RealIntegrator integrator;
  double &v = integrator.state.v;
  Tensor membrane = Tensor::ofReals(current.shape());
  (void)scan(
      current.shape(), op.getScan(), integrator, memory ? &memory->realStates : nullptr,
      [&](int64_t) { v = 0.0; },
      [&](int64_t at) {
        v = decay * v + gain * current.reals()[at];
        membrane.reals()[at] = v;
        return success();
      });
  return membrane;
}

static FailureOr<Tensor> integrateFixed(IntegratorOp op, FixedAttr encoding, const Tensor &current,
                                        StepMemory *memory) {
  FixedNeuronState integrator(makeFixedIntegrator(op.getDecay().convertToDouble(), encoding,
                                                  current.columns(), op.getStateAttr()),
                              op.getStateAttr());
  Tensor membrane = Tensor::ofIntegers(current.shape());
  auto start = [&](int64_t c) { integrator.start(c); };
  auto step = [&](int64_t at) -> LogicalResult {
    bool fires = false; // never
    if (auto overflow = integrator.step(at % current.columns(), current.integers()[at], fires))
      return refuseOverflow(errorAt(op, current.shape(), at), *overflow);
    membrane.integers()[at] = integrator.state.v;
    return success();
  };
  if (failed(scan(current.shape(), op.getScan(), integrator,
                  memory ? &memory->fixedStates : nullptr, start, step)))
    return failure();
  return membrane;
}

static FailureOr<Tensor> evaluate(IntegratorOp op, Operands operands,
                                  StepMemory *memory = nullptr) {
  if (FixedAttr encoding = getFixedEncoding(op.getCurrent().getType()))
    return integrateFixed(op, encoding, *operands[0], memory);
  return integrateReal(op, *operands[0], memory);
}

static FailureOr<Tensor> evaluate(DelayOp op, Operands operands) {
  const Tensor &input = *operands[0];
  ArrayRef<int64_t> steps = op.getSteps();
  int64_t step = input.dim(1) * input.columns(); // count of numbers of one time step
  return input.rearranged(input.shape(), [&](int64_t i) {
    int64_t delay = steps[steps.size() == 1 ? 0 : i % input.columns()];
    return delay > i / step ? -1 : i - delay * step;
  });
}

/// The same for one step more than `past` has, which takes the operand in.
static Tensor evaluate(DelayOp op, const Tensor &input, std::deque<Tensor> &past) {
  ArrayRef<int64_t> steps = op.getSteps();
  past.push_front(input);
  if (static_cast<int64_t>(past.size()) > *llvm::max_element(steps) + 1)
    past.pop_back();
  Tensor result = input.rearranged(input.shape(), [](int64_t) { return -1; }); // zeros
  for (int64_t i = 0; i < input.size(); ++i) {
    const int64_t delay = steps[steps.size() == 1 ? 0 : i % input.columns()];
    if (delay >= static_cast<int64_t>(past.size()))
      continue;
    if (result.isReal())
      result.reals()[i] = past[delay].reals()[i];
    else
      result.integers()[i] = past[delay].integers()[i];
  }
  return result;
}

FailureOr<Tensor> synfire::spike::evaluateStep(Operation *op, Operands operands,
                                               StepMemory &memory) {
  if (auto neuron = dyn_cast<NeuronOp>(op))
    return ::evaluate(neuron, operands, &memory);
  if (auto integrator = dyn_cast<IntegratorOp>(op))
    return ::evaluate(integrator, operands, &memory);
  if (auto delay = dyn_cast<DelayOp>(op))
    return ::evaluate(delay, *operands[0], memory.past);
  return evaluate(op, operands);
}

void synfire::spike::addNeuronKernels(KernelTable &table) {
  table.add<NeuronOp, IntegratorOp, DelayOp>(
      [](auto op, Operands operands) { return ::evaluate(op, operands); });
}
