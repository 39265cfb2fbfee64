"""A small invented world for the replica: rows and pages in the shapes of the real sites, texts of our own."""

import json
from collections import Counter
from typing import Any

from tests.crawler.replica import Asked, Reply, Site, read_parts, search

Row = dict[str, Any]
API = "api.tech.ec.europa.eu/search-api/prod/rest/search"
FACETS = "api.tech.ec.europa.eu/search-api/prod/rest/facet"
EUROACCESS = "www.euro-access.eu/en/calls"
EUMIS = "eumis2020.government.bg/bg/s/Procedure/Active"
PROGRAMMES = {
    "43251447": "AMIF",
    "43251589": "CERV",
    "43254019": "ESF",
    "44416173": "I3",
    "46324255": "ERDF-TA",
    "43252517": "SOCPL",
}


def topic_row(number: int, programme: str = "43251589", **metadata: list[str]) -> Row:
    """A topic row as the search API gives it."""
    name = PROGRAMMES[programme]
    identifier = f"{name}-2026-TOWN-{number:03d}"
    budget = {
        "budgetYearsColumns": ["2026", "2027"],
        "budgetTopicActionMap": {
            "1": [
                {"action": f"{identifier} - {name} Project Grants", "expectedGrants": 4, "minContribution": 75000,
                 "maxContribution": 300000, "budgetYearMap": {"2026": "1000000", "2027": "500000"}}
            ],
            "2": [{"action": f"{identifier}-TWIN - {name} Project Grants", "budgetYearMap": {"2026": "9000000"}}],
        },
    }  # fmt: skip
    values: dict[str, list[str]] = {
        "identifier": [identifier],
        "title": [f"Neighbourhood houses that everybody can enter, part {number}"],
        "callIdentifier": [f"{name}-2026-TOWN"],
        "callTitle": ["Towns for all"],
        "type": ["1"],
        "status": ["31094502"],
        "sortStatus": ["1"],
        "frameworkProgramme": [programme],
        "programmePeriod": ["2021 - 2027"],
        "language": ["en"],
        "startDate": ["2026-05-04T00:00:00.000+0000"],
        "deadlineDate": ["2026-09-30T00:00:00.000+0000"],
        "deadlineModel": ["single-stage"],
        "typesOfAction": [f"{name} Project Grants"],
        "descriptionByte": ["<p class='topicdescriptionkind'>Objective:</p><p>Open doors, shared kitchens.</p>"],
        "budgetOverview": [json.dumps(budget)],
        "keywords": [identifier, "neighbourhood"],
        "es_SortDate": ["2026-05-04T00:00:00.000+0000"],
        "DATASOURCE": ["SEDIA"],
    } | metadata
    return {"reference": f"{50000000 + number}{name}TOPICSen", "url": "https://x.invalid", "language": "en",
            "database": "SEDIA", "summary": values["title"][0], "metadata": values}  # fmt: skip


def cascade_row(number: int) -> Row:
    """A cascade call under a topic of CERV."""
    row = topic_row(1, "43251589", type=["8"], callTitle=[f"Small grants for street festivals {number}"])
    values = row["metadata"] | {"projectAcronym": ["OPENDOOR"], "projectName": ["Open doors"], "budget": ["60000"]}
    for name in ("descriptionByte", "budgetOverview", "typesOfAction", "keywords"):
        del values[name]
    url = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/competitive-calls-cs/7"
    return row | {"reference": f"{number}COMPETITIVE_CALLen", "url": url, "metadata": values}


def project_row(number: int, programme: str = "43251589") -> Row:
    """A funded project as the projects index gives it."""
    partner = {
        "role": "coordinator", "pic": 1000 + number, "legalName": f"TOWN OF SAMPLEVILLE {number}", "type": "PUB",
        "postalAddress": {"street": "MAIN STREET 1", "city": "Plovdiv", "countryCode": {"abbreviation": "BG"}},
        "latitude": "42.15", "longitude": "24.75",
    }  # fmt: skip
    values = {
        "projectId": [str(101000000 + number)],
        "programId": [programme],
        "acronym": [f"STEPS{number}"],
        "title": [f"Steps into town life {number}"],
        "objective": ["Walks through the town, led by those who came last."],
        "overallBudget": ["250000.5"],
        "euContributionAmount": ["225000.45"],
        "euContributionRate": ["90"],
        "startDate": ["2023-01-01T00:00:00.000+0100"],
        "endDate": ["2024-12-31T00:00:00.000+0100"],
        "status": ["Ended"],
        "topicAbbreviation": ["CERV-2022-TOWN-001"],
        "participants": [json.dumps([partner])],
        "language": ["en"],
        "es_SortDate": ["2024-12-26T18:00:16.985+0100"],
    }
    url = f"https://ec.europa.eu/portal/projects-details/{programme}/{101000000 + number}/CERV"
    return {"reference": f"{programme}{101000000 + number}", "url": url, "language": "en", "metadata": values}


def facets(site: Site, asked: Asked) -> Reply:
    """Which codes the rows of the index have, as the search API counts them."""
    if asked.method != "POST":
        return Reply(b"", 405)
    found = search(site.rows.get("SEDIA", []), read_parts(asked))
    names = ("frameworkProgramme", "status", "type", "programmeDivision")
    counts = {name: Counter(code for row in found for code in row["metadata"].get(name, ())) for name in names}
    values = {
        name: [{"rawValue": code, "value": f"label {code}", "count": n} for code, n in counted.items()]
        for name, counted in counts.items()
    }
    data = {"apiVersion": "2.151", "facets": [{"name": name, "values": values[name]} for name in names]}
    return Reply(json.dumps(data).encode(), content_type="application/json")


def euroaccess_page(number: int, **changed: str) -> str:
    """The page of one EuroAccess call; a value of None leaves a row out."""
    rows = {
        "Call number": f"<p class='td'>CERV-2026-TOWN-{number:03d}</p>",
        "Link to the call": (
            "<p class='td'><a href='https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/"
            f"topic-details/cerv-2026-town-{number:03d}'>ec.europa.eu</a></p>"
        ),
        "short description": "<div class='td'><p>Houses for neighbours.</p></div>",
        "Regions / countries for funding": "<div class='td'>EU Member States<br>Ukraine (Україна)</div>",
        "eligible entities": "<p class='td'>Public Body (national, regional and local; incl. EGTCs)</p>",
        "Mandatory partnership": "<p class='td'>No</p>",
        "Topics": "<div class='td'><div class='topics' title='long'>Mobility &amp; Transport</div></div>",
        "funding rate": "<p class='td'>90%</p>",
    } | changed
    body = "".join(f"<div class='tr flex'><p class='title td'>{label}</p>{html}</div>" for label, html in rows.items())
    return f"""<html><body><!-- <div id="calldata"><h1>Old</h1></div> --><div id="calldata"><div class="subtable">
        <h4 class="table-head">Call key data</h4><h1>Houses for neighbours {number}</h1>
        <div class="tr flex"><p class="title td"><strong>Funding Program</strong></p>
        <p class="td">Citizens, Equality, Rights and Values programme</p></div>
        <div class="tr flex deadline"><p class="title td">deadlines</p>
        <p id="call-opening td"><strong>Opening</strong><br>04.05.2026</p>
        <p id="call-deadline td"><strong>Deadline</strong><br>30.09.2026 17:00</p></div>
        {body}</div></div></body></html>"""


def euroaccess_list(numbers: list[int]) -> str:
    """The table of all calls."""
    rows = "".join(
        f"<tr><td class='title'>CERV</td><td><a href='https://{EUROACCESS}/{n}/houses' title='Houses {n}'>Houses</a>"
        f"</td><td>30.09.2026 17:00</td><td><a class='right-arrow' href='https://{EUROACCESS}/{n}/houses'></a></td></tr>"
        for n in numbers
    )
    return (
        f"<html><body><h3>{len(numbers)} Calls found</h3><table id='calls-overview'><thead><tr><th>Call</th></tr>"
        f"</thead><tbody>{rows}</tbody></table></body></html>"
    )


def guid(number: int) -> str:
    """The GUID of an invented procedure."""
    return f"00000000-0000-4000-8000-{number:012d}"


def eumis_page(number: int) -> str:
    """The page of one Bulgarian procedure; the label of the dates comes in numeric entities."""
    opens = "".join(f"&#{ord(letter)};" if letter != " " else " " for letter in "Начален срок")
    return f"""<html><body><div class="info-block"><p>Помощен текст, един и същ навсякъде.</p></div>
        <div class="procedure-info"><strong>BG05SFPR002-2.{number:03d} - Домове за съседи {number}</strong>
        <p>Отворени врати и общи кухни.</p></div><h2>Срокове за кандидатстване</h2>
        <div class="eval-table-list"><div class="procedure-info">
        <p><b>{opens}:</b> <span class="required-span">10.07.2026 г. 14:00 ч.</span></p>
        <p><b>Краен срок:</b> <span class="required-span">14.09.2026 г. 16:30 ч.</span></p></div></div>
        <ul class="file-list"><li><a href="/bg/s/Procedure/InfoDownload/{guid(number)}?fileKey=1">Условия</a></li></ul>
        </body></html>"""


def eumis_list(numbers: list[int]) -> str:
    """The tree of open procedures."""
    rows = "".join(
        f'<li data-href="/bg/s/Procedure/Info/{guid(n)}">BG05SFPR002-2.{n:03d} -  Домове за съседи {n}</li>'
        for n in numbers
    )
    tree = f'<div class="easy-tree"><ul><li>Развитие ({len(numbers)})<ul>{rows}</ul></li></ul></div>'
    return f"<html><body>{tree}</body></html>"


def html(text: str) -> Reply:
    """A page."""
    return Reply(text.encode())


def small_world() -> Site:
    """Enough of everything for three healthy runs."""
    site = Site()
    topics = [topic_row(n, programme) for programme in PROGRAMMES for n in range(1, 10)]
    many = [topic_row(n) for n in range(100, 230)]  # more than one page of CERV
    site.rows["SEDIA"] = [*topics, *many, cascade_row(11143), cascade_row(11145)]
    site.rows["SEDIA_NONH2020_PROD"] = [project_row(n) for n in range(5)]
    site.pages[FACETS] = lambda asked: facets(site, asked)
    calls = list(range(1, 25))
    site.pages[EUROACCESS] = html(euroaccess_list(calls))
    site.pages |= {f"{EUROACCESS}/{n}/houses": html(euroaccess_page(n)) for n in calls}
    procedures = list(range(1, 9))
    site.pages[EUMIS] = html(eumis_list(procedures))
    site.pages |= {f"eumis2020.government.bg/bg/s/Procedure/Info/{guid(n)}": html(eumis_page(n)) for n in procedures}
    for host in ("api.tech.ec.europa.eu", "www.euro-access.eu", "eumis2020.government.bg"):
        site.pages[f"{host}/robots.txt"] = Reply(b"User-agent: *\nDisallow: /admin/\n", content_type="text/plain")
    return site
