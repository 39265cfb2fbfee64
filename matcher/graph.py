"""The encoder as an OpenVINO graph, built straight from the packaged weights.

BERT encoder (Devlin et al. 2019), mean pooling over the tokens of the mask and normalisation to length one,
as intfloat/multilingual-e5-small asks. Built with OpenVINO's own operations: its converters report their use
over the network, and they would need PyTorch only to copy weights that are at hand.
"""

from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
from openvino import opset13 as op

from matcher.unpack import Floats, PackedModel

Node = Any


class _Encoder:
    def __init__(self, model: PackedModel) -> None:
        self.model = model
        self.hidden, self.heads = model.sizes["hidden"], model.sizes["heads"]

    def weight(self, name: str, *shape: int) -> Node:
        values: Floats = self.model.tensor(name)
        return op.constant(values.reshape(shape) if shape else values)

    def norm(self, x: Node, name: str) -> Node:
        axes = op.constant(np.array([-1], np.int64))
        scaled = op.mvn(x, axes, normalize_variance=True, eps=float(self.model.epsilon), eps_mode="inside_sqrt")
        return op.add(op.multiply(scaled, self.weight(f"{name}.w")), self.weight(f"{name}.b"))

    def dense(self, x: Node, name: str, outputs: int, inputs: int) -> Node:
        product = op.matmul(x, self.weight(f"{name}.w", outputs, inputs), False, True)
        return op.add(product, self.weight(f"{name}.b"))

    def split_heads(self, x: Node) -> Node:
        shape = op.constant(np.array([0, 0, self.heads, self.hidden // self.heads], np.int64))
        order = op.constant(np.array([0, 2, 1, 3], np.int64))
        return op.transpose(op.reshape(x, shape, special_zero=True), order)

    def attention(self, x: Node, mask: Node, layer: str) -> Node:
        query, key, value = (
            self.split_heads(self.dense(x, f"{layer}.{part}", self.hidden, self.hidden)) for part in ("q", "k", "v")
        )
        mixed = op.scaled_dot_product_attention(query, key, value, mask)
        joined = op.transpose(mixed, op.constant(np.array([0, 2, 1, 3], np.int64)))
        shape = op.constant(np.array([0, 0, self.hidden], np.int64))
        out = self.dense(op.reshape(joined, shape, special_zero=True), f"{layer}.ao", self.hidden, self.hidden)
        return self.norm(op.add(out, x), f"{layer}.aln")

    def layer(self, x: Node, mask: Node, name: str) -> Node:
        ffn = self.model.sizes["ffn"]
        x = self.attention(x, mask, name)
        wide = op.gelu(self.dense(x, f"{name}.fi", ffn, self.hidden), "ERF")
        return self.norm(op.add(self.dense(wide, f"{name}.fo", self.hidden, ffn), x), f"{name}.oln")

    def embed(self, ids: Node) -> Node:
        zero = op.constant(np.array(0, np.int64))
        words = op.gather(self.weight("emb.word", -1, self.hidden), ids, zero)
        # The type of all tokens is 0, so its vector belongs to the positions from the start.
        positions = self.model.tensor("emb.pos").reshape(-1, self.hidden)
        positions = positions + self.model.tensor("emb.type").reshape(-1, self.hidden)[0]
        length = op.gather(op.shape_of(ids), op.constant(np.array(1, np.int64)), zero)
        one = op.constant(np.array(1, np.int64))
        places = op.range(zero, length, one, output_type="i64")
        return self.norm(op.add(words, op.gather(op.constant(positions), places, zero)), "emb.ln")


def _pool(x: Node, mask: Node) -> Node:
    weights = op.unsqueeze(mask, op.constant(np.array([-1], np.int64)))
    axis = op.constant(np.array([1], np.int64))
    total = op.reduce_sum(op.multiply(x, weights), axis)
    mean = op.divide(total, op.reduce_sum(weights, axis))
    return op.normalize_l2(mean, op.constant(np.array([1], np.int64)), 1e-12, "max")


def build_graph(model: PackedModel) -> ov.Model:
    """Graph of the encoder.

    Inputs: `input_ids` and `attention_mask` (batch x tokens, int64). Outputs: unit vectors of the texts
    (batch x hidden), and vectors of their tokens (batch x tokens x hidden).
    """
    ids = op.parameter([-1, -1], np.int64, "input_ids")
    mask = op.parameter([-1, -1], np.int64, "attention_mask")
    encoder = _Encoder(model)
    weights = op.convert(mask, "f32")
    # Zero where a token counts, a large negative number where it is padding: added to the attention scores.
    wide = op.unsqueeze(weights, op.constant(np.array([1, 2], np.int64)))
    bias = op.multiply(op.subtract(wide, op.constant(np.float32(1))), op.constant(np.float32(1e4)))
    x = encoder.embed(ids)
    for layer in range(model.sizes["layers"]):
        x = encoder.layer(x, bias, f"l{layer}")
    return ov.Model([_pool(x, weights), x], [ids, mask], "multilingual-e5-small")


def write_graph(model: PackedModel, path: Path) -> None:
    """Save the graph as `path` (XML) and its weights, in half precision, beside it."""
    ov.save_model(build_graph(model), path, compress_to_fp16=True)
