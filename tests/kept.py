"""What a process learns once and keeps for every house in it, as a server keeps it for every
visitor: compiled templates and compiled statements."""

from typing import Any

import sqlalchemy as sa
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import event


class KeptTemplates(BytecodeCache):
    """Templates compiled once a process, not once for each house of it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.get((bucket.key, bucket.checksum))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


TEMPLATES = KeptTemplates()
_dialects: dict[type[sa.Dialect], sa.Dialect] = {}
_statements: dict[Any, Any] = {}


def keep_statements() -> None:
    """Compile a statement once a process: each test has a database of its own, and half of its time
    went into making the same words of SQL again. A compiled statement belongs to a dialect, so the
    engines of one kind of database share theirs."""
    event.listen(sa.Engine, "engine_connect", _share)


def _share(connection: sa.Connection) -> None:
    if isinstance(connection.engine.pool, sa.QueuePool):  # as the product's are
        kind = type(connection.dialect)
        connection.dialect = _dialects.setdefault(kind, connection.dialect)
        connection.execution_options(compiled_cache=_statements)
