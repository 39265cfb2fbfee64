"""Which sources are due: a yearly file is not asked for every night because a daily register is."""

import datetime as dt
from collections.abc import Iterable

from corpus.store import Store
from crawler.metadata import SourceConfig

_CADENCE = {"daily": dt.timedelta(days=1), "weekly": dt.timedelta(days=7), "monthly": dt.timedelta(days=30)}
_SLACK = dt.timedelta(hours=6)
"""A crawl that begins every night does not begin in the same second: what is nearly due is due."""


def due(configs: Iterable[SourceConfig], store: Store, now: dt.datetime) -> list[SourceConfig]:
    """Sources whose last good run is as old as their cadence, and those that never had one, in their order."""
    return [config for config in configs if _is_due(config, store, now)]


def _is_due(config: SourceConfig, store: Store, now: dt.datetime) -> bool:
    good = next(iter(store.runs(config.id, limit=1, status="ok")), None)
    return good is None or now - good.started_at >= _CADENCE[config.cadence] - _SLACK
