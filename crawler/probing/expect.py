"""Which expectations of a source hold in what a probe saw. Pure: no network, no clock."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from urllib.parse import urlsplit

from parsel import Selector as Html
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus.issues import Level
from corpus.model import Call, Practice, RecordBase
from crawler.metadata import Selector, SourceConfig
from crawler.probing.seen import Answer, Seen

State = Literal["holds", "does not hold", "look", "not seen"]
_EARLIEST, _AHEAD = 2014, 8  # lists hold closed calls of earlier years; a date outside was read wrongly
_ENOUGH = 120  # letters from which on a language can be told
_SURE = 0.9  # probability below which a language was not told, but guessed


@dataclass(frozen=True, slots=True)
class Finding:
    """One expectation: whether it holds, what was found, and what to do where it does not.

    `place` is the path inside the source's file of metadata that says so.
    """

    what: str
    state: State
    found: str = ""
    remedy: str = ""
    place: tuple[int | str, ...] = ()


def findings(config: SourceConfig, seen: Seen) -> list[Finding]:
    """Everything that was expected, in the order in which a person would look."""
    return [
        *_robots(seen),
        *_answers(seen),
        *_list(config, seen),
        *_selectors(config, seen),
        *_records(seen),
        *_fields(config, seen),
        *_language(config, seen),
        *_dates(seen),
        *_issues(seen),
        *_reasons(seen),
        *_by_eye(config),
    ]


def all_hold(found: Iterable[Finding]) -> bool:
    """Whether nothing speaks against believing the source; what needs a person's eye does not."""
    return all(finding.state in ("holds", "look") for finding in found)


def _robots(seen: Seen) -> Iterator[Finding]:
    forbidden = [reason for reason in seen.reasons if "robots" in reason.lower()]
    if forbidden:
        yield Finding(
            "robots.txt allows it", "does not hold", forbidden[0], "do not crawl; ask the publisher", ("hosts",)
        )
        return
    told = [f"{urlsplit(answer.url).hostname}: status {answer.status}" for answer in seen.of("robots")]
    yield Finding("robots.txt allows it", "holds" if told else "not seen", "; ".join(dict.fromkeys(told)))


def _answers(seen: Seen) -> Iterator[Finding]:
    pages = [answer for answer in seen.answers if answer.kind != "robots"]
    if not pages:
        yield Finding("the site answers", "not seen", "no answer", "check urls and hosts", ("urls",))
    for answer in pages:
        moved = _without_scheme(answer.url) != _without_scheme(answer.asked)
        found = f"status {answer.status}, {len(answer.body):,} bytes" + (f", moved to {answer.url}" if moved else "")
        state = _state_of(answer, seen)
        remedy = "" if state == "holds" else "is the address still right?"
        yield Finding(f"{answer.kind}: {answer.asked}", state, found, remedy, ("urls",))


def _state_of(answer: Answer, seen: Seen) -> State:
    """What did not come is no harm where it came later, or where records came without it (a script, say)."""
    if _is_good(answer):
        return "holds"
    later = any(other.asked == answer.asked and _is_good(other) for other in seen.answers)
    return "look" if later or (answer.kind == "other" and seen.records) else "does not hold"


def _is_good(answer: Answer) -> bool:
    return answer.status == 200 and bool(answer.body.strip())


def _without_scheme(url: str) -> str:
    return url.partition("://")[2].rstrip("/")


def _list(config: SourceConfig, seen: Seen) -> Iterator[Finding]:
    if not seen.offered:
        return  # a source whose list tells everything itself: the records are looked at
    expect = config.expect
    if seen.offered > expect.max:
        remedy = "raise expect.max, or is a filter ignored?"
        yield Finding("the list is plausible", "does not hold", f"{seen.offered} details", remedy, ("expect", "max"))
    else:
        first = "" if seen.offered >= expect.min else f" on the pages that were read; a run needs {expect.min}"
        yield Finding("the list is plausible", "holds" if not first else "look", f"{seen.offered} details{first}")


def _selectors(config: SourceConfig, seen: Seen) -> Iterator[Finding]:
    for number, wanted in enumerate(config.probe.selectors if config.probe else ()):
        name = wanted.css or wanted.json_path or ""
        place = ("probe", "selectors", number)
        pages = [answer for answer in seen.answers if _is_page(answer, wanted)]
        if not pages:
            yield Finding(f"{wanted.page}: {name}", "not seen", "no such page was answered", wanted.why, place)
            continue
        counts = [count(answer, wanted) for answer in pages]
        state = _state_of_counts(counts, wanted)
        found = f"found {', '.join(map(str, counts))}, wanted {wanted.at_least}"
        remedy = "" if state == "holds" else f"{wanted.why}: look at the page and change parse.py and this line"
        yield Finding(f"{wanted.page}: {name}", state, found, remedy, place)


def _state_of_counts(counts: list[int], wanted: Selector) -> State:
    """Lists may lead to lists: it is enough that one has it. A detail without it may be of an older layout."""
    enough = [number >= wanted.at_least for number in counts]
    if all(enough) or (any(enough) and wanted.page == "list"):
        return "holds"
    return "look" if any(enough) else "does not hold"


def _is_page(answer: Answer, wanted: Selector) -> bool:
    kinds = ("detail", "file") if wanted.page == "detail" else ("list", "other")
    return answer.status == 200 and answer.kind in kinds


def count(answer: Answer, wanted: Selector) -> int:
    """How often a page has what is wanted: nodes of a selector, or entries of a JSON value (dots lead inwards)."""
    if wanted.css:
        return len(_tree(answer).css(wanted.css))
    try:
        value = json.loads(answer.body)
        for name in (wanted.json_path or "").split("."):
            value = value[int(name)] if isinstance(value, list) else value[name]
    except (ValueError, KeyError, IndexError, TypeError):
        return 0
    return len(value) if isinstance(value, list | dict) else 1


def _tree(answer: Answer) -> Html:
    """The page as a tree; a sitemap and a feed are XML, whose names are asked for without their namespace."""
    if not answer.body.lstrip().startswith(b"<?xml") or b"<html" in answer.body[:1000]:
        return Html(text=answer.body.decode("utf-8", "replace") or "<html/>")
    tree = Html(body=answer.body, type="xml")
    tree.remove_namespaces()
    return tree


def _records(seen: Seen) -> Iterator[Finding]:
    if not seen.records:
        yield Finding("records are read", "does not hold", "none", "read the issues below; change parse.py", ("id",))
        return
    ids = Counter(raw.record.id for raw in seen.records)
    twice = [name for name, number in ids.items() if number > 1]
    found = f"{len(seen.records)}: {', '.join(list(ids)[:3])}" + (f"; twice: {', '.join(twice)}" if twice else "")
    yield Finding("records are read", "look" if twice else "holds", found)


def value_at(record: RecordBase, path: str) -> Any:
    """The value at a path such as `money.budget`; None where nothing is known."""
    value: Any = record
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def _fields(config: SourceConfig, seen: Seen) -> Iterator[Finding]:
    for number, path in enumerate(config.probe.fields if config.probe else ()):
        values = [value for raw in seen.records if (value := value_at(raw.record, path)) not in (None, (), {}, "")]
        found = f"{len(values)} of {len(seen.records)}" + (f", for example {_short(values[0])}" if values else "")
        remedy = "" if values else "look at the saved page: is it said there, and under which label?"
        state: State = "holds" if values else ("does not hold" if seen.records else "not seen")
        yield Finding(f"field {path}", state, found, remedy, ("probe", "fields", number))


def _short(value: Any) -> str:
    shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    if isinstance(value, dict):
        shown = next(iter(value.values()))
    return f"“{shown[:60]}…”" if len(shown) > 60 else f"“{shown}”"


def _texts(record: RecordBase) -> str:
    texts = [record.title, record.summary]
    if isinstance(record, Call):
        texts.append(record.objectives)
    if isinstance(record, Practice):
        texts.append(record.approach)
    return " ".join(words for text in texts for words in text.values())


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _language(config: SourceConfig, seen: Seen) -> Iterator[Finding]:
    text = " ".join(_texts(raw.record) for raw in seen.records)
    if config.probe is None or len(text) < _ENOUGH:
        yield Finding("texts are in the expected language", "look", "too little text to tell")
        return
    spoken, sure = _identifier().classify(text)
    good = spoken == config.probe.language
    found = f"recognised as {spoken}, expected {config.probe.language}" + ("" if sure >= _SURE else ", not surely")
    remedy = "" if good else "ask for the other language version (urls), or mend probe.language"
    state: State = "holds" if good else ("does not hold" if sure >= _SURE else "look")
    yield Finding("texts are in the expected language", state, found, remedy, ("probe", "language"))


def _dates(seen: Seen) -> Iterator[Finding]:
    calls = [raw.record for raw in seen.records if isinstance(raw.record, Call)]
    days = [cutoff.date for call in calls for cutoff in call.timeline.cutoffs]
    if not days:
        return
    odd = sorted(day for day in days if not _EARLIEST <= day.year <= seen.at.year + _AHEAD)
    found = f"{min(days)} to {max(days)}"
    if odd:
        yield Finding(
            "deadlines are plausible", "does not hold", f"{odd[0]}", "is day and month, or the year, mixed up?"
        )
    else:
        yield Finding("deadlines are plausible", "holds", found)


def _issues(seen: Seen) -> Iterator[Finding]:
    lost = len({issue.key for issue in seen.issues if issue.level is Level.ERROR})
    for issue in seen.issues:
        # One record of several that cannot be read is for the eye; as many as were read are another site.
        bad = issue.level is Level.ERROR and lost >= len(seen.records)
        remedy = {
            "unknown_field": "map the label in parse.py, or name it under ignored with the reason",
            "unmapped_value": "add the value under mappings (an empty list if there is no word for it)",
        }.get(issue.code, "")
        place = ("ignored",) if issue.code == "unknown_field" else ("mappings",)
        what = f"issue {issue.code} {issue.field}".strip()
        found = f"{issue.message} {issue.raw[:60]}".strip()
        yield Finding(what, "does not hold" if bad else "look", found, remedy, place)


def _reasons(seen: Seen) -> Iterator[Finding]:
    for reason in seen.reasons:
        if "robots" not in reason.lower():
            yield Finding("a run would not fail", "does not hold", reason, "see docs/adding-a-source.md", ("id",))


def _by_eye(config: SourceConfig) -> Iterator[Finding]:
    for number, text in enumerate(config.probe.by_eye if config.probe else ()):
        yield Finding(text, "look", "", "by eye", ("probe", "by_eye", number))
