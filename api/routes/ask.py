"""The first page: an idea is typed and answered, without scripts and without an account.

The form is sent with POST, so that an idea never stands in an address, a history or a log. A link with an idea in it is
made only for a person who ticked that they want it, and opens the form filled in, unanswered.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse

from api.asking import Asked, ask
from api.deps import PagesDep, RecentDep, ServiceDep
from api.forms import AskForm
from api.views.answer import answer_view
from api.views.ask import ask_page

router = APIRouter(prefix="/{language}", include_in_schema=False)


@router.get("/")
def empty(request: Request, form: Annotated[AskForm, Query()], pages: PagesDep) -> HTMLResponse:
    """The page before anything is asked, filled in where a link brings an idea along."""
    return pages.render(request, ask_page(Asked(form)))


@router.post("/")
def answered(
    request: Request, form: Annotated[AskForm, Form()], pages: PagesDep, service: ServiceDep, recent: RecentDep
) -> HTMLResponse:
    """The page with the answer, or with what is wrong beside the field."""
    asked = ask(service, recent, form)
    if asked.answer is None:
        return pages.render(request, ask_page(asked), 422)
    view = answer_view(asked.answer, asked.form, service.snapshot().get, service.clock())
    return pages.render(request, ask_page(asked, view, str(request.url.replace(query=""))))
