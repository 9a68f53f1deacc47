"""Files of the index are damaged, before the start and while servers run: searching goes on."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from tests.databases import Databases
from tests.faults.filling import fill, is_equal
from tests.faults.lengths import LONG, tell
from tests.serving import Place, Server, place_for, serving, until

LESSONS = 500 if LONG else 40
_MENDED_WITHIN_SECONDS = 40


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    with path.open("r+b") as file:
        file.write(content)


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


DAMAGES: dict[str, Callable[[Path], object]] = {"flip": flip, "cut": cut, "delete": Path.unlink}
WHILE_SERVING = ["cols cut", "seg flip", "current delete"]
AT_THE_START = ["toc flip"]


@dataclass
class Asker(threading.Thread):
    """Searches one server without end, and notes what comes."""

    server: Server
    token: str
    stop: threading.Event
    statuses: Counter[int] = field(default_factory=Counter)
    noticed: int = 0
    wrong: int = 0
    # A file that is cut short in the very moment of a search ends that process, as any program
    # that maps files; another takes its place.
    broken_off: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        with httpx2.Client(base_url=self.server.url, headers=headers, timeout=15) as client:
            while not self.stop.wait(0.05):
                self._ask(client, "/api/v1/search", q="everylesson")
                self._ask(client, "/api/v1/suggest", q="number1")

    def _ask(self, client: httpx2.Client, address: str, **query: str) -> None:
        try:
            answer = client.get(address, params=query)
        except httpx2.TransportError:
            self.broken_off += 1
            return
        self.statuses[answer.status_code] += 1
        if answer.status_code == 200:
            body = answer.json()
            self.noticed += body["notice"] is not None
            self.wrong += body.get("total", LESSONS) != LESSONS


def kinds_of_files(index: Path) -> list[str]:
    """What distinguishes the files of an index: their ending, or their whole name."""
    files = [path for path in index.rglob("*") if path.is_file() and path.name != "lock"]
    return sorted({path.suffix.removeprefix(".") or path.name for path in files})


def one_of(index: Path, kind: str) -> Path:
    files = [p for p in index.rglob("*") if kind in (p.suffix[1:], p.name) and p.stat().st_size]
    return max(files, key=lambda path: path.stat().st_mtime_ns)  # older builds are not in use


def break_and_wait(place: Place, kind: str, how: str) -> float:
    """Damage one file; seconds until the index is whole and equal again."""
    DAMAGES[how](one_of(place.folder / "data" / "index", kind))
    begun = time.monotonic()
    assert until(_MENDED_WITHIN_SECONDS, lambda: is_equal(place)), f"{kind} {how} is not mended"
    return time.monotonic() - begun


def filled_place(databases: Databases, folder: Path) -> Place:
    place = place_for(databases, folder)
    fill(place, LESSONS)
    assert place.command("reindex").returncode == 0
    return place


@pytest.mark.timeout(1800)
def test_damage_while_two_processes_serve_is_mended_and_no_search_fails(
    databases: Databases, tmp_path: Path
) -> None:
    place, stop = filled_place(databases, tmp_path), threading.Event()
    token = place.token(place.cast.ada)
    with serving(place, workers=2) as server:
        askers = [Asker(server, token, stop) for _ in range(4)]
        for asker in askers:
            asker.start()
        wanted = WHILE_SERVING
        if LONG:
            kinds = kinds_of_files(place.folder / "data" / "index")
            wanted = [f"{kind} {how}" for kind in kinds for how in DAMAGES]
        took = {what: break_and_wait(place, *what.split()) for what in wanted}
        stop.set()
        for asker in askers:
            asker.join(timeout=60)
        statuses = sum((asker.statuses for asker in askers), Counter())
    tell(
        f"{len(took)} damages while serving {LESSONS} lessons: answers {dict(statuses)}, "
        f"{sum(a.noticed for a in askers)} with a notice, {sum(a.wrong for a in askers)} with "
        f"another total, {sum(a.broken_off for a in askers)} broken off; whole again after "
        + ", ".join(f"{what} {seconds:.1f}" for what, seconds in took.items())
    )
    assert set(statuses) == {200}
    assert sum(asker.broken_off for asker in askers) <= len(askers) * len(took)


@pytest.mark.timeout(1800)
def test_damage_found_at_the_start_is_mended_while_searches_are_answered(
    databases: Databases, tmp_path: Path
) -> None:
    place = filled_place(databases, tmp_path)
    token = place.token(place.cast.ada)
    index = place.folder / "data" / "index"
    wanted = AT_THE_START
    if LONG:
        wanted = [f"{kind} {how}" for kind in kinds_of_files(index) for how in DAMAGES]
    for what in wanted:
        kind, how = what.split()
        DAMAGES[how](one_of(index, kind))
        with serving(place) as server:
            asker = Asker(server, token, threading.Event())
            asker.start()
            begun = time.monotonic()
            assert until(_MENDED_WITHIN_SECONDS, lambda: is_equal(place)), what
            took = time.monotonic() - begun
            asker.stop.set()
            asker.join(timeout=60)
        tell(
            f"{what} before the start: whole after {took:.1f} s, answers {dict(asker.statuses)}, "
            f"{asker.noticed} with a notice, {asker.wrong} with another total"
        )
        assert set(asker.statuses) <= {200}
