# Counts of a run, from its spikes and its mapping, by the definitions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Definitions: design, section 9; targets/Actions.def (what one of an action is); `synfire list metrics`;
simulator/README.md, "The host's account". A spike counts once, whatever its value, but at a synapse as often as its value
says, or once where the chip multiplies. Nothing here reads results.json."""
from collections import Counter, defaultdict

from .membranes import score_neuron
from .sources import attribute, delay_of, sharing_heads, word_after

HOST = "(host)"
ACTIONS = ("synop_dense synop_sparse synop_conv synop_multiply neuron_update neuron_idle spike attention_score attention_value "
           "attention_store axon_in axon_out hop_east hop_west hop_north hop_south inject eject chip_link_bits barrier "
           "io_bits host_mac host_element").split()
SYNOPS = ACTIONS[0:4] + ACTIONS[7:9]
HOPS = ["hop_east", "hop_west", "hop_north", "hop_south"]
# Host ops of which every value is an element of the host's work; the others compute nothing, or have their rule below.
ELEMENT_KINDS = ("layer_norm", "batch_norm", "power_norm", "rms_norm", "scale", "gelu", "silu", "relu", "softmax", "clip_floor", "add", "multiply",
                 "neuron")


def route(chip, source, target, links):
    """The hops from tile to tile: [(action, tile, next tile)]. The links of a path, by tile and direction, or else x
    first; on a torus the shorter way around, of two equal ones the one within the mesh."""
    sides = chip["mesh.width"], chip["mesh.height"]
    hops, here = [], source

    def hop(direction):
        nonlocal here
        axis, step = divmod(HOPS.index("hop_" + direction), 2)
        there = list(here)
        there[axis] = (there[axis] + (-1 if step else 1)) % sides[axis]
        hops.append(("hop_" + direction, here, tuple(there)))
        here = tuple(there)

    for tile, direction in links:
        assert tile == here, f"a path has a link at {tile}, and stands at {here}"
        hop(direction)
    for axis, (up, down) in enumerate((("east", "west"), ("north", "south"))) if not links else ():
        side, apart = sides[axis], target[axis] - here[axis]
        wraps = chip["mesh.topology"] == "torus" and side >= 3 and 2 * abs(apart) > side
        for _ in range(side - abs(apart) if wraps else abs(apart)):
            hop(up if (apart > 0) != wraps else down)
    assert here == tuple(target), f"a path ends at {here}, not at {target}"
    return hops


class Counts:
    """Counters by op, by core and by link of a run; `updates_of` has the updates of slices that touch some neurons."""

    def __init__(self, chip, program, spikes, tokens, updates_of):
        self.chip, self.program, self.spikes, self.tokens = chip, program, spikes, tokens
        self.steps, self.ticks = program.time_steps, tokens * program.time_steps * program.stages
        self.ops = {row.name: Counter() for row in program.rows}
        self.ops["(chip)"] = Counter(barrier=self.ticks)
        self.cores = {core: Counter() for core in [HOST] + program.cores}
        self.links = Counter()
        # By population and step: how often each column fired.
        self.fired = {name: [[sum(row[c] != 0 for row in step) for c in range(program.populations[name].columns)]
                             for step in rows] for name, rows in spikes.items()}
        # As often as it is read at a synapse.
        self.reads = {name: self.fired[name] if self.multiplies(name) else
                      [[sum(row[c] for row in step) for c in range(program.populations[name].columns)] for step in rows]
                      for name, rows in spikes.items()}
        self.count_spikes()
        for flow in program.flows:
            self.count_flow(flow)
        for piece in program.slices:
            self.count_neurons(piece, updates_of)
            for heads in piece.heads:
                self.count_attention(piece.core, heads)
        for op in program.host_ops.values():
            self.count_host(op)
        self.totals = sum(self.ops.values(), Counter())

    def add(self, op, core, action, times):
        """Counts an action of an op on a core."""
        self.ops[op][action] += times
        self.cores[core][action] += times

    def multiplies(self, name):
        """Whether a weight is multiplied by the value of a population's spikes, instead of being added as often."""
        return self.program.populations[name].spike_bits > 1 and self.chip["core.graded_synop"] == "multiply"

    def spikes_read(self, projection):
        """How often spikes of a population read the rows of a projection: not those that are late for the last step."""
        first = self.steps - 1 if "last_step_only" in projection.rest else 0
        return sum(times for step, columns in enumerate(self.reads[projection.source])
                   for column, times in enumerate(columns) if first <= step + delay_of(projection, column) < self.steps)

    def consumers(self, name):
        """{op: accumulates, or products} of the ops that use a population's spikes: once each, however often the mapping
        repeats their synapses. A spike is added to every output of a dense op; attention is counted by its work."""
        found = {p.op: self.spikes_read(p) * (0 if p.encoding == "sparse" else p.columns)
                 for p in self.program.projections if p.source == name}
        found.update({a.name: 0 for a in self.program.attentions.values() if name in (a.q, a.k, a.v)})
        return dict(found, **{op.name: 0 for op in self.program.host_ops.values() if name in op.inputs
                              and op.kind != "dequantize"})

    def count_spikes(self):
        """spikes_out, spikes_in, the base of the firing rate, and the accumulates of the account op_count."""
        for name, fired in self.fired.items():
            spikes = sum(map(sum, fired))
            self.ops[name].update(spikes_out=spikes, neuron_steps=len(fired[0]) * self.tokens * len(fired))
            if self.program.populations[name].role == "host":
                self.cores[HOST]["spikes"] += spikes
            for op, accumulates in self.consumers(name).items():
                self.ops[op].update({"spikes_in": spikes, "products" if self.multiplies(name) else "acs": accumulates})

    def synops_by_projections(self):
        """Synaptic operations by op as no mapping can change them: every spike reads a row of every projection. Of the
        ops without indexed rows, which leave out zeros."""
        found, indexed = Counter(), {b.projection.op for piece in self.program.slices for b in piece.synapses if b.indexed}
        for p in (p for p in self.program.projections if p.op not in indexed):
            found[p.op] += self.spikes_read(p) * (1 if p.encoding == "sparse" else p.columns)
        return found

    def count_flow(self, flow):
        """Packets of a flow: one per spike and target core; what they cross, and what they meet."""
        piece = next((piece for piece in self.program.slices if piece.name == flow.source), None)
        name, core = (piece.population, piece.core) if piece else (flow.source, HOST)
        tile = piece.core[1:3] if piece else (self.chip["host.port_x"] or 0, self.chip["host.port_y"] or 0)
        graded_bits = self.program.populations[name].spike_bits
        bits = self.chip["noc.packet_header_bits"] + (graded_bits if graded_bits > 1 else 0)
        flits = -(-bits // self.chip["noc.flit_bits"])
        needed = set()
        for target in flow.targets:
            columns = range(target.first, target.first + target.columns)
            needed.update(columns)
            packets = sum(fired[column] for fired in self.fired[name] for column in columns)
            self.add(name, core, "packets", packets)
            self.add(name, core, "inject", packets)
            self.add(name, core, "io_bits" if core == HOST else "axon_out", packets * (bits if core == HOST else 1))
            self.ops[name].update(payload_bits=packets * bits, eject=packets)
            self.cores[target.core].update(packets_in=packets, eject=packets)
            for action, here, there in route(self.chip, tile, target.core[1:3], target.links):
                self.ops[name].update({"packet_hops": packets, action: packets * flits})
                self.links[here, there] += packets * flits
            self.receive(name, target.core, columns)
        if core == HOST:  # the ticks in which a packet crosses
            self.ops[name]["io_ticks"] += sum(any(row[c] for c in needed) for step in self.spikes[name] for row in step)

    def receive(self, name, core, columns):
        """Packets of these columns reach a core: each block that has rows of theirs looks them up and reads them, once
        in every step, or in the last alone; one that is late for the last step is looked up and dropped. Of attention K
        and V spikes are stored, queries only looked up. The weights of indexed rows are `entries` of the block."""
        for piece in self.program.slices:
            if piece.core != core:
                continue
            for block in piece.synapses:
                p = block.projection
                rows = range(block.first_row, block.first_row + block.rows)
                last = self.steps - 1 if "last_step_only" in p.rest else 0
                for step, fired in enumerate(self.fired[name] if p.source == name else ()):
                    kind = "multiply" if self.multiplies(name) else "sparse" if block.indexed else p.encoding
                    for column in columns:
                        due = step + delay_of(p, column)
                        row = column + due * attribute(p, "row_stride", 0)
                        if row not in rows:
                            continue
                        self.add(p.op, core, "axon_in", fired[column])
                        entries = (block.entries[row - block.first_row] if block.indexed
                                   else 1 if p.encoding == "sparse" else piece.columns)
                        self.add(p.op, core, "synop_" + kind,
                                 self.reads[name][step][column] * entries if last <= due < self.steps else 0)
            for heads in piece.heads:
                a = heads.attention
                for role, stores in ((a.q, 0), (a.k, 1), (a.v, 1)):
                    if role == name:
                        read = self.key_columns(heads) if stores else self.head_columns(heads)
                        packets = sum(fired[c] for fired in self.fired[name] for c in columns if c in read)
                        self.add(a.name, core, "axon_in", packets)
                        self.add(a.name, core, "attention_store", packets * stores)

    def head_columns(self, heads):
        """The columns of the heads that a block holds."""
        width = self.program.populations[heads.attention.q].columns // heads.attention.heads
        return range(heads.first_head * width, (heads.first_head + heads.heads) * width)

    def key_columns(self, heads):
        """The columns of the heads of keys and values that these read: head h of q reads head h // sharing."""
        a = heads.attention
        width, sharing = self.program.populations[a.q].columns // a.heads, sharing_heads(a)
        last = heads.first_head + heads.heads - 1
        return range(heads.first_head // sharing * width, (last // sharing + 1) * width)

    def count_neurons(self, piece, updates_of):
        """Every neuron is visited once a tick; it is updated in the ticks of its own stage, by the chip's rule."""
        name, role = piece.population, self.program.populations[piece.population].role
        updates = updates_of.get(piece.name, piece.columns * self.tokens * self.steps)
        self.add(name, piece.core, "neuron_update", updates)
        self.add(name, piece.core, "neuron_idle", piece.columns * self.ticks - updates)
        if role != "readout":
            spikes = sum(sum(fired[piece.first:piece.first + piece.columns]) for fired in self.fired[name])
            self.add(name, piece.core, "spike", spikes)
            self.cores[piece.core]["spikes"] += spikes

    def count_attention(self, core, heads):
        """Coincidence form: a score accumulate per query spike and visible token; as many value accumulates as the
        head is wide per visible token whose score, or the spike of its neuron, is not 0."""
        a, columns = heads.attention, self.head_columns(heads)
        width, neuron = len(columns) // heads.heads, score_neuron(a)
        for first in columns[::width]:
            first_key, membranes = first // width // sharing_heads(a) * width, {}
            for step in range(self.steps):
                q, k = ([int.from_bytes(row[begin:begin + width], "big") for row in self.spikes[source][step]]
                        for source, begin in ((a.q, first), (a.k, first_key)))
                for n, query in enumerate(q):
                    visible = k[:n + 1] if "causal" in a.rest else k
                    scores = [(query & key).bit_count() for key in visible]
                    for m, score in enumerate(scores if neuron else []):
                        before = membranes.get((n, m), neuron.v_init[0])
                        scores[m], membranes[n, m] = neuron.step(before, score, 0)
                    if neuron:
                        self.add(a.name, core, "neuron_update", len(visible))
                    accumulates, not_zero = query.bit_count() * len(visible), sum(map(bool, scores))
                    self.add(a.name, core, "attention_score", accumulates)
                    self.add(a.name, core, "attention_value", not_zero * width)
                    self.ops[a.name].update(acs=accumulates + not_zero * width, scores=len(visible), not_zero=not_zero)

    def count_host(self, op):
        """What the host reads of the chip, and what it computes: products, and values that its work yields."""
        values = op.steps * op.columns * self.tokens
        if op.kind == "dequantize":
            readout = self.program.populations[op.inputs[0]]
            reads = self.tokens * (self.steps if "per_step" in readout.rest else 1)
            self.ops[op.name]["io_ticks"] += reads
            self.add(op.name, HOST, "io_bits", reads * readout.columns * self.chip["core.state_bits"])
        elif op.kind == "linear":
            self.add(op.name, HOST, "host_mac", values * self.program.host_ops[op.inputs[0]].columns)
        elif op.kind == "softmax_attention":
            visible = op.steps * sum(n + 1 if "causal" in op.rest else self.tokens for n in range(self.tokens))
            self.add(op.name, HOST, "host_mac", 2 * visible * op.columns)
            self.add(op.name, HOST, "host_element", visible * word_after(op, "heads"))
        elif op.kind in ELEMENT_KINDS or op.words in (["mean"], ["sum"]):
            self.add(op.name, HOST, "host_element", values)


def share_memory(program):
    """{op: its share in the used cores' static energy}: cores share alike, slices of a core by memory (at least one
    bit each), and in a slice its blocks by theirs, the rest being the neurons'."""
    of_core, shares = Counter(), defaultdict(float)
    for piece in program.slices:
        of_core[piece.core] += max(piece.memory_bits, 1)
    for piece in program.slices:
        owners = [(block.projection.op, block.memory_bits) for block in piece.synapses]
        owners += [(block.attention.name, block.memory_bits) for block in piece.heads]
        rest = max(piece.memory_bits, 1) - sum(bits for _, bits in owners)
        for op, bits in owners + [(piece.population, rest)]:
            shares[op] += bits / of_core[piece.core] / len(of_core)
    return shares
