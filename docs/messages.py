"""Bring the catalogs of `corpus/locale` up to date with the sentences of code and templates.

`python -m docs.messages` adds what is new without a translation, keeps what is translated, drops what nobody says any
more, and prints how much of each language is done. `tests/test_messages.py` fails on anything that is missing.
"""

import io
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from corpus.messages import LOCALE
from corpus.vocab.places import INTERFACE_LANGUAGES, Language
from matcher.algorithm import FEATURES
from matcher.eligibility.registry import CHECKS, in_english
from matcher.sides import basis

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("api", "matcher", "corpus")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {"**.html": {"silent": "false", "trimmed": "true"}, "**.txt": {"silent": "false", "trimmed": "true"}}


def said() -> Catalog:
    """Every sentence that code and templates say, with the files that say it."""
    catalog = Catalog(project="Isopolis", charset="utf-8", fuzzy=False)
    for package in PACKAGES:
        found = extract_from_dir(str(ROOT / package), METHODS, OPTIONS, keywords=KEYWORDS, strip_comment_tags=True)
        for file, _line, message, comments, context in found:
            # Files without lines: a catalog changes when sentences change, not when code moves.
            catalog.add(message, locations=[(f"{package}/{file}", 0)], auto_comments=comments, context=context)
    for file, message in _elsewhere():
        catalog.add(message, locations=[(file, 0)])
    return catalog


def _elsewhere() -> Iterator[tuple[str, str]]:
    """Sentences that stand in no call of a function: docstrings that people read, and what the law says."""
    for family in CHECKS:
        yield "matcher/eligibility/registry.py", in_english(family)
    for feature in FEATURES:
        yield "matcher/algorithm.py", feature.in_english
    for sentence in basis().sentences():
        yield "matcher/combining.yml", sentence


def catalog_of(language: Language) -> Catalog:
    """The catalog of a language as it is on disk."""
    path = LOCALE / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language, project="Isopolis", charset="utf-8", fuzzy=False)
    with path.open("rb") as lines:
        return read_po(lines, locale=language)


def written(catalog: Catalog) -> bytes:
    """A catalog as the file that is kept."""
    data = io.BytesIO()
    write_po(data, catalog, width=120, omit_header=False, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return data.getvalue()


def updated(language: Language, template: Catalog) -> Catalog:
    """The catalog of a language with exactly the sentences of the template."""
    catalog = catalog_of(language)
    # A copy: what is new would else be one message in all catalogs, and a translation of one the translation of all.
    catalog.update(deepcopy(template), no_fuzzy_matching=True)
    catalog.creation_date = catalog.revision_date = template.creation_date
    return catalog


def main() -> None:
    """Write all catalogs."""
    template = said()
    for language in INTERFACE_LANGUAGES:
        if language is Language.EN:
            continue
        catalog = updated(language, template)
        (LOCALE / f"{language}.po").write_bytes(written(catalog))
        wanting = sum(1 for message in catalog if message.id and not _whole(message.string))
        print(f"{language}: {len(catalog)} sentences, {wanting} without a translation")


def _whole(string: str | tuple[str, ...] | list[str]) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    main()
