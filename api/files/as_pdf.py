"""A paper as PDF, tagged for readers of screens (PDF/UA-1), with fonts that come with the typesetter (ADR 11)."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst

from api.files.paper import Paper

MEDIA = "application/pdf"
_TEMPLATE = Path(__file__).with_name("paper.typ")


def as_pdf(paper: Paper) -> bytes:
    """The paper. Texts are handed over as data: nothing in them is read as a command of the typesetter."""
    date = (paper.date.year, paper.date.month, paper.date.day)
    inputs = {"paper": json.dumps({**asdict(paper), "date": date}, ensure_ascii=False)}
    try:
        return typst.compile(_template(), sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["ua-1"])
    except typst.TypstError:
        # A sign that no font has: the standard forbids it. The paper is tagged all the same and shows a box there.
        return typst.compile(_template(), sys_inputs=inputs, ignore_system_fonts=True)


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()
