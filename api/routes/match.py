"""`POST /v1/match`: an idea in, an explained answer out."""

from typing import Any

from fastapi import APIRouter

from api.deps import ServiceDep
from api.errors import ErrorAnswer
from matcher.answer import Answer
from matcher.query import IdeaQuery

router = APIRouter(prefix="/v1", tags=["match"])

ERRORS: dict[int | str, dict[str, Any]] = {status: {"model": ErrorAnswer} for status in (404, 409, 413, 422, 500)}


@router.post("/match", responses={k: v for k, v in ERRORS.items() if k != 404})
def match(query: IdeaQuery, service: ServiceDep) -> Answer:
    """Calls that could pay for the idea, whether the applicant may apply and why, and what others did.

    The idea is neither stored nor logged. Scores order one answer and are no chance of success.
    """
    return service.matcher().match(query)
