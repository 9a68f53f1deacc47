"""Indexes for the tests of the search engine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search import Index, open_index
from tests.search.making import make_document


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An empty index."""
    with open_index(tmp_path / "index") as opened:
        yield opened


@pytest.fixture
def another(index: Index, tmp_path: Path) -> Iterator[Index]:
    """The same index, opened a second time as another process would."""
    with open_index(tmp_path / "index", lock_timeout_seconds=0.1) as opened:
        yield opened


@pytest.fixture
def lessons(index: Index) -> Callable[..., Index]:
    """Fill the index: `lessons(a="title of a", b="title of b")`."""

    def fill(**titles: str) -> Index:
        index.index(make_document(id, title) for id, title in titles.items())
        return index

    return fill
