// Neurons, delays and recurrence: ops whose value at one time step depends on other steps.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SPIKE_OPS_NEURON
#define SYNFIRE_SPIKE_OPS_NEURON

include "dialect/spike/SpikeOpBase.td"

def Spike_NeuronOp : Spike_Op<"neuron", [Spike_HostComputable,
    DeclareOpInterfaceMethods<Spike_NeuronLike>, Spike_KeepsShape,
    Spike_MayMixTokens]> {
  let summary = "neurons, scanned over the time steps";
  let description = [{
    There is one neuron per (token, feature), and its state is `v_init` before t = 0. Then
    `v[t] = decay v'[t-1] + gain I[t] + bias`, `s[t] = v[t] >= threshold` (or `>`), and `v'` is `v`
    after the reset. `model` gives decay, gain, bias, threshold and reset; `cuba_lif` filters I
    first. With `scan = steps_and_tokens` there is one neuron per feature, and its time goes on from
    token to token: its state after the last step of token n is its state before the first step of
    token n + 1. On a quantised current the neuron follows the integer rule of RATIONALE.md
    ("Fixed-point neurons"), and `state` says how the chip keeps the membrane.
    (C1) the operand is a current of rank 3, and the result i1 of the same shape.
    (C2) each number of the model is one for all channels, or there is one per channel.
    (C3) there is no `state` unless the current is quantised.
    (C4) if the current is quantised, the model has an integer form (`hasIntegerForm`).

    ```mlir
    %s = spike.neuron #spike.lif<tau = 2.0, threshold = [1.0]>, %i : tensor<4x?x80xf32>
        -> tensor<4x?x80xi1>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$current, Spike_NeuronModelAttr:$model,
    OptionalAttr<Spike_StateAttr>:$state,
    DefaultValuedAttr<Spike_ScanAttr, "::synfire::spike::Scan::Steps">:$scan);
  let results = (outs AnyRankedTensor:$spikes);
  let assemblyFormat = [{
    $model `,` $current (`state` `(` $state^ `)`)? attr-dict `:` type($current) `->` type($spikes)
  }];
}

def Spike_IntegratorOp : Spike_Op<"integrator", [DeclareOpInterfaceMethods<Spike_IntegratorLike>,
    Spike_KeepsShape, Spike_MayMixTokens]> {
  let summary = "integrators: neurons that never fire, whose membranes are read";
  let description = [{
    `v[t] = decay v[t-1] + gain I[t]`, `v[-1] = 0`; the result is v at every step. With a `decay` of
    1 the integrator is a sum over time (NIR's I), below 1 it leaks (NIR's LI). On a quantised
    current it follows the integer rule of RATIONALE.md ("Fixed-point neurons"), and `state` says
    how the chip keeps the membrane.
    (C1) the operand is a current of rank 3. The result has the same type; of a quantised current,
    its scales are those of the operand times the gain.
    (C2) decay is in 0..1, and gain is finite.
    (C3) there is no `state` unless the current is quantised.
    (C4) if the current is quantised, the gain is above 0.

    ```mlir
    %v = spike.integrator %i {decay = 0.9} : tensor<256x1x7xf32> -> tensor<256x1x7xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$current, DefaultValuedAttr<F64Attr, "1.0">:$decay,
    DefaultValuedAttr<F64Attr, "1.0">:$gain, OptionalAttr<Spike_StateAttr>:$state,
    DefaultValuedAttr<Spike_ScanAttr, "::synfire::spike::Scan::Steps">:$scan);
  let results = (outs AnyRankedTensor:$membrane);
  let assemblyFormat = [{
    $current (`state` `(` $state^ `)`)? attr-dict `:` type($current) `->` type($membrane)
  }];
}

def Spike_DelayOp : Spike_Op<"delay", [Spike_KeepsShape]> {
  let summary = "the value of some time steps ago";
  let description = [{
    `y[t, n, c] = x[t - steps[c], n, c]`, and 0 where t < steps[c].
    (C1) the operand has rank 3, and the result the same type.
    (C2) steps has one entry, or one per channel, each in 0 .. 2^31 - 1.

    ```mlir
    %d = spike.delay %s steps [2] : tensor<16x1x7xi1> -> tensor<16x1x7xi1>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, DenseI64ArrayAttr:$steps);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input `steps` $steps attr-dict `:` type($input) `->` type($result)";
  let hasFolder = 1;
}

def Spike_RecurrentOp : Spike_Op<"recurrent", [SingleBlockImplicitTerminator<"YieldOp">,
    RecursiveMemoryEffects]> {
  let summary = "a network with cycles, each with a unit delay";
  let description = [{
    The body is a network over all time steps, and it may read values from outside. Block argument i
    is the feedback of result i: its value at step t is result i at step t - 1, and 0 at t = 0.
    Cycles are allowed nowhere else.
    (C1) the types of the results, of the yielded values and of the block arguments are the same;
    all have rank 3 and the same T.
    (C2) the body holds only spike ops whose value at step t depends on no later step and on no
    other token. Therefore the results of these ops have rank 3 with that T, which excludes codes
    and recombinations. By the interface `TokenMixing` they read no other token, which excludes
    attention, convolution, pooling, flattening and scans over tokens. Regions may nest.
    (C3) there is at least one result.

    ```mlir
    %s = spike.recurrent -> tensor<16x1x7xi1> {
    ^bb0(%back: tensor<16x1x7xi1>):
      %i = spike.linear %back, dense<0.5> : tensor<7x7xf32> : tensor<16x1x7xi1> ->
          tensor<16x1x7xf32>
      %sum = spike.add %i, %in : tensor<16x1x7xf32>, tensor<16x1x7xf32> -> tensor<16x1x7xf32>
      %o = spike.neuron #spike.if<threshold = [1.0]>, %sum : tensor<16x1x7xf32> -> tensor<16x1x7xi1>
      spike.yield %o : tensor<16x1x7xi1>
    }
    ```
  }];
  let arguments = (ins);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict `->` type($results) $body";
  let hasRegionVerifier = 1; // checks (C2) and the yielded values, after the ops of the body
}

def Spike_YieldOp : Op<Spike_Dialect, "yield", [Pure, Terminator, HasParent<"RecurrentOp">]> {
  let summary = "results of a recurrent region, fed back to its arguments";
  let arguments = (ins Variadic<AnyRankedTensor>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
  let builders = [OpBuilder<(ins), [{ /* no values: for the implicit terminator */ }]>];
}

#endif // SYNFIRE_SPIKE_OPS_NEURON
