"""Whatever is done to the index in whatever order, it holds what a plain dictionary would."""

import random
from pathlib import Path

import pytest

from search import Document, Index, open_index
from tests.search.making import ask, make_document

WORDS = ["pump", "valve", "screw", "crane", "queue", "paint"]


def written(chance: random.Random, turn: int) -> list[Document]:
    return [
        make_document(
            f"d{chance.randrange(30)}",
            " ".join(chance.choices(WORDS, k=2)),
            stamp=str(turn),
            kind=chance.choice("sf"),
            day=chance.randrange(9),
        )
        for _ in range(chance.randrange(1, 12))
    ]


def same(index: Index, model: dict[str, Document]) -> None:
    assert index.check({id: d.stamp for id, d in model.items()}).clean
    for word in WORDS:
        holding = {id for id, d in model.items() if word in d.title.split()}
        results = index.search(ask(word, per_page=100))
        assert {hit.id for hit in results.hits} == holding
        assert results.total == len(holding)
        by_kind = results.facets["kind"]
        assert by_kind.get("s", 0) == sum(model[id].kind == "s" for id in holding)


@pytest.mark.parametrize("seed", range(4))
def test_the_index_holds_what_a_dictionary_would(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "index"
    index, other = open_index(folder), open_index(folder)
    model: dict[str, Document] = {}
    for turn in range(60):
        act = chance.choice(["index", "index", "index", "remove", "rebuild", "open", "fail"])
        documents = written(chance, turn)
        if act == "index":
            chance.choice([index, other]).index(documents)
            model |= {d.id: d for d in documents}
        elif act == "remove":
            gone = [d.id for d in documents]
            index.remove(gone)
            model = {id: d for id, d in model.items() if id not in gone}
        elif act == "rebuild" and chance.random() < 0.5:
            other.rebuild(model.values())
        elif act == "open":
            other.close()
            other = open_index(folder)
        elif act == "fail":
            with pytest.raises(ValueError, match="needs an id"):
                index.index([*documents, make_document("")])
        same(chance.choice([index, other]), model)
