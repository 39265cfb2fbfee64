"""All that programs can ask of the desk, under `/v1/desk`."""

from fastapi import APIRouter

from api.desk.programs import files, questions, records, talk

router = APIRouter()
for _part in (files, questions, records, talk):
    router.include_router(_part.router)
