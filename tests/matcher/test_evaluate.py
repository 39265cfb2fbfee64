import json
from pathlib import Path

import pytest

from corpus.vocab import Language
from matcher.beir import Item, folders, read_benchmark
from matcher.errors import ProfileError
from matcher.evaluate import SYSTEMS, evaluate, languages_of, open_index
from matcher.metrics import interval, ndcg
from tests.fakes import KeywordEmbedder

DOCUMENTS = {
    "d/1": ("Day centres for Roma children", "A day centre with meals for Roma children and their families."),
    "d 2": ("Green parks", "Gardens, parks and trees in the neighbourhood."),
    "d3": ("Jobs for migrant women", ""),
}
QUESTIONS = {
    "q1": ("A house for Roma children", {"d/1": 1}, True),
    "q2": ("Trees in our park", {"d 2": 1}, False),
    "q3": ("migrantes trouvent un emploi", {"d3": 2}, False),
}


def write(folder: Path) -> Path:
    folder.mkdir(parents=True)
    documents = [{"_id": name, "title": title, "text": text} for name, (title, text) in DOCUMENTS.items()]
    questions = [
        {"_id": name, "title": title, "text": "", "social": social} for name, (title, _, social) in QUESTIONS.items()
    ]
    rows = [f"{name}\t{d}\t{grade}" for name, (_, right, _) in QUESTIONS.items() for d, grade in right.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, documents)))
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, questions)))
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + "\n".join(rows) + "\n")
    return folder


def test_every_system_is_measured_on_all_questions_and_on_each_flag(tmp_path: Path) -> None:
    benchmark, embedder = read_benchmark(write(tmp_path / "set")), KeywordEmbedder()
    snapshot, index = open_index(benchmark, tmp_path / "home", embedder)
    rows = list(evaluate(benchmark, snapshot, index, embedder, SYSTEMS, titles_only=False))
    assert [(row["questions"], row["system"], row["n"]) for row in rows] == [
        *(("all", system, 3) for system in SYSTEMS),
        *(("social", system, 1) for system in SYSTEMS),
    ]
    by_system = {str(row["system"]): row for row in rows if row["questions"] == "all"}
    assert by_system["full"]["ndcg@10"] == 1.0
    assert all(row["low"] <= row["ndcg@10"] <= row["high"] for row in rows)  # type: ignore[operator]


def test_a_second_run_embeds_no_document(tmp_path: Path) -> None:
    benchmark = read_benchmark(write(tmp_path / "set"))
    open_index(benchmark, tmp_path / "home", KeywordEmbedder())
    again = KeywordEmbedder()
    open_index(benchmark, tmp_path / "home", again)
    assert not again.seen


def test_all_benchmarks_of_a_folder_are_found(tmp_path: Path) -> None:
    one, two = write(tmp_path / "sets" / "b"), write(tmp_path / "sets" / "a")
    assert folders(one) == [one]
    assert folders(tmp_path / "sets") == [two, one]
    with pytest.raises(ProfileError, match=r"qrels\.tsv is missing"):
        folders(tmp_path / "home")


def test_a_language_that_few_documents_seem_to_have_is_given_up() -> None:
    english = [
        Item(id=str(n), title=f"Day centres for children number {n}", text="", flags=frozenset()) for n in range(30)
    ]
    stated = Item(id="x", title="Kinder", text="", flags=frozenset(), language=Language.DE)
    assert set(languages_of([*english, stated])) == {Language.EN}
    assert languages_of([stated]) == [Language.DE]


def test_gain_is_discounted_and_its_interval_holds_the_mean() -> None:
    assert ndcg(["a", "b"], {"a": 1}, 10) == 1.0
    assert ndcg(["b", "a"], {"a": 1}, 10) == pytest.approx(0.6309, abs=1e-4)
    low, high = interval([0.0, 1.0] * 50)
    assert 0.35 < low < 0.5 < high < 0.65
