# Export of the trained model: safetensors, description, folded weights.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""safetensors = 8-byte little-endian header length, JSON header, raw data."""
import json
import os
import struct

import numpy as np
import torch

from text import ALPHABET

ALIGNMENT = 64  # bytes; the data section starts at a multiple of it
EPSILON = 1e-5  # of BatchNorm


def write_atomically(path, data):
    temporary = path + ".part"
    with open(temporary, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def tensors(model):
    """Exported tensors by name: every parameter and the running statistics, float32."""
    return {name: value.detach().numpy().astype("<f4")
            for name, value in model.state_dict().items()
            if not name.endswith("num_batches_tracked")}


def write_safetensors(path, arrays):
    header, blobs, offset = {}, [], 0
    for name, array in arrays.items():
        blob = np.ascontiguousarray(array).tobytes()
        header[name] = {"dtype": "F32", "shape": list(array.shape),
                        "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(8 + len(text)) % ALIGNMENT)
    write_atomically(path, struct.pack("<Q", len(text)) + text + b"".join(blobs))


def write_description(path, weights, config, name):
    """The model's YAML; `weights` is relative to it."""
    lines = ["synfire: model/1", f"name: {name}", "architecture: spikedecoder",
             f"weights: {weights}", "text:", f'  alphabet: "{ALPHABET}"',
             "  cleaning: prose            # the char cleaning rules of SpikeDecoder", "config:"]
    for key, value in config.items():
        lines.append(f"  {key}: {str(value).lower()}")
    write_atomically(path, ("\n".join(lines) + "\n").encode())


def export(model, folder, name):
    os.makedirs(os.path.join(folder, name), exist_ok=True)
    weights = f"{name}/model.safetensors"
    write_safetensors(os.path.join(folder, weights), tensors(model))
    write_description(os.path.join(folder, name + ".yaml"), weights, model.config, name)


def fold(linear, norm):
    """(weight, bias) of the Linear that does the work of Linear then BatchNorm."""
    factor = norm.weight / torch.sqrt(norm.running_var + EPSILON)
    return linear.weight * factor[:, None], (linear.bias - norm.running_mean) * factor + norm.bias


def stream_writers(model):
    """(name, Linear, BatchNorm) of the layers that add to the residual stream."""
    for i, block in enumerate(model.blocks()):
        yield f"block{i}.attn.proj", block["attn"].proj, block["attn"].proj_norm
        yield f"block{i}.mlp.fc2", block["mlp"].fc2, block["mlp"].fc2_norm


@torch.no_grad()
def quantise_stream_writers(model):
    """Round the folded weights of the stream's writers to 8 bits, in place.

    One scale per stream channel for all of them, max(1, max |folded w|) / 127: the
    embedding enters the stream with weight 1. The norm becomes the identity.
    Returns the largest |folded w| of each layer.
    """
    folded = {name: fold(linear, norm) for name, linear, norm in stream_writers(model)}
    largest = torch.stack([w.abs().amax(1) for w, _ in folded.values()]).amax(0)
    scale = largest.clamp(min=1)[:, None] / 127
    for name, linear, norm in stream_writers(model):
        weight, bias = folded[name]
        linear.weight.copy_(torch.round(weight / scale) * scale)
        linear.bias.copy_(torch.round(bias[:, None] / scale)[:, 0] * scale[:, 0])
        norm.weight.fill_((1 + EPSILON) ** 0.5)
        norm.running_var.fill_(1)
        norm.running_mean.zero_()
        norm.bias.zero_()
    return {name: float(w.abs().max()) for name, (w, _) in folded.items()}


def read_model(path):
    """The model of a safetensors file written here."""
    from model import SpikeDecoder

    with open(path, "rb") as file:
        length, = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    state = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        array = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
        state[name] = torch.from_numpy(array.copy())
    model = SpikeDecoder()
    missing, unexpected = model.load_state_dict(state, strict=False)
    wrong = unexpected + [name for name in missing if not name.endswith("num_batches_tracked")]
    if wrong:
        raise ValueError(f"{path}: missing or unexpected tensors: {', '.join(wrong)}")
    return model.eval()
