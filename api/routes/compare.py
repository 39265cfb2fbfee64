"""Calls side by side."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.deps import PagesDep, ServiceDep
from api.errors import InvalidFieldError
from api.forms import FormError
from api.lookup import call_answer
from api.rows import call_row
from api.schemas import WhoAsks
from api.views.compare import FEWEST, MOST, CompareForm, compare_page, too_few_or_many
from corpus.messages import spoken

router = APIRouter(prefix="/{language}", include_in_schema=False)


@router.get("/compare")
def compare(
    request: Request, form: Annotated[CompareForm, Query()], pages: PagesDep, service: ServiceDep
) -> HTMLResponse:
    """Two to four calls: key data and rules, and the answer for whoever asks."""
    ids = tuple(dict.fromkeys(form.call))
    if not FEWEST <= len(ids) <= MOST:
        raise InvalidFieldError("call", too_few_or_many(len(ids)))
    try:
        who, errors = form.who(), {}
    except FormError as error:
        who, errors = WhoAsks(), error.fields
    answers = [call_answer(service, record_id, who) for record_id in ids]
    rows = [call_row(answer.call, service.clock(), spoken()) for answer in answers]
    return pages.render(request, compare_page(answers, rows, form, errors), 422 if errors else 200)
