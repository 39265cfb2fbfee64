"""`GET /v1/glossary`: the terms that stop newcomers, in plain words."""

from fastapi import APIRouter

from corpus.glossary import GlossaryEntry, load_glossary

router = APIRouter(prefix="/v1", tags=["glossary"])


@router.get("/glossary")
def glossary() -> dict[str, GlossaryEntry]:
    """All terms by key, with their explanation in every language of the interface."""
    return dict(load_glossary())
