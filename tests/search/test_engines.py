"""The engines that there are keep the contract (`contract.py`)."""

from pathlib import Path

from search import Engine, Index, open_index
from tests.search.contract import Contract
from tests.search.plain_engine import PlainEngine

#: The type checker holds both to the port.
ENGINES: tuple[type[Engine], ...] = (Index, PlainEngine)


class TestIndex(Contract):
    """The engine of the product: Whoosh's segments, searched by columns."""

    def open(self, folder: Path) -> Engine:
        return open_index(folder)


class TestPlainEngine(Contract):
    """A dictionary, and a loop over it."""

    def open(self, folder: Path) -> Engine:
        return PlainEngine(folder)
