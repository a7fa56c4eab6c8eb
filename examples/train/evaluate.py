#!/usr/bin/python3
# Held-out loss, accuracy and firing rates of an exported model.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Run it by `./run evaluate.py`: prints the figures of README.md."""
import argparse
import os
from collections import namedtuple

import torch
from torch.nn import functional as F

import text as texts
from model import SpikeDecoder

Figures = namedtuple("Figures", "loss accuracy rates")  # nats, fraction, {LIF: fraction}


@torch.no_grad()
def evaluate(model, inputs, targets, batch=16):
    """Figures over all positions of inputs and targets [n, context]; rates per (token, step)."""
    training = model.training
    model.eval()
    loss = correct = 0.0
    rates = dict.fromkeys(model.lifs(), 0.0)
    for i in range(0, len(inputs), batch):
        x, y = torch.from_numpy(inputs[i:i + batch]), torch.from_numpy(targets[i:i + batch])
        logits = model(x).flatten(0, 1)
        loss += F.cross_entropy(logits, y.flatten(), reduction="sum").item()
        correct += (logits.argmax(1) == y.flatten()).sum().item()
        for name, lif in model.lifs().items():
            rates[name] += lif.rate.item() * len(x)
    model.train(training)
    return Figures(loss / inputs.size, correct / inputs.size,
                   {name: rate / len(inputs) for name, rate in rates.items()})


def main():
    from train import arguments
    from weights import quantise_stream_writers, read_model

    options = arguments()
    torch.set_num_threads(1)
    train, held_out = texts.load(options.text)
    model = read_model(os.path.join(options.models, options.name, "model.safetensors"))
    inputs, targets = texts.windows(held_out, model.config["context"])
    unigram, bigram = texts.ngram_losses(train, inputs, targets)
    figures = evaluate(model, inputs, targets)
    print(f"held-out positions         {inputs.size}")
    print(f"add-one unigram, nats      {unigram:.4f}")
    print(f"add-one bigram, nats       {bigram:.4f}")
    print(f"model, nats                {figures.loss:.4f}")
    print(f"next-character accuracy    {figures.accuracy:.4f}")
    thresholds = {name: lif.threshold.item() for name, lif in model.lifs().items()}
    largest = quantise_stream_writers(model)
    quantised = evaluate(model, inputs, targets)
    print(f"8-bit proj and fc2, nats   {quantised.loss:.4f}")
    print("\n| LIF layer | firing rate, % | threshold |\n|---|---|---|")
    for name, rate in figures.rates.items():
        print(f"| {name} | {100 * rate:.2f} | {thresholds[name]:.4f} |")
    print("\n| writer of the stream | largest folded weight |\n|---|---|")
    for name, value in largest.items():
        print(f"| {name} | {value:.3f} |")


if __name__ == "__main__":
    main()
