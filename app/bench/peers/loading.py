"""Engines by name. A module is imported only when its engine is asked for: peers are development
dependencies, and each measuring process holds one engine alone."""

from importlib import import_module
from typing import cast

from app.bench.peers.engine import Engine, Measured

OURS = "commonplace"
RANKING = ("whoosh", "fts5", "tantivy", "bm25s")
MEASURED = ("whoosh", "fts5", "tantivy")
_MODULES = {OURS: "ours"}


class NoSuchPeer(ValueError):
    """An engine that is unknown or not installed; the message says what to do."""


def ranking(name: str) -> Engine:
    """A new engine that ranks. Raises `NoSuchPeer`."""
    return cast(Engine, _engine(name, RANKING))


def measured(name: str) -> Measured:
    """A new engine that can be measured in everything. Raises `NoSuchPeer`."""
    return cast(Measured, _engine(name, MEASURED))


def peers_named(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The peers of a list with commas, each once, in order, all of them loadable, or
    `NoSuchPeer`."""
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for name in names:
        _engine(name, known)
    return names


def _engine(name: str, known: tuple[str, ...]) -> object:
    if name != OURS and name not in known:
        raise NoSuchPeer(f"There is no peer named {name!r}. Known are: {', '.join(known)}.")
    try:
        module = import_module(f"app.bench.peers.{_MODULES.get(name, name)}")
    except ModuleNotFoundError as missing:
        raise NoSuchPeer(
            f"{name} is not installed ({missing.name} is missing): it comes with the extra `dev`. "
            f"Run: make setup-development"
        ) from missing
    return module.Peer()
