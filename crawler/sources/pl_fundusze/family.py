"""Which Polish portals are read: every file of `sites/` is a source of its own, named as the file."""

from functools import cache
from pathlib import Path

from corpus.vocab import Language
from crawler.config_files import blaming, read_model
from crawler.metadata import Probe
from crawler.sources.pl_fundusze.model import Portal, PortalConfig, Shared


def members(folder: Path) -> list[str]:
    """Names of the portals."""
    return sorted(path.stem for path in (folder / "sites").glob("*.yml"))


def load_member(folder: Path, source: str) -> PortalConfig:
    """Metadata of one portal.

    Raises:
        MetadataError: its file or that of the family breaks a rule; the text names file, line and field.
    """
    path = folder / "sites" / f"{source}.yml"
    portal, shared = read_model(path, Portal), _shared(folder)
    names = ("list", *(f"list_{number}" for number in range(2, len(portal.lists) + 1)))
    with blaming(path, PortalConfig, urls="lists"):
        return PortalConfig(
            id=source,
            title=portal.title,
            publisher=portal.publisher,
            homepage=portal.lists[0],
            licence=shared.licence,
            confidence=portal.confidence,
            rank=shared.rank,
            cadence="daily",
            hosts=portal.hosts,
            urls=dict(zip(names, portal.lists, strict=True)),
            mappings=shared.mappings,
            expect=portal.expect,
            reuse="facts",
            covers=portal.covers,
            probe=Probe(
                language=Language.PL,
                selectors=portal.selectors,
                fields=("title", "identifiers", "programme", "timeline.cutoffs", "money.budget"),
                by_eye=(*portal.by_eye, *shared.by_eye),
            ),
            quirks=(*portal.quirks, *shared.quirks),
            shared=shared,
            portal=portal,
        )


@cache
def _shared(folder: Path) -> Shared:
    return read_model(folder / "family.yml", Shared)
