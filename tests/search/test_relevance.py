"""The right lesson first: on stories written for this, and on a judged collection."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from search import Index
from tests.search.making import ask, found, make_document

CRANFIELD = Path(__file__).parents[3] / "shared" / "data" / "cranfield"

STORIES = {
    "screws": ("Loose screws in the power inverter", "The mounting screws had no torque given."),
    "reuse": ("Inherited flight software was not tested again",
              "Code taken over from an earlier mission failed under the new conditions of reuse."),
    "restore": ("A backup is only as good as its restore", "Nobody had ever tried to restore it."),
    "certificate": ("The certificate ran out on a Sunday", "No alarm told us it would expire."),
    "crane": ("The crane tipped on soft ground", "The outrigger sank after a night of rain."),
    "supplier": ("One supplier for a critical part", "When the factory flooded, we stood still."),
    "handover": ("Night shift did not know of the bypass", "The handover was by word of mouth."),
    "migration": ("Database migration locked the table for an hour",
                  "Adding a column with a default rewrote every row: ORA-00054 for everyone."),
}  # fmt: skip
QUESTIONS = {
    "screws came loose in a power inverter": "screws",
    "what should we watch for when reusing software from an earlier mission": "reuse",
    "how do we know that our backups work": "restore",
    "expired certificates": "certificate",
    "lifting with a crane after heavy rain": "crane",
    "what if our only supplier cannot deliver": "supplier",
    "shift handover": "handover",
    "ora-00054": "migration",
    "add a column to a large table": "migration",
    "certifcate expird": "certificate",
}


@pytest.mark.parametrize(("question", "story"), QUESTIONS.items())
def test_a_question_in_plain_words_brings_its_lesson_first(
    index: Index, question: str, story: str
) -> None:
    index.index(
        make_document(id, title, happened=happened) for id, (title, happened) in STORIES.items()
    )
    assert found(index, question)[0] == story


def test_a_synonym_of_a_topic_finds_its_lessons(index: Index) -> None:
    index.index([
        make_document("a", "The inverter failed", topic_names=("Power supplies", "PSU")),
        make_document("b", "The crane tipped"),
    ])  # fmt: skip
    assert found(index, "psu") == ["a"]


def test_the_conditions_for_use_tell_more_than_the_story(index: Index) -> None:
    index.index([
        make_document("told", happened="work in winter", applies_when="the pump is old", day=1),
        make_document("applies", happened="the pump is old", applies_when="work in winter"),
    ])  # fmt: skip
    assert found(index, "work in winter") == ["applies", "told"]


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CRANFIELD / name).read_text("utf-8").splitlines()]


def judgements() -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for row in (CRANFIELD / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, grade = row.split("\t")
        if int(grade) > 0:
            judged.setdefault(query, {})[document] = int(grade)
    return judged


def gain(grades: list[int]) -> float:
    """Discounted cumulative gain (Järvelin and Kekäläinen, 2002)."""
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))


def test_cranfield_is_answered_as_well_as_was_measured(index: Index) -> None:
    if not CRANFIELD.is_dir():
        pytest.skip(f"the Cranfield collection is not at {CRANFIELD}: relevance is NOT checked")
    index.rebuild(
        make_document(r["_id"], r["title"], happened=r["text"]) for r in lines("corpus.jsonl")
    )
    judged = judgements()
    scores = []
    for query in lines("queries.jsonl"):
        if grades := judged.get(query["_id"]):
            hits = index.search(ask(query["text"])).hits
            best = sorted(grades.values(), reverse=True)[:10]
            scores.append(gain([grades.get(hit.id, 0) for hit in hits]) / gain(best))
    assert len(scores) > 200
    assert sum(scores) / len(scores) >= 0.38
