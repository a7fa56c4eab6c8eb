// Operations of the chip dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_CHIP_OPS
#define SYNFIRE_CHIP_OPS

include "dialect/chip/HostOps.td"
include "mlir/IR/RegionKindInterface.td"

def Chip_ProgramOp : Chip_Op<"program", [IsolatedFromAbove, SymbolTable, Symbol, SingleBlock,
    NoTerminator, NoRegionArguments, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a model on a target";
  let description = [{
    Order inside: report rows in model order (host, op, neurons, attention), then projections,
    slices, flows.
    `stages`: ticks per (token, time step), the host's input tick and the readout's tick included.
    `result`: the host op whose values are the model's (its logits).
    `weights_file` names the side file beside the program, `weights_checksum` is that of its bytes
    (dialect/chip/SideFile.h); `source_checksum` the weights it was made from.
    `target_argument`: the target as the compiler was given it, a name or a file;
    `target_resources`: the "KEY=VALUE" of the chip that mapping and integers rely on
    (targets/ChipResources.h). `seed` and `warnings` of the compiler, for the reports. `format`:
    name and version of the file format, as the compiler writes it ("synfire.program/5"); a program
    without one is of version 1.
    The text has an item per line, the attribute's name and its value, in any order:

    ```mlir
    chip.program @tiny on "tiny-2x2"
        time_steps 4
        context_length 8
        target_resources ["mesh.width=2"] {
    }
    ```

    `alphabet`: one character per token id, `words`: one word per token id, as `spike.model` has
    them.
    (C1) time_steps, context_length, max_tokens, vocabulary, stages are positive and within
    support/Limits.h; max_tokens <= context_length.
    (C2) words is absent, or has one non-empty string per id, and then the alphabet is empty.
    (C3) result names a chip.host.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$target, I64Attr:$time_steps,
    I64Attr:$context_length,
    I64Attr:$max_tokens, I64Attr:$vocabulary, StrAttr:$alphabet, StrAttr:$cleaning,
    I64Attr:$weight_bits, OptionalAttr<StrAttr>:$schedule, OptionalAttr<I64Attr>:$stages,
    OptionalAttr<StrAttr>:$weights_file, OptionalAttr<I64Attr>:$weights_bytes,
    OptionalAttr<StrAttr>:$source_checksum, OptionalAttr<StrAttr>:$weights_checksum,
    OptionalAttr<StrAttr>:$target_argument, OptionalAttr<StrArrayAttr>:$target_resources,
    OptionalAttr<StrAttr>:$format, OptionalAttr<I64Attr>:$seed,
    OptionalAttr<StrArrayAttr>:$warnings,
    OptionalAttr<StrArrayAttr>:$words,
    OptionalAttr<FlatSymbolRefAttr>:$result);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
}

def Chip_OpOp : Chip_Op<"op", [Symbol, HasParent<"ProgramOp">]> {
  let summary =
    "a report row: synapses, or an op that costs nothing of its own here (a merged residual)";
  let description = [{(C1) kind is not empty.}];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$kind);
  let assemblyFormat = "custom<Word>($kind) $sym_name attr-dict";
}

def Chip_NeuronsOp : Chip_Op<"neurons", [Symbol, HasParent<"ProgramOp">]> {
  let summary = "a population: neurons, a graded sum, or a readout";
  let description = [{
    The `role` says what a population does. `neurons` fire by their `model`. A `graded_sum` emits
    the sum of its inputs as a graded spike. A `readout` is read by the host: it adds up its input
    over the time steps of a token, or with `per_step` starts at its bias in every step; its
    `model` gives bias, fraction bits and state width.
    (C1) columns is positive and at most kMaxColumns (support/Limits.h).
    (C2) a graded_sum has no `model`, all others have one; its arrays have one entry or `columns`.
    (C3) spike_bits is 0 for a readout, 1 for neurons and 2..8 for a graded sum.
    (C4) stage is not negative.
    (C5) per_step stands on a readout alone.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$role, StrAttr:$kind, I64Attr:$columns,
    I64Attr:$spike_bits, OptionalAttr<Chip_NeuronAttr>:$model, OptionalAttr<StrAttr>:$neuron_model,
    OptionalAttr<I64Attr>:$stage, UnitAttr:$per_step);
  let assemblyFormat = [{
    custom<Word>($role) $sym_name `kind` custom<Word>($kind) `columns` $columns
    `spike_bits` $spike_bits (`per_step` $per_step^)? (`stage` $stage^)?
    (`neuron_model` custom<Word>($neuron_model)^)? (`model` $model^)? attr-dict
  }];
}

def Chip_AttentionOp : Chip_Op<"attention", [Symbol, HasParent<"ProgramOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "spiking self-attention in coincidence form";
  let description = [{
    Its integer result A V is the input of `target`.
    (C1) q, k, v emit spikes (neurons, or a chip.host that yields spikes over time), target is a
    population; all have equal columns, divisible by heads.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$q, FlatSymbolRefAttr:$k,
    FlatSymbolRefAttr:$v, FlatSymbolRefAttr:$target, I64Attr:$heads, UnitAttr:$causal);
  let assemblyFormat = [{
    $sym_name `q` $q `k` $k `v` $v `target` $target `heads` $heads (`causal` $causal^)? attr-dict
  }];
}

def Chip_ProjectionOp : Chip_Op<"projection", [Symbol, HasParent<"ProgramOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "synapses of one op from one population into another";
  let description = [{
    `op` is the report row that owns the weights; `encoding`: dense, sparse (the diagonal).
    A spike of source neuron i in step t reads row i + t * row_stride; with last_step_only in the
    last step alone.
    (C1) row_stride is 0 or the source's columns; rows = source columns, times time steps with a
    row_stride; columns = target columns; sparse: rows = columns.
    (C2) `op` is a report row, `source` emits spikes (a chip.host that yields them over time,
    neurons, a graded sum), `target` is a population.
    (C3) encoding is dense or sparse, weight_bits in 1..16.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$op, FlatSymbolRefAttr:$source,
    FlatSymbolRefAttr:$target, I64Attr:$rows, I64Attr:$columns, StrAttr:$encoding,
    I64Attr:$weight_bits,
    DefaultValuedAttr<I64Attr, "0">:$row_stride, UnitAttr:$last_step_only);
  let assemblyFormat = [{
    $sym_name `op` $op `from` $source `to` $target `rows` $rows `columns` $columns
    custom<Word>($encoding) `weight_bits` $weight_bits (`row_stride` $row_stride^)?
    (`last_step_only` $last_step_only^)? attr-dict
  }];
}

def Chip_SliceOp : Chip_Op<"slice", [Symbol, HasParent<"ProgramOp">, SingleBlock, NoTerminator,
    NoRegionArguments, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "columns of one population on one core, with all that feeds them";
  let description = [{
    The body lists the blocks of the slice: `chip.synapses` and `chip.attention_heads`.
    (C1) the columns are not empty and lie within the population's.
    (C2) memory_bits is at least the sum of the blocks' memory_bits.
    (C3) the body holds no other ops.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$population,
    I64Attr:$first_column,
    I64Attr:$columns, I64Attr:$memory_bits, OptionalAttr<Chip_CoreAttr>:$core);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `of` $population `columns` custom<Span>($first_column, $columns)
    (`on` custom<Core>($core)^)? `memory_bits` $memory_bits attr-dict-with-keyword $body
  }];
}

def Chip_SynapsesOp : Chip_Op<"synapses", [HasParent<"SliceOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "rows of a projection, for the columns of the slice";
  let description = [{
    The weights are integers of `weight_bytes` bytes at byte `offset` of the side file. A dense
    projection has one for each row and each column of the slice, row major; a sparse one has one
    for each column of the slice, and its rows have the columns' numbers.
    (C1) offset and memory_bits are not negative, weight_bytes is 1 or 2.
    (C2) the rows lie within the projection, whose target is the slice's population.
  }];
  let arguments = (ins FlatSymbolRefAttr:$projection, I64Attr:$first_row, I64Attr:$rows,
    I64Attr:$memory_bits, OptionalAttr<I64Attr>:$offset, OptionalAttr<I64Attr>:$weight_bytes);
  let assemblyFormat = [{
    $projection `rows` custom<Span>($first_row, $rows) `memory_bits` $memory_bits
    (`offset` $offset^)? (`weight_bytes` $weight_bytes^)? attr-dict
  }];
}

def Chip_AttentionHeadsOp : Chip_Op<"attention_heads", [HasParent<"SliceOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "heads of an attention op computed beside the slice's neurons";
  let description = [{
    (C1) the heads lie within the attention op, whose target is the slice's population.
    (C2) memory_bits is not negative.
  }];
  let arguments = (ins FlatSymbolRefAttr:$attention, I64Attr:$first_head, I64Attr:$heads,
    I64Attr:$memory_bits);
  let assemblyFormat = [{
    $attention `heads` custom<Span>($first_head, $heads) `memory_bits` $memory_bits attr-dict
  }];
}

def Chip_FlowOp : Chip_Op<"flow", [HasParent<"ProgramOp">, SingleBlock, NoTerminator,
    NoRegionArguments,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "where the spikes of a slice (or of a host op) go";
  let description = [{
    One `chip.target` per core. `source` is a slice, or a chip.host that yields spikes over time.
    (C1) the columns lie within the source.
    (C2) the body holds chip.target alone, no core twice.
  }];
  let arguments = (ins FlatSymbolRefAttr:$source, I64Attr:$first_column, I64Attr:$columns);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `from` $source `columns` custom<Span>($first_column, $columns) attr-dict-with-keyword $body
  }];
}

def Chip_TargetOp : Chip_Op<"target", [HasParent<"FlowOp">]> {
  let summary = "one target core of a flow and the links on the way";
  let description = [{
    `links`: router * 4 + direction (east 0, west 1, north 2, south 3), in path order; router = x +
    y * width. In text a link is the tile where it starts and its direction; the width is that of
    the program's `target_resources`, and without it the tile is `router N`:

    ```mlir
    chip.target core 0 of tile (1, 1) columns 0 to 39 links (0, 0) east, (1, 0) north
    ```

    `first_column`, `columns`: the source columns this core needs.
    (C1) they lie within the flow's.
  }];
  let arguments = (ins Chip_CoreAttr:$core, I64Attr:$first_column, I64Attr:$columns,
    OptionalAttr<DenseI32ArrayAttr>:$links);
  let assemblyFormat = [{
    custom<Core>($core) `columns` custom<Span>($first_column, $columns)
    (`links` custom<Links>($links)^)? attr-dict
  }];
}

#endif // SYNFIRE_CHIP_OPS
