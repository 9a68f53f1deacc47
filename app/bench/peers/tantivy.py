"""Tantivy (Rust): its English stems, BM25, any of the words in title or body."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from app.bench.peers.engine import Found, Paper, plain_words

_MEMORY_BYTES = 256_000_000
_COUNTS = {
    field: {"terms": {"field": field, "size": 1000}}
    for field in ("kind", "team")
}  # fmt: skip


class Peer:
    """An index on the disk, written by one thread, merged into one segment after building."""

    def build(self, folder: Path, papers: Iterable[Paper]) -> None:
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(_MEMORY_BYTES, 1)
        for paper in papers:
            writer.add_document(_document(paper))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()
        self._writer: tantivy.IndexWriter | None = None

    def any_of(self, text: str, limit: int) -> list[Found]:
        return self._found(self._parsed(text), limit)

    def all_of(self, text: str, limit: int) -> list[Found]:
        return self._found(self._parsed(text, together=True), limit)

    def of_kind(self, text: str, kind: str, limit: int) -> list[Found]:
        of_kind = tantivy.Query.term_query(self._index.schema, "kind", kind)
        parts = [
            (tantivy.Occur.Must, self._parsed(text)),
            (tantivy.Occur.Must, tantivy.Query.const_score_query(of_kind, 0.0)),
        ]
        return self._found(tantivy.Query.boolean_query(parts), limit)

    def counted(self, text: str, limit: int) -> tuple[int, int]:
        query = self._parsed(text)
        self._found(query, limit)
        counts = self._searcher.aggregate(query, _COUNTS)
        by_kind, by_team = (counts[field]["buckets"] for field in _COUNTS)
        return sum(bucket["doc_count"] for bucket in by_kind), len(by_kind) + len(by_team)

    def put(self, paper: Paper) -> None:
        if self._writer is None:
            self._writer = self._index.writer(_MEMORY_BYTES, 1)
        self._writer.delete_documents_by_term("id", paper.id)
        self._writer.add_document(_document(paper))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()

    def _parsed(self, text: str, *, together: bool = False) -> tantivy.Query:
        return self._index.parse_query(
            " ".join(plain_words(text)), ["title", "body"], conjunction_by_default=together
        )

    def _found(self, query: tantivy.Query, limit: int) -> list[Found]:
        hits = self._searcher.search(query, limit, count=False).hits
        doc = self._searcher.doc
        return [Found(str(doc(place).get_first("id")), score) for score, place in hits]


def _schema() -> tantivy.Schema:
    return (
        tantivy.SchemaBuilder()
        .add_text_field("id", stored=True, tokenizer_name="raw")
        .add_text_field("title", tokenizer_name="en_stem")
        .add_text_field("body", tokenizer_name="en_stem")
        .add_text_field("kind", fast=True, tokenizer_name="raw")
        .add_text_field("team", fast=True, tokenizer_name="raw")
        .build()
    )


def _document(paper: Paper) -> tantivy.Document:
    return tantivy.Document(
        id=[paper.id], title=[paper.title], body=[paper.text], kind=[paper.kind], team=[paper.team]
    )
