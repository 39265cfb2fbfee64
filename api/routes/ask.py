"""The first page: an idea is typed and answered, without scripts and without an account.

The form is sent with POST, so that an idea never stands in an address, a history or a log.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from api.deps import PagesDep, ServiceDep
from api.views.ask import AskForm, ask_page, form_errors
from matcher.errors import ProfileError

router = APIRouter(prefix="/{language}", include_in_schema=False)


@router.get("/")
def empty(request: Request, pages: PagesDep) -> HTMLResponse:
    """The page before anything is asked."""
    return pages.render(request, ask_page(AskForm()))


@router.post("/")
def answered(request: Request, form: Annotated[AskForm, Form()], pages: PagesDep, service: ServiceDep) -> HTMLResponse:
    """The page with the answer, or with what is wrong beside the field."""
    try:
        answer = service.matcher().match(form.query())
    except ValidationError as error:
        return pages.render(request, ask_page(form, errors=form_errors(error)), 422)
    except ProfileError as error:
        return pages.render(request, ask_page(form, errors={error.field: str(error)}), 422)
    return pages.render(request, ask_page(form, answer))
