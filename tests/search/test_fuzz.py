"""Whatever anybody types: an answer, the same each time, of what they may read, and no error.

`make fuzz` runs the same with thousands of texts.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import EVERYONE, Index, Query, Results, open_index
from search.grammar import MAX_CHARACTERS, MAX_CONDITIONS, parsed, plainly
from search.query import asked
from tests.search.making import make_document

LONG = os.environ.get("FUZZ") == "long"
settings.register_profile(
    "search",
    max_examples=3_000 if LONG else 60,
    deadline=None,
    derandomize=not LONG,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
fuzzed = settings(settings.get_profile("search"))

WORDS = [
    "pump",
    "pumps",
    "heat",
    "valve",
    "ORA-00054",
    "v3.11",
    "follow-up",
    "насосы",
    "배포",
    "the",
]
FIELDS = ["title:", "team:", "kind:", "topic:", "author:"]
SIGNS = [*FIELDS, *'"-*()/\\:“» ^[]\x00\u202e\u0301\ud800', "~9", "AND"]
pieces = st.one_of(st.sampled_from(WORDS), st.sampled_from(SIGNS), st.text(max_size=4))
#: Anything at all, things like queries, and queries.
texts = st.one_of(
    st.text(st.characters(), max_size=300),
    st.lists(pieces, max_size=40).map("".join),
    st.lists(pieces, max_size=20).map(" ".join),
)
operands = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "-"]),
    st.sampled_from(["", *FIELDS]),
    st.sampled_from(["pump", '"heat pump"', "hea*", "failure", "насосы", "ops", '"the pump"']),
)
AUDIENCES = [{EVERYONE}, {EVERYONE, "team:a"}, {"team:b"}, set[str]()]
audiences = st.sampled_from([frozenset(one) for one in AUDIENCES])


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("fuzz") / "index") as opened:
        for start in range(0, 36, 12):
            opened.index(
                make_document(
                    f"d{n}",
                    f"{WORDS[n % 10]} {WORDS[n * 7 % 9]}",
                    happened=f"the heat pump {WORDS[n * 3 % 10]} failed",
                    audience=[EVERYONE, "team:a", "team:b"][n % 3],
                    kind=["failure", "near_miss"][n % 2],
                    team_name=["Ops", "Field Ops"][n % 2],
                    author_name="Ada Example",
                    day=n % 5,
                )
                for n in range(start, start + 12)
            )
        yield opened


def answer(index: Index, text: str, who: frozenset[str]) -> Results:
    return index.search(Query(text=text, audiences=who, per_page=100))


def ids(results: Results) -> set[str]:
    return {hit.id for hit in results.hits}


@fuzzed
@given(text=texts, who=audiences)
def test_any_text_is_answered_alike_each_time_with_what_may_be_read(
    index: Index, text: str, who: frozenset[str]
) -> None:
    results = answer(index, text, who)
    assert results == answer(index, text, who)
    assert results.total == len(results.hits) == len(ids(results))
    assert ids(results) <= ids(answer(index, "", who))
    index.snippet(text, ["The heat pump failed.", text])
    index.suggest(text[:40], audiences=who)


@fuzzed
@given(words=st.sampled_from(["", "heat", "heat valve"]), signs=st.lists(operands, max_size=5))
def test_each_condition_more_finds_no_lesson_more(
    index: Index, words: str, signs: list[str]
) -> None:
    who = frozenset({EVERYONE, "team:a"})
    # Words that are asked for are scored too: of themselves they may find more.
    demanded = [sign for sign in signs if parsed(sign).plain.strip() == ""]
    wider = ids(answer(index, words, who))
    for count in range(1, len(demanded) + 1):
        narrower = ids(answer(index, " ".join([words, *demanded[:count]]), who))
        assert narrower <= wider
        wider = narrower


@fuzzed
@given(sign=operands)
def test_a_condition_and_its_contrary_part_what_may_be_read(index: Index, sign: str) -> None:
    who = frozenset({EVERYONE, "team:b"})
    bare = sign.removeprefix("-")
    if not parsed(bare).conditions:
        return
    with_it, without = ids(answer(index, bare, who)), ids(answer(index, f"-{bare}", who))
    assert not with_it & without
    assert with_it | without == ids(answer(index, "", who))


@fuzzed
@given(text=texts)
def test_the_grammar_reads_any_text_within_its_limits(text: str) -> None:
    plain, conditions = parsed(text)
    assert len(conditions) <= MAX_CONDITIONS
    assert (plain == text) if not conditions else len(text) <= MAX_CHARACTERS
    assert not parsed(plainly(text)).conditions or not conditions
    asked(text)
