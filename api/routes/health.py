"""`GET /health`: whether the service can answer, and from what."""

from fastapi import APIRouter, Response

from api.deps import ServiceDep
from api.schemas import Health
from corpus.errors import CorpusError
from matcher.errors import MatcherError

router = APIRouter(tags=["health"])


@router.get("/health")
def health(service: ServiceDep, response: Response) -> Health:
    """200 when ideas can be answered, 503 with the reason when not."""
    try:
        matcher = service.matcher()
    except (CorpusError, MatcherError) as error:
        response.status_code = 503
        return Health(status="not_ready", message=str(error))
    manifest = matcher.snapshot.manifest
    return Health(
        status="ok",
        message="ideas can be answered",
        snapshot=manifest.hash[:16],
        model=matcher.model,
        records=manifest.counts,
        built_at=manifest.built_at,
    )
