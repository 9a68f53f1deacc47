"""The power is cut at any instant: nothing acknowledged is lost, and the index is whole.

On an ext4 file system of its own that is shut down without flushing (needs root). Of PostgreSQL the
data stand elsewhere, so that there only the index is cut.
"""

import random
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlmodel import select

from app.lessons.models import Lesson
from search import IndexDamaged, open_index
from tests.databases import Databases
from tests.faults.disks import PowerCutDisk, power_cut_disk
from tests.faults.filling import is_equal
from tests.faults.lengths import length, tell
from tests.faults.posting import Poster
from tests.serving import Place, Server, place_for, until

CUTS = length("CUTS", short=1, long=50)
_POSTERS = 4
_CLEAN_WITHIN_SECONDS = 30
_REFUSED_WITHOUT_DISK = frozenset({500, 503, 507})


def _is_whole(place: Place) -> bool:
    """Whether what was acknowledged by the index is there: columns that the cut took are made again
    from the record when it is opened. The database must be whole."""
    if place.database_url.startswith("sqlite"):
        path = place.database_url.removeprefix("sqlite:///")
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
    try:
        with open_index(place.folder / "data" / "index") as index:
            index.stamps()
            index.verify()
    except IndexDamaged:
        return False
    return True


def _cut(disk: PowerCutDisk, server: Server) -> bool:
    """Cut the power and start again; whether the index was whole."""
    disk.cut_power()
    server.kill()
    disk.again()
    whole = _is_whole(server.place)
    server.start()
    return whole


@pytest.mark.timeout(CUTS * 30 + 180)
def test_what_was_acknowledged_survives_power_cuts(databases: Databases, tmp_path: Path) -> None:
    with power_cut_disk(tmp_path) as disk:
        place = place_for(databases, disk.place)
        server, stop = Server(place), threading.Event()
        server.start()
        token = place.token(place.cast.ada)
        disk.settle()
        posters = [
            Poster(server, token, f"client{number}", stop, _REFUSED_WITHOUT_DISK)
            for number in range(_POSTERS)
        ]
        for poster in posters:
            poster.start()
        dice, damaged = random.Random(), 0
        try:
            for _ in range(CUTS):
                time.sleep(dice.uniform(0.3, 2.0))
                damaged += not _cut(disk, server)
            stop.set()
            for poster in posters:
                poster.join(timeout=60)
            clean = until(_CLEAN_WITHIN_SECONDS, lambda: is_equal(place))
            with place.database() as database, database.reading() as session:
                kept = dict(session.exec(select(Lesson.id, Lesson.title)).all())
        finally:
            stop.set()
            server.kill()
    acknowledged = {title: i for poster in posters for title, i in poster.acknowledged.items()}
    lost = {title for title, i in acknowledged.items() if kept.get(i) != title}
    tell(
        f"{CUTS} power cuts: {len(acknowledged)} acknowledged, {len(lost)} lost, "
        f"{len(kept.values()) - len(set(kept.values()))} doubled; index damaged {damaged} times, "
        f"equal to the database at the end: {clean}"
    )
    assert acknowledged
    assert lost == set()
    assert len(set(kept.values())) == len(kept)
    assert damaged == 0
    assert clean
