"""What happened to two records of the small corpus, one of every kind of event."""

from collections.abc import Iterable, Iterator

from corpus.events import CURATED, Event
from corpus.model import RecordBase

_PORTAL = {"source": "portal", "title": "The portal", "url": "https://portal.example.eu"}
_CHANGES = [
    {"path": "money.budget", "before": None, "after": {"amount": "3000000", "currency": "EUR"}},
    {
        "path": "timeline.cutoffs",
        "before": [{"date": "2027-04-30"}],
        "after": [{"date": "2027-05-31", "time": "17:00"}],
    },
    {"path": "target_groups", "before": ["roma"], "after": ["roma", "children"]},
    {"path": "title.bg", "before": "Дневни центрове", "after": "Дневни центрове за ромски деца"},
    {
        "path": "summary.en",
        "words": [
            {"how": "same", "text": "Pays for a day centre in the"},
            {"how": "removed", "text": "quarter"},
            {"how": "added", "text": "neighbourhood"},
        ],
    },
]
HAPPENED = {
    "bg.day-centres": (
        {"day": "2026-09-01", "kind": "seen", **_PORTAL},
        {"day": "2026-10-05", "kind": "changed", "changes": _CHANGES, **_PORTAL},
        {"day": "2026-10-12", "kind": "changed", **_PORTAL},
        {"day": "2026-10-20", "kind": "vanished", **_PORTAL},
    ),
    "isopolis.roma-house": (
        {"day": "2026-10-01", "kind": "checked", "source": CURATED, "title": "The page"},
        {
            "day": "2026-10-02",
            "kind": "published",
            "source": "desk",
            "by": {"organisation": "municipality", "country": "BG"},
            "note": {"en": "The number of flats was put right."},
        },
    ),
}


def happened(records: Iterable[RecordBase]) -> Iterator[tuple[str, list[Event]]]:
    """The events of those of the records that have any."""
    for record in sorted(records, key=lambda record: record.id):
        yield record.id, [Event.model_validate(event) for event in HAPPENED.get(record.id, ())]
