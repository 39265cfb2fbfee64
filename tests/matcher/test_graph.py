"""The graph against the same encoder in plain numpy."""

import math
from pathlib import Path

import numpy as np
import openvino
import pytest
from numpy.typing import NDArray

from matcher.graph import build_graph, write_graph
from matcher.unpack import PackedModel
from tests.matcher.packed import HEADS, HIDDEN, write_packed

Floats = NDArray[np.float32]
IDS = [[0, 4, 5, 6, 7, 2], [0, 4, 9, 2], [0, 12, 2]]


def norm(x: Floats, weights: dict[str, Floats], name: str) -> Floats:
    centred = x - x.mean(-1, keepdims=True)
    scaled: Floats = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
    return scaled * weights[f"{name}.w"] + weights[f"{name}.b"]


def dense(x: Floats, weights: dict[str, Floats], name: str) -> Floats:
    return x @ weights[f"{name}.w"].T + weights[f"{name}.b"]


def attention(x: Floats, weights: dict[str, Floats]) -> Floats:
    size = HIDDEN // HEADS
    q, k, v = (dense(x, weights, f"l0.{part}").reshape(-1, HEADS, size).transpose(1, 0, 2) for part in "qkv")
    scores = np.exp(q @ k.transpose(0, 2, 1) / math.sqrt(size))
    mixed = (scores / scores.sum(-1, keepdims=True)) @ v
    return dense(mixed.transpose(1, 0, 2).reshape(-1, HIDDEN), weights, "l0.ao")


def encode(ids: list[int], weights: dict[str, Floats]) -> Floats:
    """One text without padding: embeddings, one layer, mean, length one."""
    x = weights["emb.word"][ids] + weights["emb.pos"][: len(ids)] + weights["emb.type"][0]
    x = norm(x, weights, "emb.ln")
    x = norm(x + attention(x, weights), weights, "l0.aln")
    wide = dense(x, weights, "l0.fi")
    gelu = wide * 0.5 * (1 + np.vectorize(math.erf)(wide / math.sqrt(2)))
    x = norm(x + dense(gelu, weights, "l0.fo"), weights, "l0.oln")
    mean: Floats = x.mean(0)
    return mean / np.linalg.norm(mean)


@pytest.mark.parametrize("saved", [False, True], ids=["in memory", "saved in half precision"])
def test_a_padded_batch_agrees_with_plain_numpy(tmp_path: Path, saved: bool) -> None:
    weights = write_packed(tmp_path / "small.bin")
    model = PackedModel(tmp_path / "small.bin")
    if saved:
        write_graph(model, tmp_path / "graph.xml")
    graph = openvino.Core().read_model(tmp_path / "graph.xml") if saved else build_graph(model)
    run = openvino.Core().compile_model(graph, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    length = max(map(len, IDS))
    tokens = np.array([ids + [1] * (length - len(ids)) for ids in IDS], np.int64)
    mask = np.array([[1] * len(ids) + [0] * (length - len(ids)) for ids in IDS], np.int64)
    vectors = run([tokens, mask])[0]
    expected = np.stack([encode(ids, weights) for ids in IDS])
    np.testing.assert_allclose(vectors, expected, atol=5e-3 if saved else 1e-5)
