"""When a call of the portal opens and closes."""

import re
from typing import Any

from corpus.parts import Cutoff, Timeline
from corpus.values import read_iso_date
from corpus.vocab import CutoffStage
from crawler.fields import Fields, read
from crawler.metadata import SourceConfig

# Early hours in UTC are the midnight of somebody's own zone: the day may be the day before.
_SMALL_HOURS = re.compile(r"T0[0-8]:\d\d")
_MIDNIGHT = re.compile(r"T00:00:00")


def _stages(model: str | None, count: int) -> list[CutoffStage]:
    if model == "two-stage" and count == 2:
        return [CutoffStage.FIRST, CutoffStage.SECOND]
    if model == "two-stage":
        return [CutoffStage.FIRST] * count
    return [CutoffStage.INTERIM] * (count - 1) + [CutoffStage.SINGLE] * min(count, 1)


def read_timeline(fields: Fields, config: SourceConfig) -> tuple[Timeline | None, list[str]]:
    """Take out the dates; every closing date is kept as a day, as it is written. Also gives the raw values."""
    model = fields.code("deadlineModel", config.mappings["deadline_model"])
    raw = list(fields.texts("deadlineDate"))
    closes = [(day, text) for text in raw if (day := read(fields, "deadlineDate", text, read_iso_date))]
    unique = dict(sorted(closes, key=lambda pair: pair[0]))
    stages = _stages(model, len(unique))
    cutoffs = tuple(
        Cutoff(date=day, stage=stage, indicative=_odd_hour(text))
        for (day, text), stage in zip(unique.items(), stages, strict=True)
    )
    if model == "two-stage" and len(unique) != 2:
        fields.odd("deadlineDate", "stages", "two stages, but not two closing dates", raw)
    opening = fields.text("startDate")
    opens = read(fields, "startDate", opening, read_iso_date)
    if opens and cutoffs and opens > cutoffs[-1].date:
        fields.odd("startDate", "dates_disagree", f"opens after its last closing date {cutoffs[-1].date}", opening)
        opens = None
    if not opens and not cutoffs:
        return None, []
    values: dict[str, Any] = {"cutoffs": cutoffs}
    if opens:
        values["opens"] = {"date": opens}
    return Timeline.model_validate(values), [text for text in (opening, *raw) if text]


def _odd_hour(text: str) -> bool:
    return bool(_SMALL_HOURS.search(text)) and not _MIDNIGHT.search(text)
