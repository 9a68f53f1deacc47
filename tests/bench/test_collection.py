"""Judged collections as people have them in folders, and what is said of bad ones."""

from pathlib import Path

import pytest

from app.bench.relevance.collection import BadCollection, read_collection
from tests.bench.collections import CORPUS, write_collection


def test_a_collection_is_read(tmp_path: Path) -> None:
    read = read_collection(write_collection(tmp_path / "small"))
    assert read.name == "small"
    assert [(p.id, p.title) for p in read.papers] == [
        ("pump", "Pumps freeze in winter"), ("road", "Ice on the road"), ("note", "")
    ]  # fmt: skip
    assert read.judged["1"] == {"pump": 2, "road": 1}


def test_queries_without_an_answer_are_left_out(tmp_path: Path) -> None:
    assert list(read_collection(write_collection(tmp_path)).queries) == ["1", "2"]


@pytest.mark.parametrize(
    "qrels",
    [
        ("1\tpump\t2", "2\tnote\t1"),
        ("query-id\tcorpus-id\tscore", "1\tpump\t2", "", "2\tnote\t1"),
        ("1 0 pump 2", "2 0 note 1"),
        ("1\tQ0\tpump\t2", "2\tQ0\tnote\t1"),
        ("\ufeffqid\tdoc\trelevance\r", "1\tpump\t2.0\r", "2\tnote\t1\r"),
    ],
    ids=["no header", "header and a blank line", "four columns", "tabs", "another system's"],
)
def test_judgements_come_in_several_forms(tmp_path: Path, qrels: tuple[str, ...]) -> None:
    read = read_collection(write_collection(tmp_path, qrels=qrels))
    assert read.judged == {"1": {"pump": 2}, "2": {"note": 1}}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"corpus": (*CORPUS, "{")}, "corpus.jsonl:4 is not JSON"),
        ({"corpus": (CORPUS[0], '["a"]')}, "corpus.jsonl:2 is not an object with _id and text"),
        ({"corpus": (CORPUS[0], CORPUS[0])}, "corpus.jsonl:2 gives _id pump a second time"),
        ({"queries": ('{"_id": "1"}',)}, "queries.jsonl:1 is not an object with _id and text"),
        ({"qrels": ("1\tpump\t1", "1 pump")}, "qrels.tsv:2 has not three or four columns"),
        ({"qrels": ("1\tpump\t1", "1\tnote\tgood")}, "qrels.tsv:2 has no number for a grade"),
        ({"qrels": ("9\tpump\t1",)}, "no query with a judged answer"),
        ({"corpus": ()}, "holds no document"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named(tmp_path: Path, parts: dict[str, tuple[str, ...]], said: str) -> None:
    folder = write_collection(tmp_path, **parts)  # type: ignore[arg-type]
    with pytest.raises(BadCollection, match=said.replace(".", r"\.")):
        read_collection(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (write_collection(tmp_path) / "queries.jsonl").unlink()
    with pytest.raises(BadCollection, match=r"queries\.jsonl is missing"):
        read_collection(tmp_path)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (write_collection(tmp_path) / "corpus.jsonl").write_bytes(b'{"_id": "\xff"}\n')
    with pytest.raises(BadCollection, match=r"corpus\.jsonl is not UTF-8"):
        read_collection(tmp_path)
