"""A packed model of the packaged file's layout, small enough to be written in a test."""

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HIDDEN, LAYERS, HEADS, FFN, POSITIONS = 32, 1, 2, 64, 512
EPSILON = 1e-12
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "\u2581", *"abcdefghijklmnopqrstuvwxyz: "]

Floats = NDArray[np.float32]


def _quantised(values: Floats) -> tuple[bytes, Floats]:
    """Blocks of 32 four-bit values, and what they stand for."""
    rows = values.reshape(-1, 32)
    scales = (np.abs(rows).max(axis=1) / 7).astype("<f2")
    levels = np.clip(np.rint(rows / scales.astype(np.float32)[:, None]) + 8, 0, 15).astype(np.uint8)
    packed = levels[:, :16] | (levels[:, 16:] << 4)
    data = b"".join(scale.tobytes() + row.tobytes() for scale, row in zip(scales, packed, strict=True))
    meant = (levels.astype(np.float32) - 8) * scales.astype(np.float32)[:, None]
    return data, meant.reshape(-1).astype(np.float32)


def _shapes() -> Iterator[tuple[str, tuple[int, ...]]]:
    yield "emb.word", (len(PIECES), HIDDEN)
    yield "emb.pos", (POSITIONS, HIDDEN)
    yield "emb.type", (2, HIDDEN)
    yield from (("emb.ln.w", (HIDDEN,)), ("emb.ln.b", (HIDDEN,)))
    for layer in range(LAYERS):
        for name, shape in {
            **dict.fromkeys(("q", "k", "v", "ao"), (HIDDEN, HIDDEN)),
            "fi": (FFN, HIDDEN),
            "fo": (HIDDEN, FFN),
            "aln": (HIDDEN,),
            "oln": (HIDDEN,),
        }.items():
            yield f"l{layer}.{name}.w", shape
            yield f"l{layer}.{name}.b", (shape[0],)


def write_packed(path: Path, version: int = 1, block: int = 32) -> dict[str, Floats]:
    """Write the file; returns the tensors that it holds, in their shapes."""
    rng = np.random.default_rng(7)
    head = b"E5S1" + struct.pack("<I7i", version, HIDDEN, LAYERS, HEADS, FFN, len(PIECES), POSITIONS, 2)
    head += struct.pack("<fi", EPSILON, block)
    texts = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4")
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
    head += offsets.tobytes() + np.linspace(0, -5, len(PIECES), dtype="<f4").tobytes() + b"".join(texts)
    head += struct.pack("<iI", 1, 0) + struct.pack("<IBI", ord("\u2026"), 1, ord("."))
    tensors, rows, body = {}, [], b""
    for name, shape in _shapes():
        values = rng.normal(0, 0.5, shape).astype(np.float32)
        data, meant = _quantised(values) if len(shape) == 2 else (values.astype("<f4").tobytes(), values)
        tensors[name] = meant.reshape(shape)
        rows.append((name.encode(), int(len(shape) == 2), values.size, len(body), len(data)))
        body += data
    start = len(head) + 4 + sum(2 + len(name) + 21 for name, *_ in rows)
    directory = struct.pack("<i", len(rows))
    for name, kind, count, offset, length in rows:
        directory += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", kind, count, start + offset, length)
    path.write_bytes(head + directory + body)
    return tensors
