"""What happened around the lessons of the sample organisation, on a real database."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from app.demo.life import load_life
from app.events.models import Event
from app.files.models import Attachment
from app.kit.db import Database
from app.lessons.models import Lesson, LessonRelation
from app.notifications.models import Notification
from app.responses.models import Answer, Question, Thanks
from app.searches.models import Miss, SavedSearch, Want
from tests.cast import START


@pytest.fixture
def life(staged: Database) -> Iterator[Session]:
    with staged.reading() as session:
        yield session


def test_everything_of_the_sample_is_there(life: Session) -> None:
    sample = load_life(START.date())
    assert len(life.exec(select(Thanks)).all()) == sum(map(len, sample.thanks.values()))
    help_asked = len(life.exec(select(Event).where(Event.kind == "help.asked")).all())
    assert len(life.exec(select(Question)).all()) == len(sample.questions) + help_asked
    assert help_asked
    assert len(life.exec(select(LessonRelation)).all()) == len(sample.relations)
    assert len(life.exec(select(Want)).all()) == sum(len(want.by) for want in sample.wanted)
    assert len(life.exec(select(Miss)).all()) == len(sample.misses)
    assert len(life.exec(select(SavedSearch)).all()) == len(sample.searches)


def test_nothing_is_answered_or_thanked_for_before_it_was_there(life: Session) -> None:
    asked = {question.id: question for question in life.exec(select(Question))}
    posted = {lesson.id: lesson.posted_at for lesson in life.exec(select(Lesson))}
    assert all(q.asked_at > posted[q.lesson_id] for q in asked.values())
    assert all(t.at > posted[t.lesson_id] for t in life.exec(select(Thanks)))
    for answer in life.exec(select(Answer)):
        earliest = asked[answer.question_id].asked_at
        if answer.by_id is None:
            assert answer.answered_at.date() >= earliest.date()
        else:
            assert START > answer.answered_at > earliest


def test_a_protected_author_answered_and_nothing_tells_who(life: Session) -> None:
    (answer,) = life.exec(select(Answer).where(Answer.by_id.is_(None))).all()
    assert answer.from_author
    (event,) = life.exec(select(Event).where(Event.subject_id == answer.id)).all()
    assert event.actor_id is None


def test_inboxes_hold_what_is_new_and_what_was_read(life: Session) -> None:
    told = life.exec(select(Notification)).all()
    assert any(one.read_at for one in told)
    assert any(one.read_at is None for one in told)
    assert all(one.actor_id != one.person_id for one in told)


def test_lessons_have_a_picture_and_a_table_with_them(life: Session) -> None:
    kinds = {file.media_type: file for file in life.exec(select(Attachment))}
    assert set(kinds) == {"image/jpeg", "text/csv"}
    assert kinds["image/jpeg"].is_picture
    assert all(file.lesson_id for file in kinds.values())


def test_what_several_looked_for_in_vain_is_one_wanted_lesson_and_one_alone_is_not(
    life: Session,
) -> None:
    misses = life.exec(select(Miss)).all()
    shown = Counter(miss.key for miss in misses if miss.shown)
    assert sorted(shown.values()) == [2, 2, 2, 3]
    assert [miss.words for miss in misses if not miss.shown] == ["zero energy label for museums"]
