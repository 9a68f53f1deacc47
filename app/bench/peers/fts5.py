"""SQLite FTS5: Porter's stems, BM25 with the title three times, any of the words."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from app.bench.peers.engine import Found, Paper, plain_words

_TABLE = """
create virtual table papers using fts5(
  title, body, id unindexed, kind unindexed, team unindexed, tokenize = 'porter unicode61'
)"""
_PUT = "insert into papers(title, body, id, kind, team) values (?, ?, ?, ?, ?)"
_RANK = "insert into papers(papers, rank) values ('rank', 'bm25(3.0, 1.0)')"
_FIND = "select id, -rank from papers where papers match ? order by rank limit ?"
_FIND_OF_KIND = (
    "select id, -rank from papers where papers match ? and kind = ? order by rank limit ?"
)
_COUNT = "select kind, team, count(*) from papers where papers match ? group by kind, team"


class Peer:
    """One FTS5 table that holds everything."""

    def build(self, folder: Path, papers: Iterable[Paper]) -> None:
        database = _database(folder)
        database.execute("begin")
        database.execute(_TABLE)
        database.execute(_RANK)
        database.executemany(_PUT, (_row(paper) for paper in papers))
        database.execute("insert into papers(papers) values ('optimize')")
        database.execute("commit")
        database.close()

    def open(self, folder: Path) -> None:
        self._database = _database(folder)
        self._database.execute("create table if not exists places (id text primary key, row int)")

    def any_of(self, text: str, limit: int) -> list[Found]:
        return self._found(_FIND, _match(text, " OR "), limit)

    def all_of(self, text: str, limit: int) -> list[Found]:
        return self._found(_FIND, _match(text, " AND "), limit)

    def of_kind(self, text: str, kind: str, limit: int) -> list[Found]:
        return self._found(_FIND_OF_KIND, _match(text, " OR "), kind, limit)

    def counted(self, text: str, limit: int) -> tuple[int, int]:
        self.any_of(text, limit)
        rows = self._database.execute(_COUNT, (_match(text, " OR "),)).fetchall()
        total = sum(count for *_, count in rows)
        return total, len({kind for kind, *_ in rows}) + len({team for _, team, _ in rows})

    def put(self, paper: Paper) -> None:
        with self._database:
            self._database.execute("begin immediate")
            known = self._database.execute("select row from places where id = ?", (paper.id,))
            for (row,) in known.fetchall():
                self._database.execute("delete from papers where rowid = ?", (row,))
            row = self._database.execute(_PUT, _row(paper)).lastrowid
            self._database.execute("insert or replace into places values (?, ?)", (paper.id, row))

    def close(self) -> None:
        self._database.close()

    def _found(self, statement: str, *values: str | int) -> list[Found]:
        if not values[0]:
            return []
        return [Found(*row) for row in self._database.execute(statement, values)]


def _database(folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(folder / "papers.sqlite", isolation_level=None)
    database.execute("pragma journal_mode = wal")
    return database


def _row(paper: Paper) -> tuple[str, ...]:
    return paper.title, paper.text, paper.id, paper.kind, paper.team


def _match(text: str, operator: str) -> str:
    return operator.join(f'"{word}"' for word in plain_words(text))
