#!/usr/bin/python3
# Makes the word dictionary of a word model from a text.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints one word per line: those that occur often enough in the text, cleaned by the `words`
rules of a model description, and the published SpikeDecoder's `.` and `P` (padding), in the order
of their bytes. The ids of a trained checkpoint follow the dictionary that it was trained with.

    examples/train/words.py war-and-peace.txt > words.txt      # 5,947 words
"""
import argparse
import collections
import re
import sys


def words(text):
    """`words` rules: lower case; everything but a-z, space and ' becomes a space; split."""
    lower = "".join(c.lower() if c.isascii() else c for c in text)
    return re.sub(r"[^a-z ']", " ", lower).split()


def dictionary(text, least):
    counts = collections.Counter(words(text))
    return sorted({word for word, count in counts.items() if count >= least} | {".", "P"})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("text", help="UTF-8 text file")
    parser.add_argument("--least", type=int, default=6, help="occurrences that make a word [6]")
    options = parser.parse_args()
    try:
        with open(options.text, encoding="utf-8-sig") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"words: cannot read {options.text} ({error})")
    print("\n".join(dictionary(text, options.least)))


if __name__ == "__main__":
    main()
