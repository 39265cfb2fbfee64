"""What the files of the Polish portals say: the labels and words that they share, and each portal."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from corpus.parts import Frozen, Text, Url
from corpus.raw import Cover
from crawler.metadata import Expect, Host, Mapping, Selector, SourceConfig


def _check_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error
    return text


Pattern = Annotated[Text, AfterValidator(_check_pattern)]
What = Literal[
    "opens",
    "closes",
    "window",
    "number",
    "applicants",
    "budget",
    "grant_max",
    "rate",
    "purpose",
    "place",
    "authority",
    "programme",
    "status",
]
"""What stands beside a label."""


class Shared(Frozen):
    """What all portals share. `labels` are spellings of the labels, by what stands beside them."""

    licence: Text
    rank: int = Field(ge=1, le=100)
    labels: dict[What, tuple[Text, ...]]
    states: tuple[Text, ...]
    generic: tuple[Text, ...]
    mappings: dict[Text, Mapping]
    quirks: tuple[Text, ...]
    by_eye: tuple[Text, ...]


class Portal(Frozen):
    """One portal.

    Attributes:
        lists: pages that link to pages of calls.
        link: what the path of the page of a call looks like, as a regular expression.
        code: the programme of the portal, where it has one alone.
    """

    title: Text
    publisher: Text
    lists: tuple[Url, ...] = Field(min_length=1)
    hosts: tuple[Host, ...] = Field(min_length=1)
    link: Pattern
    code: Text | None = None
    confidence: Literal["confirmed", "inferred", "untested-live"]
    expect: Expect
    covers: tuple[Cover, ...] = Field(min_length=1)
    selectors: tuple[Selector, ...] = ()
    quirks: tuple[Text, ...] = ()
    by_eye: tuple[Text, ...] = ()


class PortalConfig(SourceConfig):
    """One portal as a source."""

    shared: Shared
    portal: Portal
