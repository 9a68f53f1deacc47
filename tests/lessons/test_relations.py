"""A lesson says of older ones that it happened again, or that it corrects them."""

import pytest
from sqlmodel import select

from app.events.models import Event
from app.kit.errors import Invalid
from app.kit.forms import Submitted
from app.lessons.access import reader
from app.lessons.models import Lesson, LessonRelation, RelationKind
from app.lessons.neighbours import neighbours
from app.lessons.relations import Related, relate, relations_in
from app.people.models import Person
from tests.house_fixture import House

AGAIN, CORRECTS = RelationKind.RECURRENCE, RelationKind.CORRECTS


def _say(house: House, of: Lesson, relations: dict[str, RelationKind], *, by: Person) -> None:
    with house.database.writing() as session:
        newer = session.get_one(Lesson, of.id)
        relate(session, newer, relations, who=reader(session, by), now=newer.posted_at)


def _seen(house: House, lesson: Lesson, person: Person) -> list[Related]:
    with house.reading() as session:
        beside = neighbours(session, lesson, reader(session, person), [])
    return [*beside.corrections, *beside.related]


def test_both_lessons_show_how_they_stand_to_each_other(house: House) -> None:
    ada, otto = house.cast.ada, house.cast.otto
    old, newer = house.post(ada).lesson, house.post(otto, "Loose again").lesson
    _say(house, newer, {old.id: AGAIN}, by=otto)
    assert [(r.lesson.id, r.in_words) for r in _seen(house, old, ada)] == [
        (newer.id, "It happened again")
    ]
    assert [(r.lesson.id, r.in_words) for r in _seen(house, newer, ada)] == [
        (old.id, "It had happened before")
    ]
    _say(house, newer, {old.id: CORRECTS}, by=otto)
    assert [r.in_words for r in _seen(house, old, ada)] == ["Corrected by"]
    assert [r.in_words for r in _seen(house, newer, ada)] == ["Corrects"]


def test_a_relation_to_what_one_cannot_read_is_neither_made_nor_shown(house: House) -> None:
    ada, otto, mara = house.cast.ada, house.cast.otto, house.cast.mara
    hidden = house.post(ada, "Ours alone", visibility="team", team="Pumps").lesson
    public = house.post(otto, "For everyone").lesson
    with pytest.raises(Invalid):
        _say(house, public, {hidden.id: AGAIN}, by=otto)
    with pytest.raises(Invalid):
        _say(house, public, {"0" * 16: AGAIN}, by=otto)
    _say(house, hidden, {public.id: AGAIN}, by=ada)
    assert _seen(house, public, otto) == []
    assert [r.lesson.id for r in _seen(house, public, mara)] == [hidden.id]


def test_each_relation_is_one_event_with_nobody_in_it_for_a_protected_author(house: House) -> None:
    old = house.post(house.cast.ada).lesson
    named = house.post(house.cast.otto, "Under a name").lesson
    secret = house.post(house.cast.otto, "Under none", author_mode="protected").lesson
    for lesson in (named, secret, secret):
        _say(house, lesson, {old.id: AGAIN}, by=house.cast.otto)
    with house.reading() as session:
        events = session.exec(select(Event).where(Event.kind == "relation.made")).all()
        said = {event.subject_id: event for event in events}
        assert len(events) == len(session.exec(select(LessonRelation)).all()) == 2
    assert said[named.id].actor_id == house.cast.otto.id
    assert said[secret.id].actor_id is None
    assert said[secret.id].at == secret.posted_at
    assert said[secret.id].facts == {"other_id": old.id, "relation": "recurrence"}


def test_a_form_says_which_lessons_it_is_about() -> None:
    form = Submitted(
        {
            "relation.aaaa": ["recurrence"],
            "relation.bbbb": ["corrects"],
            "relation.cccc": ["new"],
            "relation.dddd": ["<script>"],
            "title": ["recurrence"],
        }
    )
    assert relations_in(form) == {"aaaa": AGAIN, "bbbb": CORRECTS}
