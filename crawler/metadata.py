"""The model of `source.yml`: who publishes a source, how it is read, and what a healthy run yields.

Metadata are data with a model behind them: an unknown key, a mapping to a word that the vocabulary does not
have or an impossible count is refused with file and line.
"""

from enum import EnumMeta
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, Field, StringConstraints, ValidationError, model_validator

from corpus import vocab
from corpus.parts import Frozen, Text, Url
from corpus.raw import Cover as Cover
from corpus.raw import SourceMeta
from crawler.errors import MetadataError

M = TypeVar("M", bound=BaseModel)

VOCABULARIES: dict[str, frozenset[str]] = {
    name: frozenset(str(item.value) for item in getattr(vocab, name))
    for name in vocab.__all__
    if isinstance(getattr(vocab, name), EnumMeta)
}
"""Words of every coded list by the list's name."""

SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,62}$")]


class Expect(Frozen):
    """How many records a healthy run yields: fewer fails the run, more is a warning."""

    min: int = Field(ge=1)
    max: int = Field(ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError(f"min {self.min} is larger than max {self.max}")
        return self


class Mapping(Frozen):
    """Values of the source and the words of a vocabulary that they stand for.

    `to` names the vocabulary (`Fund`, `Subject`, ...) or is `text`. A value may map to several words or, with
    an empty list, to none: it is known, and we have no word for it. A key ending in `*` stands for all values
    that begin so.
    """

    to: Text
    values: dict[str, Text | tuple[Text, ...]]

    @model_validator(mode="after")
    def _words_exist(self) -> Self:
        if self.to == "text":
            return self
        if self.to not in VOCABULARIES:
            known = ", ".join(sorted(VOCABULARIES))
            raise ValueError(f"there is no vocabulary {self.to!r}; use text or one of {known}")
        for value in self.values:
            for code in self.codes(value) or ():
                if code not in VOCABULARIES[self.to]:
                    raise ValueError(f"{value!r} maps to {code!r}, which is no word of {self.to}")
        return self

    def codes(self, value: str) -> tuple[str, ...] | None:
        """Words for a value of the source; None when the value is not known."""
        found = self.values.get(value)
        if found is None:
            prefixes = [key for key in self.values if key.endswith("*") and value.startswith(key[:-1])]
            if not prefixes:
                return None
            found = self.values[max(prefixes, key=len)]
        return (found,) if isinstance(found, str) else found

    def labels(self) -> list[str]:
        """Known values, longest first, so that one that contains another is tried before it."""
        return sorted(self.values, key=len, reverse=True)


class Selector(Frozen):
    """Something that a page of the source must hold: a selector that finds at least so many nodes, or a JSON key."""

    page: Literal["list", "detail"]
    css: Text | None = None
    json_path: Annotated[Text | None, Field(alias="json")] = None
    at_least: int = Field(1, ge=1)
    why: Text

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.css is None) == (self.json_path is None):
            raise ValueError("give either css or json")
        return self


class Probe(Frozen):
    """What the first live run must find true: written from what is inferred and was never seen."""

    language: vocab.Language
    selectors: tuple[Selector, ...] = ()
    fields: tuple[Text, ...] = Field(min_length=1)
    by_eye: tuple[Text, ...] = ()


class SourceConfig(Frozen):
    """One source, as its `source.yml` describes it.

    `needs` names a secret setting (without its prefix) that the source cannot be asked without.

    `reuse` says whether texts may be republished or only facts and links. `probe` lists what `isopolis probe`
    checks on the live site; field paths are those of the record (`timeline.cutoffs`, `money.budget`).
    """

    id: SourceId
    title: Text
    publisher: Text
    homepage: Url
    licence: Text
    confidence: Literal["confirmed", "inferred", "untested-live"]
    rank: int = Field(ge=1, le=100)
    cadence: Literal["daily", "weekly", "monthly"]
    hosts: tuple[Text, ...] = Field(min_length=1)
    urls: dict[Text, Url] = Field(min_length=1)
    needs: Text | None = None
    mappings: dict[Text, Mapping] = Field(default_factory=dict)
    ignored: dict[Text, dict[str, Text]] = Field(default_factory=dict)
    expect: Expect
    reuse: Literal["texts", "facts"] = "facts"
    covers: tuple[Cover, ...] = Field(min_length=1)
    probe: Probe | None = None
    quirks: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _urls_on_hosts(self) -> Self:
        for name, url in self.urls.items():
            host = urlsplit(url).hostname
            if host not in self.hosts:
                raise ValueError(f"urls.{name} is on {host!r}, which is not among the hosts")
        return self

    @property
    def variable(self) -> str:
        """The variable of the environment that holds what the source needs."""
        return f"ISOPOLIS_{self.needs}".upper() if self.needs else ""

    def meta(self) -> SourceMeta:
        """What the corpus must know of the source."""
        shared = self.model_dump(include={"id", "title", "homepage", "rank", "confidence", "licence", "covers"})
        return SourceMeta(**shared, expect_min=self.expect.min, expect_max=self.expect.max)


class _Loader(yaml.CSafeLoader):
    """Safe loader in which a key given twice is an error: YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for position, key in enumerate(keys):
            if key in keys[:position]:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} twice", node.value[position][0].start_mark
                )
        return super().construct_mapping(node, deep)


def _line(node: yaml.Node | None, path: tuple[int | str, ...]) -> int:
    """Line on which the value at a path stands, or the nearest line above it."""
    line = 1
    for part in path:
        children: dict[int | str, yaml.Node] = {}
        if isinstance(node, yaml.MappingNode):
            children = {key.value: value for key, value in node.value}
            lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
        elif isinstance(node, yaml.SequenceNode):
            children = dict(enumerate(node.value))
            lines = {index: value.start_mark.line + 1 for index, value in children.items()}
        if part not in children:
            break
        node, line = children[part], lines[part]
    return line


def line_of(path: Path, place: tuple[int | str, ...]) -> int:
    """Line of a file on which the value at a place stands, or the nearest line above it."""
    return _line(yaml.compose(path.read_text(encoding="utf-8"), _Loader), place)


def _explain(path: Path, text: str, error: ValidationError) -> str:
    tree = yaml.compose(text, _Loader)
    lines = []
    for item in error.errors():
        name = ".".join(str(part) for part in item["loc"]) or "source"
        message = item["msg"].removeprefix("Value error, ")
        lines.append(f"{path}:{_line(tree, item['loc'])}: {name}: {message}")
    return "\n".join(lines)


def read_model(path: Path, kind: type[M]) -> M:
    """Read a YAML file as a model.

    Raises:
        MetadataError: the file cannot be read or breaks a rule; the text names file, line and field.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return kind.model_validate(yaml.load(text, _Loader))  # noqa: S506  a safe loader's child
    except OSError as error:
        raise MetadataError(f"{path}: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise MetadataError(f"{path}: not valid YAML: {error}") from error
    except ValidationError as error:
        raise MetadataError(_explain(path, text, error)) from error


def load_config(path: Path) -> SourceConfig:
    """Read one `source.yml`; the source must have the name of its folder.

    Raises:
        MetadataError: the file cannot be read or breaks a rule; the text names file, line and field.
    """
    config = read_model(path, SourceConfig)
    if config.id != path.parent.name:
        raise MetadataError(f"{path}:1: id: the source is {config.id!r} but its folder is {path.parent.name!r}")
    return config
