"""A correction of any record: choose the field, write what is right, somebody else looks at it, the record shows it."""

from itertools import product

import pytest
from parsel import Selector

from api.desk.correction_form import CorrectionForm, form_of_value, value_of
from corpus.desk.content import ItemKind
from corpus.desk.errors import ContentError
from corpus.desk.fields import at, field_at, fields_of, plain
from corpus.desk.rights import DeskRole
from corpus.model import RecordBase
from corpus.vocab.places import INTERFACE_LANGUAGES
from tests.api.desk.conftest import Person
from tests.api.desk.test_issues import RECORD, Town, publish, questions, seen, town
from tests.factories import call, closing, practice, programme

__all__ = ["town"]
PLACE = "/en/desk/correct/ft.A"
WHY = {"reason": "The guide says so.", "url": "https://guide.example.eu/a.pdf", "read_on": "2026-11-20"}


def correct(person: Person, path: str, page: Selector | None = None, status: int = 303, **fields: object) -> Selector:
    shown = page if page is not None else person.page(f"{PLACE}/{path}")
    return person.send(f"{PLACE}/{path}", shown, status, **{**WHY, "item": seen(shown)["item"], **fields})


def test_the_fields_of_a_record_are_shown_with_their_values(town: Town) -> None:
    ruta = town.join("ruta", DeskRole.CONTRIBUTOR)
    page = ruta.page(PLACE)
    rows = {row.css("th::text").get(): row.css("td span::text").get() for row in page.css("tbody tr")}
    assert (rows["Largest EU share"], rows["Opening"]) == ("80%", "not known")
    assert f"{PLACE}/money.rate_max" in page.css("td a::attr(href)").getall()


def test_a_field_is_corrected_and_its_question_is_answered_with_it(town: Town) -> None:
    ruta, rasa = town.join("ruta", DeskRole.CONTRIBUTOR), town.join("rasa", DeskRole.REVIEWER)
    ema = town.join("ema", DeskRole.EDITOR)
    (question,) = questions(ruta)
    assert f"{PLACE}/money.rate_max" in ruta.page(question).css("a::attr(href)").getall()
    correct(ruta, "money.rate_max", value="75 %")
    assert questions(ruta, "?state=decided") == [question]
    record = publish(town, 1, rasa, ema)
    assert (record.money.rate_max, record.evidence["money.rate_max"][-1].statement) == (75, WHY["reason"])
    town.tell("source-b", money={"rate_max": "50"})
    assert town.build().money.rate_max == 75
    assert questions(ruta, "?state=reopened") == [question]


def test_a_question_opens_again_when_its_correction_is_refused(town: Town) -> None:
    ruta, rasa = town.join("ruta", DeskRole.CONTRIBUTOR), town.join("rasa", DeskRole.REVIEWER)
    (question,) = questions(ruta)
    correct(ruta, "money.rate_max", value="75")
    rasa.send("/en/desk/1/steps/reject", rasa.page("/en/desk/1"), reason="The guide is of another call.")
    assert questions(ruta, "?state=reopened") == [question]


SENT: tuple[tuple[str, dict[str, object], str], ...] = (
    ("timeline.opens", {"value": "2026-12-01", "time": "09:00"}, "1 December 2026, 09:00"),
    ("money.budget", {"value": "1.200.000", "currency": "eur"}, "€1,200,000"),
    ("geography.countries", {"ticked": ["LT", "LV"]}, "Lithuania Latvia"),
    ("title", {"value": "Saugios gatvės", "language": "lt"}, "Safe streets for all Saugios gatvės"),
    ("money.rate_max", {"unknown": "yes"}, "not known"),
)


def test_a_correction_is_shown_beside_what_the_sources_say(town: Town) -> None:
    ema = town.join("ema", DeskRole.EDITOR)
    for number, (path, fields, expected) in enumerate(SENT, start=1):
        correct(ema, path, **fields)
        _before, after = ema.page(f"/en/desk/{number}").css("[aria-labelledby=corrects] tbody td")
        assert " ".join(after.css("span::text").getall()) == expected
        assert town.desk.items.get(number).scope.country == "LT"


WRONG: tuple[tuple[str, dict[str, object], str], ...] = (
    ("money.rate_max", {"value": ""}, "value"),
    ("money.rate_max", {"value": "much"}, "value"),
    ("money.rate_max", {"value": "180"}, "value"),
    ("money.grant_min", {"value": "-5"}, "value"),
    ("timeline.opens", {"value": "soon"}, "value"),
    ("timeline.cutoffs", {"value": "2027-13-01"}, "value"),
    ("management", {"value": "magic"}, "value"),
    ("url", {"value": "javascript:alert(1)"}, "value"),
    ("money.rate_max", {"value": "75", "reason": " "}, "reason"),
    ("money.rate_max", {"value": "75", "url": "page 4"}, "url"),
    ("money.rate_max", {"value": "75", "read_on": "yesterday"}, "read_on"),
)


def test_what_breaks_a_rule_is_named_and_nothing_is_kept(town: Town) -> None:
    ema = town.join("ema", DeskRole.EDITOR)
    for path, fields, field in WRONG:
        page = correct(ema, path, None, 422, **fields)
        assert field in page.css("[role=alert] strong::text").getall(), (path, fields)
    assert town.desk.items.all() == []


def test_of_two_who_correct_a_field_the_slower_is_told_and_keeps_the_text(town: Town) -> None:
    ruta, ema = town.join("ruta", DeskRole.CONTRIBUTOR), town.join("ema", DeskRole.EDITOR)
    late = ema.page(f"{PLACE}/money.rate_max")
    correct(ruta, "money.rate_max", value="70")
    page = correct(ema, "money.rate_max", late, 409, value="75", reason="Mine")
    assert "look at theirs" in page.css("[role=alert]").get("")
    assert (page.css("#value::attr(value)").get(), page.css("#reason::attr(value)").get()) == ("75", "Mine")
    assert page.css(".note a::attr(href)").get() == "/en/desk/1"
    assert [version.content["values"] for version in town.desk.items.versions(1)] == [{"money.rate_max": "70"}]


def test_two_fields_of_a_record_are_corrected_by_two_people_at_once(town: Town) -> None:
    ruta, jonas = (town.join(name, DeskRole.CONTRIBUTOR) for name in ("ruta", "jonas"))
    correct(ruta, "money.rate_max", value="70")
    correct(jonas, "money.budget", value="5000")
    assert {item.part for item in town.desk.items.all()} == {"money.rate_max", "money.budget"}


def test_another_countrys_record_is_refused(town: Town) -> None:
    abroad = town.join("jan", DeskRole.CONTRIBUTOR, frozenset({"PL"}))
    page = correct(abroad, "money.rate_max", None, 403, value="75")
    assert "works for PL" in page.get()
    assert town.desk.items.all() == []
    own = town.join("ruta", DeskRole.CONTRIBUTOR, frozenset({"LT"}))
    correct(own, "money.rate_max", value="75")
    assert town.desk.items.get(1).scope.country == "LT"


def test_script_in_any_field_is_shown_as_text(town: Town) -> None:
    ema = town.join("ema", DeskRole.EDITOR)
    script = "<script>alert(1)</script>"
    correct(ema, "title", value=script, reason=script, url=f"https://a.example/{script}", source_title=script)
    rasa = town.join("rasa", DeskRole.REVIEWER)
    (question,) = questions(rasa)
    rasa.send(question, rasa.page(question), answer="cannot_tell", reason=script, seen="0")
    for path in ("/en/desk", "/en/desk/1", f"{PLACE}/title", PLACE, "/en/desk/issues", question):
        assert script not in ema.browser.get(path).text


def test_a_correction_is_edited_in_its_own_form(town: Town) -> None:
    ruta, rasa = town.join("ruta", DeskRole.CONTRIBUTOR), town.join("rasa", DeskRole.REVIEWER)
    correct(ruta, "money.rate_max", value="70")
    rasa.send("/en/desk/1/steps/start_review", rasa.page("/en/desk/1"))
    rasa.send("/en/desk/1/steps/request_changes", rasa.page("/en/desk/1"), reason="Which page?")
    form = ruta.page("/en/desk/1/edit")
    assert form.css("h1::text").get() == "Correct: Largest EU share"
    assert (form.css("#value::attr(value)").get(), form.css("#url::attr(value)").get()) == ("70", WHY["url"])
    correct(ruta, "money.rate_max", form, value="70", reason="Page 4 says so.")
    assert [version.content["reason"] for version in town.desk.items.versions(1)] == [WHY["reason"], "Page 4 says so."]
    ruta.send("/en/desk/1/edit", ruta.page("/en/desk/1"), 422, title="Not a practice")
    assert len(town.desk.items.versions(1)) == 2


def test_what_is_no_field_of_the_form_has_no_form(town: Town) -> None:
    ema = town.join("ema", DeskRole.EDITOR)
    for path in ("id", "sources", "eligibility.rules", "evidence", "money", "nothing"):
        assert ema.browser.get(f"{PLACE}/{path}").status_code == 404
    assert ema.browser.get("/en/desk/correct/ft.nowhere").status_code == 404


def test_the_public_page_leads_to_the_form(town: Town) -> None:
    answer = Selector(town.app().get("/en/calls/ft.A").text)
    assert PLACE in answer.css("[aria-labelledby=report] a::attr(href)").getall()


def test_the_pages_speak_every_language(town: Town) -> None:
    ema = town.join("ema", DeskRole.EDITOR)
    (question,) = questions(ema)
    correct(ema, "title", value="A title")
    paths = ("issues", question.partition("/desk/")[2], "correct/ft.A", "correct/ft.A/title", "1")
    for language, path in product(INTERFACE_LANGUAGES, paths):
        assert ema.page(f"/{language}/desk/{path}").xpath("/html/@lang").get() == language


WHOLE = (
    call(
        "ft.A",
        summary={"en": "Streets."},
        timeline=closing("2027-05-31", "2027-09-30").model_dump(mode="json") | {"opens": {"date": "2026-12-01"}},
        money={"budget": {"amount": "1200000"}, "grant_max": {"amount": "5", "currency": "PLN"}, "rate_max": "62.5"},
        duration_months_max=24,
        geography={"countries": ["LT"]},
        management="shared",
        authority="Agency",
    ),
    practice("isopolis.a", lead="The library", partners=["A", "B"], period={"start": "2025"}, cost={"amount": "5"}),
    programme("isopolis.p", countries=["LT"], valid_from={"date": "2021-01-01"}, cci="2021LT16FFPR001"),
)


@pytest.mark.parametrize("record", WHOLE, ids=lambda record: record.id)
def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(record: RecordBase) -> None:
    data = plain(record)
    told = [field for field in fields_of(record) if at(data, field.path) is not None]
    assert len(told) >= 6
    for field in told:
        value = at(data, field.path)
        form = CorrectionForm.model_validate(form_of_value(field, value, "en"))
        assert value_of(field, form, value) == value, field.path


def test_of_a_list_each_entry_keeps_what_the_form_does_not_show() -> None:
    record = practice("isopolis.a", places=[{"name": "Gabrovo", "country": "BG", "population": 5, "region": "North"}])
    field = field_at(record, "places")
    assert field is not None
    before = at(plain(record), "places")
    text = "Gabrovo, bg, 48 133\nTryavna, BG"
    assert value_of(field, CorrectionForm(value=text), before) == [
        {"name": "Gabrovo", "country": "BG", "region": "North", "population": 48133},
        {"name": "Tryavna", "country": "BG"},
    ]
    with pytest.raises(ContentError, match="name, country and inhabitants"):
        value_of(field, CorrectionForm(value="Gabrovo"), before)


def test_corrections_are_of_the_kind_that_the_build_takes_up(town: Town) -> None:
    ema = town.join("ema", DeskRole.EDITOR)
    correct(ema, "money.rate_max", value="75")
    (item,) = town.desk.items.all()
    assert (item.kind, item.record_id, item.part) == (ItemKind.CORRECTION, "ft.A", "money.rate_max")
    assert item.record_id != RECORD  # known by the better of its two names
