"""The index follows the database."""

import shutil
from pathlib import Path

from sqlmodel import select

from app.events.models import Delivery
from app.lessons.access import reader
from app.lessons.capture import post
from app.lessons.finding import Asked, find
from app.lessons.indexing import Follower, subscriber_name
from app.lessons.models import Lesson
from app.people.directory import change_person
from app.people.models import Person, Role
from app.people.teams import change_team
from app.topics.directory import change_words, topics_named
from search import open_index
from tests.house_fixture import House
from tests.lessons.acting import change, restored, retired, spoil, written


def _found(house: House, text: str, by: Person | None = None) -> list[str]:
    with house.reading() as session:
        who = reader(session, by or house.cast.otto)
        answer = find(session, house.index, who, Asked(text=text))
    return [found.card.title for found in answer.hits]


def _rename_topic(house: House, name: str, to: str, *synonyms: str) -> None:
    with house.database.writing() as session:
        change_words(
            session,
            topics_named(session, [name])[name],
            name=to,
            synonyms=synonyms,
            by=house.cast.kit,
            now=house.clock(),
        )
    house.follow()


def _unheard(house: House, title: str) -> Lesson:
    """A lesson of which the index has not heard yet."""
    with house.database.writing() as session:
        return post(session, written(title=title), by=house.cast.ada, now=house.clock()).lesson


def test_what_is_posted_changed_retired_and_restored_is_found_accordingly(house: House) -> None:
    lesson = house.post(house.cast.ada, "Loose screws", lesson="They yodelled.").lesson
    assert _found(house, "yodelled") == ["Loose screws"]
    change(house, lesson.id, by=house.cast.ada, lesson="They squeaked.")
    house.follow()
    assert (_found(house, "yodelled"), _found(house, "squeaked")) == ([], ["Loose screws"])
    retired(house, lesson.id, by=house.cast.ada)
    assert _found(house, "squeaked") == []
    restored(house, lesson.id, by=house.cast.ada)
    assert _found(house, "squeaked") == ["Loose screws"]


def test_a_lesson_is_found_by_its_topics_new_name_and_synonyms(house: House) -> None:
    house.post(house.cast.ada, "Loose screws", topics=["quillwork"])
    assert _found(house, "zephyrs") == []
    _rename_topic(house, "quillwork", "zephyrs", "mistrals")
    assert _found(house, "zephyrs") == ["Loose screws"]
    assert _found(house, "mistrals") == ["Loose screws"]
    assert _found(house, "quillwork") == []


def test_a_lesson_is_found_by_its_teams_new_name(house: House) -> None:
    house.post(house.cast.ada, "Loose screws", team="Pumps")
    with house.database.writing() as session:
        team = session.merge(house.cast.pumps)
        change_team(
            session,
            team,
            name="Hydraulics",
            purpose="",
            parent=None,
            by=house.cast.root,
            now=house.clock(),
        )
    house.follow()
    assert _found(house, "hydraulics") == ["Loose screws"]


def test_a_lesson_is_found_by_its_authors_new_name(house: House) -> None:
    house.post(house.cast.ada, "Loose screws")
    with house.database.writing() as session:
        ada = session.merge(house.cast.ada)
        change_person(
            session,
            ada,
            name="Ada Quillfeather",
            title="",
            role=Role.MEMBER,
            by=house.cast.root,
            now=house.clock(),
        )
    house.follow()
    assert _found(house, "quillfeather") == ["Loose screws"]


def test_nothing_stays_owed_once_the_index_has_followed(house: House) -> None:
    house.post(house.cast.ada)
    with house.reading() as session:
        assert session.exec(select(Delivery)).all() == []
    assert not house.follower.step()


def test_the_index_catches_up_with_what_was_done_while_it_was_away(house: House) -> None:
    kept = house.post(house.cast.ada, "Kept").lesson
    house.follow()
    lesson = _unheard(house, "Meanwhile")
    change(house, kept.id, by=house.cast.ada, lesson="Other words.")
    difference = house.follower.start()
    assert (list(difference.missing), list(difference.stale)) == ([lesson.id], [kept.id])
    assert house.follower.difference().clean


def test_the_index_lets_go_of_what_is_not_in_the_database(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    with house.database.writing() as session:
        session.delete(session.get_one(Lesson, lesson.id))
    assert list(house.follower.start().extra) == [lesson.id]
    assert house.index.stamps() == {}


def test_a_deleted_index_is_made_anew_and_nothing_is_lost(house: House, tmp_path: Path) -> None:
    for number in range(3):
        house.post(house.cast.ada, f"Lesson {number}")
    house.index.close()
    shutil.rmtree(tmp_path / "data" / "index")
    with open_index(tmp_path / "data" / "index") as index:
        follower = Follower(house.database, index, house.clock)
        assert len(follower.start().missing) == 3
        assert follower.difference().clean


def test_two_indexes_follow_one_database_each_on_its_own_account(
    house: House, tmp_path: Path
) -> None:
    with open_index(tmp_path / "second") as second:
        other = Follower(house.database, second, house.clock)
        other.start()
        assert subscriber_name(second) != subscriber_name(house.index)
        lesson = house.post(house.cast.ada).lesson  # the first index hears of it
        assert second.stamps() == {}
        while other.step():
            pass
        assert list(second.stamps()) == list(house.index.stamps()) == [lesson.id]


def test_a_damaged_index_is_rebuilt_when_the_next_act_finds_it_so(
    house: House, tmp_path: Path
) -> None:
    house.post(house.cast.ada, "Before")
    spoil(house.index, tmp_path / "data" / "index")
    lesson = _unheard(house, "After")
    while not house.follower.step() and not house.follower.difference().clean:
        house.clock.turn(seconds=5)
    assert lesson.id in house.index.stamps()
    assert sorted(_found(house, "before after")) == ["After", "Before"]


def test_rebuilding_gives_what_the_database_holds(house: House) -> None:
    house.post(house.cast.ada, "One")
    house.post(house.cast.ada, "Two", team="Pumps", visibility="team")
    house.post(house.cast.ada, "Three", visibility="draft")
    counted: list[int] = []
    assert house.follower.rebuild(counted.append) == 2
    assert house.follower.difference().clean


def test_the_index_knows_nothing_of_a_protected_author(house: House, tmp_path: Path) -> None:
    house.post(house.cast.ada, "Pay talks", author_mode="protected")
    assert _found(house, "Pay talks") == ["Pay talks"]
    assert _found(house, "Ada Example") == []
    files = [f for f in (tmp_path / "data" / "index").rglob("*") if f.is_file()]
    assert files
    for file in files:
        assert house.cast.ada.id.encode() not in file.read_bytes()
