"""A post sent twice is one lesson."""

import pytest
from sqlmodel import select

from app.kit.errors import Invalid
from app.lessons.access import holds_claim
from app.lessons.capture import Posted
from app.lessons.idempotency import KeyReused, PostKey, forget_old_answers, post_once
from app.lessons.models import KeptAnswer, Lesson
from app.people.models import Person
from tests.house_fixture import House
from tests.lessons.acting import kept, written


def _send(house: House, key: str, by: Person | None = None, **content: object) -> Posted:
    person = by or house.cast.ada
    with house.database.writing() as session:
        post_key = PostKey(b"s" * 32, person.id, key)
        return post_once(session, written(**content), post_key, by=person, now=house.clock())


def _count(house: House) -> int:
    with house.reading() as session:
        return len(session.exec(select(Lesson)).all())


def test_the_same_post_again_is_answered_with_the_lesson_that_is_there(house: House) -> None:
    first, again = _send(house, "k1"), _send(house, "k1")
    assert first.lesson.id == again.lesson.id
    assert _count(house) == 1


def test_a_key_used_for_another_post_is_refused(house: House) -> None:
    _send(house, "k1")
    with pytest.raises(KeyReused):
        _send(house, "k1", title="Something else")
    assert _count(house) == 1


def test_two_people_may_use_the_same_key(house: House) -> None:
    one, other = _send(house, "k1"), _send(house, "k1", by=house.cast.ben)
    assert one.lesson.id != other.lesson.id


def test_a_protected_author_who_sends_again_is_told_the_same_claim_code(house: House) -> None:
    first = _send(house, "k1", author_mode="protected")
    again = _send(house, "k1", author_mode="protected")
    assert first.claim_code == again.claim_code
    assert holds_claim(kept(house, first.lesson.id), again.claim_code or "")


def test_what_is_kept_of_a_protected_post_leads_to_nobody(house: House) -> None:
    _send(house, "k1", author_mode="protected")
    with house.reading() as session:
        answer = session.exec(select(KeptAnswer)).one()
    assert house.cast.ada.id not in repr(answer)
    assert (answer.at.hour, answer.at.minute) == (0, 0)


def test_the_key_is_free_again_when_its_days_have_passed(house: House) -> None:
    first = _send(house, "k1")
    house.clock.turn(days=2, hours=1)
    with house.database.writing() as session:
        forget_old_answers(session, now=house.clock())
    with house.reading() as session:
        assert session.exec(select(KeptAnswer)).all() == []
    assert _send(house, "k1", title="Something else").lesson.id != first.lesson.id


def test_an_old_answer_not_yet_forgotten_does_not_stand_in_the_way(house: House) -> None:
    first = _send(house, "k1")
    house.clock.turn(days=2, hours=1)
    assert _send(house, "k1", title="Something else").lesson.id != first.lesson.id


def test_within_the_day_an_answer_is_not_forgotten(house: House) -> None:
    first = _send(house, "k1", author_mode="protected")
    house.clock.turn(hours=23)
    with house.database.writing() as session:
        forget_old_answers(session, now=house.clock())
    assert _send(house, "k1", author_mode="protected").lesson.id == first.lesson.id


@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb"])
def test_a_key_that_cannot_be_one_is_refused(key: str) -> None:
    with pytest.raises(Invalid):
        PostKey(b"s" * 32, "somebody", key)
