"""Who may read and change a lesson: the rule in Python and the rule in SQL are one rule."""

from collections.abc import Iterator
from itertools import product

import pytest
from sqlmodel import Session, select

from app.kit.errors import NotFound
from app.kit.signing import fingerprint
from app.lessons.access import (
    NotYours,
    audience_of,
    editable_lesson,
    holds_claim,
    readable_lesson,
    reader,
)
from app.lessons.found import found_lessons
from app.lessons.models import AuthorMode, Kind, Lesson, State, Visibility
from tests.cast import Cast
from tests.house_fixture import House
from tests.lessons.acting import kept


def _every_kind_of_lesson(cast: Cast, now: object) -> Iterator[Lesson]:
    authors = (cast.ada.id, cast.otto.id, None)
    teams = (None, cast.engineering.id, cast.pumps.id, cast.valves.id, cast.sales.id)
    for state, visibility, author, team, mode in product(
        State, Visibility, authors, teams, AuthorMode
    ):
        yield Lesson(
            kind=Kind.FAILURE,
            title="t",
            lesson="l",
            state=state,
            visibility=visibility,
            author_id=author,
            author_mode=mode,
            team_id=team,
            posted_at=now,
            changed_at=now,
        )


def test_both_rules_of_reading_agree_for_everyone_on_everything(house: House) -> None:
    with house.database.writing() as session:
        session.add_all(_every_kind_of_lesson(house.cast, house.clock()))
    with house.reading() as session:
        lessons = session.exec(select(Lesson)).all()
        for person in house.cast.people.values():
            who = reader(session, person)
            by_rule = {row.id for row in lessons if who.may_read(row) and not row.is_draft}
            by_query = set(session.exec(select(Lesson.id).where(who.readable)))
            assert by_rule == by_query, person.name
            # The index is asked by audience: a third form of the same rule.
            by_audience = {
                row.id
                for row in lessons
                if not row.is_draft
                and (row.visibility is Visibility.ORGANISATION or row.team_id)
                and audience_of(row) in who.audiences
            }
            assert by_audience == by_rule, person.name


@pytest.mark.parametrize(
    ("person", "reads"),
    [
        ("ada", True),
        ("ben", True),
        ("mara", True),
        ("otto", False),
        ("nora", False),
        ("kit", False),
        ("root", False),
    ],
)
def test_a_team_only_lesson_is_for_the_team_and_managers_above(
    house: House, person: str, reads: bool
) -> None:
    lesson = house.post(house.cast.ada, team="Pumps", visibility="team").lesson
    with house.reading() as session:
        who = reader(session, house.cast.people[person])
        assert who.may_read(lesson) is reads
        found = found_lessons(session, [lesson.id], who, list(State))
        assert [line.id for line in found] == ([lesson.id] if reads else [])


def test_a_draft_is_for_its_author_alone(house: House) -> None:
    draft = house.post(house.cast.ada, visibility="draft", team="Pumps").lesson
    with house.reading() as session:
        may = {n: reader(session, p).may_read(draft) for n, p in house.cast.people.items()}
    assert [name for name, reads in may.items() if reads] == ["ada"]


@pytest.mark.parametrize(
    ("person", "changes"),
    [
        ("ada", True),
        ("ben", False),
        ("mara", False),
        ("otto", False),
        ("kit", True),
        ("root", True),
    ],
)
def test_the_author_and_curators_may_change_a_lesson(
    house: House, person: str, changes: bool
) -> None:
    lesson = house.post(house.cast.ada).lesson
    with house.database.writing() as session:
        who = reader(session, house.cast.people[person])
        if changes:
            assert editable_lesson(session, lesson.id, who).id == lesson.id
            return
        with pytest.raises(NotYours):
            editable_lesson(session, lesson.id, who)


def _refused(session: Session, lesson_id: str, house: House) -> NotFound:
    with pytest.raises(NotFound) as refused:
        readable_lesson(session, lesson_id, reader(session, house.cast.otto))
    return refused.value


def test_missing_and_forbidden_are_the_same_refusal(house: House) -> None:
    hidden = house.post(house.cast.ada, team="Pumps", visibility="team").lesson
    with house.reading() as session:
        one, other = _refused(session, hidden.id, house), _refused(session, "0" * 16, house)
    assert (one.status, one.code, one.message) == (other.status, other.code, other.message)


def test_the_claim_code_opens_its_own_lesson_alone(house: House) -> None:
    one = house.post(house.cast.ada, author_mode="protected")
    other = house.post(house.cast.ada, "Another", author_mode="protected")
    code = one.claim_code or ""
    assert holds_claim(one.lesson, code)
    assert holds_claim(one.lesson, f" {code.upper()} ")
    assert not holds_claim(other.lesson, code)
    assert not holds_claim(one.lesson, "")


def test_a_named_lesson_has_no_claim_even_if_a_hash_were_left(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    with house.database.writing() as session:
        session.get_one(Lesson, lesson.id).claim_hash = fingerprint("left-over")
    assert not holds_claim(kept(house, lesson.id), "left-over")
