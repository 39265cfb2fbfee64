"""Which portals a family has: every file of `sites/` is a source of its own, named as the file."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from corpus.raw import Cover
from crawler.config_files import blaming, read_model
from crawler.metadata import Probe
from crawler.portals.model import FamilyConfig, PortalConfig, Site


def members(folder: Path) -> list[str]:
    """Names of the sources of a family."""
    return sorted(path.stem for path in (folder / "sites").glob("*.yml"))


def load_member(folder: Path, source: str) -> PortalConfig:
    """Metadata of one portal.

    Raises:
        MetadataError: its file or that of the family breaks a rule; the text names file, line and field.
    """
    path = folder / "sites" / f"{source}.yml"
    site = read_model(path, Site)
    family = load_family(folder)
    funds = tuple(dict.fromkeys(fund for payer in site.payers for fund in payer.funds))
    with blaming(path, PortalConfig, urls="lists"):
        return PortalConfig(
            id=source,
            title=site.title,
            publisher=site.publisher,
            homepage=site.lists[0],
            licence=family.licence,
            confidence=site.confidence,
            rank=site.rank or family.rank,
            cadence=family.cadence,
            hosts=_hosts(site),
            urls=dict(zip(_names(len(site.lists)), site.lists, strict=True)),
            expect=site.expect,
            reuse=family.reuse,
            covers=(Cover(countries=(family.country,), funds=funds, what="calls"),),
            probe=Probe(
                language=family.language,
                selectors=site.probe,
                fields=("title", "timeline.cutoffs", "objectives"),
                by_eye=(*site.by_eye, *family.by_eye),
            ),
            quirks=(*site.quirks, f"Known from {site.known_from}.", *family.quirks),
            site=site,
            family=family,
        )


@cache
def load_family(folder: Path) -> FamilyConfig:
    """What the portals of a family share.

    Raises:
        MetadataError: `family.yml` breaks a rule.
    """
    return read_model(folder / "family.yml", FamilyConfig)


def _names(count: int) -> list[str]:
    return ["list", *(f"list_{number}" for number in range(2, count + 1))]


def _hosts(site: Site) -> tuple[str, ...]:
    """Hosts of a site, each with its other common name: sites redirect from one to the other."""
    named = [urlsplit(url).hostname or "" for url in site.lists]
    bare = [host.removeprefix("www.") for host in (*named, *site.hosts)]
    return tuple(sorted({name for host in bare for name in (host, f"www.{host}")}))
