"""Records of a preview become drafts, each in a step of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.desk.service import Desk
from corpus.desk.content import ItemKind
from corpus.desk.errors import ContentError, NotAllowedError
from corpus.desk.rights import Actor
from corpus.desk.rows import Item


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that was shown and found right."""

    kind: ItemKind
    name: str
    content: dict[str, Any]


def keep_drafts(desk: Desk, actor: Actor, drafts: Sequence[Draft]) -> tuple[list[Item], list[tuple[str, str]]]:
    """What was begun, and what was not, with the reason: a name that is taken by now, a country out of reach."""
    kept, refused = [], []
    for draft in drafts:
        try:
            kept.append(desk.items.begin(actor, draft.kind, draft.name, draft.content, desk.clock()))
        except (ContentError, NotAllowedError) as error:
            refused.append((draft.name, str(error)))
    return kept, refused
