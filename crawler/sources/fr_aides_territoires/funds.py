"""Which EU fund pays an aid: the register says that it is European, its names say which."""

import re
from collections.abc import Iterable

from corpus.values import clean
from crawler.metadata import Mapping


def plain(text: str) -> str:
    """A text with one kind of apostrophe and of blank."""
    return clean(text.replace("\u2019", "'"))


def funds_in(texts: Iterable[str], names: Mapping) -> tuple[str, ...]:
    """Funds that texts name, each once. A name in capitals counts only in capitals: LIFE is a fund, life is not."""
    joined = plain(" \n ".join(texts))
    found = [code for name in names.labels() if _stands(name, joined) for code in names.codes(name) or ()]
    return tuple(dict.fromkeys(found))


def only_fund_in(text: str, names: Mapping) -> tuple[tuple[str, ...], str]:
    """The fund of a longer text that names one alone, with the line that does; several are anybody's guess."""
    found = funds_in([text], names)
    if len(found) != 1:
        return (), ""
    return found, next((line for line in text.split("\n") if funds_in([line], names)), "")


def _stands(name: str, text: str) -> bool:
    flags = re.NOFLAG if name.isupper() else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(plain(name))}(?!\w)", text, flags) is not None
