"""Target groups and subjects of records as rows of numbers, so that many records are compared at once."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.model import Call, Practice
from corpus.vocab import Subject, TargetGroup
from matcher.once import once

Row = NDArray[np.float32]
_PLACES = {code: place for place, code in enumerate((*TargetGroup, *Subject))}
_GROUPS = len(TargetGroup)


def _row_of(record: Call | Practice) -> Row:
    row = np.zeros(len(_PLACES), np.float32)
    row[[_PLACES[code] for code in (*record.target_groups, *record.subjects)]] = 1
    return row


row_of = once(_row_of)
"""One for each group and subject of a record, zero elsewhere."""


def rows_of(records: Sequence[Call | Practice]) -> Row:
    """The rows of some records."""
    return np.stack([row_of(record) for record in records]) if records else np.zeros((0, len(_PLACES)), np.float32)


def best_codes(
    records: Sequence[Call | Practice],
    groups: Mapping[TargetGroup, float],
    subjects: Mapping[Subject, float],
    most: float,
) -> list[float]:
    """For each record half of the highest value of its groups and half of that of its subjects, each 0 to `most`."""
    values = np.array([*(groups.get(g, 0.0) for g in TargetGroup), *(subjects.get(s, 0.0) for s in Subject)])
    found = rows_of(records) * np.clip(values, 0.0, most)
    best: list[float] = (found[:, :_GROUPS].max(axis=1) / 2 + found[:, _GROUPS:].max(axis=1) / 2).tolist()
    return best
