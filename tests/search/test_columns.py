"""Columns: gathered, poured together or made again, they are the same to the byte."""

import random
from pathlib import Path

import numpy as np
import pytest

from search import Document
from search.batches import Pile, written
from search.columns import Columns, read_columns
from search.dictionary import Dictionary, dictionary_columns
from search.gathering import Gathered
from search.inverted import Inverted, inverted_columns, lists_of
from search.lexicons import Lexicon, lexicon_columns
from search.pouring import Part, poured
from search.record import columns_file
from search.remaking import remake
from search.spelling import distance
from search.storage import write_synced
from tests.search.making import make_document

WORDS = ["pump", "Pumps", "ORA-00054", "Müller", "배포가", "the", "v3.11.2", "getUserName", "a.b"]


def as_bytes(columns: Columns) -> bytes:
    return b"".join(columns.pieces())


def gathered(documents: list[Document]) -> Columns:
    together = Gathered()
    for document in documents:
        together.add(document)
    return together.columns()


def some_documents(seed: int, count: int) -> list[Document]:
    chance = random.Random(seed)

    def text(most: int) -> str:
        words = [*WORDS, *(f"w{chance.randrange(40)}" for _ in range(4))]
        return " ".join(chance.choices(words, k=chance.randrange(most)))

    return [
        make_document(
            f"{seed}-{number}",
            text(6),
            stamp=str(chance.randrange(3)),
            audience=chance.choice(["organisation", "team:x"]),
            kind=chance.choice(["failure", "near_miss"]),
            happened=text(40),
            recommendation=text(9),
            author=(author := chance.choice(["", "p1", "p2"])),
            author_name=author.replace("p", "Person "),
            topics=tuple(chance.sample(["x", "y", "z"], chance.randrange(3))),
            topic_names=tuple(chance.sample(["Ex", "Why not", "Zed"], chance.randrange(3))),
            day=chance.randrange(99),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_poured_columns_are_those_of_the_documents_gathered_anew(seed: int) -> None:
    chance = np.random.default_rng(seed)
    kept: list[Document] = []
    parts = []
    for number in range(4):
        documents = some_documents(10 * seed + number, int(chance.integers(1, 30)))
        keep = np.flatnonzero(chance.random(len(documents)) < 0.7)
        parts.append(Part(gathered(documents), keep))
        kept += [documents[n] for n in keep]
    assert as_bytes(poured(parts)) == as_bytes(gathered(kept))


def test_columns_made_again_from_the_record_are_the_same(tmp_path: Path) -> None:
    pile = Pile(tmp_path)
    pile.add(some_documents(1, 50))
    with written(tmp_path, pile) as new:
        assert new is not None
        folder = new.files[0].parent
        path = folder / columns_file(new.segment)
        before = path.read_bytes()
        path.unlink()
        remake(folder, new.segment)
        assert path.read_bytes() == before


def test_columns_come_back_from_a_file_as_they_were(tmp_path: Path) -> None:
    columns = Columns(
        {"a.x": np.arange(5, dtype=np.int32), "a.none": np.zeros(0, np.uint16)}, {"t": ["ü", ""]}
    )
    write_synced(tmp_path / "file", columns.pieces())
    read = read_columns(tmp_path / "file")
    assert read["a.x"].tolist() == [0, 1, 2, 3, 4]
    assert read["a.x"].dtype == np.int32
    assert len(read.under("a")["none"]) == 0
    assert read.tables == {"t": ["ü", ""]}
    assert as_bytes(read) == as_bytes(columns)


def test_texts_are_found_and_spanned_in_a_dictionary() -> None:
    texts = sorted(text.encode() for text in ["", "pump", "pumps", "pümp", "배", "배포", "z"])
    dictionary = Dictionary(Columns(dictionary_columns(texts), {}))
    assert list(dictionary) == texts
    assert [dictionary.find(text.decode()) for text in texts] == list(range(len(texts)))
    assert dictionary.find("pum") == -1
    assert [dictionary[n].decode() for n in dictionary.span("pump")] == ["pump", "pumps"]
    assert [dictionary[n].decode() for n in dictionary.span("배")] == ["배", "배포"]
    assert len(dictionary.span("")) == len(texts)
    assert not dictionary.span("zz")


def test_lists_add_up_the_weights_of_a_term_in_a_document() -> None:
    terms = np.array([1, 0, 1, 1, 1])
    documents = np.array([2, 0, 2, 1, 1])
    lists = lists_of(terms, documents, np.array([3, 1, 2, 200, 200]), count=3, among=3)
    assert lists.ends.tolist() == [1, 3, 3]
    assert lists.numbers.tolist() == [0, 1, 2]
    assert lists.weights.tolist() == [1, 255, 5]
    inverted = Inverted(Columns(inverted_columns("f", [b"a", b"ab", b"b"], lists), {}).under("f"))
    assert inverted.holding("ab").tolist() == [1, 2]
    assert inverted.holding("b").tolist() == []
    assert sorted(inverted.beginning("a").tolist()) == [0, 1, 2]


def test_the_sieve_lets_every_near_word_through() -> None:
    chance = random.Random(3)
    words = {"".join(chance.choices("abcdé", k=chance.randrange(1, 10))) for _ in range(2000)}
    texts = sorted(word.encode() for word in words)
    lexicon = Lexicon(Columns(lexicon_columns(texts), {}).under("lexicon"))
    for typed in ["abcde", "abdca", "ubce", "éabc", "ab", "x" * 40]:
        for edits in (1, 2):
            sieved = {texts[number].decode() for number in lexicon.near(typed, edits)}
            near = {w for w in words if distance(typed, w, edits) <= edits and len(w) > 2}
            assert near <= sieved
            assert all(abs(len(word) - len(typed)) <= edits for word in sieved)
