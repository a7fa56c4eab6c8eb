#!/usr/bin/python3
# Runs the exported model in slow numpy float64 and compares its spikes with torch's.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Run it by `./run check.py`. The forward pass below reads nothing but the description
and the safetensors file and shares no code with model.py, so it checks the export, the
names and the meaning of the model at once. A spike may differ only where the membrane is
within 1e-5 of its threshold (torch computes in float32); what such a spike changes later
in the same window is not judged. Exit code 1 if anything else differs."""
import argparse
import json
import os
import struct
import sys

import numpy as np
import yaml

import text as texts

HERE = os.path.dirname(os.path.abspath(__file__))
NEAR = 1e-5  # of a float32 membrane


def read_model(path):
    """(description, {name: float64 array}) of a model description."""
    with open(path, encoding="utf-8") as file:
        description = yaml.safe_load(file)
    with open(os.path.join(os.path.dirname(path), description["weights"]), "rb") as file:
        raw = file.read()
    start = 8 + struct.unpack("<Q", raw[:8])[0]
    arrays = {}
    for name, entry in json.loads(raw[8:start]).items():
        begin, end = entry["data_offsets"]
        values = np.frombuffer(raw[start + begin:start + end], "<f4")
        arrays[name] = values.reshape(entry["shape"]).astype(np.float64)
    return description, arrays


class Forward:
    """One pass over the ids of one text; `spikes` and `distance` are kept by LIF name."""

    def __init__(self, description, arrays, ids):
        self.w, self.config = arrays, description["config"]
        self.spikes, self.distance = {}, {}
        self.logits = self.run(np.asarray(ids))

    def lif(self, name, current):
        threshold = self.w[name + ".threshold"][0]
        v = np.zeros(current.shape[1:])
        spikes, distance = np.zeros(current.shape), np.zeros(current.shape)
        for t in range(len(current)):
            v = v + (current[t] - v) / 2
            distance[t] = v - threshold
            spikes[t] = v >= threshold
            v = np.where(spikes[t] > 0, 0.0, v)
        self.spikes[name], self.distance[name] = spikes, distance
        return spikes

    def linear_norm(self, name, x):
        w = self.w
        y = x @ w[name + ".weight"].T + w[name + ".bias"]
        y = (y - w[name + "_norm.running_mean"]) / np.sqrt(w[name + "_norm.running_var"] + 1e-5)
        return y * w[name + "_norm.weight"] + w[name + "_norm.bias"]

    def attention(self, name, x):
        a = self.lif(name + ".in_lif", x)
        q, k, v = (self.lif(f"{name}.{part}_lif", self.linear_norm(f"{name}.{part}", a))
                   for part in "qkv")
        heads = self.config["heads"]
        size = x.shape[2] // heads
        y = np.zeros(x.shape)
        for t in range(x.shape[0]):
            for head in range(heads):
                own = slice(head * size, (head + 1) * size)
                for i in range(x.shape[1]):
                    for j in range(i + 1):
                        y[t, i, own] += (q[t, i, own] @ k[t, j, own]) * v[t, j, own]
        y = self.lif(name + ".att_lif", y * self.config["attention_scale"])
        return self.linear_norm(name + ".proj", y)

    def run(self, ids):
        w = self.w
        x = np.concatenate([w["embed.token.weight"][ids] >= 0,
                            w["embed.position.weight"][:len(ids)] >= 0], 1).astype(np.float64)
        x = np.stack([x] * self.config["time_steps"])
        for i in range(self.config["blocks"]):
            x = x + self.attention(f"block{i}.attn", x)
            mlp = f"block{i}.mlp"
            hidden = self.linear_norm(mlp + ".fc1", self.lif(mlp + ".in_lif", x))
            x = x + self.linear_norm(mlp + ".fc2", self.lif(mlp + ".hidden_lif", hidden))
        spikes = self.lif("head.lif", x)
        return spikes.mean(0) @ w["head.fc.weight"].T + w["head.fc.bias"]


def torch_spikes(weights, ids):
    """({LIF name: spikes [T, S, features]}, logits [S, vocabulary]) by model.py."""
    import torch

    from weights import read_model as read_torch_model

    model = read_torch_model(weights)
    for lif in model.lifs().values():
        lif.record = []
    with torch.no_grad():
        logits = model(torch.from_numpy(np.asarray(ids)[None].astype(np.int64)))[0]
    return {name: lif.record[0].numpy() for name, lif in model.lifs().items()}, logits.numpy()


def compare(ours, spikes, logits):
    """(spikes, differing spikes, fault or None) of one window."""
    count = differing = 0
    for name, theirs in spikes.items():
        wrong = ours.spikes[name] != theirs
        count += theirs.size
        if wrong.any() and not differing:
            worst = np.abs(ours.distance[name][wrong]).max()
            if worst > NEAR:
                return count, int(wrong.sum()), f"{name}: a spike differs {worst:.1e} from threshold"
        differing += int(wrong.sum())
    error = np.abs(ours.logits - logits).max()
    if not differing and error > 1e-4:
        return count, differing, f"head.fc: a logit differs by {error:.1e}"
    return count, differing, None


def golden(description, arrays, ids, path):
    """Writes 64 characters, what follows each of them, and 64 characters of continuation."""
    first = Forward(description, arrays, ids)
    longer = [int(i) for i in ids]
    for _ in range(64):
        longer.append(int(Forward(description, arrays, longer).logits[-1].argmax()))
    predicted = first.logits.argmax(1)
    best = np.sort(first.logits, 1)
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"text": texts.decode(ids), "ids": longer[:len(ids)],
                   "predictions": texts.decode(predicted), "prediction_ids": predicted.tolist(),
                   "continuation": texts.decode(longer[len(ids):]),
                   "smallest_logit_margin": float((best[:, -1] - best[:, -2]).min()),
                   "smallest_threshold_distance": {
                       n: float(np.abs(d).min()) for n, d in first.distance.items()},
                   "spike_counts": {n: int(s.sum()) for n, s in first.spikes.items()},
                   "logits_last_position": first.logits[-1].tolist()}, file, indent=1)


def main():
    from train import arguments

    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--windows", type=int, default=4)
    parser.add_argument("--golden", help="file for predictions on 64 held-out characters")
    own, rest = parser.parse_known_args()
    options = arguments(rest)
    description, arrays = read_model(os.path.join(options.models, options.name + ".yaml"))
    weights = os.path.join(options.models, description["weights"])
    _, held_out = texts.load(options.text)
    context = description["config"]["context"]
    total = differing = 0
    for n in range(own.windows):
        begin = n * (len(held_out) // own.windows)
        ids = held_out[begin:begin + context]
        ours = Forward(description, arrays, ids)
        count, wrong, fault = compare(ours, *torch_spikes(weights, ids))
        total, differing = total + count, differing + wrong
        if fault:
            sys.exit(f"check: window {n}: {fault}")
    print(f"{differing} of {total} spikes differ on {own.windows} windows of {context} characters")
    if own.golden:
        golden(description, arrays, held_out[:64], own.golden)


if __name__ == "__main__":
    main()
