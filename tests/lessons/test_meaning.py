"""Every lesson of the index gets its vector, and loses it when it goes."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.lessons.meaning import MeaningFollower
from app.lessons.models import Lesson
from app.topics.directory import change_words, topics_named
from tests.house_fixture import House
from tests.lessons.acting import change
from tests.search.tiny_model import meaning_in

Follow = Callable[[], int]


@pytest.fixture
def follower(house: House, tmp_path: Path) -> MeaningFollower:
    return MeaningFollower(house.database, house.index, meaning_in(tmp_path), house.clock)


@pytest.fixture
def steps(follower: MeaningFollower) -> Follow:
    """Step until there is nothing to do; how many steps did something."""

    def follow() -> int:
        count = 0
        while follower.step():
            count += 1
        return count

    return follow


def erase(house: House, lesson_id: str) -> None:
    with house.database.writing() as session:
        session.delete(session.get_one(Lesson, lesson_id))
    house.follower.start()


def test_lessons_get_their_vectors_a_few_at_a_time(
    house: House, follower: MeaningFollower, steps: Follow
) -> None:
    for number in range(9):
        house.post(house.cast.ada, f"Pump {number}")
    assert follower.lacking() == 9
    assert steps() > 1
    assert follower.lacking() == 0
    assert not follower.step()


def test_a_lesson_posted_or_changed_later_gets_its_own(
    house: House, follower: MeaningFollower, steps: Follow
) -> None:
    kept = house.post(house.cast.ada, "Kept").lesson
    steps()
    change(house, kept.id, by=house.cast.ada, lesson="Other words about a pump.")
    house.post(house.cast.ben, "Posted later", team="Pumps", visibility="team")
    house.follow()
    assert follower.lacking() == 2
    assert steps() == 1
    assert follower.lacking() == 0


def test_new_words_of_a_topic_are_learnt(
    house: House, follower: MeaningFollower, steps: Follow
) -> None:
    house.post(house.cast.ada, "Kept", topics=["quillwork"])
    steps()
    with house.database.writing() as session:
        topic = topics_named(session, ["quillwork"])["quillwork"]
        change_words(
            session, topic, name="zephyrs", synonyms=(), by=house.cast.kit, now=house.clock()
        )
    house.follow()
    assert follower.lacking() == 1
    steps()
    assert follower.lacking() == 0


def test_vectors_of_what_is_gone_are_wiped(
    house: House, follower: MeaningFollower, steps: Follow
) -> None:
    lessons = [house.post(house.cast.ada, f"Pump {number}").lesson for number in range(3)]
    steps()
    held = house.index.stamps()
    erase(house, lessons[0].id)
    follower.step()
    assert follower.meaning.lacking(held) == [lessons[0].id]


def test_a_program_started_anew_makes_only_what_lacks(
    house: House, follower: MeaningFollower, steps: Follow, tmp_path: Path
) -> None:
    house.post(house.cast.ada, "Before")
    steps()
    house.post(house.cast.ada, "Meanwhile")
    again = MeaningFollower(house.database, house.index, meaning_in(tmp_path), house.clock)
    counted: list[int] = []
    assert again.all(counted.append) == 1
    assert counted == [1]
    assert again.lacking() == 0
    assert again.all() == 0


def test_damaged_vectors_are_made_anew_within_the_hour(
    house: House, follower: MeaningFollower, steps: Follow, tmp_path: Path
) -> None:
    house.post(house.cast.ada, "Pump")
    steps()
    (file,) = (tmp_path / "meaning").glob("*.vectors")
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    house.clock.turn(hours=1)
    assert steps() == 1
    assert follower.lacking() == 0


def test_a_model_that_is_missing_is_tried_again_after_a_minute(
    house: House, tmp_path: Path, follower: MeaningFollower, steps: Follow
) -> None:
    house.post(house.cast.ada, "Pump")
    os.rename(tmp_path / "model", tmp_path / "away")
    assert steps() == 0
    os.rename(tmp_path / "away", tmp_path / "model")
    assert steps() == 0
    house.clock.turn(minutes=1)
    assert steps() == 1
    assert follower.lacking() == 0


def test_another_model_makes_vectors_of_its_own(
    house: House, follower: MeaningFollower, steps: Follow, tmp_path: Path
) -> None:
    house.post(house.cast.ada, "Pump")
    steps()
    changed = meaning_in(tmp_path, concepts=("pump", "crane"))
    other = MeaningFollower(house.database, house.index, changed, house.clock)
    assert other.lacking() == 1
    assert other.all() == 1
    assert len(list((tmp_path / "meaning").glob("*.vectors"))) == 1
