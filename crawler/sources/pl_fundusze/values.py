"""Values of a page by what they are, whatever label the portal gives them."""

from collections.abc import Mapping

from parsel import Selector

from crawler.labels import fold, labelled, sections
from crawler.sources.pl_fundusze.model import What


def _spellings(names: tuple[str, ...]) -> tuple[str, ...]:
    """Labels with and without a question mark."""
    return (*names, *(f"{name}?" for name in names))


class Values:
    """Values beside labels, and texts under headings."""

    def __init__(self, main: Selector, labels: Mapping[What, tuple[str, ...]]) -> None:
        self._labels: dict[str, tuple[str, ...]] = {kind: _spellings(names) for kind, names in labels.items()}
        known = [name for names in self._labels.values() for name in names]
        self._values, self._sections = labelled(main, known), sections(main, known)

    @property
    def found(self) -> bool:
        """Whether the page has any label that we know."""
        return bool(self._values)

    def text(self, kind: str) -> str | None:
        """The value of a kind; of several labels for it, that of the first."""
        return self._first(self._values, kind)

    def line(self, kind: str) -> str | None:
        """The first line of such a value: the last label of a page may be followed by all the rest."""
        said = self.text(kind)
        return said.split("\n", 1)[0] if said else None

    def section(self, kind: str) -> str | None:
        """The text under a heading of a kind, else the value beside it."""
        return self._first(self._sections, kind) or self.text(kind)

    def _first(self, found: Mapping[str, str], kind: str) -> str | None:
        return next((found[fold(name)] for name in self._labels.get(kind, ()) if found.get(fold(name))), None)
