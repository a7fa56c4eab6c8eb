# results.json and its tables as they must be, and where they are not.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Counts times the chip file's prices, in the shape of results.json (simulator/README.md, "Energy from counts"), and a
comparison that leaves out no key. Of times it says only what they must lie between."""
import csv
import math
import re
from collections import Counter, namedtuple

from .counts import ACTIONS, HOPS, HOST, SYNOPS, share_memory
from .sources import attribute

# What each category of energy pays for. Static energy is power times time.
CATEGORIES = {"synapse": ["synop_dense", "synop_sparse", "synop_conv", "synop_multiply"], "neuron": ["neuron_update", "spike"],
              "idle": ["neuron_idle"], "attention": ["attention_score", "attention_value", "attention_store"],
              "axon": ["axon_in", "axon_out"], "noc": HOPS + ["inject", "eject"], "chip_link": ["chip_link_bits"],
              "barrier": ["barrier"], "static_used": [], "static_unused": [], "io": ["io_bits"],
              "host": ["host_mac", "host_element"]}
PRICE_KEYS = dict({action: f"energy.{action}_pj" for action in ACTIONS}, chip_link_bits="energy.chip_link_pj_per_bit",
                  io_bits="host.byte_pj", host_mac="host.mac_pj", host_element="no chip file has it")
# What stands beside `actions` in a row of ops, and the key of Counts that it is; the totals have the second line alone.
OP_METRICS = {"spikes_in": "spikes_in", "spikes_out": "spikes_out", "payload_bits": "payload_bits"}
METRICS = {"packets": "packets", "packet_hops": "packet_hops", "io_bits": "io_bits", "io_ticks": "io_ticks",
           "neuron_updates": "neuron_update", "neuron_idles": "neuron_idle", "host_macs": "host_mac",
           "host_elements": "host_element"}
RATES = {"firing_rate": ("spikes_out", "neuron_steps"), "score_rate": ("not_zero", "scores")}
MAC_PJ, AC_PJ = 4.6, 0.9  # account op_count
Between = namedtuple("Between", "low high")
ANY, ABSENT = "anything", "absent"


def energies(counts, prices, static):
    """energy_pj of a row: a category is there unless its work has no price at all, or none of its actions has one;
    the total is there unless it leaves out work and nothing else costs anything."""
    energy, unpriced = dict(static), False
    for category, actions in CATEGORIES.items():
        done = [action for action in actions if counts[action]]
        priced = [action for action in done if prices[action] is not None]
        unpriced |= priced != done
        if priced or (not done and any(prices[action] is not None for action in actions)):
            energy[category] = math.fsum(counts[action] * prices[action] for action in priced)
    total = math.fsum(energy.values())
    return energy if unpriced and total == 0 else dict(energy, total=total)


def columns_of(counts, metrics):
    """The counts of a row under their names in the report."""
    bits = counts["io_bits"]
    actions = dict({action: counts[action] for action in ACTIONS}, host_byte=bits / 8 if bits % 8 else bits // 8)
    return dict({name: counts[key] for name, key in metrics.items()}, actions=actions,
                synops=sum(counts[action] for action in SYNOPS))


class Expected:
    """Everything that results.json must say; `given` lends the time, and texts that nothing is counted by."""

    def __init__(self, chip, program, counts, given):
        self.chip, self.program, self.counts, self.given = chip, program, counts, given
        self.prices = {action: chip[key] for action, key in PRICE_KEYS.items()}
        if self.prices["io_bits"] is not None:
            self.prices["io_bits"] /= 8  # a byte's
        self.time_us, self.shares = given["totals"]["time_us"], share_memory(program)
        self.period_ps = round(1e6 / chip["clock_mhz"]) if chip["clock_mhz"] else None
        self.mesh_cores = chip["mesh.width"] * chip["mesh.height"] * chip["mesh.cores_per_tile"]
        self.chips_used = len({core[0] for core in program.cores})
        self.static = {}
        if chip["energy.static_mw_per_chip"] is not None:
            pj = chip["energy.static_mw_per_chip"] * self.chips_used * self.time_us * 1e3  # mW x us = 1e3 pJ
            used = pj * len(program.cores) / (self.mesh_cores * self.chips_used)
            self.static = {"static_used": used, "static_unused": pj - used}

    def tree(self):
        """All of results.json."""
        header, totals = self.program.header, self.totals()
        missing = [category for category in CATEGORIES if category not in totals["energy_pj"]]
        left_out = {a: self.counts.totals[a] for a in ACTIONS if self.counts.totals[a] and self.prices[a] is None}
        single = [a for a in left_out if not any(a in CATEGORIES[category] for category in missing)]
        target = {"name": self.chip["name"], "cores_used": len(self.program.cores), "cores": self.mesh_cores,
                  "tiles_used": len({core[:3] for core in self.program.cores}), "chips_used": self.chips_used}
        if self.period_ps:
            target["clock_period_ps"] = self.period_ps
        model = {key: attribute(header, key) for key in ("time_steps", "vocabulary", "weight_bits", "source_checksum")}
        return {"schema": "synfire.results/2", "target": target, "unpriced": missing + single, "left_out": left_out,
                "model": dict(model, name=header.name, context=attribute(header, "context_length"),
                              tokens=self.counts.tokens),
                "run": {"ticks": self.counts.ticks, "ticks_per_step": self.program.stages, "schedule": "sequential",
                        "noc": "cycle", "seed": attribute(header, "seed"), "sampled": False},
                "untimed": ANY, "warnings": ANY, "waits": self.waits(), "totals": totals, "accounts": {"op_count": self.op_count()},
                "ops": [self.op(row.name, row.kind, "host" if row.name in self.program.host_ops else "chip")
                        for row in self.program.rows] + [self.op("(chip)", "chip", "chip")],
                "cores": [self.core(core) for core in self.counts.cores], "links": self.links(), "basis": self.basis()}

    def later(self, name):
        """The attention of the host that is not causal, of what an op of the host is computed."""
        op = self.program.host_ops[name]
        own = {name} if op.kind == "softmax_attention" and "causal" not in op.rest else set()
        return own.union(*(self.later(source) for source in op.inputs if source in self.program.host_ops))

    def waits(self):
        """Where tokens wait for each other: attention that is not causal, by the stage behind it. Spikes of earlier
        stages that later ones need are held, but for keys and values."""
        parts = {p.name: p for p in self.program.parts["neurons"] + self.program.parts["host"]}
        stages, attentions = {}, self.program.attentions.values()
        for a in attentions:
            if "causal" not in a.rest:
                stages.setdefault(parts[a.target].stage, set()).add(a.name)
        for name in set(self.program.host_ops) & set(self.program.populations):
            stages.setdefault(parts[name].stage, set()).update(self.later(name))
        result = re.search(r'\bresult @(?:"([^"]*)"|(\S+))', self.program.header.rest)
        if result:
            known = set().union(*stages.values())
            stages[self.program.stages] = self.later(result[1] or result[2]) - known
        reads = [(p.source, p.target) for p in self.program.projections] + [(a.q, a.target) for a in attentions]
        rows = [row.name for row in self.program.rows]
        found = []
        for first, names in sorted(stages.items()):
            held = sum(p.columns * p.spike_bits for name, p in self.program.populations.items()
                       if parts[name].stage < first and any(s == name and parts[t].stage >= first for s, t in reads))
            found.append({"ops": sorted(names, key=rows.index), "stage": first, "wait_us": Between(0, self.time_us),
                          "held_bits": held * self.program.time_steps * self.counts.tokens})
        return [wait for wait in found if wait["ops"]] if self.counts.tokens > 1 else []

    def totals(self):
        """The totals: sums over the ops."""
        counts, tokens = self.counts.totals, self.counts.tokens
        energy = energies(counts, self.prices, self.static)
        totals = dict(columns_of(counts, METRICS), spikes=counts["spikes_out"], time_us=Between(0, math.inf),
                      time_per_token_us=self.time_us / tokens, energy_pj=energy,
                      flit_hops=sum(counts[hop] for hop in HOPS))
        if "total" in energy:
            totals["energy_per_token_pj"] = energy["total"] / tokens
        if self.period_ps:
            totals["cycles"] = round(self.time_us * 1e6) // self.period_ps
        return totals

    def op_count(self):
        """The account op_count, of the ops that have work in it."""
        rows = [dict(self.account(counts), name=name) for name, counts in self.counts.ops.items()]
        return dict(self.account(self.counts.totals), basis=ANY, ops=[r for r in rows if r["macs"] or r["acs"]])

    @staticmethod
    def account(counts):
        macs, acs = counts["host_mac"] + counts["products"], counts["acs"]
        return {"macs": macs, "acs": acs, "energy_pj": MAC_PJ * macs + AC_PJ * acs}

    def op(self, name, kind, where):
        """A row of ops."""
        counts, share = self.counts.ops[name], self.shares.get(name, 0.0)
        static = {"static_used": self.static["static_used"] * share,
                  "static_unused": self.static["static_unused"] * (name == "(chip)")} if self.static else {}
        rates = {rate: counts[part] / counts[whole] for rate, (part, whole) in RATES.items() if counts[whole]}
        return dict(columns_of(counts, {**OP_METRICS, **METRICS}), name=name, kind=kind, where=where, **rates,
                    static_share=share, energy_pj=energies(counts, self.prices, static),
                    flit_hops=sum(counts[hop] for hop in HOPS))

    def core(self, core):
        """A row of cores; a side is busy within the run, the core no less than either side and no more than both."""
        counts = self.counts.cores[core]
        slices = [piece for piece in self.program.slices if piece.core == core]
        row = next((row for row in self.given["cores"] if core_name(row) == core), {})
        sides, within = [row.get(k, 0) for k in ("send_busy_ns", "receive_busy_ns")], Between(0, self.time_us * 1e3)
        place = {"name": HOST} if core == HOST else dict(zip(("chip", "x", "y", "core"), core))
        metrics = {"spikes": "spikes", "packets_out": "packets", "packets_in": "packets_in",
                   "neuron_updates": "neuron_update"}
        return dict(columns_of(counts, metrics), **place, neurons_used=sum(piece.columns for piece in slices),
                    memory_used_bytes=-(-sum(piece.memory_bits for piece in slices) // 8), send_busy_ns=within,
                    receive_busy_ns=within, busy_ns=Between(max(sides), sum(sides)))

    def links(self):
        """Links that carried flits, by tile in rows of the mesh, then east, west, north, south. A link takes a flit in
        a clock period, or in the time of its hop."""
        rows = []
        for (here, there), flits in self.counts.links.items():
            apart = [there[axis] - here[axis] for axis in (0, 1)]
            # A step of more than one tile is a wrap link, which leads the other way.
            hop = [(1, 0), (-1, 0), (0, 1), (0, -1)].index(tuple(n if abs(n) < 2 else -n // abs(n) for n in apart))
            flit_us = self.period_ps / 1e6 if self.period_ps else self.chip[f"noc.{HOPS[hop]}_ns"] / 1e3
            if flits:
                rows.append(((here[1], here[0], hop), {"from": list(here), "to": list(there), "flits": flits,
                                                       "utilization": flits * flit_us / self.time_us}))
        return [row for _, row in sorted(rows, key=lambda row: row[0])]

    def basis(self):
        """Every sourced number of the chip file; the report has flags as 0 and 1, and numbers of its own for words."""
        return {key: {"value": ANY if isinstance(node["value"], str) else float(node["value"]),
                      "basis": node["basis"], "source": node["source"]} for key, node in self.chip.sourced().items()}


def core_name(row):
    """A row of cores as Counts names it."""
    return row["name"] if "name" in row else tuple(row[key] for key in ("chip", "x", "y", "core"))


def label(place, row, index):
    """How a failure names a row of a list."""
    if place == "cores":
        return f"core {core_name(row)}: "
    if place == "links":
        return f"link {row['from']} to {row['to']}: "
    named = f"op '{row['name']}': " if isinstance(row, dict) and "name" in row else f"{place}[{index}]"
    return named if place == "ops" or not isinstance(row, dict) else f"{place}, {named}"


def flat(row):
    """A row of results.json as the columns of its table."""
    columns = {key: f"{value[0]}:{value[1]}" if isinstance(value, list) else value for key, value in row.items()}
    actions, energy = columns.pop("actions", {}), columns.pop("energy_pj", {})
    columns.update({f"actions_{a}": n for a, n in actions.items() if a != "host_byte"})
    columns.update({"energy_pj" if c == "total" else f"energy_{c}_pj": pj for c, pj in energy.items()})
    return columns


class Comparison:
    """Numbers compared, and what differed, as sentences."""

    def __init__(self):
        self.numbers, self.failures = 0, []

    def compare(self, place, given, mine):
        """Descends into both trees; a key that one of them lacks is a difference."""
        if isinstance(mine, dict) and isinstance(given, dict):
            stem = place if not place or place.endswith(": ") else place + "."
            for key in list(mine) + [key for key in given if key not in mine]:
                self.compare(stem + key, given.get(key, ABSENT), mine.get(key, ABSENT))
        elif isinstance(mine, list) and isinstance(given, list):
            self.value(place + " has a length that", len(given), len(mine))
            for index, (g, m) in enumerate(zip(given, mine)):
                self.compare(label(place, m, index), g, m)
        else:
            self.value(place, given, mine)

    def value(self, place, given, mine):
        """Counts and texts are equal; energies, ratios and times to 1e-9."""
        self.numbers += isinstance(given, (int, float))
        if mine == ANY:
            good = given != ABSENT
        elif isinstance(mine, Between):
            good = isinstance(given, (int, float)) and mine.low * (1 - 1e-9) <= given <= mine.high * (1 + 1e-9)
        elif isinstance(mine, float):
            good = isinstance(given, (int, float)) and math.isclose(given, mine, rel_tol=1e-9, abs_tol=1e-12)
        else:
            good = type(given) is type(mine) and given == mine
        if not good:
            self.failures.append(f"{place} is {given}, recomputed {mine}")

    def table(self, name, path, rows):
        """A CSV table says what results.json says, with an empty cell for what is absent there."""
        with open(path, encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        self.value(f"{name} has a number of rows that", len(lines), len(rows))
        for index, (line, row) in enumerate(zip(lines, rows)):
            cells, columns = {column: cell for column, cell in line.items() if cell}, flat(row)
            for column in list(columns) + [column for column in cells if column not in columns]:
                cell, value = cells.get(column, ABSENT), columns.get(column, ABSENT)
                number = isinstance(value, (int, float)) and cell != ABSENT
                self.value(f"{name}, line {index + 2}: {column}", type(value)(cell) if number else cell, value)
