"""Facet values of the index: the codes that the portal uses today, to be compared with `source.yml`.

The answer is a check and no record rests on it, so nothing that is wrong with it fails a run.
"""

import json
from typing import Any

from corpus.issues import Issue
from crawler.errors import ShapeError
from crawler.fields import IssueLog
from crawler.metadata import SourceConfig

KEY = "facets"
"""Key of the issues about the answer as a whole."""

# Rows tell of divisions that are not known: the answer does not say to which programme one belongs.
_KNOWN_BY = {"frameworkProgramme": "fund", "status": "status", "type": "row_kind"}


def read_facets(body: bytes) -> dict[str, dict[str, str]]:
    """Labels by code by facet.

    Raises:
        ShapeError: it is no JSON or no set of facets.
    """
    try:
        data = json.loads(body)
    except ValueError as error:
        raise ShapeError(f"the facets are no whole JSON: {error}") from error
    if not isinstance(data, dict):
        raise ShapeError("the facets are no object")
    if isinstance(data.get("facets"), list):
        data = {str(f.get("name")): f.get("values") for f in data["facets"] if isinstance(f, dict)}
    facets = {name: _labels(values) for name, values in data.items() if isinstance(values, list)}
    if not facets.get("frameworkProgramme"):
        raise ShapeError(f"the facets name no programme; they are: {', '.join(facets) or 'none'}")
    return facets


def _labels(values: list[Any]) -> dict[str, str]:
    return {str(v["rawValue"]): str(v.get("value", "")) for v in values if isinstance(v, dict) and "rawValue" in v}


def check_codes(facets: dict[str, dict[str, str]], config: SourceConfig, log: IssueLog) -> None:
    """Report codes of the portal that `source.yml` does not know, and programmes of ours that the portal lost."""
    for facet, mapping in _KNOWN_BY.items():
        for code, label in facets.get(facet, {}).items():
            if config.mappings[mapping].codes(code) is None:
                log.add(KEY, facet, "unmapped_value", f"a code that is not in source.yml: {label}", code)
    for code, name in config.mappings["crawled"].values.items():
        if code not in facets["frameworkProgramme"]:
            message = f"the index has no row of {name}: has the number of the programme changed?"
            log.add(KEY, "frameworkProgramme", "missing_programme", message, code)


def check_answer(body: bytes, config: SourceConfig) -> list[Issue]:
    """Everything that an answer shows to be out of date in `source.yml`; an unreadable one is an issue, too."""
    log = IssueLog(config.id)
    try:
        check_codes(read_facets(body), config, log)
    except ShapeError as error:
        return [not_checked(str(error), config)]
    return log.items


def not_checked(why: str, config: SourceConfig) -> Issue:
    """The codes were not compared in this run."""
    message = f"the codes of the portal were not compared with source.yml: {why}"
    return Issue(source=config.id, key=KEY, code="not_checked", field="frameworkProgramme", message=message)
