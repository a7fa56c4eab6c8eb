# Text of the trained example: cleaning, token ids, windows, n-gram baselines.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The `prose` cleaning rules and what is counted on the cleaned text."""
import re
import sys

import numpy as np

ALPHABET = "abcdefghijklmnopqrstuvwxyz.'P "
HELD_OUT = 0.1  # the last part of the cleaned text, never trained on
LEAST = 20000    # characters, so that the held-out part fills a few windows


def clean(text):
    """`prose` rules, in this order (facts of the published SpikeDecoder):

    lower case; `!` `?` become `.`; `;` and `--` become a space; everything but
    a-z . ' and white space is dropped; one space after each `.`; runs of white
    space become one space.
    """
    text = text.lower()
    text = re.sub(r"[!?]", ".", text)
    text = re.sub(r";|--", " ", text)
    text = re.sub(r"[^a-z.'\s]", "", text)
    text = text.replace(".", ". ")
    return re.sub(r"\s+", " ", text)


def encode(text):
    """Token ids (uint8) of a cleaned text; the id is the place in ALPHABET."""
    table = np.zeros(256, np.uint8)
    for i, letter in enumerate(ALPHABET):
        table[ord(letter)] = i
    return table[np.frombuffer(text.encode("ascii"), np.uint8)]


def decode(ids):
    return "".join(ALPHABET[i] for i in ids)


def load(path):
    """(training ids, held-out ids) of the text file; exits with a message if it will not do."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            ids = encode(clean(file.read()))
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"text: cannot read {path} ({error}); name an English text with --text FILE")
    if len(ids) < LEAST:
        sys.exit(f"text: {path} has {len(ids)} characters after cleaning, needs {LEAST}")
    cut = int(len(ids) * (1 - HELD_OUT))
    return ids[:cut], ids[cut:]


def windows(ids, context):
    """Inputs and targets [n, context], end to end; targets = inputs shifted by one."""
    n = (len(ids) - 1) // context
    inputs = ids[:n * context].reshape(n, context)
    targets = ids[1:n * context + 1].reshape(n, context)
    return inputs.astype(np.int64), targets.astype(np.int64)


def ngram_losses(train, inputs, targets):
    """Add-one-smoothed (unigram, bigram) cross-entropy in nats per character."""
    size = len(ALPHABET)
    one = np.bincount(train, minlength=size) + 1.0
    pair = np.bincount(train[:-1].astype(np.int64) * size + train[1:], minlength=size * size)
    two = pair.reshape(size, size) + 1.0
    unigram = -np.log(one / one.sum())
    bigram = -np.log(two / two.sum(1, keepdims=True))
    return float(unigram[targets].mean()), float(bigram[inputs, targets].mean())
