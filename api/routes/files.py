"""What is taken away of lists and records: files and feeds of the same rows, by the same query as the page."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.catalogue import call_rows, catalogue, find_calls, find_practices, practice_rows
from api.deps import PagesDep, ServiceDep
from api.errors import InvalidFieldError, NotFoundError
from api.files.answering import Ending, File, first, list_file, paper_file
from api.files.as_ics import MEDIA as ICS
from api.files.as_ics import as_ics
from api.files.asked import asked
from api.files.columns import call_columns, choose, practice_columns
from api.files.feeds import ATOM, JSON_FEED, as_atom, as_json_feed
from api.files.records import call_paper, practice_paper
from api.files.table import About
from api.filters import CallFilter, Filter, PracticeFilter
from api.forms import FormError, WhoForm
from api.lookup import call_answer, practice_answer
from api.rows import RowBase, call_row, practice_row
from api.schemas import WhoAsks
from api.site import home_address
from api.state import Service
from corpus.messages import gettext as _
from corpus.messages import spoken

router = APIRouter(prefix="/{language}", include_in_schema=False)

_METHODS = ["GET", "HEAD"]
_COLUMNS = Field("", max_length=500, description="Keys of columns, with commas between them; empty means all.")


class CallFile(CallFilter):
    """The filters of the list, and the columns of the file."""

    columns: str = _COLUMNS


class PracticeFile(PracticeFilter):
    """The filters of the list, and the columns of the file."""

    columns: str = _COLUMNS


@router.api_route("/calls.{ending}", methods=_METHODS)
def calls(
    request: Request, ending: str, wanted: Annotated[CallFile, Query()], _pages: PagesDep, service: ServiceDep
) -> Response:
    """Calls of a search as a file or feed: all that it holds, whatever page of the list is looked at."""
    kind, snapshot, now = _ending(ending), service.snapshot(), service.clock()
    about = _about_list(request, service, _("Calls"), "/calls", wanted)
    about, ids = first(kind, about, find_calls(snapshot, wanted, now).ids)
    rows = tuple(call_rows(snapshot, ids, now))
    if kind is Ending.ICS:
        return respond(request, File(as_ics(about, rows), ICS), "calls.ics")
    if kind in (Ending.ATOM, Ending.JSON):
        return respond(request, _feed(kind, about, rows, request, wanted), "")
    columns = choose(call_columns(catalogue(snapshot).programmes), wanted.columns)
    return respond(request, list_file(kind, about, columns, rows), f"calls.{kind}")


@router.api_route("/practices.{ending}", methods=_METHODS)
def practices(
    request: Request, ending: str, wanted: Annotated[PracticeFile, Query()], _pages: PagesDep, service: ServiceDep
) -> Response:
    """Practices of a search as a file or feed: all that it holds, whatever page of the list is looked at."""
    kind, snapshot = _ending(ending, frozenset({Ending.ICS})), service.snapshot()
    about = _about_list(request, service, _("Good practices"), "/practices", wanted)
    about, ids = first(kind, about, find_practices(snapshot, wanted).ids)
    rows = tuple(practice_rows(snapshot, ids))
    if kind in (Ending.ATOM, Ending.JSON):
        return respond(request, _feed(kind, about, rows, request, wanted), "")
    columns = choose(practice_columns(), wanted.columns)
    return respond(request, list_file(kind, about, columns, rows), f"practices.{kind}")


@router.api_route("/calls/{call_id}.ics", methods=_METHODS)
def call_calendar(request: Request, call_id: str, _pages: PagesDep, service: ServiceDep) -> Response:
    """The cut-offs of one call."""
    answer = call_answer(service, call_id, WhoAsks())
    row = call_row(answer.call, service.clock(), spoken())
    about = about_page(request, service, row.title, f"/calls/{call_id}")
    return respond(request, File(as_ics(about, [row]), ICS), "call.ics")


def _call_paper(
    request: Request, call_id: str, form: Annotated[WhoForm, Query()], _pages: PagesDep, service: ServiceDep
) -> Response:
    """One call as a paper, judged for the applicant of the query."""
    try:
        answer = call_answer(service, call_id, form.who())
    except FormError as error:
        raise InvalidFieldError(*next(iter(error.fields.items()))) from error
    row = call_row(answer.call, service.clock(), spoken())
    about = about_page(request, service, row.title, f"/calls/{call_id}")
    paper = call_paper(about, answer, row, catalogue(service.snapshot()).programmes)
    ending = Ending(request.url.path.rpartition(".")[2])
    return respond(request, paper_file(ending, paper), f"call.{ending}")


def _practice_paper(request: Request, practice_id: str, _pages: PagesDep, service: ServiceDep) -> Response:
    """One practice as a paper."""
    practice = practice_answer(service, practice_id).practice
    row = practice_row(practice, spoken())
    paper = practice_paper(about_page(request, service, row.title, f"/practices/{practice_id}"), practice, row)
    ending = Ending(request.url.path.rpartition(".")[2])
    return respond(request, paper_file(ending, paper), f"practice.{ending}")


for _kind in (Ending.DOCX, Ending.PDF):
    router.add_api_route(f"/calls/{{call_id}}.{_kind}", _call_paper, methods=_METHODS)
    router.add_api_route(f"/practices/{{practice_id}}.{_kind}", _practice_paper, methods=_METHODS)


def respond(request: Request, file: File, name: str) -> Response:
    """A file under a name, or that the reader's copy is still good (RFC 9110, 13.1.2)."""
    tag = f'"{hashlib.sha256(file.data).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if name:
        headers["Content-Disposition"] = f'attachment; filename="isopolis-{name}"'
    return Response(file.data, media_type=file.media, headers=headers)


def _ending(text: str, without: frozenset[Ending] = frozenset()) -> Ending:
    known = {ending.value: ending for ending in Ending if ending not in without}
    if text not in known:
        raise NotFoundError(_("there is no such file; there are: {names}", names=", ".join(known)))
    return known[text]


def about_page(request: Request, service: Service, title: str, path: str) -> About:
    """What a file is that says the same as a page."""
    home = home_address(request)
    return About(title, (), _day(service.clock(), service.snapshot().manifest.built_at), f"{home}{path}", home)


def _about_list(request: Request, service: Service, title: str, path: str, wanted: Filter) -> About:
    query = wanted.but().query()
    about = about_page(request, service, title, path + (f"?{query}" if query else ""))
    return replace(about, asked=asked(wanted, catalogue(service.snapshot()).programmes))


def _day(now: dt.datetime, built: dt.datetime) -> dt.datetime:
    """The moment of a file: today, at the time of the data, so that within a day equal rows make equal bytes."""
    return dt.datetime.combine(now.astimezone(dt.UTC).date(), built.astimezone(dt.UTC).time(), tzinfo=dt.UTC)


def _feed(kind: Ending, about: About, rows: Sequence[RowBase], request: Request, wanted: Filter) -> File:
    query = wanted.but().query()
    address = f"{about.home}{request.url.path[3:]}" + (f"?{query}" if query else "")
    if kind is Ending.ATOM:
        return File(as_atom(about, rows, address), ATOM)
    return File(as_json_feed(about, rows, address), JSON_FEED)
