"""Alerts by e-mail: asked for, confirmed, stopped, items dismissed.

A link of a letter is opened by a page with a button, since mail servers open links to look at them; only the button, or
the one click of a mail program (RFC 8058), does what the link is for.
"""

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse

from api.alerts.address import address_of
from api.alerts.letters import promises, rhythm_words
from api.alerts.post import Post, confirm
from api.alerts.post import request as begin
from api.alerts.searching import filter_of, idea_of, saved_idea
from api.deps import PagesDep
from api.errors import GoneError, InvalidFieldError, NotFoundError
from api.forms import AskForm
from api.pages import Pages
from api.views.alerts import AlertForm, AlertLinkPage, AlertsPage
from corpus.alerts import readers
from corpus.alerts.links import Purpose
from corpus.alerts.readers import Alert, Kind, Rhythm, Search
from corpus.errors import LinkExpiredError, MailError
from corpus.messages import gettext as _
from corpus.messages import ngettext

router = APIRouter(prefix="/{language}/alerts", include_in_schema=False)


def get_post(request: Request) -> Post:
    """The post office of this application.

    Raises:
        NotFoundError: it has none.
    """
    post = _post(request)
    if post is None:
        raise NotFoundError("this installation sends no letters")
    return post


def _post(request: Request) -> Post | None:
    post: Post | None = getattr(request.app.state, "post", None)
    return post


PostDep = Annotated[Post, Depends(get_post)]


@router.get("")
def empty(request: Request, pages: PagesDep) -> HTMLResponse:
    """The form for the search in the address: `list=calls` and the filters of that list."""
    post = _post(request)
    if post is None:
        return pages.render(request, AlertsPage(AlertForm(), (), (), available=False))
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    kind = next((value for key, value in pairs if key == "list"), "")
    query = urlencode([(key, value) for key, value in pairs if key not in ("list", "page")])
    if not kind:
        return _shown(request, pages, post, AlertForm())
    return _shown(request, pages, post, AlertForm(kind=kind, query=query))


@router.post("/idea")
def idea(request: Request, form: Annotated[AskForm, Form()], pages: PagesDep, post: PostDep) -> HTMLResponse:
    """The form for an idea: it comes by POST from the page of its answer, so that it stands in no address."""
    return _shown(request, pages, post, AlertForm(kind=Kind.IDEA, query=saved_idea(form)))


@router.post("")
def asked(request: Request, form: Annotated[AlertForm, Form()], pages: PagesDep, post: PostDep) -> HTMLResponse:
    """Keep the request and send the letter that asks for confirmation."""
    search, errors = _search(form), _problems(form)
    if errors:
        return _shown(request, pages, post, form, errors)
    try:
        begin(post, address_of(form.email), search)
    except MailError:
        late = {"email": _("The letter could not be sent just now, and your address was not kept. Try again later.")}
        return _shown(request, pages, post, form, late, status=503)
    return _shown(request, pages, post, form, sent=True)


@router.get("/confirm/{secret}")
def confirm_asked(request: Request, secret: str, pages: PagesDep, post: PostDep) -> HTMLResponse:
    """Ask whether the alert shall begin."""
    (alert,) = _about(post, secret, Purpose.CONFIRM)
    lines = promises(alert.search.rhythm)
    title = _("Shall we write to you?")
    return _link_page(request, pages, AlertLinkPage(title, lines, _words(post, (alert,)), _("Yes, begin")))


@router.post("/confirm/{secret}")
def confirm_done(request: Request, secret: str, pages: PagesDep, post: PostDep) -> HTMLResponse:
    """Begin the alert."""
    try:
        _alert, finds = confirm(post, secret)
    except LinkExpiredError as error:
        raise _gone() from error
    now = ngettext("The search finds {n} item now.", "The search finds {n} items now.", len(finds.rows))
    lines = (now, _("You get a letter when something new comes."))
    return _link_page(request, pages, AlertLinkPage(_("It begins."), lines, (finds.words,)))


@router.get("/stop/{secret}")
def stop_asked(request: Request, secret: str, pages: PagesDep, post: PostDep) -> HTMLResponse:
    """Ask whether letters shall stop."""
    alerts = _about(post, secret, Purpose.STOP)
    line = _("No further letter comes for what is named here, and what was kept for it is deleted.")
    page = AlertLinkPage(_("Stop these letters?"), (line,), _words(post, alerts), _("Stop"))
    return _link_page(request, pages, page)


@router.post("/stop/{secret}")
def stop_done(request: Request, secret: str, pages: PagesDep, post: PostDep) -> HTMLResponse:
    """Stop: by the button, or by the one click of a mail program. Stopping twice is no mistake."""
    try:
        readers.stop(post.engine, secret, post.now())
    except LinkExpiredError:
        title = _("Nothing is sent any more.")
    else:
        title = _("Stopped.")
    return _link_page(request, pages, AlertLinkPage(title, (_("No further letter comes. What was kept is deleted."),)))


@router.get("/dismiss/{secret}")
def dismiss_asked(request: Request, secret: str, pages: PagesDep, post: PostDep) -> HTMLResponse:
    """Ask whether an item shall never come again."""
    try:
        link, _alerts = readers.about(post.engine, secret, Purpose.DISMISS, post.now())
    except LinkExpiredError as error:
        raise _gone() from error
    title = _title(post, link.record_id or "")
    page = AlertLinkPage(_("Never show this again?"), (title,), (), _("Never show this again"))
    return _link_page(request, pages, page)


@router.post("/dismiss/{secret}")
def dismiss_done(request: Request, secret: str, pages: PagesDep, post: PostDep) -> HTMLResponse:
    """Dismiss an item for good."""
    try:
        record_id = readers.dismiss(post.engine, secret, post.now())
    except LinkExpiredError as error:
        raise _gone() from error
    lines = (_title(post, record_id), _("It comes in no letter any more, whatever becomes of it."))
    return _link_page(request, pages, AlertLinkPage(_("Dismissed for good."), lines))


def _search(form: AlertForm) -> Search:
    """The search of a form.

    Raises:
        InvalidFieldError: it is none; the form's own page could not show it either.
    """
    kinds, rhythms = {kind.value for kind in Kind}, {rhythm.value for rhythm in Rhythm}
    if form.kind not in kinds:
        names = "calls, practices"
        raise InvalidFieldError("list", _("{value} is no list; there are: {names}", value=form.kind, names=names))
    if form.rhythm not in rhythms:
        raise InvalidFieldError("rhythm", _("choose one of: {names}", names=", ".join(sorted(rhythms))))
    search = Search(Kind(form.kind), form.query, Rhythm(form.rhythm))
    if search.kind is Kind.IDEA:
        return Search(search.kind, saved_idea(idea_of(form.query)), search.rhythm)
    return Search(search.kind, filter_of(search).query(), search.rhythm)


def _problems(form: AlertForm) -> dict[str, str]:
    """What the person can mend on the page, by field."""
    errors = {}
    try:
        address_of(form.email)
    except InvalidFieldError as error:
        errors["email"] = str(error).removeprefix("email: ")
    if form.kind == Kind.IDEA and not form.consent:
        errors["consent"] = _("Tick that your idea may be kept: without it there is nothing to look for.")
    return errors


def _shown(
    request: Request,
    pages: Pages,
    post: Post,
    form: AlertForm,
    errors: dict[str, str] | None = None,
    sent: bool = False,
    status: int = 422,
) -> HTMLResponse:
    rhythms = tuple((rhythm.value, rhythm_words(rhythm)) for rhythm in Rhythm)
    page = AlertsPage(form, rhythms, promises(Rhythm.WEEKLY)[1:], errors=errors or {}, sent=sent)
    if form.kind:
        search = _search(form)
        finds = post.find(search)
        form = form.model_copy(update={"query": search.query})
        page = AlertsPage(form, rhythms, page.promises, finds.words, len(finds.rows), page.errors, sent)
    response = pages.render(request, page, status if errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _link_page(request: Request, pages: Pages, page: AlertLinkPage) -> HTMLResponse:
    response = pages.render(request, page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _about(post: Post, secret: str, purpose: Purpose) -> tuple[Alert, ...]:
    try:
        _link, alerts = readers.about(post.engine, secret, purpose, post.now())
    except LinkExpiredError as error:
        raise _gone() from error
    if not alerts:
        raise _gone()
    return alerts


def _gone() -> GoneError:
    return GoneError(
        _(
            "This link is no longer good: it is too old, or what it was for is done. "
            "You can ask for a new letter at any time."
        )
    )


def _words(post: Post, alerts: tuple[Alert, ...]) -> tuple[tuple[str, ...], ...]:
    found = []
    for alert in alerts:
        try:
            found.append(post.find(alert.search).words)
        except InvalidFieldError:
            found.append((_("a search that cannot be read any more"),))
    return tuple(found)


def _title(post: Post, record_id: str) -> str:
    record = post.service.snapshot().get(record_id)
    return record.text(record.title) if record is not None else record_id
