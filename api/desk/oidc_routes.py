"""There and back: signing in at another service."""

import hmac
import logging

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import PagesDep
from api.desk.device import device_of
from api.desk.oidc import Attempt, Provider
from api.desk.service import Desk
from api.desk.session import DeskDep, remember
from api.errors import NotFoundError
from api.site import site_of
from corpus.desk.elsewhere import ElsewhereError, Refusal, enter
from corpus.vocab.places import INTERFACE_LANGUAGES

logger = logging.getLogger("isopolis.desk")

router = APIRouter(include_in_schema=False)

BACK = "/desk/elsewhere"
"""Where people come back to; it is registered at the other service, so it has no language."""
_COOKIE = "isopolis_elsewhere"
_PATIENCE = 600
"""Seconds that somebody may take there."""


def _provider(desk: Desk) -> Provider:
    if desk.provider is None:
        raise NotFoundError("nobody signs in at another service here: ISOPOLIS_OIDC_ISSUER is not set")
    return desk.provider


@router.get("/{language}/desk/sign-in/elsewhere")
def there(request: Request, pages: PagesDep, desk: DeskDep) -> Response:  # noqa: ARG001  `pages` checks the language
    """To the other service; what ties its answer to this browser goes into a cookie."""
    attempt, language = Attempt.new(), site_of(request).language
    try:
        answer = RedirectResponse(_provider(desk).begin(attempt), 303)
    except ElsewhereError as error:
        return _refused(language, error)
    secure = request.url.scheme == "https" or request.app.state.address.startswith("https://")
    # The other service sends the person back from its own pages: a cookie that is `strict` would stay at home.
    answer.set_cookie(
        _COOKIE, f"{language}.{attempt.secret}", _PATIENCE, path=BACK, httponly=True, samesite="lax", secure=secure
    )
    return answer


@router.get(BACK)
def back(request: Request, desk: DeskDep, code: str = "", state: str = "", error: str = "") -> Response:
    """From the other service: a session begins, or the page for signing in says why none does."""
    language, _dot, secret = request.cookies.get(_COOKIE, "").partition(".")
    language = language if language in set(INTERFACE_LANGUAGES) else site_of(request).language
    try:
        answer = RedirectResponse(f"/{language}/desk", 303)
        remember(request, answer, _entered(request, desk, Attempt(secret), code, state, error))
    except ElsewhereError as refusal:
        answer = _refused(language, refusal)
    answer.delete_cookie(_COOKIE, path=BACK)
    return answer


def _entered(request: Request, desk: Desk, attempt: Attempt, code: str, state: str, error: str) -> str:
    """The token of a session.

    Raises:
        ElsewhereError: the answer is none to a question of this browser, or cannot be trusted.
    """
    provider = _provider(desk)
    if not attempt.secret or not hmac.compare_digest(state.encode(), attempt.state.encode()):
        raise ElsewhereError(Refusal.UNTRUSTED, "the answer is not to a question of this browser")
    if error or not code:
        raise ElsewhereError(Refusal.CANCELLED, "the service gave no code")
    who = provider.finish(attempt, code)
    return enter(desk.accounts.engine, who, desk.clock(), device_of(request))


def _refused(language: str, error: ElsewhereError) -> RedirectResponse:
    logger.warning("nobody was signed in by another service: %s", error)
    return RedirectResponse(f"/{language}/desk/sign-in?said={error.refusal}", 303)
