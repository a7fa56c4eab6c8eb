// The host's operations in a program.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_CHIP_HOSTOPS
#define SYNFIRE_CHIP_HOSTOPS

include "dialect/chip/ChipAttrs.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"

class Chip_Op<string mnemonic, list<Trait> traits = []> : Op<Chip_Dialect, mnemonic, traits> {
  let hasVerifier = 1;
}

def Chip_HostOp : Chip_Op<"host_op", [Symbol, HasParent<"ProgramOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "an operation of the host";
  let description = [{
    Reals in float64 by the rules of dialect/RATIONALE.md, section 2: for every token `steps` rows (1, or one per time step) of
    `columns` values. With `spike_bits` the values are spikes of so many bits, which the trace records. Where there are as many
    steps as the program has, projections and attention may read them: they enter the chip in tick `stage` (absent: 0).

    | `kind` | inputs | attributes |
    |---|---|---|
    | token_lookup, position_lookup | | `table` [rows, columns] f32, in the program file |
    | code | | `code`, `source`, `size`; `vocabulary` |
    | binarize | 1 | `threshold` |
    | concat | 1 or more | |
    | slice | 1 | `from` |
    | repeat, inject, gelu, relu, softmax | 1 | |
    | dequantize | a readout | `scale`; `fraction_bits`: real = (integer * scale) * 2^-fraction_bits |
    | add | 2 | |
    | logic | 2 | `mode`: or, and, iand |
    | linear | 1 | `table` [columns, inputs]; `transposed`, `factor`, `offset` (channel_scale and bias) |
    | layer_norm | 1 | `factor`, `offset` (weight and bias), `eps` |
    | power_norm | 1 | as layer_norm, and `spread` (phi) |
    | batch_norm | 1 | as power_norm (variance), and `mean` |
    | scale | 1 | `factor`; `offset` |
    | clip_floor | 1 | `thresholds`, `levels` |
    | neuron | 1 | `thresholds`, `decay`, `gain`, `bias`, `v_reset`, `v_init`, `reset` (hard, soft, none); `strict` (compare gt), `current_decay` and `current_gain` (a filtered current) |
    | softmax_attention | q, k, v | `heads`, `kv_heads`, `attention_scale`; `causal` |
    | recombine | 1 | `mode`: mean, sum, concatenate, last |

    (C1) inputs name host ops that stand before, for dequantize a readout that stands before. (C2) kind is known; number of inputs and
    attributes are as above (those behind a semicolon may be absent). (C3) columns, steps, size, vocabulary, levels, heads, kv_heads are
    positive; from, stage are not negative; fraction_bits in 0..30. (C4) a table has rank 2 of f32, a lookup's and a transposed one `columns`
    columns, a linear's `columns` rows; scale, factor, offset and thresholds have one entry, or `columns`; mean and spread have `columns`.
    (C5) spike_bits is 1..32.
    (C6) code is one_hot, binary or binary_left; source token, position or token_at_position; mode and reset as above.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$kind, I64Attr:$columns,
    TypedArrayAttrBase<FlatSymbolRefAttr, "symbols">:$inputs, DefaultValuedAttr<I64Attr, "1">:$steps,
    OptionalAttr<I64Attr>:$spike_bits, OptionalAttr<I64Attr>:$stage,
    OptionalAttr<ElementsAttr>:$table, UnitAttr:$transposed, OptionalAttr<F64Attr>:$threshold,
    OptionalAttr<DenseF64ArrayAttr>:$scale, OptionalAttr<I64Attr>:$fraction_bits,
    OptionalAttr<DenseF64ArrayAttr>:$factor, OptionalAttr<DenseF64ArrayAttr>:$offset,
    OptionalAttr<DenseF64ArrayAttr>:$mean, OptionalAttr<DenseF64ArrayAttr>:$spread, OptionalAttr<F64Attr>:$eps,
    OptionalAttr<DenseF64ArrayAttr>:$thresholds, OptionalAttr<I64Attr>:$levels,
    OptionalAttr<F64Attr>:$decay, OptionalAttr<F64Attr>:$gain, OptionalAttr<F64Attr>:$bias,
    OptionalAttr<F64Attr>:$v_reset, OptionalAttr<F64Attr>:$v_init, OptionalAttr<StrAttr>:$reset, UnitAttr:$strict,
    OptionalAttr<F64Attr>:$current_decay, OptionalAttr<F64Attr>:$current_gain,
    OptionalAttr<I64Attr>:$heads, OptionalAttr<I64Attr>:$kv_heads, OptionalAttr<F64Attr>:$attention_scale, UnitAttr:$causal,
    OptionalAttr<StrAttr>:$code, OptionalAttr<StrAttr>:$source, OptionalAttr<I64Attr>:$size, OptionalAttr<I64Attr>:$vocabulary,
    OptionalAttr<I64Attr>:$from, OptionalAttr<StrAttr>:$mode);
  let assemblyFormat = "$kind $sym_name `columns` $columns `inputs` $inputs attr-dict";
}

#endif // SYNFIRE_CHIP_HOSTOPS
