"""Facet values of the index: the codes that the portal uses today, to be compared with `source.yml`."""

import json
from typing import Any

from crawler.errors import ShapeError
from crawler.fields import IssueLog
from crawler.metadata import SourceConfig

_KNOWN_BY = {"frameworkProgramme": "fund", "status": "status", "type": "row_kind", "programmeDivision": "subject"}


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
        data = {str(facet.get("name")): facet.get("values") for facet in data["facets"]}
    return {name: _labels(values) for name, values in data.items() if isinstance(values, list)}


def _labels(values: list[Any]) -> dict[str, str]:
    return {str(v["rawValue"]): str(v.get("value", "")) for v in values if isinstance(v, dict) and "rawValue" in v}


def check_codes(facets: dict[str, dict[str, str]], config: SourceConfig, log: IssueLog) -> None:
    """Report codes of the portal that `source.yml` does not know."""
    for facet, mapping in _KNOWN_BY.items():
        for code, label in facets.get(facet, {}).items():
            if config.mappings[mapping].codes(code) is None:
                log.add("facets", facet, "unmapped_value", f"a code that is not in source.yml: {label}", code)
