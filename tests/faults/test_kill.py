"""The server is killed at any instant: nothing acknowledged is lost, nothing is doubled."""

import json
import random
import sqlite3
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import select

from app.lessons.models import Lesson
from tests.databases import Databases
from tests.faults.filling import fill
from tests.faults.lengths import length
from tests.faults.posting import Poster
from tests.serving import Place, Server, place_for, until

KILLS = length("KILLS", short=5, long=200)
LESSONS = length("LESSONS", short=100, long=2_000)
_POSTERS = 4
_CLEAN_WITHIN_SECONDS = 30  # five are promised; a machine that runs other tests may be slower


def _is_clean(place: Place) -> bool:
    answer = place.command("check", "--json")
    assert answer.returncode in (0, 1), answer.stderr
    return bool(json.loads(answer.stdout)["clean"])


def _titles(place: Place) -> dict[str, str]:
    """Lessons' titles by id."""
    with place.database() as database, database.reading() as session:
        return dict(session.exec(select(Lesson.id, Lesson.title)).all())


def _integrity(place: Place) -> str:
    path = place.database_url.removeprefix("sqlite:///")
    if path == place.database_url:
        return "ok"
    with sqlite3.connect(path) as connection:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return str(said)


@dataclass(frozen=True)
class Course:
    """How it went: seconds to each restart, and until the index was equal after the last."""

    starts: list[float]
    clean_after: float


def _kill_again_and_again(server: Server, posters: list[Poster], stop: threading.Event) -> Course:
    dice, starts = random.Random(), []
    for _ in range(KILLS):
        time.sleep(dice.uniform(0.02, 0.7))
        server.kill()
        assert _integrity(server.place) == "ok"
        starts.append(server.start())
    stop.set()
    for poster in posters:
        poster.join(timeout=60)
        assert not poster.is_alive()
    server.kill()
    server.start()
    begun = time.monotonic()
    assert until(_CLEAN_WITHIN_SECONDS, lambda: _is_clean(server.place))
    return Course(starts, time.monotonic() - begun)


@pytest.mark.timeout(KILLS * 40 + 180)
def test_what_was_acknowledged_survives_kill_9_and_is_there_once(
    databases: Databases, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = place_for(databases, tmp_path)
    fill(place, LESSONS)
    server, stop = Server(place), threading.Event()
    server.start()
    token = place.token(place.cast.ada)
    posters = [Poster(server, token, f"client{number}", stop) for number in range(_POSTERS)]
    for poster in posters:
        poster.start()
    try:
        course = _kill_again_and_again(server, posters, stop)
    finally:
        stop.set()
        server.kill()
    acknowledged = {title: i for poster in posters for title, i in poster.acknowledged.items()}
    kept = _titles(place)
    lost = {title for title, i in acknowledged.items() if kept.get(i) != title}
    doubled = [title for title, count in Counter(kept.values()).items() if count > 1]
    with capsys.disabled():
        sys.stdout.write(
            f"\n{KILLS} kills: {len(acknowledged)} acknowledged, {len(lost)} lost, "
            f"{len(doubled)} doubled, {sum(p.repeats for p in posters)} sent again; ready after "
            f"{max(course.starts):.1f} s at most; index of {len(kept)} equal "
            f"{course.clean_after:.1f} s after the last start\n"
        )
    assert acknowledged
    assert lost == set()
    assert doubled == []
    assert [said for poster in posters for said in poster.refused] == []
