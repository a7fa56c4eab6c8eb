#!/usr/bin/env python3
# Writes an image whose colours follow a rule, for a model that takes one.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Usage: image.py SIDE > FILE.safetensors: SIDE x SIDE points of three colours, each of 0 to 1."""
import array
import json
import struct
import sys

side = int(sys.argv[1])
colours = array.array("f", (i * 37 % 256 / 255 for i in range(side * side * 3)))
header = json.dumps({"input": {"dtype": "F32", "shape": [side, side, 3],
                               "data_offsets": [0, 4 * len(colours)]}}).encode()
sys.stdout.buffer.write(struct.pack("<Q", len(header)) + header + colours.tobytes())
