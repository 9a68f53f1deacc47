"""A judged collection as it lies in a folder: documents, queries, and which answers which.

    corpus.jsonl    one JSON object a line: `_id`, `text`, and perhaps `title`
    queries.jsonl   `_id`, `text`
    qrels.tsv       query, document, grade; or the four columns of TREC; a header may stand first

This is the form of BEIR (Thakur et al., "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation
of Information Retrieval Models", 2021).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.bench.peers.engine import Paper

#: Query → document → grade; nought or less means that it does not answer.
Judgements = dict[str, dict[str, int]]
_COLUMNS, _TREC_COLUMNS = 3, 4


class BadCollection(ValueError):
    """A folder that holds no collection, or a line that cannot be read; says which."""


@dataclass(frozen=True, slots=True)
class Collection:
    """`name` is the folder's. Queries without a document that answers them are left out."""

    name: str
    papers: tuple[Paper, ...]
    queries: dict[str, str]
    judged: Judgements


def read_collection(folder: Path) -> Collection:
    """The collection in a folder. Raises `BadCollection` with the file and the line."""
    papers = tuple(
        Paper(entry["_id"], entry["title"], entry["text"])
        for entry in _entries(folder / "corpus.jsonl", "title")
    )
    queries = {e["_id"]: e["text"] for e in _entries(folder / "queries.jsonl")}
    judged = _judgements(folder / "qrels.tsv")
    answered = {
        query: text
        for query, text in queries.items()
        if any(grade > 0 for grade in judged.get(query, {}).values())
    }
    if not papers or not answered:
        raise BadCollection(f"{folder} holds no document, or no query with a judged answer")
    return Collection(folder.resolve().name, papers, answered, judged)


def _entries(path: Path, *may_be_missing: str) -> Iterator[dict[str, str]]:
    seen = set()
    for number, line in _lines(path):
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise BadCollection(f"{path}:{number} is not JSON: {error}") from error
        if not isinstance(entry, dict) or not {"_id", "text"} <= entry.keys():
            raise BadCollection(f"{path}:{number} is not an object with _id and text")
        if str(entry["_id"]) in seen:
            raise BadCollection(f"{path}:{number} gives _id {entry['_id']} a second time")
        seen.add(str(entry["_id"]))
        yield {key: _text(entry.get(key)) for key in ("_id", "text", *may_be_missing)}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _judgements(path: Path) -> Judgements:
    judged: Judgements = {}
    for number, line in _lines(path):
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) == _TREC_COLUMNS:
            del columns[1]
        if len(columns) != _COLUMNS:
            raise BadCollection(f"{path}:{number} has not three or four columns")
        query, document, grade = (column.strip() for column in columns)
        try:
            judged.setdefault(query, {})[document] = int(float(grade))
        except (ValueError, OverflowError) as error:
            if number == 1:
                judged.clear()
                continue
            raise BadCollection(f"{path}:{number} has no number for a grade: {grade}") from error
    return judged


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, from 1."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except FileNotFoundError as error:
        raise BadCollection(f"{path} is missing") from error
    except UnicodeDecodeError as error:
        raise BadCollection(f"{path} is not UTF-8: {error}") from error
