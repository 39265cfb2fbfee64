"""Portals of prose: which pages are asked, which tell of a call, and who pays."""

import asyncio
import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import TextResponse

from corpus.raw import RawRecord
from crawler.errors import MetadataError
from crawler.html import page
from crawler.parsing import Parsed
from crawler.portals.listing import further_pages, is_page, name_of, pages_named
from crawler.portals.load import load_member, members
from crawler.portals.model import PortalConfig
from crawler.portals.page import read_call
from crawler.recorder import Recorder
from crawler.registry import SOURCES, spider_class

NOW = dt.datetime(2026, 11, 23, 6, 30, tzinfo=dt.UTC)
ESF = "https://www.uitvoeringvanbeleidszw.nl/subsidies-en-regelingen/esf"
NO_STORE: Any = None
WINDOW = "<p>Aanvragen kan van 5 oktober 2026 tot en met 18 december 2026.</p>"
PORTALS = [(family, name) for family in ("nl", "at") for name in members(SOURCES / family)]


def portal(name: str) -> PortalConfig:
    return load_member(SOURCES / name[:2], name)


def call(html: str, name: str = "nl_szw_esf", url: str = f"{ESF}/buurthuis") -> Parsed:
    return read_call(f"<html><body><main>{html}</main></body></html>".encode(), url, portal(name), NOW)


def record(html: str, name: str = "nl_szw_esf", url: str = f"{ESF}/buurthuis") -> Any:
    (found,) = call(html, name, url).records
    return found.record


@pytest.mark.parametrize(("family", "name"), PORTALS)
def test_every_portal_is_whole(family: str, name: str) -> None:
    config = load_member(SOURCES / family, name)
    assert config.covers[0].countries == (family.upper(),)
    assert all(not is_page(url, config) for url in config.site.lists)
    assert config.probe is not None
    assert config.probe.by_eye
    own = [payer for payer in config.site.payers if not payer.words]
    assert len(own) <= 1, "a page that names nobody can have one payer only"


@pytest.mark.parametrize(("family", "name"), PORTALS)
def test_programmes_of_portals_exist(family: str, name: str) -> None:
    programmes = {payer.programme for payer in portal(name).site.payers} - {None}
    known = {
        f"isopolis.{path.stem}" for path in (SOURCES.parents[1] / "corpus/data/programmes").glob(f"{family}-*.yml")
    }
    assert programmes <= known


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "x.yml").write_text("title: X\nlist: [https://x.example]\n", encoding="utf-8")
    with pytest.raises(MetadataError, match=r"x\.yml:2: list: there is no such key; did you mean lists"):
        load_member(tmp_path, "x")


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (f"{ESF}/buurthuis", True),
        (f"{ESF}/buurthuis/aanvragen", True),
        (f"{ESF}/", False),
        (f"{ESF}?sort=naam", False),
        (f"{ESF}/nieuws/2026/10/05/open", False),
        (f"{ESF}/plan.pdf", False),
        (f"{ESF}-2014-2020/aanvragen", False),
        ("https://elders.example/subsidies-en-regelingen/esf/buurthuis", False),
        ("https://www.uitvoeringvanbeleidszw.nl/subsidies-en-regelingen/slim", False),
    ],
)
def test_pages_are_chosen_by_address(url: str, asked: bool) -> None:
    assert is_page(url, portal("nl_szw_esf")) is asked


def test_links_that_differ_in_writing_are_one_page() -> None:
    assert name_of("https://www.a.example/b/#c") == name_of("http://a.example/b") == "a.example/b"


def test_relative_links_and_links_to_the_page_itself() -> None:
    root = page("<a href='buurthuis'>1</a><a href='#top'>2</a><a href='mailto:a@b.example'>3</a><a href='/esf/x'>4</a>")
    assert pages_named(root, f"{ESF}/", portal("nl_szw_esf")) == [f"{ESF}/buurthuis"]


def test_further_pages_count_as_the_site_does() -> None:
    root = page("<a href='?page=0'>1</a><a href='?page=1'>2</a><a href='?page=1&sort=a'>x</a><a href='/b?page=9'>y</a>")
    assert further_pages(root, "https://a.example/calls") == [
        "https://a.example/calls?page=0",
        "https://a.example/calls?page=1",
    ]


def test_a_tab_has_the_id_of_its_call() -> None:
    one = record(f"<h1>ESF+ Buurthuis</h1>{WINDOW}")
    tab = record(f"<h1>ESF+ Buurthuis</h1>{WINDOW}", url=f"{ESF}/buurthuis/aanvragen")
    assert one.id == tab.id
    assert one.url != tab.url


def test_a_word_inside_another_is_no_sign() -> None:
    assert call("<h1>Callcenter</h1><p>Wiederaufrufe zur Seite.</p>", "at_amif_bmi").ignored == {}
    assert call("<h1>Recalls</h1><p>Wiederaufruf zur Seite</p>", "at_amif_bmi").ignored.total() == 1


def test_a_page_without_day_and_state_is_an_issue() -> None:
    parsed = call("<h1>ESF+ Buurthuis</h1><p>Er komt een aanvraagtijdvak.</p>")
    assert parsed.records == []
    assert [issue.code for issue in parsed.issues] == ["no_dates"]


AMIF = "https://www.uitvoeringvanbeleidszw.nl/subsidies-en-regelingen/emvf-2021-2027"


@pytest.mark.parametrize(
    ("title", "text", "funds", "programme"),
    [
        ("AMIF Taal", "ISF en BMVI komen later.", ("AMIF",), "isopolis.nl-amif-2021-2027"),
        ("AMIF, ISF en BMVI", "Alles.", ("AMIF", "ISF", "BMVI"), None),
        ("Politie", "Het ISF betaalt.", ("ISF",), None),
        ("Politie", "Niemand zegt wie betaalt.", ("AMIF", "ISF", "BMVI"), None),
    ],
)
def test_who_pays(title: str, text: str, funds: tuple[str, ...], programme: str | None) -> None:
    told = record(f"<h1>{title}</h1><p>{text}</p>{WINDOW}", "nl_szw_amif", f"{AMIF}/thema")
    assert (told.funds, told.programme) == (funds, programme)


def test_contacts_are_not_kept() -> None:
    told = record(f"<h1>ESF+ Buurthuis</h1>{WINDOW}<p>Mail Jan via jan@voorbeeld.nl. Wij helpen graag.</p>")
    assert "jan" not in str(told.model_dump()).casefold()


def test_a_page_leads_to_its_tabs_once() -> None:
    config = portal("nl_szw_esf")
    spider: Any = spider_class("nl_szw_esf")(config, Recorder(config, NO_STORE, lambda: NOW, lambda: None))

    async def begin() -> None:
        assert [request.url async for request in spider.start()] == [ESF]

    asyncio.run(begin())
    body = (
        f"<html><body><main><h1>Buurthuis</h1>{WINDOW}<a href='{ESF}/buurthuis/aanvragen/'>Tab</a></main></body></html>"
    )
    response = TextResponse(f"{ESF}/buurthuis", body=body.encode(), encoding="utf-8")
    found = list(spider.on_detail(response, f"{ESF}/buurthuis"))
    assert [type(item) for item in found] == [RawRecord, Request]
    assert found[1].url == f"{ESF}/buurthuis/aanvragen/"
    again = TextResponse(f"{ESF}/taal", body=body.replace("aanvragen/", "aanvragen").encode(), encoding="utf-8")
    assert [type(item) for item in spider.on_detail(again, f"{ESF}/taal")] == [RawRecord]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("confidence: ", "confidance: ", r"confidance: there is no such key; did you mean confidence\?"),
        ("funds: [", "funds: [ERDV, ", r"payers\.0\.funds\.0: 'ERDV' is none of .*did you mean ERDF\?"),
        ("lists: [", "links: 'a[href'\nlists: [", r"links: 'a\[href' is no CSS selector"),
        ("lists: [", "hosts: ['https://x.example']\nlists: [", r"hosts\.0: 'https://x\.example' is no host"),
        ("css: h1", "css: 'a:b'", r"probe\.1\.css: 'a:b' is no CSS selector"),
        ("expect: {min: 1", "expect: {min: 101", r"expect: min 101 is larger than max 100"),
    ],
)
def test_a_mistake_in_the_file_of_a_portal_is_told_with_line_and_remedy(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    shutil.copytree(SOURCES / "nl", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "sites" / "nl_efro_noord.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MetadataError, match=rf"nl_efro_noord\.yml:\d+: {said}"):
        load_member(tmp_path, "nl_efro_noord")


def test_a_mistake_in_the_file_of_a_family_is_told_with_line_and_remedy(tmp_path: Path) -> None:
    shutil.copytree(SOURCES / "nl", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "family.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("cadence:", "cadense:"), encoding="utf-8")
    with pytest.raises(MetadataError, match=r"family\.yml:\d+: cadense: there is no such key; did you mean cadence\?"):
        load_member(tmp_path, "nl_efro_noord")
