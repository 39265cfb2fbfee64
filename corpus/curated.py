"""Curated records: one YAML file each, read strictly.

A file holds the fields of the record (`corpus.model`) except `kind`, which the folder gives, and `id`, which
comes from the best identifier or else from the file's name (`isopolis.<name>`). Short forms: a source without
`method` is curated; one evidence needs no list.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from corpus.errors import CuratedError
from corpus.ids import best_id, make_id
from corpus.model import Call, Practice, Programme, Record, RecordBase
from corpus.parts import Identifier, Method

DATA = Path(__file__).parent / "data"
FOLDERS = {"calls": "call", "programmes": "programme", "practices": "practice"}

_RECORD: TypeAdapter[Call | Programme | Practice] = TypeAdapter(Record)


class _StrictLoader(yaml.CSafeLoader):
    """Safe loader that refuses a key given twice: YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _norwegian_fix(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    """Keep `no` (Norwegian, Norway) a word; only true and false are booleans."""
    text = str(loader.construct_scalar(node))
    return {"true": True, "false": False}.get(text.lower(), text)


def _as_text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


def _plain_int(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int | str:
    """YAML 1.1 reads 14:00 as 840 and 010 as eight; neither is meant."""
    text = str(loader.construct_scalar(node))
    digits = text.replace("_", "").lstrip("+-")
    return int(text) if digits.isdecimal() and not (len(digits) > 1 and digits[0] == "0") else text


_StrictLoader.add_constructor("tag:yaml.org,2002:bool", _norwegian_fix)
# Dates stay text: pydantic reads them strictly, and a time such as 14:00 is not a number of seconds.
_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _as_text)
_StrictLoader.add_constructor("tag:yaml.org,2002:int", _plain_int)


def read_yaml(text: str) -> Iterator[Any]:
    """Documents of a text in YAML: a key given twice is an error, and `no`, dates and times stay words.

    Raises:
        yaml.YAMLError: it is no such text.
    """
    yield from yaml.load_all(text, _StrictLoader)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


def complete(data: dict[str, Any], kind: str, name: str) -> dict[str, Any]:
    """Fill in what the folder, the file name and the short forms leave out."""
    for given in ("id", "kind"):
        if given in data:
            raise ValueError(f"{given}: leave it out, it comes from the file's place and identifiers")
    out = dict(data)
    out["kind"] = kind
    out["id"] = best_id(_identifiers(data)) or make_id("isopolis", name)
    out["sources"] = [{"method": Method.CURATED, **source} for source in data.get("sources") or ()]
    out["evidence"] = {path: _as_list(items) for path, items in (data.get("evidence") or {}).items()}
    eligibility = data.get("eligibility") or {}
    if "rules" in eligibility:
        rules = [{**rule, "evidence": _as_list(rule.get("evidence"))} for rule in eligibility["rules"]]
        out["eligibility"] = {**eligibility, "rules": rules}
    return out


def _identifiers(data: dict[str, Any]) -> list[Identifier]:
    try:
        return [Identifier.model_validate(item) for item in data.get("identifiers") or ()]
    except ValidationError:
        return []  # told with its place when the whole record is read


def _explain(error: ValidationError) -> str:
    """One line per broken field: its path and what is wrong with it."""
    lines = []
    for item in error.errors():
        # The first part is the kind, which the folder says; a rule's family is no key of the file either.
        path = ".".join(str(part) for part in item["loc"][1:])
        lines.append(f"{path or 'record'}: {item['msg'].removeprefix('Value error, ')}")
    return "\n  ".join(lines)


def read_curated(path: Path) -> RecordBase:
    """Read one curated file.

    Raises:
        CuratedError: the file is no YAML or breaks a rule; the text names file, field and remedy.
    """
    kind = FOLDERS.get(path.parent.name)
    if kind is None:
        raise CuratedError(f"{path}: a curated file lies in one of {', '.join(FOLDERS)}")
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), _StrictLoader)  # noqa: S506  a safe loader's child
        if not isinstance(data, dict):
            raise CuratedError(f"{path}: a record is a mapping of fields to values")
        return _RECORD.validate_python(complete(data, kind, path.stem))
    except yaml.YAMLError as error:
        raise CuratedError(f"{path}: not valid YAML: {error}") from error
    except ValidationError as error:
        raise CuratedError(f"{path}:\n  {_explain(error)}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise CuratedError(f"{path}: {error}") from error


def curated_files(folder: Path = DATA) -> Iterator[Path]:
    """All curated files under a folder, in a stable order.

    Raises:
        CuratedError: there is no such folder.
    """
    if not folder.is_dir():
        raise CuratedError(f"{folder} is no folder; curated files lie in its folders {', '.join(FOLDERS)}")
    for name in FOLDERS:
        yield from sorted((folder / name).glob("*.yml"))
