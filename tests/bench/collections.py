"""Small collections written for these tests, in folders as people have them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

CORPUS = (
    {"_id": "pump", "title": "Pumps freeze in winter", "text": "Ice blocked the pump overnight."},
    {"_id": "road", "title": "Ice on the road", "text": "A lorry slid; grit was late."},
    {"_id": "note", "text": "A note without a title, on restoring backups."},
)
QUERIES = (
    {"_id": "1", "text": "frozen pump in winter ice"},
    {"_id": "2", "text": "restore a backup"},
    {"_id": "3", "text": "what nobody judged"},
)
QRELS = ("query-id\tcorpus-id\tscore", "1\tpump\t2", "1\troad\t1", "2\tnote\t1", "3\troad\t0")


def write_collection(
    folder: Path,
    *,
    corpus: Sequence[Mapping[str, str] | str] = CORPUS,
    queries: Sequence[Mapping[str, str] | str] = QUERIES,
    qrels: Sequence[str] = QRELS,
) -> Path:
    """The three files in a folder; a string stands in its file as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "corpus.jsonl", [_line(entry) for entry in corpus])
    _write(folder / "queries.jsonl", [_line(entry) for entry in queries])
    _write(folder / "qrels.tsv", qrels)
    return folder


def _line(entry: Mapping[str, str] | str) -> str:
    return entry if isinstance(entry, str) else json.dumps(entry)


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
