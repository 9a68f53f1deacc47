"""What a digest offers to do: how it stands for one person, doing it, and taking it back.

Each deed is an act that a page of its own has as well; the rules are there. Access is asked anew
each time: a mail may be weeks old.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.digests.telling.offered import done as said_when_done
from app.digests.told import Deed, Offer
from app.experts.asked import MOST_KNOWN, asking, may_be_asked
from app.experts.asking import ids_near
from app.experts.assigning import assign, open_want, unassign
from app.experts.knowing import by_place, who_knows
from app.following.follow import follow, unfollow
from app.following.models import Follow, SubjectKind
from app.following.subjects import subject
from app.kit.errors import Invalid, NotFound
from app.lessons.access import Reader, readable_lesson
from app.responses.asking import ask, take_question_back
from app.responses.models import Answer, Question, Thanks
from app.responses.schemas import Words
from app.responses.thanking import OwnLesson, may_thank, take_thanks_back, thank
from search import Index

_READY_WORDS = "We would like to use this. What should we look out for first?"


@dataclass(frozen=True, slots=True)
class Wish:
    """A deed as somebody sends it: the words of a question, the person to be asked."""

    deed: Deed
    subject_id: str
    words: Words | None = None
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a deed stands: what it is done to, by name and address; what is said when it is done;
    who was asked (an id), and who can be, as (id, name)."""

    deed: Deed
    subject_id: str
    title: str
    url: str
    done: bool = False
    said: str = ""
    person_id: str = ""
    people: tuple[tuple[str, str], ...] = ()

    @property
    def offer(self) -> Offer:
        return Offer(self.deed, self.subject_id, self.done, self.people)


def ready_words(_offer: Offer) -> str:
    """A sentence for a question to start from."""
    return _READY_WORDS


def standing(
    session: Session, index: Index, deed: Deed, subject_id: str, who: Reader, *, now: datetime
) -> Standing:
    """How it stands for `who`. Raises NotFound for what they may not know of (any more), and for a
    deed that is done on a page of its own; OwnLesson, Invalid where there is nothing to do."""
    if deed is Deed.THANK:
        return _thanks(session, subject_id, who)
    if deed is Deed.ASK:
        return _question(session, subject_id, who)
    if deed is Deed.ASSIGN:
        return _assignment(session, index, subject_id, who, now)
    if deed is Deed.FOLLOW:
        return _following(session, subject_id, who)
    raise NotFound


def do(session: Session, index: Index, wish: Wish, *, who: Reader, now: datetime) -> None:
    """Do it. Raises NotFound as `standing`, and what the act refuses."""
    by = who.person
    if wish.deed is Deed.THANK:
        thank(session, readable_lesson(session, wish.subject_id, who), by=by, now=now)
    elif wish.deed is Deed.ASK:
        lesson = readable_lesson(session, wish.subject_id, who)
        if wish.words is None:
            raise Invalid(fields={"text": "Say what you would like to know."})
        ask(session, lesson, wish.words, by=by, now=now)
    elif wish.deed is Deed.ASSIGN:
        if not wish.person_id:
            raise Invalid(fields={"person": "Choose whom to ask."})
        assign(session, index, wish.subject_id, wish.person_id, by=by, now=now)
    elif wish.deed is Deed.FOLLOW:
        topic = subject(session, SubjectKind.TOPIC, wish.subject_id, who)
        follow(session, topic.kind, topic.id, by=by, now=now)
    else:
        raise NotFound
    session.flush()


def undo(session: Session, wish: Wish, *, who: Reader, now: datetime) -> None:
    """Take it back; nothing happens where there is nothing to take back."""
    by = who.person
    if wish.deed is Deed.THANK:
        lesson = readable_lesson(session, wish.subject_id, who)
        take_thanks_back(session, lesson, by=by, now=now)
    elif wish.deed is Deed.ASK:
        lesson = readable_lesson(session, wish.subject_id, who)
        asked = _unanswered(session, lesson.id, who)
        if asked:
            take_question_back(session, lesson, asked, by=by, now=now)
    elif wish.deed is Deed.ASSIGN:
        with suppress(NotFound):  # pressed twice
            unassign(session, wish.subject_id, wish.person_id, by=by, now=now)
    elif wish.deed is Deed.FOLLOW:
        unfollow(session, SubjectKind.TOPIC, wish.subject_id, by=by)
    session.flush()


def _thanks(session: Session, lesson_id: str, who: Reader) -> Standing:
    lesson = readable_lesson(session, lesson_id, who)
    if not may_thank(lesson, who.person):
        raise OwnLesson
    done = session.get(Thanks, (lesson.id, who.person.id)) is not None
    return _stands(Deed.THANK, lesson.id, lesson.title, lesson.url, done)


def _question(session: Session, lesson_id: str, who: Reader) -> Standing:
    lesson = readable_lesson(session, lesson_id, who)
    done = _unanswered(session, lesson.id, who) is not None
    return _stands(Deed.ASK, lesson.id, lesson.title, lesson.url, done)


def _assignment(
    session: Session, index: Index, want_id: str, who: Reader, now: datetime
) -> Standing:
    want = open_want(session, want_id, who)
    around = asking(session, who, want.key)
    mine = next((one for one in reversed(around.asked) if one.by_id == who.person.id), None)
    if mine:
        said = f"You asked {mine.name} to write it."
        return Standing(Deed.ASSIGN, want_id, want.words, want.url, True, said, mine.person_id)
    near = by_place(ids_near(session, index, who, want.words))
    known = who_knows(session, who, near, now=now, limit=MOST_KNOWN)
    named = tuple((one.id, one.name) for one in may_be_asked(who, known, around))
    return Standing(Deed.ASSIGN, want_id, want.words, want.url, people=named)


def _following(session: Session, topic_id: str, who: Reader) -> Standing:
    topic = subject(session, SubjectKind.TOPIC, topic_id, who)
    done = session.get(Follow, (who.person.id, SubjectKind.TOPIC, topic_id)) is not None
    return _stands(Deed.FOLLOW, topic_id, topic.name, topic.url, done)


def _stands(deed: Deed, subject_id: str, title: str, url: str, done: bool) -> Standing:
    said = f"{said_when_done(Offer(deed, subject_id))}." if done else ""
    return Standing(deed, subject_id, title, url, done, said)


def _unanswered(session: Session, lesson_id: str, who: Reader) -> Question | None:
    """What this person asked last about the lesson, while nobody has answered it."""
    answered = select(Answer.question_id).where(Answer.question_id == Question.id)
    asked = select(Question).where(
        Question.lesson_id == lesson_id, Question.by_id == who.person.id, ~answered.exists()
    )
    return session.exec(asked.order_by(col(Question.asked_at).desc()).limit(1)).first()
