"""Questions of the snapshot in use, read once for each build."""

from functools import lru_cache
from pathlib import Path

from api.errors import NotFoundError
from api.state import Service
from corpus.desk.questions import Question, questions
from corpus.errors import SnapshotError
from corpus.issues import ISSUES, read_issues


def questions_of(service: Service) -> tuple[Question, ...]:
    """All questions that the last build left; none where nothing was built yet."""
    try:
        folder = service.snapshot().folder
        return _read(folder, (folder / ISSUES).stat().st_mtime_ns)
    except (SnapshotError, FileNotFoundError):
        return ()


@lru_cache(maxsize=2)
def _read(folder: Path, _changed: int) -> tuple[Question, ...]:
    return tuple(questions(read_issues(folder)))


def question(service: Service, issue: str) -> Question:
    """One question.

    Raises:
        NotFoundError: no build left such a question, or it was answered since.
    """
    found = next((one for one in questions_of(service) if one.id == issue), None)
    if found is None:
        raise NotFoundError("there is no such question any more: what it was about is no longer told")
    return found
