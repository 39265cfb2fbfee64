"""The answer to an idea as a file. The form is sent with POST, so that the idea never stands in an address or a log."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from api.asking import ask
from api.deps import PagesDep, RecentDep, ServiceDep
from api.errors import InvalidFieldError, NotFoundError
from api.files.answering import Ending, File, paper_file, table_file
from api.files.answers import Card, answer_columns, answer_paper
from api.files.as_ics import MEDIA as ICS
from api.files.as_ics import as_ics
from api.files.columns import choose
from api.files.table import About, table
from api.forms import AskForm
from api.routes.files import about_page, respond
from api.views.answer import answer_view
from corpus.messages import gettext as _
from matcher.answer import Answer

router = APIRouter(prefix="/{language}", include_in_schema=False)

_ENDINGS = {ending.value: ending for ending in Ending if ending not in (Ending.ATOM, Ending.JSON)}


@router.post("/answer.{ending}")
def answer_file(
    request: Request,
    ending: str,
    form: Annotated[AskForm, Form()],
    _pages: PagesDep,
    service: ServiceDep,
    recent: RecentDep,
) -> Response:
    """The calls that the page shows for this form, in its order and with its filters, all of them."""
    if ending not in _ENDINGS:
        raise NotFoundError(_("there is no such file; there are: {names}", names=", ".join(_ENDINGS)))
    asked = ask(service, recent, form.model_copy(update={"more": "yes"}))
    if asked.answer is None:
        raise InvalidFieldError(*next(iter(asked.errors.items())))
    view = answer_view(asked.answer, asked.form, service.snapshot().get, service.clock())
    cards = [Card(card.match, card.row) for card in view.cards]
    about = about_page(request, service, _("Calls for our idea"), "/")
    file = _file(_ENDINGS[ending], about, form.idea, view.answer, cards)
    response = respond(request, file, f"answer.{ending}")
    response.headers["Cache-Control"] = "no-store"
    return response


def _file(ending: Ending, about: About, idea: str, answer: Answer, cards: Sequence[Card]) -> File:
    if ending in (Ending.DOCX, Ending.PDF):
        return paper_file(ending, answer_paper(about, idea, answer, cards))
    if ending is Ending.ICS:
        return File(as_ics(about, [card.row for card in cards]), ICS)
    return table_file(ending, table(about, choose(answer_columns(), ""), cards))
