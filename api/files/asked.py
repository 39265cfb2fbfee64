"""A search in words, for the head of a file, a feed or a letter."""

from collections.abc import Mapping

from api.filters import Filter
from api.wording import code_name, field_name
from corpus.messages import gettext as _
from corpus.parts import LangText


def asked(wanted: Filter, programmes: Mapping[str, LangText]) -> tuple[str, ...]:
    """One line a condition, also for those that hold without being chosen (calls that are open or will open)."""
    lines = [_line("q", wanted.q)] if wanted.q else []
    kind = next(kind for kind in type(wanted).__mro__ if "coded" in vars(kind))
    for field, codes in wanted.chosen().items():
        names = sorted(code_name(kind, field, code, programmes) for code in codes)
        lines.append(_line(field, "; ".join(names)))
    return tuple(lines)


def _line(field: str, value: str) -> str:
    return _("{filter}: {value}", filter=field_name(field), value=value)
