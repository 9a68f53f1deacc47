"""Damage to the index is found and mended, whoever did it."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import select

from app.events.models import Event
from app.lessons.access import reader
from app.lessons.finding import Asked, find
from app.lessons.indexing import Follower
from app.lessons.mending import Watch, answers
from search import open_index
from search.folder import Folder
from search.lock import WriterLock
from tests.house_fixture import House

MINUTES = 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "index"


@pytest.fixture
def watch(house: House, folder: Path) -> Watch:
    """A watch over the index of a house with a lesson in it, after its first look."""
    house.post(house.cast.ada, "Loose screws")
    watch = Watch(house.follower, folder, MINUTES)
    watch.step()
    return watch


def later(house: House, watch: Watch, **by: float) -> None:
    house.clock.turn(**(by or {"seconds": 3}))
    assert watch.step() is False


def found(house: House) -> tuple[list[str], bool]:
    """What a search for screws finds, and whether it came with a notice."""
    with house.reading() as session:
        answer = find(session, house.index, reader(session, house.cast.ben), Asked(text="screws"))
    return [hit.card.title for hit in answer.hits], answer.notice is not None


def rebuilds(house: House) -> list[str]:
    with house.reading() as session:
        rebuilt = select(Event).where(Event.kind == "index.rebuilt").order_by(Event.at)
        events = session.exec(rebuilt).all()
    return [event.facts["cause"] for event in events]


def a_file(folder: Path, ending: str) -> Path:
    return next(folder.glob(f"builds/*/*.{ending}"))


def a_segment(folder: Path) -> Path:
    return a_file(folder, "seg")


def flip(path: Path) -> None:
    """As a disk does it: no time of change is noted."""
    before, content = path.stat(), bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    with path.open("r+b") as file:
        file.write(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_an_intact_index_is_left_alone(house: House, watch: Watch) -> None:
    generation = house.index.generation()
    later(house, watch)
    later(house, watch, minutes=MINUTES)
    house.post(house.cast.ada, "More screws")
    later(house, watch)
    assert house.index.generation() == generation + 1
    assert rebuilds(house) == []


@pytest.mark.parametrize("ending", ["seg", "cols"])
def test_damage_is_found_at_the_start_also_where_searching_does_not_meet_it(
    house: House, folder: Path, ending: str
) -> None:
    house.post(house.cast.ada, "Loose screws")
    house.index.close()
    flip(a_file(folder, ending))
    Watch(house.follower, folder, MINUTES).step()
    house.index.verify()
    assert found(house) == (["Loose screws"], False)


def test_an_index_that_does_not_open_is_mended_at_the_start(house: House, folder: Path) -> None:
    house.post(house.cast.ada, "Loose screws")
    house.index.close()
    flip(a_file(folder, "toc"))
    assert found(house) == (["Loose screws"], True)
    assert not answers(house.index)
    Watch(house.follower, folder, MINUTES).step()
    assert found(house) == (["Loose screws"], False)
    assert answers(house.index)
    assert rebuilds(house) == ["damage"]


def test_a_flipped_bit_that_no_time_tells_of_is_found_on_schedule(
    house: House, watch: Watch, folder: Path
) -> None:
    flip(a_segment(folder))
    later(house, watch)
    assert rebuilds(house) == []
    later(house, watch, minutes=MINUTES)
    assert rebuilds(house) == ["damage"]
    house.index.verify()


def test_without_a_schedule_damage_is_found_at_the_start_only(house: House, folder: Path) -> None:
    house.post(house.cast.ada, "Loose screws")
    watch = Watch(house.follower, folder, 0)
    watch.step()
    flip(a_segment(folder))
    later(house, watch, days=30)
    assert rebuilds(house) == []


def flip_a_digest(folder: Path) -> None:
    """What is open already is not compared with it again."""
    content = (folder / "current").read_text()
    start = content.rindex('"', 0, content.rindex('"')) + 1
    other = "1" if content[start] == "0" else "0"
    (folder / "current").write_text(content[:start] + other + content[start + 1 :])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "segment cut": lambda folder: a_segment(folder).write_bytes(b"cut"),
    "segment gone": lambda folder: a_segment(folder).unlink(),
    "columns cut": lambda folder: a_file(folder, "cols").write_bytes(b"cut"),
    "columns gone": lambda folder: a_file(folder, "cols").unlink(),
    "contents gone": lambda folder: a_file(folder, "toc").unlink(),
    "pointer gone": lambda folder: (folder / "current").unlink(),
    "pointer garbled": lambda folder: (folder / "current").write_bytes(b"{}"),
    "pointer flipped": flip_a_digest,
    "builds gone": lambda folder: shutil.rmtree(folder / "builds"),
    "everything gone": shutil.rmtree,
}


@pytest.mark.parametrize("how", DAMAGES)
def test_what_the_files_tell_at_a_glance_is_mended_within_seconds(
    house: House, watch: Watch, folder: Path, how: str
) -> None:
    assert found(house) == (["Loose screws"], False)  # what is open already is damaged, too
    DAMAGES[how](folder)
    later(house, watch)
    assert rebuilds(house) == ["damage"]
    assert found(house) == (["Loose screws"], False)
    later(house, watch)
    assert rebuilds(house) == ["damage"]


def test_what_is_posted_while_the_index_is_damaged_is_found_by_words_and_later_by_the_index(
    house: House, watch: Watch, folder: Path
) -> None:
    (folder / "current").unlink()
    house.post(house.cast.ada, "Tight screws")
    assert rebuilds(house) == ["damage"]  # it was found by writing
    assert sorted(found(house)[0]) == ["Loose screws", "Tight screws"]
    assert not found(house)[1]


def test_an_index_that_another_process_made_anew_is_filled_again(
    house: House, watch: Watch, folder: Path
) -> None:
    house.post(house.cast.ada, "More screws")
    later(house, watch)
    shutil.rmtree(folder)
    open_index(folder).close()
    assert found(house) == ([], False)
    later(house, watch)
    assert len(found(house)[0]) == 2


def test_a_change_is_noticed_also_when_something_was_committed_since(
    house: House, watch: Watch, folder: Path
) -> None:
    later(house, watch)
    a_segment(folder).write_bytes(b"changed")
    house.post(house.cast.ada, "More screws")
    later(house, watch)
    assert rebuilds(house) == ["damage"]
    assert len(found(house)[0]) == 2


def _lost_while_writing(house: House, folder: Path) -> None:
    (folder / "current").unlink()
    house.post(house.cast.ada, "More screws")


NEWS: dict[str, Callable[[House, Path], object]] = {
    "a commit": lambda house, _: house.post(house.cast.ada, "More screws"),
    "a rebuild": lambda house, _: house.follower.rebuild(),
    "a rebuild by who wrote": _lost_while_writing,
}


@pytest.mark.parametrize("what", NEWS)
def test_what_changes_between_its_writing_and_the_first_look_at_it_is_noticed(
    house: House, watch: Watch, folder: Path, what: str
) -> None:
    NEWS[what](house, folder)
    before = rebuilds(house)
    newest = max(folder.glob("builds/*/*.seg"), key=lambda path: path.stat().st_mtime_ns)
    newest.write_bytes(b"changed")
    later(house, watch)
    assert rebuilds(house) == [*before, "damage"]
    house.index.verify()


def test_damage_met_while_comparing_is_mended_and_the_new_files_are_watched(
    house: House, folder: Path
) -> None:
    house.post(house.cast.ada, "Loose screws")
    assert found(house) == (["Loose screws"], False)  # the columns are open
    columns = a_file(folder, "cols")

    def cut_when_asked_for_the_time() -> datetime:
        """Asked when a look begins, and when it goes on to compare, after all files were read."""
        asked.append(len(asked))
        if len(asked) == 2:
            columns.write_bytes(b"cut")
        return house.clock()

    asked: list[int] = []
    watch = Watch(
        Follower(house.database, house.index, cut_when_asked_for_the_time), folder, MINUTES
    )
    watch.step()
    assert rebuilds(house) == ["damage"]
    a_segment(folder).write_bytes(b"changed")
    later(house, watch)
    assert rebuilds(house) == ["damage", "damage"]


def test_after_differences_were_mended_all_is_read_again(
    house: House, watch: Watch, folder: Path
) -> None:
    house.index.remove(house.index.stamps())
    later(house, watch, minutes=MINUTES)
    flip(a_segment(folder))
    later(house, watch)
    assert rebuilds(house) == ["damage"]


def test_of_two_that_find_damage_one_builds_and_the_other_goes_on(
    house: House, watch: Watch, folder: Path
) -> None:
    flip(a_segment(folder))
    with (
        open_index(folder, lock_timeout_seconds=0.01) as other,
        WriterLock(Folder(folder).lock, timeout_seconds=1).held(),
    ):
        hindered = Watch(Follower(house.database, other, house.clock), folder, MINUTES)
        assert hindered.step() is False
        assert rebuilds(house) == []
    later(house, watch, minutes=MINUTES)
    later(house, hindered)
    assert rebuilds(house) == ["damage"]
    assert answers(house.index)
