"""Real samples beside the repository, and third-party shapes turned back into the shapes of the sites.

The folder is `ISOPOLIS_SHARED`, or `../shared`. Without it the tests that need it are skipped; with
`ISOPOLIS_REQUIRE_SHARED=1` its absence is a failure.
"""

import datetime as dt
import html
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.replica import Reply, Site
from tests.crawler.site import API, EUMIS, EUROACCESS, euroaccess_list, small_world

Row = dict[str, Any]
_BESIDE = Path(__file__).parents[3] / "shared"
# Labels that the third party glued to its values, by its own names of the fields.
_LABELS = {
    "description": "short description",
    "call_objectives": "Call objectives",
    "regions_countries_for_funding": "Regions / countries for funding",
    "eligible_entities": "eligible entities",
    "mandatory_partnership": "Mandatory partnership",
    "project_partnership": "Project Partnership",
    "other_eligibility_criteria": "other eligibility criteria",
    "un_sdgs": "UN Sustainable Development Goals (UN-SDGs)",
    "additional_information": "Additional Information",
    "funding_rate": "funding rate",
    "estimated_eu_contribution_per_project": "estimated EU contribution per project",
    "project_duration": "project duration",
    "relevance_for_eu_macro_region": "relevance for EU macro-region",
    "call_number": "Call number",
}


def samples() -> Path:
    """Folder of the samples; skips the test, or fails it, when there is none."""
    folder = Path(os.environ.get("ISOPOLIS_SHARED") or _BESIDE) / "sources" / "samples"
    if folder.is_dir():
        return folder
    message = f"no samples at {folder}; set ISOPOLIS_SHARED to the folder that has them"
    if os.environ.get("ISOPOLIS_REQUIRE_SHARED") == "1":
        pytest.fail(message)
    pytest.skip(message)


def load(name: str) -> Any:
    """A JSON sample."""
    return json.loads((samples() / name).read_text(encoding="utf-8"))


def search_rows() -> dict[str, list[Row]]:
    """Rows of the samples that are answers of the search API, by file."""
    names = ("sedia_search_page_2.151_excerpt", "sedia_cascade_type8", "sedia_search_open_grants")
    return {name: load(f"ft_portal/{name}.json")["results"] for name in (*names, "sedia_tenders_response_in_postman")}


def feed_rows() -> dict[str, list[Row]]:
    """Rows of two harvests and six records of others, turned back into rows of the search API."""
    return {
        "eu_grants_feed": [_feed_row(grant) for grant in load("ft_portal/eu_grants_feed_2026-08-22.json")["grants"]],
        "equality_related": [_feed_row(grant) for grant in load("ft_portal/equality_related_grants_2026.json")],
        "cerv_isf": [_seed_row(grant) for grant in load("ft_portal/cerv_isf_records_2026-04.json")],
    }


def _feed_row(grant: Row) -> Row:
    """A row of the search API from a grant of the feed."""
    kind, action = grant["kind"]["id"], grant["actionType"]
    values = {
        "identifier": [grant["identifier"]],
        "title": [grant["title"]],
        "callIdentifier": [grant["callIdentifier"]],
        "callTitle": [grant["callTitle"]],
        "type": [kind],
        "status": [grant["status"]["id"]],
        "startDate": [_wire_date(grant["startDate"])],
        "deadlineDate": [_wire_date(grant["deadlineDate"])],
        "deadlineModel": [grant["deadlineModel"]],
        "frameworkProgramme": [item["id"] for item in grant["frameworkProgrammes"]],
        "programmeDivision": [item["id"] for item in grant["programmeDivisions"]],
        "programmePeriod": ["2021 - 2027"],
        "typesOfAction": [action],
        "destinationDescription": [grant["destination"]],
        "description" if kind == "8" else "descriptionByte": [_paragraphs(grant.get("abstract"))],
        "budgetOverview": [_overview(grant)],
        "language": ["en"],
        "DATASOURCE": ["SEDIA"],
        "es_SortDate": [_wire_date(grant["startDate"]) or "2026-01-01T00:00:00.000+0000"],
    }
    metadata = {name: [text for text in texts if text] for name, texts in values.items()}
    return {"reference": grant["id"], "url": grant["url"], "summary": grant["summary"], "metadata": metadata}


def _wire_date(text: str | None) -> str:
    return (text or "").replace("Z", "+0000")


def _paragraphs(text: str | None) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in (text or "").split("\n\n") if part.strip())


def _overview(grant: Row) -> str:
    budget = grant["budget"]
    if not budget or grant["kind"]["id"] == "8":
        return ""
    entry = {
        "action": f"{grant['identifier']} - {grant['actionType']}",
        "expectedGrants": budget["expectedGrants"],
        "minContribution": budget["minContributionEur"],
        "maxContribution": budget["maxContributionEur"],
        "budgetYearMap": {(budget["years"] or ["2026"])[0]: str(budget["totalBudgetEur"] or "")},
    }
    return json.dumps({"budgetYearsColumns": budget["years"], "budgetTopicActionMap": {"1": [entry]}})


def _seed_row(grant: Row) -> Row:
    """A row of the search API from a record that kept the language of the row."""
    programme = {"C": "43251589", "I": "43252368"}[grant["id"][0]]
    metadata = {
        "identifier": [grant["id"]],
        "title": [grant["title"]],
        "callIdentifier": [grant["call_identifier"]],
        "type": ["1"],
        "status": ["31094501"],
        "deadlineDate": [grant["deadline_at"].replace("+00:00", ".000+0000")],
        "deadlineModel": ["single-stage"],
        "frameworkProgramme": [programme],
        "programmePeriod": ["2021 - 2027"],
        "typesOfAction": [grant["action_type"]],
        "language": [grant["source_language"]],
        "DATASOURCE": ["SEDIA"],
        "es_SortDate": ["2026-04-01T00:00:00.000+0000"],
    }
    reference = f"1TOPICS{grant['id']}{grant['source_language']}"
    return {"reference": reference, "url": grant["portal_url"], "metadata": metadata}


def euroaccess_records() -> list[Row]:
    """Records that a third party cut from pages of EuroAccess."""
    records: list[Row] = load("euroaccess/calls_2025-10_records.json")
    return records


def euroaccess_page(record: Row) -> str:
    """The page of a call from its record: labels, links, the old table in a comment."""
    rows = [_labelled(_LABELS[name], _without_label(record[name], name)) for name in _LABELS if record.get(name)]
    number = record["call_number"]
    if number and "/" not in number:
        link = f"https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/{number}"
        rows.append(_row("Link to the call", f'<p class="link td"><a href="{link.lower()}">ec.europa.eu</a></p>'))
    rows.append(
        _row("Topics", f'<div class="td"><div class="topics">{html.escape(record["topics"] or "")}</div></div>')
    )
    programme = _labelled("<strong>Funding Program</strong>", record["funding_program"])
    deadline = f"<p id='call-deadline td'><strong>Deadline</strong><br>{_local(record['deadline'])}</p>"
    dates = _row("deadlines", deadline if record["deadline"] else "")
    body = f"<h1>{html.escape(record['title'])}</h1>{programme}{dates}{''.join(rows)}<!--table><tr>old</tr></table-->"
    return f'<html><body><div id="calldata"><div class="subtable">{body}</div></div></body></html>'


def _row(label: str, value: str) -> str:
    return f'<div class="tr flex"><p class="title td">{label}</p>{value}</div>'


def _labelled(label: str, text: str) -> str:
    return _row(label, f'<div class="td">{"<br>".join(html.escape(line) for line in text.splitlines())}</div>')


def _without_label(text: str, name: str) -> str:
    return text.removeprefix(_LABELS[name])


def _local(text: str | None) -> str:
    """The hour as the page had it: the third party wrote a local hour as if it were UTC."""
    return dt.datetime.fromisoformat(text).strftime("%d.%m.%Y %H:%M") if text else ""


def sample_world() -> Site:
    """The small world with the real samples put over it, for a rehearsal with real rows and pages."""
    site = small_world()
    rows = [row for group in (*search_rows().values(), *feed_rows().values()) for row in group]
    site.rows["SEDIA"] = rows
    site.rows["SEDIA_NONH2020_PROD"] = load("ft_portal/projects_results_sample_raw.json")
    records = {record["url"].removeprefix("https://"): record for record in euroaccess_records()}
    site.pages = {place: page for place, page in site.pages.items() if not place.startswith(f"{EUROACCESS}/")}
    site.pages |= {place: Reply(euroaccess_page(record).encode()) for place, record in records.items()}
    listed = euroaccess_list([1]).replace("1 Calls found", f"{len(records)} Calls found")
    row = listed[listed.index("<tbody>") + 7 : listed.index("</tbody>")]
    table = "".join(row.replace(f"{EUROACCESS}/1/houses", place) for place in records)
    site.pages[EUROACCESS] = Reply(listed.replace(row, table).encode())
    detail = (samples() / "bulgaria_isun" / "isun_detail_mig.html").read_bytes()
    first = next(place for place in site.pages if place.startswith(EUMIS.replace("Active", "Info/")))
    site.pages[first] = Reply(detail)
    assert API  # the search is answered from the rows
    return site
