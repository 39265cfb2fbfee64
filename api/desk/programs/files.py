"""Files for programs: records are brought in in two steps, as on the pages, and brought out."""

from typing import Annotated, Any

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import Response

from api.desk.bring_in import read_candidates
from api.desk.bring_out import OutEnding
from api.desk.keeping import Draft, keep_drafts
from api.desk.out_routes import Public, answer, take, taken
from api.desk.programs.acting import READ_ERRORS, WRITE_ERRORS, Number
from api.desk.programs.key import ReaderDep, WriterDep
from api.desk.programs.schemas import Confirmed, Kept, Preview, Refused
from api.desk.programs.shapes import preview_of, row_of
from api.desk.session import DeskDep
from corpus.desk.sheets import MOST_BYTES

router = APIRouter(prefix="/v1/desk", tags=["desk"], responses=READ_ERRORS)

_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {
            "application/yaml": {},
            "text/csv": {},
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {},
            "application/jsonl": {},
        },
    }
}


@router.post("/import/preview", responses=WRITE_ERRORS, summary="Look at the records of a file")
def preview(
    _program: WriterDep, file: Annotated[UploadFile, File(description="CSV, XLSX, YAML or JSON lines.")]
) -> Preview:
    """What the records of a file would become, and what is wrong with each. Nothing is kept."""
    return preview_of(read_candidates(file.filename or "", file.file.read(MOST_BYTES + 1)))


@router.post("/import", responses=WRITE_ERRORS, summary="Keep records of a file as drafts")
def confirm(confirmed: Confirmed, desk: DeskDep, program: WriterDep) -> Kept:
    """Records of a preview become drafts, each by itself; the answer names those that could not be kept, and why."""
    drafts = [Draft(one.kind, one.name, one.content) for one in confirmed.drafts]
    kept, refused = keep_drafts(desk, program.actor, drafts)
    told = [Refused(name=name, message=text) for name, text in refused]
    return Kept(kept=[row_of(item) for item in kept], refused=told)


@router.get("/out.{ending}", response_class=Response, responses=_FILES, summary="All records as a file")
def everything(desk: DeskDep, _program: ReaderDep, ending: OutEnding, public: Public = False) -> Response:
    """Every record in its newest text, or what is public; each with licence and sources, and ready to come in again."""
    return answer(ending, taken(desk, public=public), "isopolis-desk")


@router.get("/records/{number}/out.{ending}", response_class=Response, responses=_FILES, summary="A record as a file")
def one(number: Number, desk: DeskDep, _program: ReaderDep, ending: OutEnding) -> Response:
    """A record in its newest text, with licence and sources, ready to come in again."""
    found = take(desk, desk.items.get(number))
    return answer(ending, [found], found.file_name or f"record-{number}")
