"""Questions and what people say of them: put together, known again, decided once by one of two, open again."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.desk import audit
from corpus.desk.content import ItemKind
from corpus.desk.deciding import Ground, chosen, correction, correction_at, path_of, propose, told
from corpus.desk.errors import ConflictError, ContentError, NotAllowedError
from corpus.desk.items import Seen
from corpus.desk.questions import IssueKind, IssueState, Question, Verdict, questions
from corpus.desk.queue import Queue, Saying, of_one_fact
from corpus.desk.rights import Action, Actor, DeskRole
from corpus.issues import Issue, Quote
from corpus.model import RecordBase
from tests.corpus.desk.conftest import Desk
from tests.factories import NOW, call, practice

QUOTES = (
    Quote(origin="source-a", value="80", words="up to 80 %", url="https://a.example/1", data="80"),
    Quote(origin="source-b", value="60", words="60 per cent", url="https://b.example/1", data="60"),
)
CONFLICT = Issue(
    source="source-a", key="A", code="conflict", field="money.rate_max", message="m", quotes=QUOTES, record="ft.A",
    countries=("LT",),
)  # fmt: skip
RECORD = call("ft.A", money={"rate_max": "80"}, geography={"countries": ["LT"]})
WHY = Ground("The guide says so.", "https://guide.example.eu/a.pdf", "2026-11-20")
NO_MISTAKE = Saying(Verdict.NOT_A_MISTAKE, "Both hold.")


def asked(*issues: Issue) -> Question:
    (question,) = questions(issues or (CONFLICT,))
    return question


def stands(desk: Desk, question: Question) -> IssueState:
    return Queue(desk.engine).entries([question])[0].state


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("conflict", IssueKind.CONFLICT),
        ("decision_reopened", IssueKind.CHANGED),
        ("changed", IssueKind.CHANGED),
        ("link_dead", IssueKind.LINK),
        ("lost_page", IssueKind.LINK),
        ("count", IssueKind.COUNT),
        ("run_failed", IssueKind.COUNT),
        ("not_applied", IssueKind.RULE),
        ("unknown_word", IssueKind.VALUE),
    ],
)
def test_each_issue_is_of_a_kind(code: str, kind: IssueKind) -> None:
    assert asked(CONFLICT.model_copy(update={"code": code})).kind is kind


def test_issues_of_one_fact_are_one_question() -> None:
    third = CONFLICT.model_copy(update={"quotes": (QUOTES[0], Quote(origin="source-c", value="50", data="50"))})
    question = asked(CONFLICT, third)
    assert [quote.value for quote in question.quotes] == ["80", "60", "50"]
    assert question.sources == ("source-a", "source-b", "source-c")
    other = CONFLICT.model_copy(update={"field": "money.budget"})
    assert len(questions([CONFLICT, other, third])) == 2


def test_a_question_is_known_again_whichever_source_is_believed() -> None:
    turned = CONFLICT.model_copy(update={"source": "source-b", "key": "B", "quotes": QUOTES[::-1]})
    assert asked(turned).id == asked().id


def test_what_is_no_mistake_is_closed_until_the_words_change(desk: Desk) -> None:
    Queue(desk.engine).decide(desk.people["rasa"], [asked()], 0, NO_MISTAKE, NOW)
    assert stands(desk, asked()) is IssueState.DECIDED
    words = QUOTES[1].model_copy(update={"value": "65", "data": "65"})
    assert stands(desk, asked(CONFLICT.model_copy(update={"quotes": (QUOTES[0], words)}))) is IssueState.REOPENED


def test_a_decision_keeps_what_it_was_made_from_and_stands_in_the_log(desk: Desk) -> None:
    made = Queue(desk.engine).decide(desk.people["rasa"], [asked()], 0, NO_MISTAKE, NOW)
    assert Issue.model_validate(made.made_from["issues"][0]) == CONFLICT
    with desk.engine.connect() as connection:
        *_others, event = audit.events(connection)
        assert audit.broken(connection) is None
    assert (event.action, event.account) == ("decide", desk.people["rasa"].account)
    assert event.detail == {"issue": asked().id, "verdict": "not_a_mistake", "reason": "Both hold."}


def test_who_cannot_tell_leaves_the_question_open(desk: Desk) -> None:
    queue = Queue(desk.engine)
    queue.decide(desk.people["ruta"], [asked()], 0, Saying(Verdict.CANNOT_TELL, "No page."), NOW)
    assert stands(desk, asked()) is IssueState.OPEN
    queue.decide(desk.people["rasa"], [asked()], 1, NO_MISTAKE, NOW)
    assert [one.verdict for one in queue.decisions(asked().id)] == [Verdict.CANNOT_TELL, Verdict.NOT_A_MISTAKE]


@pytest.mark.parametrize(
    ("who", "verdict", "word"),
    [
        (Actor(1, DeskRole.CONTRIBUTOR), Verdict.NOT_A_MISTAKE, "needs the role reviewer"),
        (Actor(1, DeskRole.EDITOR, frozenset({"PL"})), Verdict.NOT_A_MISTAKE, "works for PL"),
        (Actor(1, DeskRole.CONTRIBUTOR, frozenset({"PL"})), Verdict.CANNOT_TELL, "works for PL"),
    ],
)
def test_who_may_not_decide_is_told_why(desk: Desk, who: Actor, verdict: Verdict, word: str) -> None:
    with pytest.raises(NotAllowedError, match=word):
        Queue(desk.engine).decide(who, [asked()], 0, Saying(verdict, "x"), NOW)
    assert stands(desk, asked()) is IssueState.OPEN


def test_of_many_who_decide_at_once_one_does(desk: Desk) -> None:
    def decide(_number: int) -> bool:
        try:
            Queue(desk.engine).decide(desk.people["rasa"], [asked()], 0, NO_MISTAKE, NOW)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(decide, range(10))) == [False] * 9 + [True]
    assert len(Queue(desk.engine).decisions(asked().id)) == 1


def test_a_decision_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(ContentError, match="say why"):
        Queue(desk.engine).decide(desk.people["rasa"], [asked()], 0, Saying(Verdict.CANNOT_TELL, " "), NOW)


def test_a_value_is_proposed_once_by_one_and_becomes_a_new_version_later(desk: Desk) -> None:
    ruta, rasa, ema = (desk.people[name] for name in ("ruta", "rasa", "ema"))
    text = correction(ruta, RECORD, {"money.rate_max": "60"}, {"money.rate_max": "80"}, WHY)
    item = propose(desk.items, ruta, text, None, NOW)
    assert (item.kind, item.standing.state.value, item.scope.country) == (ItemKind.CORRECTION, "submitted", "LT")
    with pytest.raises(ConflictError, match="look at theirs"):
        propose(desk.items, ema, text, None, NOW)
    for who, action in ((rasa, Action.START_REVIEW), (rasa, Action.APPROVE), (ema, Action.PUBLISH)):
        item = desk.items.act(who, action, Seen(item.id, item.revision), NOW)
    assert correction_at(desk.items, "ft.A", "money.rate_max") == item
    assert told(desk.items, RECORD, "money.rate_max", []) == "80"
    again = propose(desk.items, ema, {**text, "values": {"money.rate_max": "70"}}, Seen(item.id, item.revision), NOW)
    assert (again.id, again.version, again.public_version) == (item.id, 2, 1)


@pytest.mark.parametrize("change", [{"record": "ft.B"}, {"values": {"money.budget": {"amount": "5"}}}])
def test_a_correction_stays_one_of_its_record_and_fields(desk: Desk, change: dict[str, object]) -> None:
    ruta = desk.people["ruta"]
    text = correction(ruta, RECORD, {"money.rate_max": "60"}, {"money.rate_max": "80"}, WHY)
    item = desk.items.begin(ruta, ItemKind.CORRECTION, "", text, NOW)
    with pytest.raises(ContentError, match="begin another one"):
        desk.items.act(ruta, Action.EDIT, Seen(item.id, 1), NOW, "x", {**text, **change})
    assert desk.items.get(item.id) == item


def test_what_the_sources_tell_now_is_what_the_next_decision_is_made_from(desk: Desk) -> None:
    reopened = CONFLICT.model_copy(update={"code": "decision_reopened"})
    assert told(desk.items, RECORD, "money.rate_max", [asked(reopened)]) == "60"


TWO = [{"name": "Gabrovo", "country": "BG", "population": 5, "region": "N"}, {"name": "Tryavna", "country": "BG"}]
OTHER = [{"name": "Tryavna", "country": "BG", "population": 8}, {"name": "Gabrovo", "country": "BG", "population": 6}]
TOWNS = CONFLICT.model_copy(
    update={
        "field": "places.population",
        "record": "isopolis.a",
        "quotes": (QUOTES[0].model_copy(update={"data": TWO}), QUOTES[1].model_copy(update={"data": OTHER})),
    }
)


ELSEWHERE = Quote(origin="source-b", value="LV", data={"countries": ["LV"]})
WHERE = CONFLICT.model_copy(update={"field": "geography", "quotes": (QUOTES[0], ELSEWHERE)})


@pytest.mark.parametrize(
    ("record", "issue", "path", "expected"),
    [
        (RECORD, CONFLICT, "money.rate_max", "60"),
        (practice("isopolis.a", places=TWO), TOWNS, "places", [{**TWO[0], "population": 6}, OTHER[0]]),
        (RECORD, WHERE, "geography", {"countries": ["LV"]}),
    ],
)
def test_the_other_value_is_put_into_the_record(record: RecordBase, issue: Issue, path: str, expected: object) -> None:
    question = asked(issue)
    assert path_of(record, question) == path
    assert chosen(record, question, 1) == expected


def test_rules_are_not_taken_over_from_another_source() -> None:
    rules = CONFLICT.model_copy(
        update={
            "field": "eligibility.rules",
            "quotes": tuple(one.model_copy(update={"data": None}) for one in QUOTES),
        }
    )
    assert path_of(RECORD, asked(rules)) is None
    with pytest.raises(ContentError, match="cannot be taken over"):
        chosen(RECORD, asked(rules), 1)


def test_a_decided_value_answers_all_questions_of_its_field() -> None:
    inner = CONFLICT.model_copy(update={"field": "money.rate_max.x", "code": "percent"})
    other = CONFLICT.model_copy(update={"field": "money.budget"})
    abroad = CONFLICT.model_copy(update={"record": "ft.B"})
    found = of_one_fact(questions([CONFLICT, inner, other, abroad]), "ft.A", "money.rate_max")
    assert [question.field for question in found] == ["money.rate_max", "money.rate_max.x"]
