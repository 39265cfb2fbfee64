"""Bringing records out: one of them, or all that the desk holds."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.deps import PagesDep
from api.desk.bring_out import OutEnding, Taken, out_file
from api.desk.service import Desk
from api.desk.session import DeskDep, SessionDep
from corpus.desk.rows import Item

router = APIRouter(prefix="/{language}/desk", include_in_schema=False)

Public = Annotated[bool, Query(description="Only what is public, in its public text.")]


@router.get("/out.{ending}")
def everything(
    pages: PagesDep,  # noqa: ARG001  only lets or does not let
    desk: DeskDep,
    session: SessionDep,  # noqa: ARG001  the same
    ending: OutEnding,
    public: Public = False,
) -> Response:
    """All records of the desk in their newest text, or what is public of them."""
    return answer(ending, taken(desk, public=public), "isopolis-desk")


@router.get("/{number}/record.{ending}")
def one(
    pages: PagesDep,  # noqa: ARG001  only lets or does not let
    desk: DeskDep,
    session: SessionDep,  # noqa: ARG001  the same
    number: int,
    ending: OutEnding,
) -> Response:
    """A record in its newest text."""
    record = take(desk, desk.items.get(number))
    return answer(ending, [record], record.file_name or f"record-{number}")


def taken(desk: Desk, *, public: bool) -> list[Taken]:
    """All records, by name."""
    pairs = desk.items.published() if public else desk.items.newest()
    return [Taken(item, content) for item, content in pairs]


def take(desk: Desk, item: Item) -> Taken:
    """A record in its newest text."""
    return Taken(item, desk.items.versions(item.id)[-1].content)


def answer(ending: OutEnding, records: list[Taken], name: str) -> Response:
    """A file under a name.

    Raises:
        ContentError: a text is longer than a cell of a sheet.
    """
    file = out_file(ending, records)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"', "Cache-Control": "no-store"}
    return Response(file.data, media_type=file.media, headers=headers)
