# What a run consists of before anything is counted: the chip file, the mapped program, the spikes.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads a chip file (targets/SCHEMA.md), the text of a PROGRAM (dialect/chip/*.td) and a dump of spikes. The spikes of
the host that no dump holds follow from the token ids by dialect/RATIONALE.md, section 2."""
import array
import json
import os
import re
import struct
from types import SimpleNamespace

import yaml


def overlay(base, derived, is_file=True):
    """One map over another: the maps of a file key by key, all else replaced; `~` removes, a time has one unit."""
    merged = dict(base)
    for key, value in derived.items():
        if is_file and isinstance(merged.get(key), dict) and isinstance(value, dict):
            merged[key] = overlay(merged[key], value, False)
            continue
        stem = re.sub("_(ns|cycles)$", "", key)
        for spelling in (key, stem + "_ns", stem + "_cycles"):
            merged.pop(spelling, None)
        if value is not None:
            merged[key] = value
    return merged


class Chip:
    """A chip file with all that it extends; `chip["noc.flit_bits"]` is a value, plain or sourced, or None."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.tree = yaml.safe_load(file)
        base = self.tree.pop("extends", None)
        if base:
            here = os.path.join(os.path.dirname(path), base)
            chips = os.path.join(os.path.dirname(__file__), "..", "..", "..", "targets", "chips", base + ".yaml")
            inherited = Chip(here if "/" in base or base.endswith((".yaml", ".yml")) else chips).tree
            self.tree = overlay({k: v for k, v in inherited.items() if k not in ("name", "description")}, self.tree)

    def __getitem__(self, key):
        node = self.tree
        for part in key.split("."):
            node = node.get(part) if isinstance(node, dict) else None
        return node["value"] if isinstance(node, dict) and "value" in node else node

    def sourced(self, node=None, path=""):
        """Every sourced number of the file by its full key."""
        node = self.tree if node is None else node
        if isinstance(node, list):
            inner = [(f"{path}[{i}]", item) for i, item in enumerate(node)]
        elif isinstance(node, dict) and "value" not in node:
            inner = [(f"{path}.{key}".lstrip("."), item) for key, item in node.items()]
        else:
            return {path: node} if isinstance(node, dict) else {}
        return {key: found for where, item in inner for key, found in self.sourced(item, where).items()}


# The ops of dialect/chip as they print: @symbol, #number, "word or text".
FORMS = {
    "program": '@name on "target"', "host": '@name', "op": '"kind" @name',
    "neurons": '"role" @name kind "kind" columns #columns spike_bits #spike_bits',
    "attention": "@name q @q k @k v @v target @target heads #heads",
    "projection": '@name op @op from @source to @target rows #rows columns #columns "encoding"',
    "slice": "@name of @population columns #first to #last_columns on core.*? memory_bits #memory_bits",
    "synapses": "@projection rows #first_row to #last_rows.*? memory_bits #memory_bits",
    "attention_heads": "@attention heads #first_head to #last_heads memory_bits #memory_bits",
    "flow": "from @source columns #first to #last_columns", "target": "core.*? columns #first to #last_columns"}
TOKENS = {"@": r'@(?P<{}>"[^"]*"|[\w.$]+)', "#": r"(?P<{}>\d+)", '"': r'(?P<{}>"[^"]*"|[\w.$]+)'}
SPANS = {"last_columns": "first", "last_rows": "first_row", "last_heads": "first_head"}


def pattern_of(form):
    """A form as a regular expression."""
    return re.sub(r'([@#"])(\w+)"?', lambda m: TOKENS[m[1]].format(m[2]), form)


CORE = re.compile(r"\bcore (\d+) of tile \((\d+), (\d+)\)(?: on chip (\d+))?")
PATTERNS = {op: re.compile(r"\s*chip\." + op + " " + pattern_of(form)) for op, form in FORMS.items()}


def attribute(part, key, default=None):
    """A whole number, a text or a word behind its keyword, or behind `key =` of a neuron's constants."""
    found = re.search(rf'\b{key} (?:= )?(?:(-?\d+)|"([^"]*)"|(\w+))', part.rest)
    if not found:
        return default
    return int(found[1]) if found[1] else found[2] if found[2] is not None else found[3]


def sharing_heads(attention):
    """How many heads of queries share a head of keys and values."""
    return attention.heads // attribute(attention, "kv_heads", attention.heads)


def delay_of(projection, column):
    """By how many time steps a projection gets the spikes of a column of its source late."""
    found = re.search(r"\bdelays \[(.*?)\]", projection.rest)
    steps = [int(number) for number in found[1].split(",")] if found else [0]
    return steps[column if len(steps) > 1 else 0]


HOST_KINDS = {"lookup": "token_lookup", "position": "position_lookup"}  # where reports do not call it by its op


def word_after(part, key):
    """The number or word that follows a keyword of an op of the host."""
    found = re.search(rf"\b{key} (\S+)", part.rest)
    return found and (int(found[1]) if found[1].isdigit() else found[1])


class Program:
    """A PROGRAM's text: lists of its ops by kind, whose names are those of the .td files; `rows` of the report."""

    def __init__(self, text):
        self.parts, self.tables, self.rows = {op: [] for op in FORMS}, {}, []
        for line in re.sub(r"\n +(?=[a-z_]+ )", " ", text).splitlines():  # an op of several lines is one
            op = re.match(r"\s*(?:%\w+ = )?(chip|spike)\.(\w+) ?", line)
            if op and op[1] == "chip" and op[2] != "yield":
                self.add(op[2], line)
            elif op:
                self.add_to_host(op[2], line[op.end():])
            blob = re.match(r'\s*"?([^"]+)"?: "0x([0-9A-Fa-f]+)"', line)
            if blob:  # of dense_resource<NAME>; its first 4 bytes state its alignment
                self.tables[blob[1]] = array.array("f", bytes.fromhex(blob[2])[4:])
        self.header, = self.parts["program"]
        self.time_steps, self.stages = (attribute(self.header, key) for key in ("time_steps", "stages"))
        self.host_ops = {op.name: op for op in self.parts["host"]}
        emitters = self.parts["host"] + self.parts["neurons"]
        self.populations = {p.name: p for p in emitters if p.spike_bits is not None}
        self.slices, self.flows, self.projections = (self.parts[op] for op in ("slice", "flow", "projection"))
        self.attentions = {a.name: a for a in self.parts["attention"]}
        self.cores = sorted({piece.core for piece in self.slices}, key=lambda c: (c[0], c[2], c[1], c[3]))

    def add(self, op, line):
        """Reads a line of an op, and hangs what stands in a slice or a flow on it."""
        found = PATTERNS[op].match(line)
        part = SimpleNamespace(rest=line[found.end():], **{
            key: int(text) if text.isdigit() else text.strip('"') for key, text in found.groupdict().items()})
        for last, first in SPANS.items():
            if hasattr(part, last):
                setattr(part, last.removeprefix("last_"), getattr(part, last) - getattr(part, first) + 1)
        self.parts[op].append(part)
        if op in ("slice", "target"):
            core, x, y, chip = CORE.search(line).groups("0")
            part.core = tuple(int(n) for n in (chip, x, y, core))
        if op in ("host", "neurons"):
            part.stage = attribute(part, "stage", 0)
        if op == "host":
            part.role, part.inputs = "host", [a or b for a, b in re.findall(r'= @(?:"([^"]*)"|([\w.$]+))', part.rest)]
        if op == "slice":
            part.synapses, part.heads = [], []
        if op == "flow":
            part.targets = []
        if op == "synapses":
            part.projection = next(p for p in self.parts["projection"] if p.name == part.projection)
            part.indexed = " indexed " in line
            self.parts["slice"][-1].synapses.append(part)
        if op == "attention_heads":
            part.attention = next(a for a in self.parts["attention"] if a.name == part.attention)
            self.parts["slice"][-1].heads.append(part)
        if op == "target":
            part.links = [((int(x), int(y)), direction) for x, y, direction in
                          re.findall(r"\((\d+), (\d+)\) (east|west|north|south)", part.rest)]
            self.parts["flow"][-1].targets.append(part)
        if op in ("host", "op", "neurons", "attention"):
            part.kind = getattr(part, "kind", "self_attention")
            self.rows.append(part)

    def add_to_host(self, op, rest):
        """The body of the host op that was added last: its operation, then the type of its value, [T x] N x D of
        numbers or spikes; spikes over time are a population."""
        part = self.parts["host"][-1]
        if op != "yield":
            part.kind, part.rest, part.words = HOST_KINDS.get(op, op), rest, re.match(r"[^%]*", rest)[0].split()
            return
        sizes = re.search(r"tensor<(.*?)>", rest)[1].split("x")
        part.columns, part.steps = int(sizes[-2]), int(sizes[0]) if len(sizes) == 4 else 1
        bits = re.fullmatch(r"u?i(\d+)", sizes[-1])
        part.spike_bits = int(bits[1]) if bits and len(sizes) == 4 else None


def read_dump(path):
    """Spikes by op, [step][token] -> bytes, one per feature, from a safetensors file."""
    with open(path, "rb") as file:
        data = file.read()
    start, spikes = 8 + struct.unpack("<Q", data[:8])[0], {}
    for name, entry in json.loads(data[8:start]).items():
        if name.endswith(".spikes"):
            steps, tokens, width = entry["shape"]
            begin = start + entry["data_offsets"][0]
            spikes[name[:-len(".spikes")]] = [[data[begin + (t * tokens + n) * width:][:width] for n in range(tokens)]
                                              for t in range(steps)]
    return spikes


def table_rows(program, op):
    """The table of a lookup as a list of rows."""
    found = re.search(r", dense(?:_resource)?<(.*)> : tensor<(\d+)x(\d+)xf32>", op.rest)
    text, height, width = found[1].strip('"'), int(found[2]), int(found[3])
    if text in program.tables:
        values = program.tables[text]
    elif text.startswith("0x"):
        values = array.array("f", bytes.fromhex(text[2:]))
    else:
        values = [float(number) for number in re.findall(r"[-+.\deE]+", text)]
    return [values[r * width:(r + 1) * width] for r in range(height)]


def code_row(op, token, position):
    """A code of a token or position: one_hot, or its digits, left justified or not."""
    code, source = op.words
    both = position * (word_after(op, "vocabulary") or 0) + token
    index = {"token": token, "position": position, "token_at_position": both}[source]
    digits = f"{index:b}" if index else ""
    if code == "one_hot":
        return [int(c == index) for c in range(op.columns)]
    digits = digits.rjust(op.columns, "0") if code == "binary" else digits.ljust(op.columns, "0")
    return [int(digit) for digit in digits]


def host_rows(program, name, ids, dumped):
    """[step][token] -> values of a host op before the chip: lookups, codes, and what joins, moves or compares them."""
    if name in dumped:
        return dumped[name]
    op = program.host_ops[name]
    inputs = [host_rows(program, source, ids, dumped) for source in op.inputs]
    threshold = re.search(r"threshold = (\S+) :", op.rest)
    rules = {"binarize": lambda a: [int(x >= (float(threshold[1]) if threshold else 0)) for x in a],
             "concat": lambda *rows: [x for row in rows for x in row],
             "add": lambda a, b: [x + y for x, y in zip(a, b)],
             "logic": lambda a, b: [LOGIC[op.words[0]](x, y) for x, y in zip(a, b)]}
    if op.kind in ("token_lookup", "position_lookup"):
        table = table_rows(program, op)
        return [[table[token if op.kind == "token_lookup" else n] for n, token in enumerate(ids)]]
    if op.kind == "code":
        return [[code_row(op, token, n) for n, token in enumerate(ids)]]
    if op.kind == "repeat":
        return inputs[0] * op.steps
    if op.kind not in rules:
        raise SystemExit(f"'{name}': the spikes of a host op '{op.kind}' stand in no dump and do not follow from ids")
    return [[rules[op.kind](*(rows[t][n] for rows in inputs)) for n in range(len(ids))] for t in range(op.steps)]


LOGIC = {"or": lambda x, y: x | y, "and": lambda x, y: x & y, "iand": lambda x, y: (1 - x) & y}


def spikes_of(program, ids, dump):
    """Spikes by population, [step][token] -> bytes; a readout has none."""
    dumped, spikes = read_dump(dump), {}
    for name, population in program.populations.items():
        if population.role != "readout":
            rows = host_rows(program, name, ids, dumped) if population.role == "host" else dumped[name]
            spikes[name] = [[bytes(row) for row in step] for step in rows]
    return spikes
