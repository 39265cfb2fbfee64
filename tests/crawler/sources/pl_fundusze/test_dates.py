"""Days and hours as Polish portals write them."""

import pytest

from corpus.errors import ValueReadError
from corpus.parts import Moment
from crawler.sources.pl_fundusze.dates import has_window, read_moment, read_window


def shown(moment: Moment | None) -> str:
    if moment is None:
        return ""
    return f"{moment.date}" + (f" {moment.time:%H:%M} {moment.zone}" if moment.time else "")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("31.08.2026", "2026-08-31"),
        ("31-08-2026 r.", "2026-08-31"),
        ("2026-08-31", "2026-08-31"),
        ("7 sierpnia 2026 r.", "2026-08-07"),
        ("7 sierpnia\u00a02026 roku", "2026-08-07"),
        ("30.10.2026, godz. 15:30", "2026-10-30 15:30 Europe/Warsaw"),
        ("30.10.2026 do godziny 15.30", "2026-10-30 15:30 Europe/Warsaw"),
        ("30 października 2026 r. do godz. 23:59:59", "2026-10-30 23:59 Europe/Warsaw"),
        ("30.10.2026 15:30", "2026-10-30 15:30 Europe/Warsaw"),
        ("30.10.2026 24:00", "2026-10-30"),
    ],
)
def test_a_day_with_or_without_its_hour(text: str, want: str) -> None:
    assert shown(read_moment(text)) == want


@pytest.mark.parametrize(
    "text", ["", "wkrótce", "31.02.2026", "III kwartał 2026", "1.09.2026 do 30.10.2026", "30.10.26"]
)
def test_what_is_not_one_day_is_refused(text: str) -> None:
    with pytest.raises(ValueReadError, match=r"is not (one day|a date)"):
        read_moment(text)


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("od 1.09.2026 do 30.10.2026", "2026-09-01", "2026-10-30"),
        ("1.09.2026 \u2013 30.10.2026 r.", "2026-09-01", "2026-10-30"),
        (
            "od dnia 25 kwietnia 2025 r. od godziny 00.00 do dnia 27 czerwca 2025 r. do godziny 23:59:59",
            "2025-04-25 00:00 Europe/Warsaw",
            "2025-06-27 23:59 Europe/Warsaw",
        ),
        ("od 1.09.2026", "2026-09-01", ""),
        ("do dnia 30.10.2026", "", "2026-10-30"),
    ],
)
def test_a_period(text: str, opens: str, closes: str) -> None:
    assert tuple(map(shown, read_window(text))) == (opens, closes)


@pytest.mark.parametrize("text", ["30.10.2026", "1.09.2026, 2.09.2026 i 3.09.2026", "do odwołania"])
def test_what_is_no_period_is_refused(text: str) -> None:
    assert not has_window(text)
    with pytest.raises(ValueReadError, match="is not a period"):
        read_window(text)
