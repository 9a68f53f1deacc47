"""Among real lessons: plain questions find their answers, and typing errors are forgiven."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import Document, Index, open_index
from tests.search.making import found, make_document

LESSONS = Path(__file__).parents[3] / "shared" / "data" / "nasa_llis_until_2009.jsonl"
QUESTIONS = Path(__file__).parent / "data" / "plain_questions.jsonl"
#: Reached: .758 in the first ten, .670 in the first three.
FLOOR_TEN, FLOOR_THREE = 0.74, 0.65
INHERITED = {"LLIS-346", "LLIS-590", "LLIS-1308", "LLIS-789", "LLIS-1807"}
#: On the reuse of software, of files and of designs: all of them are found at once.
REUSED = {"LLIS-2158", "LLIS-1481", "LLIS-1308", "LLIS-346"}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def lesson(row: dict[str, Any]) -> Document:
    parts = {part: row[part] or "" for part in ("happened", "lesson", "recommendation")}
    names = tuple(row["topics"])
    return make_document(
        row["id"], row["title"] or "", external_id=row["id"], topic_names=names, **parts
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    if not LESSONS.is_file():
        pytest.skip(f"NASA's lessons are not at {LESSONS}: finding among them is NOT checked")
    with open_index(tmp_path_factory.mktemp("real") / "index") as index:
        index.rebuild(map(lesson, lines(LESSONS)))
        yield index


def test_plain_questions_find_their_lessons(filled: Index) -> None:
    questions = lines(QUESTIONS)
    assert len(questions) >= 40
    hits = [(found(filled, asked["question"]), set(asked["ids"])) for asked in questions]
    among_ten = sum(bool(ids & set(got)) for got, ids in hits)
    among_three = sum(bool(ids & set(got[:3])) for got, ids in hits)
    assert among_ten >= FLOOR_TEN * len(questions)
    assert among_three >= FLOOR_THREE * len(questions)
    assert "LLIS-1" in found(filled, "screws came loose in a power inverter")[:3]
    inherited = "what should we watch for when reusing software from an earlier mission"
    first = set(found(filled, inherited)[:5])
    assert len(INHERITED & first) >= 2
    assert first >= REUSED


def mistyped(word: str, chance: random.Random) -> str:
    """A letter left out, doubled, changed, or swapped with the next."""
    at = chance.randrange(len(word) - 1)
    head, letter, following, tail = word[:at], word[at], word[at + 1], word[at + 2 :]
    kinds = [following, letter * 2 + following, "x" + following, following + letter]
    return head + chance.choice(kinds) + tail


def test_titles_with_one_letter_wrong_find_their_lessons(filled: Index) -> None:
    chance = random.Random(8)
    titles: dict[str, str] = {}
    for row in chance.sample(lines(LESSONS), 400):
        if long := [w for w in row["title"].split() if w.isalpha() and w.isascii() and len(w) > 4]:
            word = chance.choice(long)
            titles[row["id"]] = row["title"].replace(word, mistyped(word.lower(), chance), 1)
    asked = list(titles.items())[:200]
    assert len(asked) == 200
    assert sum(id in found(filled, title)[:5] for id, title in asked) >= 0.95 * 200
