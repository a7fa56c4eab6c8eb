# Membranes of a run, where a chip updates only the neurons that something happens to.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""dialect/RATIONALE.md, section 4, on the integers of the side file. An update has an effect where input, membrane or
bias is not 0 (targets/SCHEMA.md, core.updates_all_neurons)."""
import array
import re
from types import SimpleNamespace

from .sources import attribute, delay_of, sharing_heads


class Neuron:
    """The constants of a population; lists have an entry per column."""

    def __init__(self, population):
        for key in ("fraction_bits", "rounding", "state_bits"):
            setattr(self, key, attribute(population, key))
        self.soft_reset, self.saturates, self.across_tokens = (
            attribute(population, key, "false") == "true" for key in ("soft_reset", "saturates", "across_tokens"))
        for key in ("decay", "shift", "v_reset", "v_init", "threshold", "bias", "decrement"):
            found = re.search(rf"\b{key} = \[(.*?)\]", population.rest)
            entries = [int(x) for x in found[1].split(",")] if found else list(self.threshold)
            setattr(self, key, entries * (population.columns if len(entries) == 1 else 1))

    def leak(self, v, column):
        """decay * v / 2^shift, rounded by the chip's rule."""
        shift = self.shift[column]
        whole, rest = divmod(self.decay[column] * v, 1 << shift)
        if self.rounding == "toward_zero":
            return whole + (v < 0 and rest > 0)
        if self.rounding == "nearest":
            half = 1 << shift >> 1
            return whole + (rest > half or (rest == half and rest > 0 and whole % 2 == 1))
        return whole

    def step(self, v, current, column):
        """(spike, membrane afterwards)."""
        v = self.leak(v, column) + (current << self.fraction_bits) + self.bias[column]
        if self.saturates:
            v = max(min(v, (1 << self.state_bits - 1) - 1), -(1 << self.state_bits - 1))
        if v < self.threshold[column]:
            return 0, v
        return 1, v - self.decrement[column] if self.soft_reset else self.v_reset[column]


def weight_rows(side_file, block, columns):
    """The stored rows of a block, as they are; the diagonal of a sparse one is one row."""
    height, width = (1, block.rows) if block.projection.encoding == "sparse" else (block.rows, columns)
    offset, size = attribute(block, "offset"), attribute(block, "weight_bytes")
    values = array.array({1: "b", 2: "h", 4: "i"}[size], side_file[offset:offset + height * width * size])
    return [values[r * width:(r + 1) * width] for r in range(height)]


def add_synapses(block, rows, spikes, step, last_step, sums):
    """Adds what a block brings to its slice in one step; `spikes` are those of all steps."""
    if "last_step_only" in block.projection.rest and step != last_step:
        return sums
    first_row = block.first_row - step * attribute(block.projection, "row_stride", 0)
    for column in range(len(spikes[0])):
        sent = step - delay_of(block.projection, column)
        value, row = spikes[sent][column] if sent >= 0 else 0, column - first_row
        if not value or not 0 <= row < block.rows:
            continue
        if block.projection.encoding == "sparse":
            sums[row] += rows[0][row] * value
        else:
            sums = [s + w * value for s, w in zip(sums, rows[row])]
    return sums


def add_attention(heads, spikes, token, step, first, sums):
    """Adds A V of a block's heads, which are the slice's columns."""
    a = heads.attention
    width = len(sums) // heads.heads
    seen = range(token + 1 if "causal" in a.rest else len(spikes[a.q][step]))
    for begin in range(first, first + len(sums), width):
        query, key = spikes[a.q][step][token][begin:begin + width], begin // width // sharing_heads(a) * width
        for m in seen:
            if score_neuron(a):
                raise SystemExit(f"'{a.name}': score neurons on a chip that updates touched neurons only")
            score = sum(x & y for x, y in zip(query, spikes[a.k][step][m][key:key + width]))
            if score:
                for c, v in enumerate(spikes[a.v][step][m][key:key + width], begin - first):
                    sums[c] += score * v
    return sums


def score_neuron(attention):
    """The neuron of an attention's scores, or None."""
    found = re.search(r"\bscore (<.*?>)", attention.rest)
    return Neuron(SimpleNamespace(rest=found[1], columns=1)) if found else None


def effective_updates(program, spikes, side_file):
    """{slice: updates that have an effect} of the slices with neurons. Ends the test where the membranes' spikes are
    not those of the dump."""
    updates, last_step = {}, program.time_steps - 1
    for piece in program.slices:
        population = program.populations[piece.population]
        if population.role != "neurons":
            continue
        neuron, count = Neuron(population), 0
        blocks = [(block, weight_rows(side_file, block, piece.columns)) for block in piece.synapses]
        for token in range(len(spikes[population.name][0])):
            if token == 0 or not neuron.across_tokens:
                membranes = neuron.v_init[piece.first:piece.first + piece.columns]
            for step in range(program.time_steps):
                sums = [0] * piece.columns
                for block, rows in blocks:
                    source = [rows_of_step[token] for rows_of_step in spikes[block.projection.source]]
                    sums = add_synapses(block, rows, source, step, last_step, sums)
                for heads in piece.heads:
                    sums = add_attention(heads, spikes, token, step, piece.first, sums)
                count += sum(bool(v or s or b) for v, s, b in zip(membranes, sums, neuron.bias[piece.first:]))
                after = [neuron.step(v, s, c) for c, (v, s) in enumerate(zip(membranes, sums), piece.first)]
                membranes = [v for _, v in after]
                recorded = spikes[population.name][step][token][piece.first:piece.first + piece.columns]
                if bytes(s for s, _ in after) != recorded:
                    raise SystemExit(f"'{piece.name}': token {token}, step {step}: membranes give other spikes")
        updates[piece.name] = count
    return updates
