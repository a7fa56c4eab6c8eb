# The SpikeDecoder of the trained example in torch, with surrogate gradients.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""SpikeDecoder (Beger, Walter, Knoll; arXiv 2606.12287), residual variant 0.

Written from the published description. Tensors are [T, B*S, features]: every
(token, feature) is a neuron of its own whose state is zero at its t = 0.
Module names are the tensor names of the exported model.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

CONFIG = {
    "token_code": "learned", "position_code": "learned",
    "token_width": 50, "position_width": 30, "combine": "concatenate",
    "vocabulary": 30, "context": 128, "time_steps": 4, "blocks": 3, "heads": 2,
    "mlp_expansion": 4, "attention_scale": 0.125, "norm": "batch", "residual": 0,
    "recombine": "mean", "learnable_thresholds": True,
}
SIGMOID_ALPHA = 4.0  # surrogate of the LIF
ATAN_ALPHA = 2.0     # surrogate of the binarised tables


class Heaviside(torch.autograd.Function):
    """s = [x >= 0], gradient of atan."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return (x >= 0).to(x.dtype)

    @staticmethod
    def backward(ctx, grad):
        x, = ctx.saved_tensors
        return grad * (ATAN_ALPHA / 2 / (1 + (math.pi / 2 * ATAN_ALPHA * x) ** 2))


class LifScan(torch.autograd.Function):
    """V += (X - V)/2; s = [V >= threshold]; V = (1-s) V, over the T steps of x.

    The gradient treats the reset as a constant and s as sigmoid(alpha (V - threshold)).
    """

    @staticmethod
    def forward(ctx, x, threshold):
        membranes, spikes = torch.empty_like(x), torch.empty_like(x)
        v = None
        for t in range(x.shape[0]):
            h = torch.mul(x[t], 0.5, out=membranes[t])
            if v is not None:
                h.add_(v, alpha=0.5)
            torch.ge(h, threshold, out=spikes[t])
            v = h - h * spikes[t]
        ctx.save_for_backward(membranes, spikes, threshold)
        return spikes

    @staticmethod
    def backward(ctx, grad):
        membranes, spikes, threshold = ctx.saved_tensors
        y = torch.sigmoid_((membranes - threshold).mul_(SIGMOID_ALPHA))
        direct = torch.sub(1, y).mul_(y).mul_(grad).mul_(SIGMOID_ALPHA)
        total = direct.sum().neg_().reshape(1)
        keep = torch.sub(1, spikes)
        for t in range(grad.shape[0] - 2, -1, -1):
            direct[t].addcmul_(direct[t + 1], keep[t], value=0.5)
        return direct.mul_(0.5), total


class Lif(nn.Module):
    def __init__(self, threshold=0.5):
        super().__init__()
        self.threshold = nn.Parameter(torch.tensor([threshold]))
        self.rate, self.record = None, None

    def forward(self, x):
        spikes = LifScan.apply(x, self.threshold)
        self.rate = spikes.mean()  # for the regulariser and the report
        if self.record is not None:
            self.record.append(spikes)
        return spikes


def linear_norm(linear, norm, x):
    """Linear, then BatchNorm over channels; every (time step, token) is a sample."""
    return norm(linear(x.flatten(0, 1))).view(*x.shape[:2], -1)


class Attention(nn.Module):
    def __init__(self, width, config):
        super().__init__()
        self.heads, self.scale = config["heads"], config["attention_scale"]
        self.in_lif = Lif(0.4)
        for name in "q", "k", "v":
            setattr(self, name, nn.Linear(width, width))
            setattr(self, name + "_norm", nn.BatchNorm1d(width, momentum=0.05))
            setattr(self, name + "_lif", Lif())
        self.att_lif = Lif()
        self.proj = nn.Linear(width, width)
        self.proj_norm = nn.BatchNorm1d(width, momentum=0.05)
        mask = torch.ones(config["context"], config["context"]).tril()
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, x, tokens):
        steps, rows, width = x.shape
        a = self.in_lif(x)

        def split(name):
            y = linear_norm(getattr(self, name), getattr(self, name + "_norm"), a)
            y = getattr(self, name + "_lif")(y)
            y = y.view(steps * rows // tokens, tokens, self.heads, width // self.heads)
            return y.transpose(1, 2)

        q, k, v = split("q"), split("k"), split("v")
        scores = (q @ k.transpose(2, 3)) * self.mask[:tokens, :tokens]
        y = (scores @ v) * self.scale
        y = self.att_lif(y.transpose(1, 2).reshape(steps, rows, width))
        return linear_norm(self.proj, self.proj_norm, y)


class Mlp(nn.Module):
    def __init__(self, width, config):
        super().__init__()
        hidden = width * config["mlp_expansion"]
        self.in_lif, self.hidden_lif = Lif(), Lif()
        self.fc1, self.fc1_norm = nn.Linear(width, hidden), nn.BatchNorm1d(hidden, momentum=0.05)
        self.fc2, self.fc2_norm = nn.Linear(hidden, width), nn.BatchNorm1d(width, momentum=0.05)

    def forward(self, x):
        x = self.hidden_lif(linear_norm(self.fc1, self.fc1_norm, self.in_lif(x)))
        return linear_norm(self.fc2, self.fc2_norm, x)


class SpikeDecoder(nn.Module):
    def __init__(self, config=None):
        super().__init__()
        self.config = config = dict(config or CONFIG)
        width = config["token_width"] + config["position_width"]
        self.embed = nn.ModuleDict({
            "token": nn.Embedding(config["vocabulary"], config["token_width"]),
            "position": nn.Embedding(config["context"], config["position_width"])})
        nn.init.normal_(self.embed["token"].weight, std=0.3)
        self.embed["position"].weight.data = smooth_positions(config)
        for i in range(config["blocks"]):
            self.add_module(f"block{i}", nn.ModuleDict(
                {"attn": Attention(width, config), "mlp": Mlp(width, config)}))
        self.head = nn.ModuleDict({"lif": Lif(), "fc": nn.Linear(width, config["vocabulary"])})

    def blocks(self):
        return [getattr(self, f"block{i}") for i in range(self.config["blocks"])]

    def lifs(self):
        return {name: m for name, m in self.named_modules() if isinstance(m, Lif)}

    def forward(self, ids):
        """Logits [B, S, vocabulary] of token ids [B, S]."""
        batch, tokens = ids.shape
        token = Heaviside.apply(self.embed["token"].weight)
        position = Heaviside.apply(self.embed["position"].weight[:tokens])
        x = torch.cat([F.embedding(ids, token), position.expand(batch, -1, -1)], 2)
        x = x.flatten(0, 1).expand(self.config["time_steps"], -1, -1)
        for block in self.blocks():
            x = x + block["attn"](x, tokens)
            x = x + block["mlp"](x)
        spikes = self.head["lif"](x)
        return self.head["fc"](spikes.mean(0)).view(batch, tokens, -1)


def smooth_positions(config):
    """First position table: waves of 4 to 256 tokens, so that neighbours share most bits."""
    position = torch.arange(config["context"]).float()[:, None]
    pairs = (config["position_width"] + 1) // 2
    period = 4 * 64 ** (torch.arange(pairs).float() / (pairs - 1))
    phase = 2 * math.pi * (position + 0.5) / period
    table = torch.stack([phase.sin(), phase.cos()], 2).flatten(1)
    return 0.3 * table[:, :config["position_width"]]
