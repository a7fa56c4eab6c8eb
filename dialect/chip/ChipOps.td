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
    The compiler writes the body in this order: the ops that are rows of the reports (`chip.host`,
    `chip.op`, `chip.neurons`, `chip.attention`) as they follow each other in the model, then
    projections, slices and flows.
    `stages` is the number of ticks that a (token, time step) takes; the tick in which the host's
    input enters and the tick of the readout are among them. `result` is the host op whose values
    are the model's result (its logits).
    `weights_file` is the name of the side file, which lies beside the program, `weights_bytes` its
    size, and `weights_checksum` the checksum of its bytes (dialect/chip/SideFile.h).
    `source_checksum` is the checksum of the real weights that the side file was made from.
    `target_argument` is the target as it was given to the compiler, a name or a file.
    `target_resources` has "KEY=VALUE" for each property of the chip on which the mapping or the
    integers rely (targets/ChipResources.h). `seed` and `warnings` are those of the compiler; the
    reports show them. `format` is the name and version of the file format that the compiler wrote
    ("synfire.program/7"); a program without it has version 1.
    In text each of these attributes has a line of its own, with its name and value, in any order:

    ```mlir
    chip.program @tiny on "tiny-2x2"
        time_steps 4
        context_length 8
        target_resources ["mesh.width=2"] {
    }
    ```

    `alphabet`, `words` and `cleaning` are those of the model (`#spike.model`).
    (C1) time_steps, context_length, max_tokens, vocabulary and stages are positive and within
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
    the sum of its inputs as a graded spike. A `readout` is an integrator that the host reads: it
    adds up its input over the time steps of a token and starts at its bias. With `per_step` it is
    read after every step: its membrane leaks by the `model`, and takes in the step's input and the
    bias, so that with a decay of 0 it starts anew in every step. The `model` of a readout has this
    bias, the decay, the fraction bits and the width of the state.
    A population of a grid has neurons at each of its `points`, with the same constants.
    (C1) columns is positive and at most kMaxColumns (support/Limits.h), and so is points; more than
    one point needs a program with a context of one token.
    (C2) the role is neurons, graded_sum or readout; a graded_sum has no `model`, every other
    population has one; the lists of the `model` have one entry or `columns` entries.
    (C3) spike_bits is 0 for a readout, 1 for neurons and 2..8 for a graded sum.
    (C4) stage is 0 .. 2^24 - 1.
    (C5) only a readout has per_step.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$role, StrAttr:$kind, I64Attr:$columns,
    I64Attr:$spike_bits, OptionalAttr<Chip_NeuronAttr>:$model, OptionalAttr<StrAttr>:$neuron_model,
    OptionalAttr<I64Attr>:$stage, UnitAttr:$per_step, DefaultValuedAttr<I64Attr, "1">:$points);
  let assemblyFormat = [{
    custom<Word>($role) $sym_name `kind` custom<Word>($kind) `columns` $columns
    (`points` $points^)? `spike_bits` $spike_bits (`per_step` $per_step^)? (`stage` $stage^)?
    (`neuron_model` custom<Word>($neuron_model)^)? (`model` $model^)? attr-dict
  }];
}

def Chip_AttentionOp : Chip_Op<"attention", [Symbol, HasParent<"ProgramOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "spiking self-attention in coincidence form";
  let description = [{
    The integer result A V is an input of the population `target`. Without `q` every query is 1, so
    that A V with heads of one column is the sum of the products of k and v.
    (C1) q, k and v emit spikes: each is a population that is no readout, or a chip.host that yields
    spikes over time. target is a population, of as many columns and points as q.
    (C2) heads divides the columns of the target; kv_heads, by default as many, divides heads. k and
    v have kv_heads heads of as many columns as those of the target, and its points. Without q all
    heads have one column and there are no groups of them.
    (C3) score neurons, one for each head and pair of a query and a visible key, whose spikes take
    the place of the scores, need q; their numbers have one entry each.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<FlatSymbolRefAttr>:$q,
    FlatSymbolRefAttr:$k, FlatSymbolRefAttr:$v, FlatSymbolRefAttr:$target, I64Attr:$heads,
    OptionalAttr<I64Attr>:$kv_heads, UnitAttr:$causal, OptionalAttr<Chip_NeuronAttr>:$score);
  let extraClassDeclaration = [{
    /// The symbols of what it reads: q, if there is one, k and v.
    ::llvm::SmallVector<::mlir::FlatSymbolRefAttr> getSources() {
      ::llvm::SmallVector<::mlir::FlatSymbolRefAttr> sources;
      if (getQAttr())
        sources.push_back(getQAttr());
      sources.append({getKAttr(), getVAttr()});
      return sources;
    }
    /// Which head of k and v each head of q reads.
    ::synfire::HeadGroups getGroups() {
      return {static_cast<int64_t>(getHeads()),
              static_cast<int64_t>(getKvHeads().value_or(getHeads()))};
    }
  }];
  let assemblyFormat = [{
    $sym_name (`q` $q^)? `k` $k `v` $v `target` $target `heads` $heads (`kv_heads` $kv_heads^)?
    (`causal` $causal^)? (`score` $score^)? attr-dict
  }];
}

def Chip_ProjectionOp : Chip_Op<"projection", [Symbol, HasParent<"ProgramOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "synapses of one op from one population into another";
  let description = [{
    `op` is the row of the reports to which the weights belong. With `encoding` dense there is a
    synapse for each row and column; with sparse, row i has one synapse, to column i. A spike of
    source neuron i in step t reads row i + t * row_stride; with last_step_only, spikes of earlier
    steps are not read.
    The `window` says which points of the source's grid each point of the target's reads. With
    `encoding` conv, each of the `groups` of target columns reads one of source columns, by the same
    weights at all points: row i * taps + k has those of tap k of the window for input i of a group.
    `uniform` is the weight of all synapses where the model has no weights for them, as in a gate
    or a sum of spikes.
    `weight_bits` and `weight_format` say which integers the weights are (support/WeightForm.h); a
    projection without a format has signed ones. `nonzeros` has the number of weights that are not 0
    of each column, where the chip may store blocks of it without zeros.
    Without a window, dense synapses into a population without a grid read all points of the
    source: neuron i of its point p is row p * (columns of the source) + i.
    `delays` are time steps, one number for all columns of the source or one for each: what a spike
    of step t does is done in step t + delay of the same token, and not at all where that is behind
    its last step. `t` above is then the later one. A projection whose spikes are all late may lead
    to any population, also to its own source or to one before it: so networks have cycles.
    (C1) row_stride is 0 or the source's neurons. rows is the source's neurons, times the program's
    time steps if row_stride is not 0; of conv it is the source's columns by groups, times the taps
    of the window; of sparse with a window the source's columns. columns is the target's columns. If
    encoding is sparse, rows = columns.
    (C2) `op` is a chip.op or a chip.neurons. `source` emits spikes: it is a chip.host that yields
    spikes over time, neurons or a graded sum. `target` is a population.
    (C3) encoding is dense, sparse or conv, and weight_bits is in 1..32; weight_format is signed,
    binary or sign of 1 bit, or ternary of 2.
    (C4) conv has a window, and so has sparse between populations of more than one point; dense has
    none, nor has what has a row_stride. The window leads from the points of the source to those of
    the target.
    (C5) groups divides the columns of source and target, and is 1 but for conv.
    (C6) nonzeros has an entry of 0..rows for each column, and stands only where each column has a
    weight for each row of its own: with encoding dense, or conv with one tap and one group.
    (C7) delays has one entry, or as many as the source has columns, each in 0 .. 2^31 - 1.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$op, FlatSymbolRefAttr:$source,
    FlatSymbolRefAttr:$target, I64Attr:$rows, I64Attr:$columns, StrAttr:$encoding,
    I64Attr:$weight_bits, OptionalAttr<StrAttr>:$weight_format,
    DefaultValuedAttr<I64Attr, "0">:$row_stride, UnitAttr:$last_step_only,
    OptionalAttr<Chip_WindowAttr>:$window, DefaultValuedAttr<I64Attr, "1">:$groups,
    DefaultValuedAttr<I64Attr, "1">:$uniform, OptionalAttr<DenseI64ArrayAttr>:$nonzeros,
    OptionalAttr<DenseI64ArrayAttr>:$delays);
  let extraClassDeclaration = [{
    /// The integers that the weights can be.
    ::synfire::WeightForm getWeightForm() {
      auto format = getWeightFormat() ? ::synfire::weightFormatNamed(*getWeightFormat())
                                      : ::std::nullopt;
      auto form = ::synfire::WeightForm::ofBits(getWeightBits());
      return {form.bits, format.value_or(form.format)};
    }
  }];
  let assemblyFormat = [{
    $sym_name `op` $op `from` $source `to` $target `rows` $rows `columns` $columns
    custom<Word>($encoding) `weight_bits` $weight_bits
    (`weight_format` custom<Word>($weight_format)^)? (`row_stride` $row_stride^)?
    (`last_step_only` $last_step_only^)? (`groups` $groups^)? (`uniform` $uniform^)?
    (`window` $window^)? (`nonzeros` $nonzeros^)? (`delays` $delays^)? attr-dict
  }];
}

def Chip_SliceOp : Chip_Op<"slice", [Symbol, HasParent<"ProgramOp">, SingleBlock, NoTerminator,
    NoRegionArguments, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "columns of one population on one core, with the synapses and heads that feed them";
  let description = [{
    The body lists the blocks of the slice: `chip.synapses` and `chip.attention_heads`.
    `points` are the first of the slice's points and their number; [0, 1] if they are absent.
    (C1) the columns are not empty and lie within the population's, and so do the points.
    (C2) memory_bits is at least the sum of the blocks' memory_bits.
    (C3) the body holds no other ops.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$population,
    I64Attr:$first_column,
    I64Attr:$columns, I64Attr:$memory_bits, OptionalAttr<Chip_CoreAttr>:$core,
    OptionalAttr<DenseI64ArrayAttr>:$points);
  let regions = (region SizedRegion<1>:$body);
  let extraClassDeclaration = [{
    ::synfire::PointRange getPointRange() { return ::synfire::chip::pointRange(getPointsAttr()); }
  }];
  let assemblyFormat = [{
    $sym_name `of` $population `columns` custom<Span>($first_column, $columns)
    (`points` custom<PointSpan>($points)^)? (`on` custom<Core>($core)^)? `memory_bits` $memory_bits attr-dict-with-keyword $body
  }];
}

def Chip_SynapsesOp : Chip_Op<"synapses", [HasParent<"SliceOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "rows of a projection, for the columns of the slice";
  let description = [{
    The weights are integers of `weight_bytes` bytes, the first at byte `offset` of the side file. A
    dense or conv projection has a weight for each of these rows and each column of the slice, row
    major. A sparse projection has a weight for each column of the slice, and the rows have the numbers of
    these columns.
    `indexed` says that the core stores the block as rows of weights that are not 0, each with the
    index of its column. The side file has all weights, so that the results do not depend on it.
    (C1) offset and memory_bits are not negative, weight_bytes is 1, 2 or 4.
    (C2) the rows lie within the projection, whose target is the slice's population.
    (C3) the projection of an indexed block has `nonzeros`.
  }];
  let arguments = (ins FlatSymbolRefAttr:$projection, I64Attr:$first_row, I64Attr:$rows,
    I64Attr:$memory_bits, OptionalAttr<I64Attr>:$offset, OptionalAttr<I64Attr>:$weight_bytes,
    UnitAttr:$indexed);
  let assemblyFormat = [{
    $projection `rows` custom<Span>($first_row, $rows) (`indexed` $indexed^)?
    `memory_bits` $memory_bits (`offset` $offset^)? (`weight_bytes` $weight_bytes^)? attr-dict
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
    The body has one `chip.target` for each core that reads these spikes.
    (C1) the source is a chip.slice, or a chip.host that yields spikes over time, and the columns
    and points lie within it.
    (C2) the body holds only chip.target, and no core twice.
  }];
  let arguments = (ins FlatSymbolRefAttr:$source, I64Attr:$first_column, I64Attr:$columns,
    OptionalAttr<DenseI64ArrayAttr>:$points);
  let regions = (region SizedRegion<1>:$body);
  let extraClassDeclaration = [{
    ::synfire::PointRange getPointRange() { return ::synfire::chip::pointRange(getPointsAttr()); }
  }];
  let assemblyFormat = [{
    `from` $source `columns` custom<Span>($first_column, $columns)
    (`points` custom<PointSpan>($points)^)? attr-dict-with-keyword $body
  }];
}

def Chip_TargetOp : Chip_Op<"target", [HasParent<"FlowOp">]> {
  let summary = "one target core of a flow, and the links on the way to it";
  let description = [{
    Without `links` the way is that of dimension order, first along x, then along y, the shorter way
    around a ring. Another way has a number for each link, in the order of the path, each link once:
    router * 4 + direction, where
    router = x + y * width names the tile where the link starts, and the direction is east (0), west
    (1), north (2) or south (3). In text a link is that tile and the direction. The width is
    `mesh.width` of the program's `target_resources`; a program without it writes `router N` for the
    tile:

    ```mlir
    chip.target core 0 of tile (1, 1) columns 0 to 39 links (0, 0) east, (1, 0) north
    ```

    `first_column` and `columns` say which source columns this core reads, and `points` which
    points.
    (C1) these columns and points lie within those of the flow.
  }];
  let arguments = (ins Chip_CoreAttr:$core, I64Attr:$first_column, I64Attr:$columns,
    OptionalAttr<DenseI32ArrayAttr>:$links, OptionalAttr<DenseI64ArrayAttr>:$points);
  let extraClassDeclaration = [{
    ::synfire::PointRange getPointRange() { return ::synfire::chip::pointRange(getPointsAttr()); }
  }];
  let assemblyFormat = [{
    custom<Core>($core) `columns` custom<Span>($first_column, $columns)
    (`points` custom<PointSpan>($points)^)?
    (`links` custom<Links>($links)^)? attr-dict
  }];
}

#endif // SYNFIRE_CHIP_OPS
