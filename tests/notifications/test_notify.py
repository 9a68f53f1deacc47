"""Who is told of what, once, and never of what they may not know."""

import pytest
from sqlmodel import select

from app.events.models import Delivery
from app.notifications.models import NotificationKind
from app.notifications.notify import SUBSCRIBER, notify
from app.notifications.reading import want_only
from app.people.directory import disable_person
from app.people.models import Person
from app.responses.models import Question
from app.searches.models import Want
from app.worker import attempted
from tests.house_fixture import House
from tests.lessons.acting import retired
from tests.notifications.acting import (
    follows,
    happened,
    kinds_told,
    listen,
    notifier,
    tell,
    told,
    topic_id,
)


@pytest.fixture(autouse=True)
def listening(house: House) -> None:
    house.post(house.cast.kit, "Glycol is no oil", topics=["Seals", "Glycol"])
    listen(house)


def test_who_follows_its_topic_team_or_author_hears_of_a_lesson_once(house: House) -> None:
    cast = house.cast
    for subject in ("Seals", "Glycol", cast.pumps, cast.ada):
        follows(house, cast.otto, subject)
    follows(house, cast.nora, cast.pumps)
    lesson = house.post(cast.ada, topics=["Glycol", "Seals"], team="Pumps").lesson
    tell(house)
    (notification,) = told(house, cast.otto)
    assert (notification.kind, notification.lesson_id) == (NotificationKind.FOLLOWED, lesson.id)
    assert notification.facts["because"] == [
        ["topic", topic_id(house, "Glycol")],
        ["topic", topic_id(house, "Seals")],
        ["team", cast.pumps.id],
        ["person", cast.ada.id],
    ]
    assert kinds_told(house, cast.nora) == ["followed"]
    assert not told(house, cast.ben)


def test_nobody_is_told_of_their_own_act(house: House) -> None:
    ada = house.cast.ada
    follows(house, ada, "Seals")
    follows(house, ada, house.cast.pumps)
    lesson = house.post(ada, topics=["Seals"], team="Pumps").lesson
    happened(house, "thanks.given", lesson.id, by=ada, lesson_id=lesson.id)
    tell(house)
    assert not told(house, ada)


def test_a_team_only_lesson_is_told_to_those_who_may_read_it(house: House) -> None:
    cast = house.cast
    for person in (cast.ben, cast.mara, cast.otto, cast.root):
        follows(house, person, "Seals")
        follows(house, person, cast.pumps)
        follows(house, person, cast.ada)
    house.post(cast.ada, topics=["Seals"], team="Pumps", visibility="team")
    tell(house)
    assert [kinds_told(house, who) for who in (cast.ben, cast.mara)] == [["followed"]] * 2
    assert not told(house, cast.otto)
    assert not told(house, cast.root)


def test_drafts_and_what_is_retired_meanwhile_are_no_news_to_followers(house: House) -> None:
    cast = house.cast
    follows(house, cast.otto, "Seals")
    house.post(cast.ada, topics=["Seals"], visibility="draft")
    lesson = house.post(cast.ada, topics=["Seals"]).lesson
    retired(house, lesson.id, by=cast.ada)
    happened(house, "question.asked", "q", by=cast.ben, lesson_id=lesson.id)
    tell(house)
    assert not told(house, cast.otto)
    assert kinds_told(house, cast.ada) == ["question"]


def test_who_follows_a_person_never_hears_of_what_they_wrote_protected(house: House) -> None:
    cast = house.cast
    for person in (cast.otto, cast.ada):
        follows(house, person, cast.ada)
    follows(house, cast.nora, "Seals")
    follows(house, cast.ada, "Seals")
    house.post(cast.ada, topics=["Seals"], author_mode="protected")
    tell(house)
    assert not told(house, cast.otto)
    # Its author hears of it like anybody else: to leave them out would name them.
    for person in (cast.nora, cast.ada):
        (notification,) = told(house, person)
        assert notification.actor_id is None
        assert (notification.at.hour, notification.at.minute) == (0, 0)
        assert notification.facts == {"because": [["topic", topic_id(house, "Seals")]]}


def test_questions_answers_and_thanks_reach_whom_they_concern(house: House) -> None:
    cast, now = house.cast, house.clock()
    lesson = house.post(cast.ada).lesson
    with house.database.writing() as session:
        question = Question(lesson_id=lesson.id, by_id=cast.otto.id, text="How?", asked_at=now)
        session.add(question)
    about = {"lesson_id": lesson.id, "question_id": question.id}
    happened(house, "question.asked", question.id, by=cast.otto, **about)
    happened(house, "answer.given", "a1", by=cast.ben, **about)
    happened(house, "answer.given", "a2", by=None, **about)
    happened(house, "thanks.given", lesson.id, by=cast.nora, lesson_id=lesson.id)
    tell(house)
    assert sorted(kinds_told(house, cast.ada)) == ["answer", "answer", "question", "thanks"]
    assert kinds_told(house, cast.otto) == ["answer", "answer"]
    assert {n.actor_id for n in told(house, cast.otto)} == {cast.ben.id, None}
    assert not told(house, cast.nora)


def test_a_protected_author_is_told_nothing_since_nobody_knows_them(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada, author_mode="protected").lesson
    older = house.post(cast.ada, "Older", author_mode="protected").lesson
    for kind in ("question.asked", "thanks.given"):
        happened(house, kind, "x", by=cast.otto, lesson_id=lesson.id)
    happened(house, "relation.made", lesson.id, by=None, other_id=older.id, relation="corrects")
    tell(house)
    assert not any(told(house, person) for person in cast.people.values())


def test_what_is_taken_back_is_told_no_more(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada).lesson
    for by in (cast.otto, cast.nora):
        happened(house, "thanks.given", lesson.id, by=by, lesson_id=lesson.id)
    tell(house)
    happened(house, "thanks.taken_back", lesson.id, by=cast.otto, lesson_id=lesson.id)
    tell(house)
    assert [n.actor_id for n in told(house, cast.ada)] == [cast.nora.id]


@pytest.mark.parametrize(
    ("relation", "kind"), [("recurrence", "recurrence"), ("corrects", "correction")]
)
def test_the_author_hears_that_it_happened_again_or_is_corrected(
    house: House, relation: str, kind: str
) -> None:
    cast = house.cast
    older = house.post(cast.ada).lesson
    newer = house.post(cast.otto, "Again").lesson
    hidden = house.post(cast.otto, "Kept", team="Sales", visibility="team").lesson
    for lesson in (newer, hidden):
        happened(
            house, "relation.made", lesson.id, by=cast.otto, other_id=older.id, relation=relation
        )
    tell(house)
    (notification,) = told(house, cast.ada)
    assert notification.kind.value == kind
    assert (notification.lesson_id, notification.facts["other_id"]) == (newer.id, older.id)


def test_everybody_who_wanted_it_hears_that_it_is_there(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada).lesson
    with house.database.writing() as session:
        wants = [
            Want(person_id=who.id, words=words, key=words.lower(), wanted_at=house.clock())
            for who, words in ((cast.otto, "Loose screws"), (cast.nora, "loose screws"))
        ]
        other = Want(person_id=cast.ben.id, words="else", key="else", wanted_at=house.clock())
        session.add_all([*wants, other])
    happened(house, "want.answered", wants[0].id, by=cast.kit, lesson_id=lesson.id)
    tell(house)
    assert kinds_told(house, cast.otto) == kinds_told(house, cast.nora) == ["wanted"]
    assert not told(house, cast.ben)


def test_what_is_switched_off_is_not_told_and_who_left_neither(house: House) -> None:
    cast = house.cast
    for person in (cast.otto, cast.nora, cast.ben):
        follows(house, person, "Seals")
    with house.database.writing() as session:
        want_only(session, [NotificationKind.THANKS], by=cast.otto)
        nora = session.get_one(Person, cast.nora.id)
        disable_person(session, nora, by=None, now=house.clock())
    house.post(cast.ada, topics=["Seals"])
    tell(house)
    assert not told(house, cast.otto)
    assert not told(house, cast.nora)
    assert kinds_told(house, cast.ben) == ["followed"]


def test_the_same_event_is_told_once_however_often_it_is_heard(house: House) -> None:
    follows(house, house.cast.otto, "Seals")
    house.post(house.cast.ada, topics=["Seals"])
    with house.database.writing() as session:
        owed = select(Delivery).where(Delivery.subscriber == SUBSCRIBER)
        events = [delivery.event for delivery in session.exec(owed)]
        for _ in range(2):
            notify(session, [*events, *events])
            session.flush()
    tell(house)
    assert kinds_told(house, house.cast.otto) == ["followed"]
    assert not notifier(house).step()


def test_what_the_events_speak_of_may_be_gone(house: House) -> None:
    gone = "0" * 16
    for kind in ("question.asked", "answer.given", "thanks.given", "want.answered"):
        happened(house, kind, gone, by=None, lesson_id=gone)
        happened(house, kind, gone, by=None)
    happened(house, "relation.made", gone, by=None, other_id=gone, relation="corrects")
    happened(house, "lesson.posted", gone, by=None)
    lesson = house.post(house.cast.ada).lesson
    happened(house, "answer.given", gone, by=None, lesson_id=lesson.id, question_id=gone)
    tell(house)
    assert kinds_told(house, house.cast.ada) == ["answer"]


def test_what_cannot_be_told_of_holds_up_nothing_else(house: House) -> None:
    ada, otto = house.cast.ada, house.cast.otto
    lesson = house.post(ada, "Seal before Friday").lesson
    about = {"lesson_id": lesson.id}
    broken = happened(house, "question.asked", "q1", by=otto, named=5, **about)
    happened(house, "question.asked", "q2", by=otto, **about)
    tells, failures = notifier(house), 0
    for _ in range(6):
        worked = attempted("notifications", tells.step)
        failures += worked is None
    assert kinds_told(house, ada) == ["question"]
    assert (worked, failures) == (
        False,
        2,
    )  # all of them at once, then it alone; and not at once again
    with house.reading() as session:
        left = session.exec(select(Delivery).where(Delivery.subscriber == SUBSCRIBER)).one()
    assert (left.event_id, left.attempts) == (broken, 1)
    for _ in range(20):
        house.clock.turn(minutes=11)
        assert attempted("notifications", tells.step) is None
