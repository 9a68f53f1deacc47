"""Whoosh as it stands: Porter's stems, BM25F, any of the words in title or body."""

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.bench.peers.engine import Found, Paper, plain_words

with warnings.catch_warnings():
    # Whoosh 2.7.4 dates from 2016; a new Python warns about a few of its literals.
    warnings.simplefilter("ignore")
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.index import create_in, open_dir
    from whoosh.qparser import AndGroup, MultifieldParser, OrGroup
    from whoosh.query import Term

_MEMORY_MB = 256


class Peer:
    """Plain Whoosh: its own searcher, scoring, parser and writer."""

    def build(self, folder: Path, papers: Iterable[Paper]) -> None:
        words = StemmingAnalyzer()
        schema = Schema(
            id=ID(unique=True, stored=True),
            title=TEXT(analyzer=words),
            body=TEXT(analyzer=words),
            kind=ID(sortable=True),
            team=ID(sortable=True),
        )
        writer = create_in(str(folder), schema).writer(limitmb=_MEMORY_MB)
        for paper in papers:
            writer.add_document(**_fields(paper))
        writer.commit(optimize=True)

    def open(self, folder: Path) -> None:
        self._index = open_dir(str(folder))
        self._searcher = self._index.searcher()
        fields = ["title", "body"]
        self._any = MultifieldParser(fields, self._index.schema, group=OrGroup)
        self._all = MultifieldParser(fields, self._index.schema, group=AndGroup)

    def any_of(self, text: str, limit: int) -> list[Found]:
        return self._found(self._any, text, limit)

    def all_of(self, text: str, limit: int) -> list[Found]:
        return self._found(self._all, text, limit)

    def of_kind(self, text: str, kind: str, limit: int) -> list[Found]:
        return self._found(self._any, text, limit, filter=Term("kind", kind))

    def counted(self, text: str, limit: int) -> tuple[int, int]:
        results = self._results(self._any, text, limit, groupedby=["kind", "team"])
        return len(results), len(results.groups("kind")) + len(results.groups("team"))

    def put(self, paper: Paper) -> None:
        writer = self._index.writer()
        writer.update_document(**_fields(paper))
        writer.commit()
        self._searcher.close()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        self._searcher.close()
        self._index.close()

    def _found(self, parser: Any, text: str, limit: int, **choices: Any) -> list[Found]:
        results = self._results(parser, text, limit, **choices)
        return [Found(hit["id"], hit.score) for hit in results]

    def _results(self, parser: Any, text: str, limit: int, **choices: Any) -> Any:
        query = parser.parse(" ".join(plain_words(text)))
        return self._searcher.search(query, limit=limit, **choices)


def _fields(paper: Paper) -> dict[str, str]:
    return {
        "id": paper.id,
        "title": paper.title,
        "body": paper.text,
        "kind": paper.kind,
        "team": paper.team,
    }
