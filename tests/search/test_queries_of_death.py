"""Queries that stalled other engines are answered with little work, counted and not timed."""

from collections.abc import Iterator

import pytest

from search import Index, Query, open_index
from search.budget import Budget
from search.grammar import MAX_CONDITIONS, parsed
from search.query import MAX_CHARACTERS, asked, cut
from search.searching import search
from search.telling import MAX_TERMS, telling
from tests.search.making import ask, make_document
from tests.search.ticking import Ticking

#: So often at most a search looks at its clock: before each word, condition and term of it.
MOST_TICKS = 4 * (MAX_TERMS + MAX_CONDITIONS)

DEADLY = {
    "fuzzy": "deployment~9",
    "fuzzy words": "deployment~9 " * 200,
    "regex": "/(a+)+$/",
    "regex stalls": "/(x+x+)+y/ " * 20,
    "parentheses": "(" * 2_000,
    "balanced": "(" * 1_000 + "pump" + ")" * 1_000,
    "quotes": '"' * 10_000,
    "open quotes": '"pump ' * 2_000,
    "stars": "*" * 10_000,
    "leading wildcard": "*pump",
    "short beginnings": "a* b* c* d* e*",
    "all beginnings": " ".join(f"{letter}{letter}{letter}*" for letter in "abcdefghijklmnop"),
    "one beginning": "con* " * 51,
    "question marks": "?" * 10_000,
    "minus": "-" * 10_000,
    "all left out": " ".join(["-pump"] * 16),
    "nested not": "NOT " * 500 + "pump",
    "boolean": "pump AND (valve OR (screw AND (crane OR " * 50,
    "range": "[a TO z]",
    "ranges": "[* TO *] " * 100,
    "boost": "pump^1e400",
    "fields": "title:" * 1_000,
    "field of fields": "title:topic:team:kind:author:pump",
    "empty fields": "title: topic: team: kind: author: ",
    "phrase of stop words": '"' + "the of and to " * 17 + '"',
    "phrase of one word": '"' + "pump " * 50 + '"',
    "phrases": '"a b" ' * 16,
    "nul": "\x00" * 5_000,
    "nul inside": "pu\x00mp",
    "combining": "a" + "\u0301" * 5_000,
    "combining on all": "a\u0301\u0302\u0303" * 1_500,
    "right to left": "\u202e\u200f\u2067pump\u2069" * 400,
    "surrogate": "\ud800",
    "surrogates": "\ud800\udc00pump\udfff" * 300,
    "expanding": "\ufdfa" * 2_000,
    "one long word": "x" * 100_000,
    "many words": " ".join(f"w{n}" for n in range(5_000)),
    "many misspelt": " ".join(f"pumb{chr(97 + n % 26)}valvw" for n in range(300)),
    "many parts": "a.b" * 5_000,
    "many humps": "AaAa" * 5_000,
    "versions": "1.2" * 5_000,
    "pairs": "가나다" * 5_000,
    "han": "服务器部署失败" * 2_000,
    "thai": "ปั๊มน้ำ" * 2_000,
    "emoji": "👩‍🚒🔥" * 2_000,
    "frames": "how do we avoid " * 600,
    "what what": "what " * 3_000,
    "blanks": " " * 100_000,
    "lines": "pump\n" * 5_000,
    "sql": "'; DROP TABLE lessons; --",
    "html": "<script>alert(1)</script>" * 100,
    "template": "{{ 7 * 7 }} ${7*7} %(pump)s %n",
    "path": "../" * 1_000 + "etc/passwd",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("death") / "index") as opened:
        opened.index(
            make_document(
                f"d{n}",
                "pump deployment" if n % 2 else "valve",
                happened=f"a b the of and to consists w{n} contact{n} connection",
                day=n,
            )
            for n in range(40)
        )
        yield opened


@pytest.mark.parametrize("name", DEADLY)
def test_it_is_answered_with_little_work(index: Index, name: str) -> None:
    clock = Ticking()
    query = Query(text=DEADLY[name], audiences=ask().audiences)
    results = search(index._readers.newest(), query, Budget(10 * MOST_TICKS, clock))
    assert clock.ticks <= MOST_TICKS
    assert results.total <= 40
    assert not results.partial


@pytest.mark.parametrize("name", DEADLY)
def test_it_is_a_few_operands_and_terms(index: Index, name: str) -> None:
    text = cut(DEADLY[name])
    assert len(text) <= MAX_CHARACTERS
    assert len(parsed(DEADLY[name]).conditions) <= MAX_CONDITIONS
    words = telling(index._readers.newest(), asked(text))
    terms = [len(word.word.terms) + sum(len(r.terms) for r in word.related) for word in words]
    assert sum(terms) <= MAX_TERMS


@pytest.mark.parametrize("name", DEADLY)
def test_its_passages_and_completions_are_answered_too(index: Index, name: str) -> None:
    index.snippet(DEADLY[name], ["The pump failed.", DEADLY[name]])
    assert len(index.suggest(DEADLY[name], audiences=ask().audiences)) <= 8
    index.similar(title=DEADLY[name], text=DEADLY[name], audiences=ask().audiences)
