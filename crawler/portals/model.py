"""What the files of a family of portals say: the words of its language, and each of its sites."""

from typing import Annotated, Literal

from pydantic import Field

from corpus.model import RecordId
from corpus.parts import Frozen, LangText, Text, Url, Zone
from corpus.vocab import Country, Fund, Language
from crawler.metadata import Css, Expect, Host, Selector, SourceConfig

Confidence = Literal["confirmed", "inferred", "untested-live"]


class Payer(Frozen):
    """Which money a page is about: the programme whose words stand in its title, its address or its text.

    Without words it is the site's own programme, for pages that name none.
    """

    words: tuple[Text, ...] = ()
    funds: tuple[Fund, ...] = Field(min_length=1)
    programme: RecordId | None = None


class Site(Frozen):
    """One portal: where it lists its calls, and what its pages about calls have in common.

    Attributes:
        lists: pages that link to pages of calls.
        lists_tell: these pages may tell of a call themselves.
        links: CSS of the links to calls, where somebody has seen it; else every link is looked at.
        pages: patterns (`*` is any text) of path and query of pages that may tell of a call.
        not_pages: patterns of those of them that do not: news, forms, earlier periods.
        parts: last parts of an address that only open another tab of the same call.
        named: words of which a page must name one, where a portal also publishes other money.
        hosts: other hosts of the portal.
        area: where the money can be used, in words, where that is not the whole country.
    """

    title: Text
    publisher: Text
    lists: tuple[Url, ...] = Field(min_length=1)
    lists_tell: bool = False
    links: Css | None = None
    pages: tuple[Text, ...] = Field(min_length=1)
    not_pages: tuple[Text, ...] = ()
    parts: tuple[Text, ...] = ()
    named: tuple[Text, ...] = ()
    hosts: tuple[Host, ...] = ()
    payers: tuple[Payer, ...] = Field(min_length=1)
    authority: Text | None = None
    area: LangText = Field(default_factory=dict)
    expect: Expect
    confidence: Confidence
    rank: Annotated[int, Field(ge=1, le=100)] | None = None
    known_from: Text
    probe: tuple[Selector, ...] = ()
    by_eye: tuple[Text, ...] = ()
    quirks: tuple[Text, ...] = ()


class Signs(Frozen):
    """Words by which a page is understood, in the language of the family.

    Attributes:
        call: a page without any of them tells of no call.
        states: patterns of lines that say whether applications are taken.
        apply: words in links to where an application is written.
        past: earlier periods; a page whose title or address names one is not read.
        who: note for the rule on applicants, which stands in documents.
    """

    call: tuple[Text, ...] = Field(min_length=1)
    states: tuple[Text, ...] = ()
    apply: tuple[Text, ...] = ()
    past: tuple[Text, ...] = ()
    who: Text


class FamilyConfig(Frozen):
    """What the portals of a country share. `scheme` is that of their ids (see `corpus.ids`)."""

    country: Country
    language: Language
    zone: Zone
    scheme: Text
    rank: Annotated[int, Field(ge=1, le=100)]
    cadence: Literal["daily", "weekly", "monthly"]
    licence: Text
    reuse: Literal["texts", "facts"]
    signs: Signs
    by_eye: tuple[Text, ...]
    quirks: tuple[Text, ...]


class PortalConfig(SourceConfig):
    """A portal as a source."""

    site: Site
    family: FamilyConfig
