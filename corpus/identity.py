"""Which tellings are of the same thing: those that share an identifier of a naming register."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus.ids import CANONICAL_SCHEMES, best_id, make_id
from corpus.parts import Identifier


@dataclass(slots=True)
class Groups:
    """Union of things by shared names; memory grows with the number of names, not of contents."""

    _parent: dict[str, str] = field(default_factory=dict)
    _names: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, handle: str, record_id: str, names: Iterable[tuple[str, str]]) -> None:
        """Add one telling under a handle of the caller's choice."""
        self._parent.setdefault(handle, handle)
        own = [("id", record_id)]
        for name in own + [name for name in names if name[0] in CANONICAL_SCHEMES]:
            other = self._names.setdefault(name, handle)
            self._join(handle, other)

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        """Each group once: its id and the handles of its tellings."""
        members: dict[str, list[str]] = {}
        for handle in self._parent:
            members.setdefault(self._root(handle), []).append(handle)
        names = self._names_by_root()
        for root, handles in members.items():
            yield _group_id(names[root]), handles

    def aliases(self) -> Iterator[tuple[str, str]]:
        """Every other id by which a group can be meant, and the id that it has."""
        for names in self._names_by_root().values():
            own = _group_id(names)
            ids = {value if scheme == "id" else make_id(scheme, value) for scheme, value in names}
            yield from ((other, own) for other in sorted(ids - {own}))

    def _names_by_root(self) -> dict[str, list[tuple[str, str]]]:
        names: dict[str, list[tuple[str, str]]] = {}
        for name, handle in self._names.items():
            names.setdefault(self._root(handle), []).append(name)
        return names

    def _root(self, handle: str) -> str:
        while self._parent[handle] != handle:
            self._parent[handle] = self._parent[self._parent[handle]]
            handle = self._parent[handle]
        return handle

    def _join(self, one: str, other: str) -> None:
        first, second = self._root(one), self._root(other)
        if first != second:
            self._parent[max(first, second)] = min(first, second)


def _group_id(names: list[tuple[str, str]]) -> str:
    """Best canonical id of all names of a group; the smallest of equals, so that order plays no part."""
    identifiers = [Identifier(scheme=s, value=v) for s, v in sorted(names) if s != "id"]
    return best_id(identifiers) or min(value for scheme, value in names if scheme == "id")
