"""A partner's site from one file: name, colours, where lists begin, and who may show pages in a frame."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from api.state import Service
from api.theme import PLAIN, contrast, load_theme
from corpus.errors import SettingsError
from tests.api.reading import page

FILE = """\
name: Lietuvos miestai
brand: "#1f5f4a"
brand_dark: "#8fd6b8"
calls: {country: BG, fund: [ESF+, ERDF]}
practices: {country: LT}
embed: ["https://www.example.lt"]
"""
IN_A_FRAME = {"Sec-Fetch-Dest": "iframe"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "site.yml"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture
def themed(service: Service, file: Path) -> TestClient:
    return TestClient(create_app(service, ApiSettings(site=file)))


def test_a_site_has_its_name_colours_and_first_filters(themed: TestClient) -> None:
    shown = page(themed.get("/lt/"))
    assert "".join(shown.css("a.name ::text").getall()).strip() == "Lietuvos miestai"
    links = shown.css(".top .menu a::attr(href)").getall()
    assert "/lt/calls?country=BG&fund=ERDF&fund=ESF%2B" in links
    assert "/lt/practices?country=LT" in links
    for link in links:
        assert themed.get(link).status_code == 200
    sheet = themed.get("/theme.css")
    assert sheet.headers["content-type"].startswith("text/css")
    assert "#1f5f4a" in sheet.text
    assert "#8fd6b8" in sheet.text


def test_the_common_site_has_none_of_that(client: TestClient) -> None:
    assert "/theme.css" not in client.get("/en/").text
    assert client.get("/theme.css").text == ""
    assert "frame-ancestors 'none'" in client.get("/en/calls").headers["content-security-policy"]
    assert page(client.get("/en/calls", headers=IN_A_FRAME)).css("header.top")


@pytest.mark.parametrize("path", ["/lt/", "/lt/calls", "/lt/map", "/lt/timeline"])
def test_a_named_site_may_show_a_page_in_a_frame_without_our_menu(themed: TestClient, path: str) -> None:
    answer = themed.get(path, headers=IN_A_FRAME)
    assert answer.headers["content-security-policy"].endswith("frame-ancestors https://www.example.lt")
    shown = page(answer)
    assert not shown.css("header.top, footer.foot")
    assert shown.css("main h1")
    assert shown.css("a[target=_blank]::attr(rel)").get() == "noopener"


@pytest.mark.parametrize("path", ["/lt/alerts", "/lt/desk", "/lt/desk/sign-in"])
def test_where_somebody_signs_in_or_confirms_there_is_never_a_frame(themed: TestClient, path: str) -> None:
    assert "frame-ancestors 'none'" in themed.get(path).headers["content-security-policy"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("colour: red", "colour: Extra inputs are not permitted"),
        ("brand: red", "brand: String should match pattern"),
        ('brand: "#ffee88"', "under 4.5"),
        ('brand_dark: "#1f2f4a"', "under 4.5"),
        ("name: ''", "name: String should have at least 1 character"),
        ("calls: {country: XQ}", "calls: country"),
        ("calls: {colour: red}", "colour"),
        ("embed: [http://www.example.lt]", "embed.0"),
        ("embed: ['*']", "embed.0"),
        ("- a list", "valid dictionary"),
        ("{", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_is_refused_with_its_field(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "site.yml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError) as problem:
        load_theme(path)
    assert str(problem.value).startswith(f"ISOPOLIS_API_SITE: {path}")
    assert told in str(problem.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_theme(tmp_path / "none.yml")
    assert load_theme(None) is PLAIN


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
