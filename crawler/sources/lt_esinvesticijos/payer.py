"""Who pays: the programme, and the fund as far as the page tells it."""

import re

from crawler.metadata import SourceConfig
from crawler.parsing import Facts
from crawler.sources.lt_esinvesticijos.labels import ACTIVITIES, FUND, PROGRAMME, Page

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_PAYS = re.compile(r"finansuojam|lėšomis|lėšų", re.IGNORECASE)
_OF_THE_CALL = re.compile(r"kvietim|projekt", re.IGNORECASE)
_LAW = re.compile(r"reglament|įsakym|įstatym|nutarim", re.IGNORECASE)
_AGENCY = re.compile(r"europos socialinio fondo agentūr\w*")  # administers money of all funds
_RECOVERY = "recovery"


def put_payer(page: Page, facts: Facts, config: SourceConfig) -> bool:
    """Set programme and funds; False for money that is not ours, or when nothing says whose money it is."""
    programmes, said = _programme(page, config)
    if programmes == [_RECOVERY]:
        return False
    funds, words = _funds(page, config)
    programme = next((name for name in programmes if name != _RECOVERY), None)
    if not funds and programme:
        funds, words = list(config.mappings["programme_funds"].codes(programme) or ()), said
        page.fields.odd("fund", "fund_not_told", "the page names the programme and no fund; kept all its funds", said)
    if not funds:
        message = "nothing tells which fund pays, so the call is left out"
        page.fields.log.lost(page.fields.key, "fund", "no_fund", message, said or "")
        return False
    facts.put("funds", tuple(funds), words=words)
    facts.put("programme", programme, words=said)
    return True


def _programme(page: Page, config: SourceConfig) -> tuple[list[str], str | None]:
    """The programme by its label, else by the first line that names one."""
    label = page.value(PROGRAMME)
    if label:
        codes = page.fields.words(PROGRAMME, [label], config.mappings["programme"])
        known = config.mappings["programme"].codes(label) is not None
        return list(codes) or ([_RECOVERY] if known else []), label
    for row in page.rows:
        found = _in_text(row, config, "programme_words")
        if found and not _LAW.search(row):
            return found, row
    return [], None


def _funds(page: Page, config: SourceConfig) -> tuple[list[str], str | None]:
    """Funds by a sentence about who pays, else by label or column, else by brackets in the names of activities.

    The sentence comes first: the site corrects its own table in words.
    """
    for sentence in (part for row in page.rows for part in _SENTENCE.split(row)):
        if _PAYS.search(sentence) and _OF_THE_CALL.search(sentence) and not _LAW.search(sentence):
            found = _in_text(sentence, config, "fund_words")
            if found:
                return found, sentence
    said = page.value(*FUND)
    cells = [*page.column(*FUND), *([said] if said else [])]
    found = list(page.fields.words("fund", [part for cell in cells for part in _split(cell)], config.mappings["fund"]))
    if found:
        return found, ", ".join(cells)
    for row in (*page.column(*ACTIVITIES), page.section("Finansuojamos projektų veiklos") or ""):
        found = _in_text(row, config, "fund_words")
        if found:
            return found, row
    return [], None


def _split(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;/\n]", cell) if part.strip()]


def _in_text(text: str, config: SourceConfig, mapping: str) -> list[str]:
    small = _AGENCY.sub("", text.casefold())
    words = config.mappings[mapping]
    found = [code for word in words.values if word in small for code in words.codes(word) or ()]
    return list(dict.fromkeys(found))
