"""Pages about the service itself."""

from functools import lru_cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.catalogue import catalogue
from api.deps import PagesDep, ServiceDep
from api.recent import SECONDS
from api.views.about import AccessibilityPage, CorrectionsPage, PrivacyPage
from api.views.coverage import CoveragePage, coverage_page
from api.views.kept import kept_of_people
from corpus.alerts.readers import UNCONFIRMED
from corpus.corrections import load_corrections
from corpus.coverage import coverage
from corpus.messages import spoken
from corpus.model import Programme
from corpus.snapshot import Snapshot
from corpus.vocab import Language

router = APIRouter(prefix="/{language}", include_in_schema=False)


@lru_cache(maxsize=16)
def _coverage(snapshot: Snapshot, _language: Language) -> CoveragePage:
    """Kept, since every record is read for it."""
    records = list(snapshot.records())
    table = coverage(snapshot.manifest.sources, records)
    return coverage_page(snapshot.manifest, table, [one for one in records if isinstance(one, Programme)])


@router.get("/coverage")
def covered(request: Request, pages: PagesDep, service: ServiceDep) -> HTMLResponse:
    """What is known, how fresh it is, and what is not covered."""
    return pages.render(request, _coverage(service.snapshot(), spoken()))


@router.get("/corrections")
def corrections(request: Request, pages: PagesDep, service: ServiceDep) -> HTMLResponse:
    """What was wrong and was put right, and how to report a mistake."""
    return pages.render(request, CorrectionsPage(load_corrections(), catalogue(service.snapshot()).decisions))


@router.get("/accessibility")
def accessibility(request: Request, pages: PagesDep) -> HTMLResponse:
    """The accessibility statement."""
    return pages.render(request, AccessibilityPage())


@router.get("/privacy")
def privacy(request: Request, pages: PagesDep) -> HTMLResponse:
    """What is kept of whoever uses the service."""
    desk = request.app.state.desk is not None
    return pages.render(request, PrivacyPage(round(SECONDS / 60), UNCONFIRMED.days, kept_of_people(), desk))
