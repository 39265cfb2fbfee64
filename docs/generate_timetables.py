"""The page on timetables of planned calls, written from the files of the authorities; see `docs.generate`."""

from collections.abc import Iterable

import pycountry

from crawler.sources.timetables.coverage import Entry, entries, states

_STATES = {"read": "read", "page_only": "a page is known, not read", "unknown": "not known"}

_PAGE = """\
# Timetables of planned calls

*Written by `python -m docs.generate` from `crawler/sources/timetables/`; do not edit.*

Article 49(2) of Regulation (EU) 2021/1060 makes every managing authority publish a timetable of its planned calls,
renewed three times a year at least, with (a) the area, (b) the policy or specific objective, (c) who may apply, (d) the
total amount and (e) opening and closing. No form is prescribed: the timetables are CSV, XLSX, ODS, PDF files and HTML
tables in all languages. One reader reads them; a file of a few lines per authority says where a timetable is and what
its columns are called.

## What is covered

| country | state | read | page known | not known |
|---|---|---|---|---|
{countries}

### Read

| source | timetable | tried | formats |
|---|---|---|---|
{read}

`untested-live` means: the columns were seen, the live page was not asked. `inferred` means: the address is known, the
columns are guessed in the words of the language; the first live run tells.

### Page known, not read

| country | timetable | why not |
|---|---|---|
{pages}

### Not known

| country | what | why |
|---|---|---|
{unknown}

## How a timetable becomes calls

- **Status.** All dates are indicative, so a call of a timetable is planned, also after its planned opening has passed:
  only the call itself says that it opened. A month, quarter or half of a year is kept as its first day for opening and
  its last for closing, with the authority's words beside it.
- **Ids.** An id is the prefix of the timetable (the CCI of its programme, or a name that never changes) and the key of
  the row: the authority's own code of the call, or a hash of what names it, by default title, objective and area. A
  number that only counts rows is no key, and dates and amounts are no part of one, since every edition moves them.
  Two rows with one key are an issue that says which columns to add.
- **Who may apply** is kept as the authority's words and judged as not known, unless the file maps every one of them.
- **Left out and counted:** headers that come again, headings, footnotes, totals, rows that the file names under `skip`,
  and calls that were over more than a year before.
- **Failures stay where they are.** Each timetable is a source of its own with its own last good rows. A column that
  the file names and the table lacks fails that timetable, with file, line, column and the headers that were found.
- **Hostile files** are refused: archives that grow too large whatever they say of themselves, XML with entities,
  passwords, old XLS, scans, pages of firewalls. A sheet may claim a million rows; what is read is bounded.

## Adding one

Copy the nearest file of `crawler/sources/timetables/authorities/`. Its name becomes the name of the source:
`pl_feniks.yml` is `timetable_pl_feniks`, crawled with `isopolis crawl timetable_pl_feniks`; `isopolis crawl timetables`
crawls all.

```yaml
title: Plan of calls of a programme
publisher: Its managing authority
country: PL
language: pl                    # words of dates, units and headers: languages/pl.yml
id_prefix: 2021PL16FFPR002      # begins every id: never change it
programme: cci.2021PL16FFPR002  # a curated programme, where there is one
funds: [ERDF, ESF+]             # of the whole programme; a column or an objective may say it better
page: https://plan.example.org/calls
links: ["*plan*.xlsx", "*.pdf"] # which link of the page is the timetable, the best first; left out: the page itself
formats: [xlsx, pdf]
columns:                        # headers that must be there; those of the language are tried for all others
  title: Nazwa naboru
  opens: [Data początkowa, "Termin rozpoczęcia*"]
key: [title, objective]         # what names a call; left out: its code, else title, objective and area
dates: [day, month, quarter]    # what dates can be; anything else is an issue
amount: {{currency: PLN, unit: 1000}}
skip: {{nature: niekonkurencyjny*}}
confidence: inferred
known_from: who told of the address
known_on: 2026-11-23
```

An unknown key, a kind of date that cannot be, or a key made of dates is refused with file and line before anything is
asked. A timetable that no program can read goes into `not_read.yml`, with who told of it and why it is not read.
"""


def timetables_page() -> str:
    """The page on timetables."""
    found = entries()
    return _PAGE.format(
        countries="\n".join(_country(code, state, found) for code, state in states().items()),
        read="\n".join(_read(entry) for entry in found if entry.state == "read"),
        pages="\n".join(_other(entry, entry.page) for entry in found if entry.state == "page_only"),
        unknown="\n".join(_other(entry, entry.portal) for entry in found if entry.state == "unknown"),
    )


def _country(code: str, state: str, found: Iterable[Entry]) -> str:
    counts = [sum(entry.country == code and entry.state == kind for entry in found) for kind in _STATES]
    return (
        f"| {pycountry.countries.get(alpha_2=code).name} | {_STATES[state]} | {counts[0]} | {counts[1]} | {counts[2]} |"
    )


def _read(entry: Entry) -> str:
    return f"| `{entry.source}` | [{entry.title}]({entry.page}) | {entry.sure} | {', '.join(entry.formats)} |"


def _other(entry: Entry, address: str | None) -> str:
    title = f"[{entry.title}]({address})" if address else entry.title
    return f"| {entry.country} | {title} | {entry.sure} |"
