"""Searching with a model: what means the same goes before what shares a word; nothing is told."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

from search import EVERYONE, Document, Index, Query, open_index
from search.meaning import Meaning
from tests.search.making import ask, found, make_document
from tests.search.processes import ROOT
from tests.search.tiny_model import CONCEPTS, knowing, meaning_in

#: Each holds the word as often; "compressor" is another name of a pump, "night" of the dark.
STORIES = [
    make_document("night", "Pump, night, night", day=3),
    make_document("crane", "Pump, crane, hoist", day=2),
    make_document("compressor", "Pump, compressor, tool", day=1),
]


def filled(folder: Path, documents: list[Document], meaning: Meaning | None) -> Index:
    index = open_index(folder / "index", meaning=meaning)
    index.index(documents)
    return index


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return filled(tmp_path, STORIES, knowing(tmp_path, STORIES))


def plainly(folder: Path, text: str = "pump") -> list[str]:
    """What the same index finds by words alone."""
    with open_index(folder / "index") as plain:
        return found(plain, text)


def test_of_what_holds_a_word_that_which_means_it_comes_first(index: Index, tmp_path: Path) -> None:
    assert plainly(tmp_path)[-1] == "compressor"
    assert found(index, "pump")[0] == "compressor"


def test_only_what_the_words_find_is_found_and_counted_as_without(
    index: Index, tmp_path: Path
) -> None:
    with open_index(tmp_path / "index") as plain:
        for text in ("pump", "pump night", "crane", "compressor", "nothing", "", "the"):
            with_it, without = index.search(ask(text)), plain.search(ask(text))
            assert sorted(h.id for h in with_it.hits) == sorted(h.id for h in without.hits)
            assert (with_it.total, with_it.facets) == (without.total, without.facets)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_order_by_day_stays(index: Index, sort: str) -> None:
    newest = ["night", "crane", "compressor"]
    assert found(index, "pump", sort=sort) == (newest if sort == "newest" else newest[::-1])
    assert found(index) == newest


def test_filters_hold(index: Index) -> None:
    hits = found(index, "pump", since=STORIES[1].posted_on)
    assert sorted(hits) == ["crane", "night"]


def many(count: int) -> list[Document]:
    chance = random.Random(5)
    words = " ".join(CONCEPTS).split()
    return [
        make_document(f"d{n:03d}", f"pump {' '.join(chance.choices(words, k=6))}", day=n % 90)
        for n in range(count)
    ]


def test_pages_follow_one_another_through_the_first_two_hundred_and_beyond(tmp_path: Path) -> None:
    documents = many(260)
    index = filled(tmp_path, documents, knowing(tmp_path, documents))
    whole = found(index, "loose pump", per_page=260)
    assert sorted(whole) == sorted(document.id for document in documents)
    for per_page in (7, 100, 150, 200, 230):
        pages = range(1, 260 // per_page + 2)
        parts = [found(index, "loose pump", page=page, per_page=per_page) for page in pages]
        assert [*chain.from_iterable(parts)] == whole
    with open_index(tmp_path / "index") as plain:
        assert found(plain, "loose pump", per_page=260)[200:] == whole[200:]


def test_the_order_does_not_depend_on_how_the_index_grew(tmp_path: Path) -> None:
    documents = many(120)
    once = filled(tmp_path / "once", documents, knowing(tmp_path / "once", documents))
    bit_by_bit = open_index(
        tmp_path / "bits/index", meaning=knowing(tmp_path / "bits", documents[::-1])
    )
    for start in range(0, 120, 7):
        bit_by_bit.index(documents[::-1][start : start + 7])
    for text in ("pump", "pump night slack", "dark archive bolt"):
        assert bit_by_bit.search(ask(text, per_page=120)) == once.search(ask(text, per_page=120))


def test_equal_documents_come_newest_first_then_by_id(tmp_path: Path) -> None:
    days = {"b": 1, "a": 1, "c": 2, "d": 0}
    documents = [make_document(id, "pump at night", day=day) for id, day in days.items()]
    index = filled(tmp_path, documents, knowing(tmp_path, documents))
    assert found(index, "night pump") == ["c", "a", "b", "d"]


def test_a_changed_lesson_is_not_ranked_by_what_it_said_before(tmp_path: Path) -> None:
    meaning = knowing(tmp_path, STORIES)
    index = filled(tmp_path, STORIES, meaning)
    changed = make_document("compressor", "A pump is a crane", stamp="2", day=1)
    index.index([changed])
    assert meaning.lacking(index.stamps()) == ["compressor"]
    assert found(index, "pump").index("compressor") == plainly(tmp_path).index("compressor")
    meaning.learn([changed])
    assert meaning.lacking(index.stamps()) == []


def test_signs_are_not_part_of_what_is_meant(index: Index) -> None:
    assert found(index, "pump -dark") == found(index, "pump") == ["compressor", "night", "crane"]


def test_a_plan_of_a_few_sentences_is_ordered_by_meaning_too(index: Index, tmp_path: Path) -> None:
    who, plan = frozenset({EVERYONE}), "We will run the pump."
    with open_index(tmp_path / "index") as plain:
        words = plain.matches(plan, audiences=who).matches
    meant = index.matches(plan, audiences=who).matches
    assert (meant[0].id, words[0].id) == ("compressor", "night")
    assert sorted(match.id for match in meant) == sorted(match.id for match in words)
    assert [match.score for match in meant] == [match.score for match in words]
    long = f"{plan} {'We look at the crane. ' * 60}"
    with open_index(tmp_path / "index") as plain:
        assert index.matches(long, audiences=who) == plain.matches(long, audiences=who)


# ── Nothing is told ───────────────────────────────────────────────────────────────────────────


def public() -> list[Document]:
    return many(150)


def private() -> list[Document]:
    chance = random.Random(6)
    words = " ".join(CONCEPTS).split()
    return [
        make_document(
            f"s{n}", " ".join(chance.choices(words, k=9)), audience="team:secret", day=n % 90
        )
        for n in range(50)
    ]


@pytest.mark.parametrize("audiences", [{EVERYONE}, {EVERYONE, "team:other"}, {"team:other"}])
def test_lessons_of_others_change_no_answer(tmp_path: Path, audiences: set[str]) -> None:
    x, y = public(), [*private(), *public()]
    random.Random(7).shuffle(y)
    without = filled(tmp_path / "x", x, knowing(tmp_path / "x", x))
    with_secrets = filled(tmp_path / "y", y, knowing(tmp_path / "y", y))
    who = frozenset(audiences)
    chance = random.Random(8)
    words = " ".join(CONCEPTS).split()
    for count in (1, 1, 2, 3, 5, 9):
        for page in (1, 3):
            text = " ".join(chance.choices(words, k=count))
            query = Query(text=text, audiences=who, per_page=40, page=page)
            assert with_secrets.search(query) == without.search(query), text


# ── Whatever happens, there is an answer ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "spoil",
    [
        shutil.rmtree,
        lambda model: (model / "model.onnx").write_bytes(b"no network"),
        lambda model: (model / "tokenizer.json").write_text("{}"),
    ],
    ids=["no model", "spoilt network", "spoilt tokenizer"],
)
def test_without_its_model_a_search_goes_on_by_words_and_says_why(
    tmp_path: Path, spoil: Callable[[Path], object], caplog: pytest.LogCaptureFixture
) -> None:
    learnt = knowing(tmp_path, STORIES)
    index = filled(tmp_path, STORIES, learnt)
    spoil(tmp_path / "model")
    assert found(index, "pump")[0] == "compressor", "what was loaded stays"
    meaning = Meaning(tmp_path / "model", tmp_path / "meaning")
    meaning.load()
    with open_index(tmp_path / "index", meaning=meaning) as begun_anew:
        assert found(begun_anew, "pump") == found(begun_anew, "pump") == plainly(tmp_path)
    assert meaning.trouble
    assert caplog.text.count(meaning.trouble) == 1, "said once, not with every search"


def test_lost_vectors_leave_the_order_to_the_words(tmp_path: Path) -> None:
    meaning = knowing(tmp_path, STORIES)
    index = filled(tmp_path, STORIES, meaning)
    shutil.rmtree(tmp_path / "meaning")
    assert found(index, "pump") == plainly(tmp_path)
    meaning.learn(STORIES)
    assert found(index, "pump")[0] == "compressor"


def test_before_anything_was_learnt_the_order_is_that_of_the_words(tmp_path: Path) -> None:
    index = filled(tmp_path, STORIES, meaning_in(tmp_path))
    assert found(index, "pump") == plainly(tmp_path)


def test_whoever_has_no_model_imports_nothing_of_it() -> None:
    program = (
        "import sys, search\n"
        "print('search.meaning' in sys.modules)\n"
        "import app.main\n"
        "print(sorted({'onnxruntime', 'tokenizers', 'onnx'} & sys.modules.keys()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["False", "[]"]
