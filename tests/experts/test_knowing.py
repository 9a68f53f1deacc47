"""Who knows: by acts under a name on lessons that one may read, fading with the years."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.experts.knowing import by_place, who_knows
from app.experts.listing import is_listed, set_listed
from app.lessons.access import reader
from app.lessons.models import Lesson
from app.people.models import Person
from app.responses.models import Answer, Question
from app.uses.models import Confirmation, Manner, Use
from tests.calls import questions
from tests.house_fixture import House
from tests.lessons.acting import retired


def add(house: House, *rows: object) -> None:
    with house.database.writing() as session:
        for row in rows:
            session.add(row)
            session.flush()


def used(lesson: Lesson, by: Person, at: datetime, manner: Manner = Manner.APPLIED) -> Use:
    return Use(
        lesson_id=lesson.id,
        by_id=by.id,
        manner=manner,
        used_on=at.date(),
        reported_at=at,
        changed_at=at,
    )


def answered(lesson: Lesson, by: Person | None, at: datetime) -> tuple[Question, Answer]:
    asked = Question(lesson_id=lesson.id, by_id=lesson.author_id or "", text="Why?", asked_at=at)
    by_id = by.id if by else None
    return asked, Answer(question_id=asked.id, by_id=by_id, text="So.", answered_at=at)


def confirmed(lesson: Lesson, by: Person, at: datetime) -> Confirmation:
    return Confirmation(lesson_id=lesson.id, person_id=by.id, at=at)


def knowing(
    house: House, who: Person, lessons: Mapping[str, float], *but: str
) -> list[tuple[str, str]]:
    with house.reading() as session, questions(house) as asked:
        found = who_knows(
            session, reader(session, who), lessons, now=house.clock(), limit=9, but=but
        )
    assert len(asked) <= 2  # the reader, and all the rest
    return [(knows.person.name.split()[0], knows.why) for knows in found]


def test_what_somebody_wrote_used_answered_and_confirmed_says_that_they_know(house: House) -> None:
    cast, now = house.cast, house.clock()
    one, two, three = (house.post(cast.ada, f"Seals {number}").lesson for number in range(3))
    add(house, used(one, cast.ben, now), used(two, cast.ben, now - timedelta(days=70)))
    add(house, used(three, cast.otto, now, Manner.REJECTED))
    for _ in range(20):
        add(house, *answered(one, cast.nora, now - timedelta(days=500)))
    add(house, confirmed(three, cast.mara, now), *answered(two, cast.mara, now))
    lessons = dict.fromkeys((one.id, two.id, three.id), 1.0)
    assert knowing(house, cast.kit, lessons) == [
        ("Ada", "wrote 3 lessons on this, last this month"),
        ("Ben", "used 2 lessons on this, last this month"),
        ("Mara", "answered questions on a lesson on this, confirmed one, last this month"),
        ("Nora", "answered questions on a lesson on this, last in October 2024"),
    ]
    assert [name for name, _ in knowing(house, cast.kit, {one.id: 1.0}, cast.ada.id)] == [
        "Ben",
        "Nora",
    ]
    assert knowing(house, cast.kit, {}) == []


def test_what_was_done_years_ago_counts_less_and_what_bears_less_on_it_too(house: House) -> None:
    cast = house.cast
    old = [house.post(cast.ada, f"Seals {number}").lesson.id for number in range(3)]
    house.clock.turn(days=2 * 365 + 1)
    new = house.post(cast.ben, "Seals again").lesson.id
    lessons = dict.fromkeys((*old, new), 1.0)
    # Three of two years ago are worth less than one of today, two of them more at a year's age.
    assert [name for name, _ in knowing(house, cast.kit, lessons)] == ["Ben", "Ada"]
    assert dict(knowing(house, cast.kit, lessons))["Ada"].endswith("last in March 2026")
    assert [name for name, _ in knowing(house, cast.kit, lessons | {new: 0.2})] == ["Ada", "Ben"]
    assert list(by_place([new, *old]).values()) == sorted(by_place([new, *old]).values())[::-1]


def test_protected_authors_hidden_lessons_and_those_who_hide_never_show(house: House) -> None:
    cast, now = house.cast, house.clock()
    protected = house.post(cast.mara, "Seals, protected", author_mode="protected").lesson
    private = house.post(cast.ben, "Seals, ours", team="Pumps", visibility="team").lesson
    shared = house.post(cast.ada, "Seals, shared").lesson
    gone = house.post(cast.kit, "Seals, obsolete").lesson
    retired(house, gone.id, by=cast.kit)
    asked = Question(lesson_id=protected.id, by_id=cast.ada.id, text="Why?", asked_at=now)
    claimed = Answer(question_id=asked.id, by_id=None, from_author=True, text="So", answered_at=now)
    add(house, asked, claimed, used(private, cast.ada, now), confirmed(private, cast.nora, now))
    add(house, used(shared, cast.root, now), used(shared, cast.otto, now))
    lessons = dict.fromkeys((protected.id, private.id, shared.id, gone.id), 1.0)
    outside = [("Ada", "wrote a lesson on this, last this month")]
    others = [(name, "used a lesson on this, last this month") for name in ("Otto", "Root")]
    assert knowing(house, cast.kit, lessons) == outside + others
    assert knowing(house, cast.kit, {shared.id: 1.0}) == outside + others
    assert [name for name, _ in knowing(house, cast.ben, lessons)] == [
        *("Ada", "Ben", "Otto", "Root"),
        "Nora",
    ]
    with house.database.writing() as session:
        set_listed(session, False, by=cast.otto, now=now)
        set_listed(session, False, by=cast.otto, now=now)
        assert not is_listed(session, cast.otto)
        root = session.get_one(Person, cast.root.id)
        root.disabled_at = now
    assert knowing(house, cast.kit, lessons) == outside
    with house.database.writing() as session:
        set_listed(session, True, by=cast.otto, now=now)
    assert [name for name, _ in knowing(house, cast.kit, lessons)] == ["Ada", "Otto"]
