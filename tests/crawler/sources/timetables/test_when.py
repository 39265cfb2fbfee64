"""Planned dates in the words of sixteen languages."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ValueReadError
from corpus.vocab import Language
from crawler.sources.timetables.family import load_words
from crawler.sources.timetables.when import Calendar, make_chart, read_serial, read_span
from tests.crawler.sources.timetables.authority import FAMILY

LANGUAGES = sorted(path.stem for path in (FAMILY / "languages").glob("*.yml"))


def chart(language: str) -> Calendar:
    return make_chart(language, load_words(FAMILY, Language(language)))


def days(language: str, text: str) -> str:
    span = read_span(text, chart(language))
    return f"{span.first} {span.last}" if not span.exact else str(span.first)


JULY_TO_SEPTEMBER = "2026-07-01 2026-09-30"
SEPTEMBER = "2026-09-01 2026-09-30"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # days
        ("it", "08/09/2026", "2026-09-08"),
        ("it", "31 dicembre 2029", "2029-12-31"),
        ("it", "1° marzo 2027", "2027-03-01"),
        ("fr", "1er février 2027", "2027-02-01"),
        ("fr", "15 Janvier 2025", "2025-01-15"),
        ("pl", "15.03.2023 r.", "2023-03-15"),
        ("pl", "12 września 2026 r.", "2026-09-12"),
        ("bg", "01.10.2026 г.", "2026-10-01"),
        ("lt", "2026-03-15", "2026-03-15"),
        ("lt", "2026 m. kovo 15 d.", "2026-03-15"),
        ("cs", "15. 7. 2026", "2026-07-15"),
        ("hr", "15.9.2026.", "2026-09-15"),
        ("el", "15 Σεπτεμβρίου 2026", "2026-09-15"),
        ("sv", "2 december 2026", "2026-12-02"),
        ("de", "15. September 2026", "2026-09-15"),
        ("ro", "31/12/26", "2026-12-31"),
        # months
        ("it", "settembre 2026", SEPTEMBER),
        ("it", "settembre-ottobre 2026", "2026-09-01 2026-10-31"),
        ("pt", "setembro de 2026", SEPTEMBER),
        ("bg", "м. септември 2026 г.", SEPTEMBER),
        ("bg", "септември 2026", SEPTEMBER),
        ("pl", "wrzesień 2026", SEPTEMBER),
        ("lt", "2026 m. rugsėjis", SEPTEMBER),
        ("el", "Σεπτέμβριος 2026", SEPTEMBER),
        ("ro", "09.2026", SEPTEMBER),
        ("en", "2026-09", SEPTEMBER),
        ("fr", "février 2028", "2028-02-01 2028-02-29"),
        # quarters
        ("en", "Q3 2026", JULY_TO_SEPTEMBER),
        ("en", "third quarter of 2026", JULY_TO_SEPTEMBER),
        ("it", "III trimestre 2026", JULY_TO_SEPTEMBER),
        ("it", "terzo trimestre 2026", JULY_TO_SEPTEMBER),
        ("fr", "3 trimestre 2026", JULY_TO_SEPTEMBER),
        ("fr", "3ème trimestre 2026", JULY_TO_SEPTEMBER),
        ("fr", "T3 2026", JULY_TO_SEPTEMBER),
        ("bg", "III кв. 2026", JULY_TO_SEPTEMBER),
        ("bg", "III тримесечие на 2026 г.", JULY_TO_SEPTEMBER),
        ("bg", "трето тримесечие 2026 г.", JULY_TO_SEPTEMBER),
        ("lt", "2026 m. III ketv.", JULY_TO_SEPTEMBER),
        ("lt", "I-II ketv. 2026", "2026-01-01 2026-06-30"),
        ("lt", "2026 m. I-II ketv.", "2026-01-01 2026-06-30"),
        ("pl", "III kwartał 2026 r.", JULY_TO_SEPTEMBER),
        ("pl", "II/III kw. 2026", "2026-04-01 2026-09-30"),
        ("ro", "Trim. III 2026", JULY_TO_SEPTEMBER),
        ("cs", "3. čtvrtletí 2026", JULY_TO_SEPTEMBER),
        ("cs", "3Q/2026", JULY_TO_SEPTEMBER),
        ("hr", "III. kvartal 2026. godine", JULY_TO_SEPTEMBER),
        ("el", "Γ΄ τρίμηνο 2026", JULY_TO_SEPTEMBER),
        ("sv", "kvartal 3 2026", JULY_TO_SEPTEMBER),
        ("de", "3. Quartal 2026", JULY_TO_SEPTEMBER),
        ("pt", "3.º trimestre de 2026", JULY_TO_SEPTEMBER),
        # four months and halves
        ("it", "2° quadrimestre 2026", "2026-05-01 2026-08-31"),
        ("el", "Α' τετράμηνο 2026", "2026-01-01 2026-04-30"),
        ("it", "II semestre 2026", "2026-07-01 2026-12-31"),
        ("bg", "второ полугодие 2026 г.", "2026-07-01 2026-12-31"),
        ("lt", "2026 m. I pusmetis", "2026-01-01 2026-06-30"),
        ("pl", "I półrocze 2026", "2026-01-01 2026-06-30"),
        ("en", "H2 2026", "2026-07-01 2026-12-31"),
    ],
)
def test_dates(language: str, text: str, expected: str) -> None:
    assert days(language, text) == expected


def test_an_hour_is_kept() -> None:
    span = read_span("30.06.2027 г. 16:30 ч.", chart("bg"))
    assert (span.first, span.time) == (dt.date(2027, 6, 30), dt.time(16, 30))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "31/02/2027"),
        ("it", "autunno 2027"),
        ("it", "2027-13-01"),
        ("en", "Q5 2027"),
        ("en", "1 March 1927"),
        ("en", "1 March 2077"),
        ("en", "soon"),
        ("en", "1 March 2027 or 2 March 2027"),
        ("lt", "V ketv. 2026"),
        ("it", "IV quadrimestre 2026"),
        ("it", "3 semestre 2026"),
        ("pl", "12 wrzesień"),
        ("it", ""),
    ],
)
def test_what_is_no_date_is_refused(language: str, text: str) -> None:
    with pytest.raises(ValueReadError):
        read_span(text, chart(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_reads_its_own_months_quarters_and_halves(language: str) -> None:
    found = chart(language)
    assert set(found.months.values()) == set(range(1, 13))
    for name, number in found.months.items():
        assert read_span(f"{name} 2027", found).first == dt.date(2027, number, 1)
    for word in found.words.quarter:
        assert read_span(f"II {word} 2027", found).first == dt.date(2027, 4, 1)
    for word in found.words.half:
        assert read_span(f"2 {word} 2027", found).first == dt.date(2027, 7, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates(dt.date(2014, 1, 1), dt.date(2040, 12, 31)))
def test_a_day_is_read_back(language: str, day: dt.date) -> None:
    found = chart(language)
    assert read_span(day.isoformat(), found).first == day
    assert read_span(f"{day:%d.%m.%Y}", found).last == day


@given(text=st.text(max_size=60))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        span = read_span(text, chart("bg"))
    except ValueReadError:
        return
    assert span.first <= span.last


def test_numbers_that_count_days() -> None:
    assert read_serial(46402) == dt.date(2027, 1, 15)
    assert read_serial(46402.75) == dt.date(2027, 1, 15)
    assert read_serial(2027) is None
    assert read_serial(1_000_000) is None
