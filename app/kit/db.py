"""The database: one engine a process, one transaction a request or job, committed at its edge."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import sqlalchemy as sa
from fastapi import Depends, Request
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, SQLModel

from app.kit.doors import with_the_door

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Door = TypeVar("Door", bound=Callable[..., Any])

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# FULL: with NORMAL, acknowledged rows were lost when power was cut. secure_delete: what is deleted
# (a draft that was posted by a protected author) is overwritten, not only unlinked.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "secure_delete=ON",
)
_POOL_SIZE = 20


class Table(SQLModel):
    """Base of every table: importing it sets the naming convention before any table is made."""


def choice(kind: type[StrEnum]) -> sa.Enum:
    """A column type that stores the values of `kind` as text (native enums outlive downgrades)."""
    return sa.Enum(
        kind, native_enum=False, length=20, values_callable=lambda k: [member.value for member in k]
    )


def several(name: str) -> sa.BindParameter[Any]:
    """A place for a list of values, in a statement that is made once and asked many times."""
    return sa.bindparam(name, expanding=True)


class Database:
    """An engine with two ways in: `reading()` and `writing()`.

    On SQLite a transaction that reads first and writes later fails at once when another has written
    in between, whatever the timeout; so writing transactions say so when they begin.
    """

    def __init__(self, url: str, *, on_commit: Callable[[], None] = lambda: None):
        self.on_commit = on_commit
        self.engine = _make_engine(url)
        self._reading = sessionmaker(self.engine, class_=Session, expire_on_commit=False)
        immediate = self.engine.execution_options(begin="IMMEDIATE")
        self._writing = sessionmaker(immediate, class_=Session, expire_on_commit=False)
        event.listen(self._writing, "after_commit", self._after_commit)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads; nothing of it is kept."""
        with self._reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that may write: committed at the block's end, rolled back when it raises.

        After a rollback within the block the next question begins another one.
        """
        with self._writing() as session:
            yield session
            session.commit()

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """Like `writing`, for what is worth less than the answer that waits for it: given up when
        the database cannot write, as on a full disk."""
        with suppress(OperationalError), self.writing() as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()

    def _after_commit(self, session: Any) -> None:
        if session.info.pop(RECORDED, False):
            self.on_commit()


# Set in `Session.info` by acts that somebody is waiting to hear of.
RECORDED = "recorded"


def _make_engine(url: str) -> sa.Engine:
    # Errors are logged, and what was to be saved must not stand in a log.
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(
            address,
            pool_size=_POOL_SIZE,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        address,
        poolclass=sa.QueuePool,
        pool_size=_POOL_SIZE,
        max_overflow=_POOL_SIZE,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions of its own accord: `_begin_sqlite` does.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    if mode == "DEFERRED":  # cannot be refused, so whoever names refusals need not hear of it
        connection.connection.cursor().execute("BEGIN")
    else:
        connection.exec_driver_sql(f"BEGIN {mode}")


def database_of(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def only_reads(door: Door) -> Door:
    """Mark a door that is asked by POST but changes nothing: it gets a session that only reads,
    and so does not wait for those who write."""
    door.only_reads = True  # type: ignore[attr-defined]
    return door


def writes(request: Request) -> bool:
    """Whether the request's session may write."""
    door = request.scope.get("endpoint")
    return request.method not in _SAFE_METHODS and not getattr(door, "only_reads", False)


@with_the_door
def _session_of(request: Request) -> Iterator[Session]:
    database = database_of(request)
    with database.writing() if writes(request) else database.reading() as session:
        yield session


async def now_of(request: Request) -> datetime:
    now: datetime = request.app.state.clock()
    return now


# The transaction is committed before the answer leaves, so that whoever is told that something was
# done finds it done.
Db = Annotated[Session, Depends(_session_of)]
Now = Annotated[datetime, Depends(now_of)]
