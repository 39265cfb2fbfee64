import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.forms import FILTERS, AskForm, FormError, WhoForm, inhabitants
from corpus.messages import speaking
from corpus.vocab import ApplicantType, Language


@pytest.mark.parametrize("typed", ["12500", " 12 500 ", "12.500", "12,500", "12\u00a0500", "12'500"])
def test_signs_between_thousands_do_not_matter(typed: str) -> None:
    assert inhabitants(typed) == "12500"


@pytest.mark.parametrize("typed", ["12.5", "1,2", "12 50", "-3", "many", "1.234.56"])
def test_what_is_no_number_of_people_stays_as_it_was_typed(typed: str) -> None:
    assert inhabitants(typed) == typed


@given(st.integers(min_value=0, max_value=10**9))
def test_any_number_written_with_thousands_reads_back(number: int) -> None:
    assert inhabitants(f"{number:,}") == inhabitants(str(number)) == str(number)


def test_a_form_becomes_a_question() -> None:
    form = AskForm(idea="a day centre", applicant="municipality", country="BG", population="12 500", language="en")
    query = form.query()
    assert (query.text, query.language, query.applicant.population) == ("a day centre", Language.EN, 12500)


def test_every_wrong_field_is_told_in_the_language_of_the_reader() -> None:
    form = AskForm(idea="", applicant="king", country="XY", population="many", language="qq")
    with speaking(Language.EN), pytest.raises(FormError) as caught:
        form.query()
    assert set(caught.value.fields) == {"idea", "applicant", "country", "population", "language"}
    assert all(text.endswith(".") for text in caught.value.fields.values())


def test_an_error_repeats_no_word_of_the_idea() -> None:
    with pytest.raises(FormError) as caught:
        AskForm(idea="lindens " * 600).query()
    assert "lindens" not in str(caught.value) + repr(caught.value.fields)
    assert "4,800 characters" in caught.value.fields["idea"]


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_is_given_up(name: str) -> None:
    form = AskForm(idea="x", verdict="a", fund="b", status="c", where="d", drop=name).cleaned()
    assert [getattr(form, other) == "" for other in FILTERS] == [other == name for other in FILTERS]


def test_all_filters_are_given_up() -> None:
    form = AskForm(idea="x", verdict="a", fund="b", drop="all").cleaned()
    assert [form.verdict, form.fund, form.drop, form.idea] == ["", "", "", "x"]


def test_what_drop_names_is_never_another_field() -> None:
    assert AskForm(idea="x", drop="idea").cleaned().idea == "x"


def test_who_asks_may_be_left_out() -> None:
    assert WhoForm(applicant="", country="").who().country is None
    assert WhoForm(applicant="municipality", population="1.200").who().applicant is ApplicantType.MUNICIPALITY


def test_who_cannot_ask_is_told() -> None:
    with pytest.raises(FormError) as caught:
        WhoForm(country="XY", degurba="9").who()
    assert set(caught.value.fields) == {"country", "degurba"}
