"""An older version of a record beside the present one, before it is brought back; and comments that are settled."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import PagesDep
from api.desk.compared import Change, changes
from api.desk.form import StepForm
from api.desk.service import Desk
from api.desk.session import DeskDep, SenderDep, Session, SessionDep
from api.errors import NotFoundError
from api.site import site_of
from corpus.desk.errors import ConflictError, ContentError
from corpus.desk.items import Seen
from corpus.desk.rights import Action
from corpus.desk.rows import Item, Version
from corpus.desk.talk import settle
from corpus.messages import gettext as _

router = APIRouter(prefix="/{language}/desk", include_in_schema=False)

Word = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class EditionPage:
    """What would change if an older version came back."""

    template: ClassVar[str] = "desk/edition.html"

    item: Item
    version: Version
    token: str
    changes: list[Change]
    can_restore: bool
    problem: str = ""
    reason: str = ""


def edition_page(
    desk: Desk, session: Session, number: int, version: int, problem: str = "", reason: str = ""
) -> EditionPage:
    """An older version beside the present one.

    Raises:
        NotFoundError: there is no such version.
    """
    item, versions = desk.items.get(number), desk.items.versions(number)
    old = next((one for one in versions if one.number == version), None)
    if old is None:
        raise NotFoundError(f"record {number} has no version {version}")
    differs = changes(versions[-1].content, old.content)
    can = Action.RESTORE in item.offers(session.account.actor()) and bool(differs)
    return EditionPage(item, old, session.form_token, differs, can, problem, reason)


@router.get("/{number}/versions/{version}")
def look(request: Request, pages: PagesDep, desk: DeskDep, session: SessionDep, number: int, version: int) -> Response:
    """What would change if this version came back."""
    return pages.render(request, edition_page(desk, session, number, version))


@router.post("/{number}/versions/{version}/restore")
def restore(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    session: SenderDep,
    number: int,
    version: int,
    form: Annotated[StepForm, Form()],
) -> Response:
    """An older version comes back as a new one."""
    page = edition_page(desk, session, number, version)
    try:
        seen = Seen(number, form.revision)
        desk.items.act(session.account.actor(), Action.RESTORE, seen, desk.clock(), form.reason, page.version.content)
    except ContentError:
        problem = _("Say why: the others are owed a reason.")
        return pages.render(request, edition_page(desk, session, number, version, problem, form.reason), 422)
    except ConflictError:
        problem = _(
            "Somebody changed the record meanwhile. This is what would change now; if you still want it, say so again."
        )
        return pages.render(request, edition_page(desk, session, number, version, problem, form.reason), 409)
    return RedirectResponse(site_of(request).url(f"/desk/{number}"), 303)


@router.post("/comments/{comment}/settle")
def settle_comment(
    request: Request, desk: DeskDep, session: SenderDep, comment: int, settled: Word = "yes"
) -> Response:
    """A comment is settled, or open again."""
    number = settle(desk.items.engine, session.account.actor(), comment, desk.clock(), settled=settled == "yes")
    return RedirectResponse(site_of(request).url(f"/desk/{number}#comments"), 303)
