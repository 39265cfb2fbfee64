"""What `isopolis probe` does: ask a source a little and say which expectations hold, and what to change."""

import sys
from collections.abc import Iterable
from pathlib import Path

from corpus.settings import load
from crawler.config_files import line_of
from crawler.errors import CrawlerError, UnknownSourceError
from crawler.metadata import SourceConfig
from crawler.probing.cases import save
from crawler.probing.expect import Finding, State, all_hold, findings
from crawler.probing.seen import Seen
from crawler.probing.watch import utc_now, watch
from crawler.registry import file_of, load_sources
from crawler.settings import CrawlSettings, user_agent

_ORDER: tuple[State, ...] = ("does not hold", "not seen", "look", "holds")


def probe_command(source: str, folder: Path | None = None) -> int:
    """Probe one source: 0 when all expectations hold, 1 when one does not, 2 on bad input."""
    try:
        config = _one(source)
        settings = load(CrawlSettings)
        user_agent(settings)
        seen = watch(config, settings, utc_now)
    except CrawlerError as error:
        print(f"isopolis probe: {error}", file=sys.stderr)
        return 2
    found = findings(config, seen)
    print("\n".join(report(config, found)))
    return 2 if folder and not _saved(folder, config, seen) else int(not all_hold(found))


def _one(source: str) -> SourceConfig:
    configs = load_sources([source])
    if len(configs) > 1:
        names = ", ".join(config.id for config in configs)
        raise UnknownSourceError(f"{source} is {len(configs)} sources; probe one: {names}")
    return configs[0]


def _saved(folder: Path, config: SourceConfig, seen: Seen) -> bool:
    try:
        cases = save(folder, config, seen)
    except OSError as error:
        print(f"isopolis probe: {error.filename}: {error.strerror}: name another folder", file=sys.stderr)
        return False
    print(f"\nsaved {len(cases)} cases: {', '.join(map(str, cases)) or 'nothing that a parser reads'}")
    print("They hold pages of others and perhaps names of persons: cut them before they go into the tests.")
    return True


def report(config: SourceConfig, found: Iterable[Finding]) -> list[str]:
    """The table for a terminal, what does not hold last, with file and line of what to change."""
    file = file_of(config.id)
    ordered = sorted(found, key=lambda finding: _ORDER.index(finding.state), reverse=True)
    width = max(len(state) for state in _ORDER)
    lines = []
    for finding in ordered:
        lines.append(f"{finding.state.ljust(width)}  {finding.what}" + (f": {finding.found}" if finding.found else ""))
        if finding.state in ("does not hold", "not seen") and finding.remedy:
            lines.append(f"{'':{width}}  → {finding.remedy} ({file}:{line_of(file, finding.place)})")
    return [*lines, "", _verdict(config, ordered, file)]


def _verdict(config: SourceConfig, found: list[Finding], file: Path) -> str:
    if not all_hold(found):
        bad = sum(finding.state in ("does not hold", "not seen") for finding in found)
        return f"{config.id}: {bad} of {len(found)} expectations do not hold or were not seen"
    if config.confidence == "confirmed":
        return f"{config.id}: everything holds"
    line = line_of(file, ("confidence",))
    change = f"write `confidence: confirmed` ({file}:{line})"
    return f"{config.id}: everything holds; when the lines marked “look” are right, {change}"
