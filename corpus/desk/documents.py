"""Records in YAML and JSON lines, read so that no file can do harm, and written so that nothing is lost.

A YAML file holds one record, as `corpus/data/practices` has them, or several after lines of `---`. What the desk says
of a record beside its content (`name`, `kind`, `state`) stands beside the fields. Short names of parts (anchors) are
refused: a few of them can stand for gigabytes. So is nesting without end, before anything is built from it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from corpus.curated import read_yaml
from corpus.desk.content import Content, ItemKind
from corpus.desk.draft import DEEPEST
from corpus.desk.errors import ContentError
from corpus.desk.sheets import MOST_BYTES, MOST_ROWS

ENDINGS = (".yml", ".yaml", ".jsonl")
_HEADER = ("name", "kind", "state")


@dataclass(frozen=True, slots=True)
class Document:
    """A record of a file, before anybody checked it."""

    number: int
    """Place in the file, from 1; of JSON lines the line."""
    name: str
    """Empty where the file does not say it."""
    kind: ItemKind
    state: str
    content: Content


def read_documents(name: str, data: bytes) -> list[Document]:
    """Records of a file, in order.

    Args:
        name: name of the file; its ending says what it is.
        data: the file.

    Raises:
        ContentError: it cannot be read, or is too large; the text says what would be right.
    """
    if len(data) > MOST_BYTES:
        raise _bad(f"the file is larger than {MOST_BYTES // 1_000_000} MB: split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad("its letters cannot be read: save it as UTF-8") from error
    reader = _lines if name.lower().endswith(".jsonl") else _yaml
    found = [_document(number, value) for number, value in reader(text)]
    if len(found) > MOST_ROWS:
        raise _bad(f"more than {MOST_ROWS} records: split the file")
    if len(found) == 1 and not found[0].name:
        return [_named(found[0], name)]
    return found


def _named(only: Document, file: str) -> Document:
    """A file with one record is named as in `corpus/data/practices`."""
    stem = file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].lower()
    return Document(only.number, stem, only.kind, only.state, only.content)


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _bad(f"line {number} is no JSON") from error
        wrapped = value.get("content") if isinstance(value, dict) else None
        if isinstance(wrapped, dict):
            value = {**wrapped, **{key: value[key] for key in _HEADER if key in value}}
        yield number, value


def _yaml(text: str) -> Iterator[tuple[int, Any]]:
    try:
        _check_events(text)
        yield from enumerate((value for value in read_yaml(text) if value is not None), 1)
    except yaml.YAMLError as error:
        raise _bad(f"it is no YAML: {' '.join(str(error).split())[:300]}") from error


def _check_events(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _bad("it uses short names of parts (&name and *name): write each part out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST + 1:
            raise _bad(f"it is nested more than {DEEPEST} levels deep")


def _document(number: int, value: Any) -> Document:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise _bad(f"record {number} is no mapping of fields to values")
    said = {key: str(value.get(key) or "") for key in _HEADER}
    content = {key: part for key, part in value.items() if key not in _HEADER}
    guessed = ItemKind.CORRECTION if {"record", "values"} <= set(content) else ItemKind.PRACTICE
    try:
        kind = ItemKind(said["kind"]) if said["kind"] else guessed
    except ValueError as error:
        raise _bad(f"record {number}: kind is practice or correction") from error
    return Document(number, said["name"], kind, said["state"], content)


def _bad(text: str) -> ContentError:
    return ContentError({"file": text})


class _Plain(yaml.CSafeDumper):
    """Writes every part out: equal parts get no short names."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  as the library calls it
        """Never a short name."""
        return True


def as_yaml(content: Content) -> str:
    """A mapping as YAML, in the order of its fields."""
    return str(yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120))
