"""`GET /v1/places`: towns by the beginning of a name, for the field in which a person types theirs."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import ServiceDep
from api.routes.match import ERRORS
from api.schemas import PlaceFound, PlacesAnswer
from corpus.messages import spoken
from corpus.vocab import Country
from corpus.vocab.places import country_name
from matcher.places import SOURCE, FoundPlace

router = APIRouter(prefix="/v1", tags=["places"], responses={422: ERRORS[422]})


@router.get("/places")
def places(
    service: ServiceDep,
    q: Annotated[str, Query(max_length=200, description="Beginning of a name, in any language and alphabet.")],
    country: Country | None = None,
    limit: Annotated[int, Query(ge=1, le=20)] = 8,
) -> PlacesAnswer:
    """Towns of which a name begins so, the largest first; none before the second letter."""
    found = service.places().suggest(q, country, limit)
    return PlacesAnswer(places=tuple(_shown(place) for place in found), source=SOURCE)


def _shown(place: FoundPlace) -> PlaceFound:
    return PlaceFound(
        geoname_id=place.geoname_id,
        name=place.name,
        country=place.country,
        country_name=country_name(place.country, spoken()),
        population=place.population,
    )
