"""Files of metadata: YAML with a model behind it, and the line on which each value stands."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from crawler.errors import MetadataError
from crawler.mistakes import Place, mistakes

M = TypeVar("M", bound=BaseModel)


class _Loader(yaml.CSafeLoader):
    """Safe loader in which a key given twice is an error: YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for position, key in enumerate(keys):
            if key in keys[:position]:
                mark = node.value[position][0].start_mark
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} twice: remove one of them", mark)
        return super().construct_mapping(node, deep)


def _line(node: yaml.Node | None, path: Place) -> int:
    """Line on which the value at a path stands, or the nearest line above it."""
    line = 1
    for part in map(str, path):
        children: dict[str, tuple[yaml.Node, int]] = {}
        if isinstance(node, yaml.MappingNode):
            children = {key.value: (value, key.start_mark.line + 1) for key, value in node.value}
        elif isinstance(node, yaml.SequenceNode):
            children = {str(index): (value, value.start_mark.line + 1) for index, value in enumerate(node.value)}
        if part not in children:
            break
        node, line = children[part]
    return line


def line_of(path: Path, place: Place) -> int:
    """Line of a file on which the value at a place stands, or the nearest line above it."""
    return _line(yaml.compose(path.read_text(encoding="utf-8"), _Loader), place)


def read_model(path: Path, kind: type[M]) -> M:
    """Read a YAML file as a model.

    Raises:
        MetadataError: the file cannot be read or breaks a rule; the text names file, line, field and remedy.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = yaml.load(text, _Loader)  # noqa: S506  a safe loader's child
    except OSError as error:
        raise MetadataError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise MetadataError(f"{path}: not UTF-8 (byte {error.start}): save the file as UTF-8") from error
    except yaml.YAMLError as error:
        raise MetadataError(_not_yaml(path, text, error)) from error
    with blaming(path, kind):
        return kind.model_validate(data)


def _not_yaml(path: Path, text: str, error: yaml.YAMLError) -> str:
    """Where YAML stopped reading, and the remedy for what people stumble over."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        said = getattr(error, "reason", str(error))
        position = getattr(error, "position", 0)
        line, problem = text.count("\n", 0, position) + 1, f"a character that YAML does not take: {said}"
    else:
        line, problem = mark.line + 1, str(getattr(error, "problem", error))
    rows = text.splitlines()
    row = rows[line - 1] if line <= len(rows) else ""
    return f"{path}:{line}: not valid YAML: {problem}{_remedy(problem, row)}"


def _remedy(problem: str, row: str) -> str:
    if "\t" in row and ("tab" in problem or "cannot start any token" in problem):
        return ": replace the tab by blanks"
    if "cannot start any token" in problem:
        return ": put a text that begins with such a sign into quotes"
    if "mapping values are not allowed" in problem:
        return ": put a text that holds a colon into quotes, and let keys of one list begin below each other"
    return ": is a bracket, a quote or a blank before a key missing?" if "did not find expected" in problem else ""


@contextmanager
def blaming(path: Path, kind: type[BaseModel], **told_by: str) -> Iterator[None]:
    """Turn a refusal of a model into one that names the file, its line, the field and the remedy.

    `told_by` says which key of the file a field comes from, where a model is put together out of a file that
    calls it otherwise (`urls="lists"`).

    Raises:
        MetadataError: the model was refused.
    """
    try:
        yield
    except ValidationError as error:
        found = mistakes(error, kind)
        raise MetadataError("\n".join(_told(path, found, told_by))) from error


def _told(path: Path, found: Iterable[tuple[Place, str]], told_by: dict[str, str]) -> Iterator[str]:
    tree = yaml.compose(path.read_text(encoding="utf-8"), _Loader)
    for place, sentence in found:
        name = ".".join(map(str, place)) or "source"
        own = (told_by.get(str(place[0]), place[0]), *place[1:]) if place else ()
        yield f"{path}:{_line(tree, own)}: {name}: {sentence}"
