"""Passages are those that looking at every word would give, on real texts and on odd ones."""

import json
import random
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search import snippets
from tests.search import slow_snippets

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = ("nasa_llis_until_2009", "jbranchaud_til", "simonw_til", "safenet")
PARTS = ("recommendation", "lesson", "happened", "why", "context", "body", "text")
LESSONS, QUERIES = 120, 3

WORDS = st.sampled_from(
    "pump pumps Pump's pumping valve-seat ORA-00054 snake_case camelCase v1.2.3 1.2 die dying "
    "Café Cafe\u0301 l'usine d\u2019huile c++ C# \u30dd\u30f3\u30d7 \u0432\u043e\u0434\u0430 "
    "*pump* **valve** `code` _soft_ ~~gone~~ [pump](http://x/y) ![p](q_(r)) # - > 1. ``` ~~~ the "
    "postgres14 a/b:c@d x\u00adray \u201cpump\u201d \x1c \u00a0 \u2028 + ++ _ __".split(" ")
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=40).flatmap(
    lambda words: st.sampled_from(" \n\t").map(lambda space: space.join(words))
)


@pytest.mark.parametrize("name", FILES)
def test_real_texts_have_the_same_passages(name: str) -> None:
    path = DATA / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"the real texts are not at {path}: their passages are NOT compared")
    source = random.Random(name)
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, LESSONS)]
    for row in rows:
        parts = [str(row.get(part) or "") for part in PARTS]
        for part in parts:
            assert snippets.plain(part) == slow_snippets.plain(part)
        words = " ".join(source.choice(rows).get("title") or "").split() or ["pump"]
        words += str(row.get("title") or "").split() + " ".join(parts).split()[:200]
        for count in range(1, QUERIES + 1):
            query = " ".join(source.sample(words, min(len(words), 2 * count)))
            assert snippets.snippet(query, parts) == slow_snippets.snippet(query, parts), query


@given(query=TEXTS, parts=st.lists(TEXTS, max_size=4), limit=st.sampled_from([40, 240]))
@example("pump", ["\n\n   # pump", "   \n - *pump*", "``` pump"], 240)
@example("a\u0301b", ["a\u0301 b a\u0301b \u0301b"], 240)
def test_odd_texts_have_the_same_passages(query: str, parts: list[str], limit: int) -> None:
    found = snippets.snippet(query, parts, limit=limit)
    assert found == slow_snippets.snippet(query, parts, limit=limit)


@given(text=TEXTS)
def test_odd_texts_are_stripped_the_same(text: str) -> None:
    assert snippets.plain(text) == slow_snippets.plain(text)
