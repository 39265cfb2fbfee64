"""Questions to the search API. Pure: what is asked, not how it is sent."""

from typing import Any

PERIOD = "2021 - 2027"
STATUSES = ("31094501", "31094502", "31094503")
TYPES = ("1", "2", "8")
# Rows without the field of the order are dropped by the API; all rows of topics have this one.
_SORT = {"field": "es_SortDate", "order": "ASC"}

_CALLS: list[dict[str, Any]] = [
    {"terms": {"type": list(TYPES)}},
    {"terms": {"status": list(STATUSES)}},
    {"term": {"programmePeriod": PERIOD}},
]


def _parts(must: list[dict[str, Any]]) -> dict[str, Any]:
    return {"query": {"bool": {"must": must}}, "languages": ["en"], "sort": _SORT}


def calls_of(programme: str) -> dict[str, Any]:
    """Grant topics, calls and cascade calls of one programme, closed ones too: they teach what comes back."""
    return _parts([*_CALLS, {"terms": {"frameworkProgramme": [programme]}}])


def projects_of(programme: str) -> dict[str, Any]:
    """Funded projects of one programme."""
    return _parts([{"terms": {"programId": [programme]}}])


def facets_of_calls() -> dict[str, Any]:
    """Which codes the calls of all programmes have."""
    return {"query": {"bool": {"must": _CALLS}}, "languages": ["en"], "displayLanguage": "en"}
