"""The model of `source.yml`: who publishes a source, how it is read, and what a healthy run yields.

Metadata are data with a model behind them: an unknown key, a mapping to a word that the vocabulary does not
have, an address on no host of the source, a selector that is none or an impossible count is refused when a command
starts, with file and line, the field and what would be right.
"""

import re
from enum import EnumMeta
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from cssselect import SelectorError
from parsel.csstranslator import HTMLTranslator
from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from corpus import vocab
from corpus.model import Call, Practice
from corpus.parts import Frozen, Text, Url
from corpus.raw import Cover, SourceMeta
from crawler.config_files import line_of, read_model
from crawler.errors import MetadataError
from crawler.mistakes import MisplacedError, models_at, nearest

VOCABULARIES: dict[str, frozenset[str]] = {
    name: frozenset(str(item.value) for item in getattr(vocab, name))
    for name in vocab.__all__
    if isinstance(getattr(vocab, name), EnumMeta)
}
"""Words of every coded list by the list's name."""

SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,62}$")]


def _check_css(text: str) -> str:
    try:
        HTMLTranslator().css_to_xpath(text)
    except SelectorError as error:
        raise ValueError(f"{text!r} is no CSS selector: {error}; quote it in YAML if it holds # or :") from error
    return text


Css = Annotated[Text, AfterValidator(_check_css)]
"""A selector that was compiled once when it was read."""


def _check_host(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", text):
        raise ValueError(f"{text!r} is no host: write its name alone, in small letters, such as calls.example.org")
    return text


Host = Annotated[Text, AfterValidator(_check_host)]


def _check_keys(text: str) -> str:
    if not all(text.split(".")):
        raise ValueError(f"{text!r}: write keys and numbers with single dots between, such as results.0.title")
    return text


JsonPath = Annotated[Text, AfterValidator(_check_keys)]


class Expect(Frozen):
    """How many records a healthy run yields: fewer fails the run, more is a warning."""

    min: int = Field(ge=1)
    max: int = Field(ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError(f"min {self.min} is larger than max {self.max}: a healthy run lies between them")
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
            known = nearest(self.to, VOCABULARIES) or f"use text or one of {', '.join(sorted(VOCABULARIES))}"
            raise MisplacedError(f"there is no vocabulary {self.to!r}; {known}", "to")
        for value in self.values:
            for code in self.codes(value) or ():
                self._check_word(value, code)
        return self

    def _check_word(self, value: str, code: str) -> None:
        words = VOCABULARIES[self.to]
        if code not in words:
            known = nearest(code, words) or f"there are: {', '.join(sorted(words))}"
            raise MisplacedError(f"{value!r} maps to {code!r}, which is no word of {self.to}; {known}", "values", value)

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
    css: Css | None = None
    json_path: Annotated[JsonPath | None, Field(alias="json")] = None
    at_least: int = Field(1, ge=1)
    why: Text

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.css is None) == (self.json_path is None):
            raise ValueError("give either css or json: what to look for in a page, or in an answer")
        return self


def field_mistake(path: str, kinds: tuple[type[BaseModel], ...]) -> str:
    """Why no record of these kinds has a field of this path; empty where one has."""
    reasons = []
    for kind in kinds:
        reason = _mistake_in(path, kind)
        if not reason:
            return ""
        reasons.append(reason)
    return min(reasons, key=lambda said: "did you mean" not in said)


def _mistake_in(path: str, kind: type[BaseModel]) -> str:
    here: type[BaseModel] | None = kind
    before = kind.__name__
    for name in path.split("."):
        if here is None:
            return f"{before} holds no further fields: end the path there"
        if name not in here.model_fields:
            known = nearest(name, here.model_fields) or f"there are: {', '.join(here.model_fields)}"
            return f"{before} has no field {name!r}; {known}"
        here = next(models_at(here.model_fields[name].annotation, ()), None)
        before = name
    return ""


class Probe(Frozen):
    """What the first live run must find true: written from what is inferred and was never seen."""

    language: vocab.Language
    selectors: tuple[Selector, ...] = ()
    fields: tuple[Text, ...] = Field(min_length=1)
    by_eye: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _fields_exist(self) -> Self:
        for number, path in enumerate(self.fields):
            if mistake := field_mistake(path, (Call, Practice)):
                raise MisplacedError(f"no record has {path!r}: {mistake}", "fields", number)
        return self


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
    hosts: tuple[Host, ...] = Field(min_length=1)
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
            host = urlsplit(url).netloc
            if host not in self.hosts:
                remedy = "add it to hosts, since nothing else is ever asked, or correct the address"
                raise MisplacedError(
                    f"urls.{name} is on {host!r}, which is not among the hosts: {remedy}", "urls", name
                )
        return self

    @model_validator(mode="after")
    def _fields_of_its_records(self) -> Self:
        """A source of calls is probed for fields of calls."""
        kinds = {"practices": Practice}
        own = tuple({kinds.get(cover.what, Call): None for cover in self.covers})
        for number, path in enumerate(self.probe.fields if self.probe else ()):
            if mistake := field_mistake(path, own):
                raise MisplacedError(f"no record of this source has {path!r}: {mistake}", "probe", "fields", number)
        return self

    @property
    def variable(self) -> str:
        """The variable of the environment that holds what the source needs."""
        return f"ISOPOLIS_{self.needs}".upper() if self.needs else ""

    def meta(self) -> SourceMeta:
        """What the corpus must know of the source."""
        shared = self.model_dump(include={"id", "title", "homepage", "rank", "confidence", "licence", "covers"})
        return SourceMeta(**shared, expect_min=self.expect.min, expect_max=self.expect.max)


def load_config(path: Path) -> SourceConfig:
    """Read one `source.yml`; the source must have the name of its folder.

    Raises:
        MetadataError: the file cannot be read or breaks a rule; the text names file, line and field.
    """
    config = read_model(path, SourceConfig)
    if config.id != path.parent.name:
        said = f"the source is {config.id!r} but its folder is {path.parent.name!r}: give both one name"
        raise MetadataError(f"{path}:{line_of(path, ('id',))}: id: {said}")
    return config
