from dataclasses import dataclass
from typing import Any

from api.recent import Recent


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def found(calls: list[str], name: str) -> Any:
    calls.append(name)
    return f"answer to {name}"


def test_the_same_question_is_answered_once() -> None:
    recent, calls = Recent(Clock()), []
    answers = [recent.answer("idea", lambda: found(calls, "idea")) for _ in range(3)]
    assert set(map(str, answers)) == {"answer to idea"}
    assert calls == ["idea"]


def test_another_question_is_matched() -> None:
    recent, calls = Recent(Clock()), []
    for name in ("a", "b", "a"):
        recent.answer(name, lambda name=name: found(calls, name))
    assert calls == ["a", "b"]


def test_an_answer_is_forgotten_after_its_time() -> None:
    clock, calls = Clock(), []
    recent = Recent(clock, seconds=10)
    recent.answer("a", lambda: found(calls, "a"))
    clock.now = 10.0
    recent.answer("b", lambda: found(calls, "b"))
    assert len(recent) == 1
    recent.answer("a", lambda: found(calls, "a"))
    assert calls == ["a", "b", "a"]


def test_only_a_few_are_kept_the_oldest_goes_first() -> None:
    recent, calls = Recent(Clock(), most=2), []
    for name in ("a", "b", "c", "b", "a"):
        recent.answer(name, lambda name=name: found(calls, name))
    assert calls == ["a", "b", "c", "a"]
    assert len(recent) == 2


def test_no_word_of_a_question_is_kept() -> None:
    recent = Recent(Clock())
    recent.answer("three lindens", lambda: found([], "x"))
    assert b"lindens" not in repr(vars(recent)).encode()
    assert "lindens" not in repr(vars(recent))


def test_two_processes_name_one_question_differently() -> None:
    names = []
    for _ in range(2):
        recent = Recent(Clock())
        recent.answer("idea", lambda: found([], "x"))
        names += list(recent._kept)
    assert names[0] != names[1]
