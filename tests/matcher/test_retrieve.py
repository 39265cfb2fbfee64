import pytest

from corpus.vocab import Language
from matcher.index.search import SearchIndex
from matcher.retrieve import Found, prepare, retrieve
from tests.fakes import KeywordEmbedder
from tests.matcher.factory import DAY_CENTRES_BG, DAY_CENTRES_PL, FAR_IDEA, GARDENS, ROMA_HOUSE, World


@pytest.fixture(scope="module")
def index(small_world: World) -> SearchIndex:
    return small_world.search()


def found(index: SearchIndex, text: str, language: Language | None = Language.EN, kind: str = "call") -> list[Found]:
    return retrieve(index, prepare(text, KeywordEmbedder().read_query(text), language), kind)


def by_id(index: SearchIndex, text: str, language: Language | None = Language.EN) -> dict[str, Found]:
    return {record.record_id: record for record in found(index, text, language)}


def test_words_of_a_question_are_prepared_once_each() -> None:
    question = prepare("Roma children, Roma child", KeywordEmbedder().read_query("Roma"), Language.EN)
    assert list(question.words) == ["roma", "children", "child"]
    assert question.words["roma"] > question.words["child"] == 1.0


def test_the_nearest_come_first_and_kinds_are_kept_apart(index: SearchIndex) -> None:
    assert found(index, "gardens, parks and trees")[0].record_id == GARDENS.id
    assert found(index, "Roma children in a day centre", kind="practice")[0].record_id == ROMA_HOUSE.id


def test_order_is_by_meaning_and_then_by_name(index: SearchIndex) -> None:
    records = found(index, "day centre for Roma children")
    assert records == sorted(records, key=lambda record: (-record.meaning, record.record_id))


def test_meaning_is_that_of_the_best_passage(index: SearchIndex) -> None:
    record = by_id(index, "green gardens")[GARDENS.id]
    background = index.background(KeywordEmbedder().query("green gardens"), "call")
    assert record.meaning == max(background.standard(hit.cosine, hit.language) for hit in record.hits)
    assert [hit.cosine for hit in record.hits] == sorted((hit.cosine for hit in record.hits), reverse=True)


def test_words_that_could_meet_and_did_not_are_zero(index: SearchIndex) -> None:
    assert by_id(index, "green gardens")[DAY_CENTRES_PL.id].words == 0.0


def test_words_that_could_not_meet_are_not_known(index: SearchIndex) -> None:
    records = by_id(index, "mahalledeki çocuklar", Language.TR)
    assert {record.words for record in records.values()} == {None}


def test_words_meet_in_english_by_way_of_the_dictionary(index: SearchIndex) -> None:
    records = by_id(index, "ромски деца", Language.BG)
    assert records[DAY_CENTRES_PL.id].trust < 1.0
    assert (records[DAY_CENTRES_PL.id].words or 0) > 0
    assert (records[DAY_CENTRES_BG.id].words or 0) > 0
    assert records[GARDENS.id].words == 0.0
    assert by_id(index, "Roma children")[DAY_CENTRES_PL.id].trust == 1.0


def test_without_a_language_no_record_is_said_to_miss_words(index: SearchIndex) -> None:
    assert by_id(index, "xyz gardens", None)[DAY_CENTRES_PL.id].words is None


def test_a_record_tells_of_the_words_that_it_shares_in_any_language(index: SearchIndex) -> None:
    records = by_id(index, "ромски деца", Language.BG)
    assert records[DAY_CENTRES_PL.id].told > records[GARDENS.id].told + 0.3
    assert records[DAY_CENTRES_BG.id].told > records[GARDENS.id].told + 0.3


def test_a_word_that_no_record_speaks_of_is_told_by_none(index: SearchIndex) -> None:
    told = by_id(index, "gardens")[GARDENS.id].told
    assert by_id(index, "gardens volcanology bathyscaphe")[GARDENS.id].told < told


def test_an_idea_of_stop_words_alone_does_not_fail(index: SearchIndex) -> None:
    assert all(not record.words for record in found(index, "the of and"))


def test_an_idea_about_nothing_known_stands_out_nowhere(index: SearchIndex) -> None:
    assert all(record.meaning <= 0.1 for record in found(index, FAR_IDEA))
