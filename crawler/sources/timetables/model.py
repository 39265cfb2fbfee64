"""What the files of this family say: one timetable per authority, the words of a language, what all share."""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from corpus.model import RecordId
from corpus.parts import Frozen, Text, Url
from corpus.vocab import Country, Fund, Language
from crawler.metadata import Expect, Host, Mapping, SourceConfig

Format = Literal["csv", "xlsx", "ods", "html", "pdf"]
Precision = Literal["day", "month", "quarter", "four_months", "half", "year"]
Confidence = Literal["confirmed", "inferred", "untested-live"]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Spellings = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
"""Ways to write one thing; a `*` stands for any text. Case, accents and punctuation play no part."""


class Columns(Frozen):
    """Spellings of the headers, by what stands below them. `period` holds opening and closing in one cell.

    `code` is the authority's own key of a call. The letters (a) to (e) of Article 49(2) are `area`, `objective`,
    `applicants`, `amount`, and `opens` with `closes`.
    """

    title: Spellings = ()
    code: Spellings = ()
    opens: Spellings = ()
    closes: Spellings = ()
    period: Spellings = ()
    amount: Spellings = ()
    area: Spellings = ()
    objective: Spellings = ()
    applicants: Spellings = ()
    fund: Spellings = ()
    programme: Spellings = ()
    status: Spellings = ()
    text: Spellings = ()
    link: Spellings = ()
    nature: Spellings = ()


Column = Literal[
    "title", "code", "opens", "closes", "period", "amount", "area", "objective",
    "applicants", "fund", "programme", "status", "text", "link", "nature",
]  # fmt: skip


class Amounts(Frozen):
    """How amounts are written where the cell does not say it: currency, and how much one unit is worth."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    unit: Literal[1, 1000, 1_000_000] = 1
    locale: Text | None = None


class Timetable(Frozen):
    """One timetable: where it is, how it is read, and how sure that is.

    `id_prefix` begins every id and must never change: it is the CCI of the programme where the timetable has one
    programme, else a name of its own. `key` names the columns that make a row the same row next time; by default the
    authority's code, else title, objective and area, never dates or amounts, which every edition moves.

    `page` holds the timetable or links to it (`links`, patterns of addresses, the best first); `file` is a timetable
    whose address stays. Headers that this file names must be there, unless `optional` names their column; those that
    only the language knows may be missing. `skip` leaves out rows by the text of a column.
    """

    title: Text
    publisher: Text
    country: Country
    language: Language
    id_prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{3,40}$")]
    programme: RecordId | None = None
    funds: tuple[Fund, ...] = Field(min_length=1)
    nuts: tuple[Text, ...] = ()
    page: Url | None = None
    file: Url | None = None
    links: Spellings = ()
    pick: Literal["first", "last", "all"] = "first"
    hosts: tuple[Host, ...] = ()
    formats: tuple[Format, ...] = Field(min_length=1)
    sheets: Spellings = ()
    header_rows: Literal[1, 2, 3] = 1
    columns: Columns = Columns()
    optional: tuple[Column, ...] = ()
    key: tuple[Column, ...] = ()
    identifier: Text | None = None
    dates: tuple[Precision, ...] = ("day", "month", "quarter", "four_months", "half")
    amount: Amounts = Amounts()
    skip: dict[Column, Spellings] = Field(default_factory=dict)
    values: dict[Literal["fund", "programme", "applicants"], Mapping] = Field(default_factory=dict)
    ignored: dict[Text, Text] = Field(default_factory=dict)
    encoding: Literal["utf-8", "utf-16", "cp1250", "cp1251", "cp1252", "cp1253", "cp1257"] | None = None
    expect: Expect = Expect(min=1, max=2000)
    confidence: Confidence
    licence: Text | None = None
    known_from: Text
    known_on: dt.date
    note: Text | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.page is None) == (self.file is None):
            raise ValueError("give either page, which holds or links to the timetable, or file, its lasting address")
        if self.links and self.page is None:
            raise ValueError("links are looked for on a page; give page")
        moving = {"opens", "closes", "period", "amount", "status"} & set(self.key)
        if moving:
            raise ValueError(f"key: {', '.join(sorted(moving))} changes with every edition and cannot name a row")
        return self

    @property
    def address(self) -> str:
        """What is asked first, and what a person should look at."""
        return self.page or self.file or ""


class Words(Frozen):
    """Words of one language in timetables. Names of months come from CLDR and need not be given.

    Quarters, four-month periods and halves are written with a number before the word: `3 trimestre 2026`;
    `ordinals` are numbers as words. `starts` and `ends` mark openings and closings in a cell that holds both;
    `until` stands between the ends of a period and `also` between dates. `nothing` says that a value is not known
    yet, `totals` begins rows that add up others. `year` is what follows a year, such as `г.`.
    """

    encoding: Text
    months: dict[Text, Annotated[int, Field(ge=1, le=12)]] = Field(default_factory=dict)
    quarter: tuple[Text, ...] = ()
    four_months: tuple[Text, ...] = ()
    half: tuple[Text, ...] = ()
    ordinals: tuple[tuple[Text, ...], ...] = Field((), max_length=4)
    year: tuple[Text, ...] = ()
    starts: tuple[Text, ...] = ()
    ends: tuple[Text, ...] = ()
    until: tuple[Text, ...] = ()
    also: tuple[Text, ...] = ()
    nothing: tuple[Text, ...] = ()
    totals: tuple[Text, ...] = ()
    units: dict[Text, int] = Field(default_factory=dict)
    columns: Columns = Columns()


class FamilyConfig(Frozen):
    """What all timetables share; see `SourceConfig` for the fields of the same names."""

    rank: int = Field(ge=1, le=100)
    cadence: Literal["daily", "weekly", "monthly"]
    licence: Text
    reuse: Literal["texts", "facts"]
    mappings: dict[Text, Mapping]
    ignored: dict[Text, Text]
    quirks: tuple[Text, ...]
    by_eye: tuple[Text, ...]


class NotRead(Frozen):
    """A member state or programme whose timetable is not read.

    `page_only`: a page is known that a person can look at; no program reads it, for the reason given. `unknown`: no
    page with planned calls is known; `portal` is then the country's portal of EU funds, where one is known.
    """

    country: Country
    state: Literal["page_only", "unknown"]
    title: Text
    page: Url | None = None
    portal: Url | None = None
    programme: RecordId | None = None
    why: Text
    known_from: Text | None = None
    known_on: dt.date | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.state == "page_only") != (self.page is not None):
            raise ValueError("page_only needs page, and unknown must not have one")
        if (self.page or self.portal) and not (self.known_from and self.known_on):
            raise ValueError("an address needs known_from and known_on: who told of it, and when that was read")
        return self


class NotReadList(Frozen):
    """All timetables that are not read."""

    entries: tuple[NotRead, ...]


class TimetableConfig(SourceConfig):
    """A source of this family: what a source is, its timetable, and where in which file that stands."""

    timetable: Timetable
    words: Words
    told_at: dict[str, str]

    def place(self, field: str) -> str:
        """File and line of a field of the timetable; of a field that the file leaves out, the file."""
        return self.told_at.get(field, self.told_at[""])
