#!/usr/bin/python3
# Trains the character-level SpikeDecoder of this repository and exports it.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Run it by ./run, which sets the environment. It goes on from its checkpoint, if any;
Ctrl-C saves one. It ends after --steps, or after --minutes of training, and exports."""
import argparse
import math
import os
import signal
import sys
import time

import torch
from torch.nn import functional as F

import text as texts
from evaluate import evaluate
from model import CONFIG, SpikeDecoder
from weights import export, fold, stream_writers

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))


def arguments(given=None):
    """The options of `given`, or of the command line."""
    data = os.environ.get("SYNFIRE_DATA") or os.path.join(
        REPOSITORY, "..", "shared", "data", "war-and-peace.txt")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", default=data, help="text to learn (default: %(default)s)")
    parser.add_argument("--steps", type=int, default=6000, help="training steps")
    parser.add_argument("--minutes", type=float, default=math.inf,
                        help="stop after this much training time, whatever --steps says")
    parser.add_argument("--batch", type=int, default=16, help="sequences per step")
    parser.add_argument("--rate", type=float, default=4e-3, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="tolstoy-char", help="name of the exported model")
    parser.add_argument("--models", default=os.path.join(HERE, "..", "models"),
                        help="folder of the exported model")
    parser.add_argument("--checkpoint", default=os.path.join(
        REPOSITORY, "build", "train", "checkpoint.pt"))
    parser.add_argument("--log", default=os.path.join(HERE, "train.log"))
    return parser.parse_args(given)


class Log:
    """Lines on standard error and at the end of the log file."""

    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8")

    def __call__(self, line):
        print(line, file=sys.stderr, flush=True)
        self.file.write(line + "\n")
        self.file.flush()


def make_optimizer(model, rate):
    """AdamW; weight decay on matrices only: a BatchNorm follows, so it acts as annealing."""
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    return torch.optim.AdamW([{"params": matrices, "weight_decay": 0.01},
                              {"params": vectors, "weight_decay": 0.0}], lr=rate, betas=(0.9, 0.98))


def learning_rate(highest, step, progress):
    """Linear warm-up of 200 steps, then a cosine to 1 % of the highest."""
    cosine = 0.505 + 0.495 * math.cos(math.pi * min(progress, 1.0))
    return highest * min(1.0, (step + 1) / 200) * cosine


def penalty(model):
    """Keeps every rate within 3 % .. 40 % and the stream's folded weights below 1.

    The second half serves 8-bit weights: writers of the stream share a scale of
    max(1, max |w|) / 127 per channel with the embedding, which enters with weight 1.
    """
    rates = [lif.rate for lif in model.lifs().values()]
    strayed = sum([10 * (0.03 - rate) for rate in rates if rate < 0.03]
                  + [rate - 0.4 for rate in rates if rate > 0.4])
    large = sum(F.relu(fold(linear, norm)[0].abs() - 0.9).square().sum()
                for _, linear, norm in stream_writers(model))
    return strayed + 0.1 * large


def batch_of(train, context, size, seed, step):
    """Random windows; a pure function of (seed, step), so that a resumed run repeats nothing."""
    generator = torch.Generator().manual_seed(seed * 10_000_019 + step)
    starts = torch.randint(0, len(train) - context, (size, 1), generator=generator)
    ids = train[starts + torch.arange(context + 1)]
    return ids[:, :-1], ids[:, 1:]


def save_checkpoint(path, model, optimizer, step, seconds):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                "step": step, "seconds": seconds}, path + ".part")
    os.replace(path + ".part", path)


def main():
    options = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    log = Log(options.log)
    train, held_out = texts.load(options.text)
    context = CONFIG["context"]
    inputs, targets = texts.windows(held_out, context)
    unigram, bigram = texts.ngram_losses(train, inputs, targets)
    quick = (inputs[::19], targets[::19])
    model = SpikeDecoder()
    optimizer = make_optimizer(model, options.rate)
    step, seconds = 0, 0.0
    if os.path.exists(options.checkpoint):
        state = torch.load(options.checkpoint)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, seconds = state["step"], state["seconds"]
    log(f"# from step {step}: {len(train)} training and {len(held_out)} held-out characters, "
        f"add-one unigram {unigram:.4f} and bigram {bigram:.4f} nats, "
        f"batch {options.batch} x {context}, seed {options.seed}")
    log("step  minutes  rate      train   held-out  accuracy  lowest and highest firing rate")

    stopped = []
    for number in signal.SIGINT, signal.SIGTERM:
        signal.signal(number, lambda *_: stopped.append(True))
    train = torch.from_numpy(train.astype("int64"))
    mean_loss = None
    while step < options.steps and seconds < options.minutes * 60 and not stopped:
        start = time.monotonic()
        progress = max(step / options.steps, seconds / (options.minutes * 60))
        rate = learning_rate(options.rate, step, progress)
        for group in optimizer.param_groups:
            group["lr"] = rate
        x, y = batch_of(train, context, options.batch, options.seed, step)
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad(set_to_none=True)
        (loss + penalty(model)).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            for lif in model.lifs().values():
                lif.threshold.clamp_(min=0.05)
        step += 1
        seconds += time.monotonic() - start
        mean_loss = loss.item() if mean_loss is None else 0.98 * mean_loss + 0.02 * loss.item()
        if not math.isfinite(mean_loss):
            sys.exit(f"train: the loss is not finite at step {step}; try a lower --rate")
        if step % 250 == 0:
            seen = evaluate(model, *quick)
            low, high = min(seen.rates.values()), max(seen.rates.values())
            log(f"{step:5} {seconds / 60:7.1f}  {rate:.2e}  {mean_loss:.4f}  {seen.loss:.4f}"
                f"    {seen.accuracy:.4f}    {low:.4f} {high:.4f}")
            save_checkpoint(options.checkpoint, model, optimizer, step, seconds)
    save_checkpoint(options.checkpoint, model, optimizer, step, seconds)
    export(model, options.models, options.name)
    log(f"# step {step}: exported {options.name}" + (", interrupted" if stopped else ""))


if __name__ == "__main__":
    main()
