"""Notices by mail: as people wish, bundled, one mail an hour, and nothing that is not theirs."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from jinja2 import Environment
from sqlmodel import select

from app.digests.sending.plan import begin
from app.kit.clock import day_floor
from app.lessons.models import Lesson, Visibility
from app.mail.models import OutgoingMessage, Purpose, SentMessage
from app.main import bundler_for
from app.notifications.bundling import Bundler
from app.notifications.models import ByMail, Notification, NotificationKind
from app.notifications.wishes import wish
from app.people.directory import disable_person
from app.people.models import Person
from tests.digests.mail_rules import faults
from tests.house_fixture import House
from tests.mail.lines import postman
from tests.notifications.acting import follows, happened, listen, tell
from tests.statements import statements


@pytest.fixture(autouse=True)
def listening(house: House) -> None:
    listen(house)


def _bundler(house: House) -> Bundler:
    return bundler_for(house.app.state.settings, house.database, house.clock)


def _mails(house: House, **later: float) -> list[EmailMessage]:
    """What leaves when that much time has passed."""
    house.clock.turn(**later)
    tell(house)
    bundler = _bundler(house)
    while bundler.step():
        pass
    sent: list[EmailMessage] = []
    while postman(house, sent.append).step():
        pass
    return sent


def _text(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part
    return str(part.get_content())


def _asks(house: House, lesson: Lesson, by: Person, number: int = 1) -> None:
    about = {"lesson_id": lesson.id}
    happened(house, "question.asked", f"q{number}{lesson.id}"[:16], by=by, **about)


def _thanks(house: House, lesson: Lesson, by: Person) -> None:
    happened(house, "thanks.given", lesson.id, by=by, lesson_id=lesson.id)


def _wishes(house: House, person: Person, **by_kind: ByMail) -> None:
    with house.database.writing() as session:
        wish(session, {NotificationKind(k): v for k, v in by_kind.items()}, by=person)


def test_what_asks_something_comes_at_once_as_one_mail_and_the_next_after_an_hour(
    house: House,
) -> None:
    cast = house.cast
    lesson = house.post(cast.ada, "Seal before Friday").lesson
    _asks(house, lesson, cast.otto)
    assert not _mails(house, minutes=1)  # two minutes, so that a burst is one
    (mail,) = _mails(house, minutes=1)
    assert mail["To"] == "ada@northwind.example"
    assert mail["Subject"] == "Otto Example asks about “Seal before Friday”"
    for kind in ("plain", "html"):
        assert "Seal before Friday" in _text(mail, kind)
        assert "Otto Example asks you about it" in _text(mail, kind)
        assert f"http://127.0.0.1:8000{lesson.url}#question-q1" in _text(mail, kind)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip("<>") in _text(mail)
    house.clock.turn(minutes=10)
    for number in range(2, 32):
        _asks(house, lesson, cast.nora, number)
    _thanks(house, lesson, cast.nora)
    assert not _mails(house, minutes=40)
    (mail,) = _mails(house, minutes=11)
    assert mail["Subject"] == "2 things today"  # what comes once a day goes along
    said = _text(mail)
    asks, thanks = "30 questions about it, the last by Nora Example", "thanks you for it"
    assert 0 < said.index(asks) < said.index(thanks)  # what asks something comes first
    assert not _mails(house, days=3)


def test_once_a_day_is_at_eight_by_the_clock_of_who_reads(house: House) -> None:
    cast = house.cast
    with house.database.writing() as session:
        session.get_one(Person, cast.ada.id).time_zone = "America/New_York"
        session.get_one(Person, cast.ben.id).time_zone = "Asia/Kolkata"
    for author in (cast.ada, cast.ben):
        _thanks(house, house.post(author, "Brine").lesson, cast.otto)
    # It is 09:30 UTC: 04:30 in New York, 15:00 in Kolkata.
    assert not _mails(house, hours=3, minutes=31)
    assert [mail["To"] for mail in _mails(house, minutes=1)] == ["ada@northwind.example"]
    assert not _mails(house, hours=13)
    (mail,) = _mails(house, minutes=30)
    assert mail["To"] == "ben@northwind.example"
    assert mail["Subject"] == "Otto Example thanks you for “Brine”"


def test_what_was_read_or_is_not_wanted_or_not_shared_any_more_is_not_mailed(house: House) -> None:
    cast = house.cast
    read, kept, private = (
        house.post(cast.ada, title, team="Pumps").lesson for title in ("Read", "Kept", "Private")
    )
    for lesson in (read, kept):
        _asks(house, lesson, cast.otto)
    _wishes(house, cast.ben, question=ByMail.AT_ONCE, thanks=ByMail.NEVER)
    of_ben = house.post(cast.ben, "Of Ben").lesson
    _thanks(house, of_ben, cast.otto)
    happened(house, "answer.given", "a1", by=cast.nora, lesson_id=private.id, question_id="x")
    tell(house)
    with house.database.writing() as session:
        row = session.exec(select(Notification).where(Notification.lesson_id == read.id)).one()
        row.read_at = house.clock()
        hidden = session.get_one(Lesson, private.id)
        hidden.visibility, hidden.team_id = Visibility.TEAM, cast.valves.id
    (mail,) = _mails(house, minutes=2)
    assert mail["Subject"] == "Otto Example asks about “Kept”"
    assert "Private" not in mail.as_string()
    assert "Read" not in _text(mail).splitlines()
    _wishes(house, cast.ben, thanks=ByMail.AT_ONCE)
    assert not _mails(house, days=1)  # what was left out is left out for good
    with house.reading() as session:
        assert all(one.mailed_at for one in session.exec(select(Notification)))


def test_who_left_gets_none_and_digests_count_for_the_hour(house: House) -> None:
    cast = house.cast
    for author in (cast.ada, cast.ben):
        _asks(house, house.post(author, "Brine").lesson, cast.otto)
    tell(house)
    with house.database.writing() as session:
        disable_person(session, session.get_one(Person, cast.ben.id), by=None, now=house.clock())
        session.add(
            SentMessage(
                id="d" * 16,
                purpose=Purpose.DIGEST,
                person_id=cast.ada.id,
                subject="October",
                sent_at=house.clock(),
            )
        )
    assert not _mails(house, minutes=59)
    assert [mail["To"] for mail in _mails(house, minutes=2)] == ["ada@northwind.example"]
    assert not _mails(house, days=2)


def test_who_gets_a_digest_that_morning_gets_it_first(house: House) -> None:
    cast = house.cast
    with house.database.writing() as session:
        begin(session, now=house.clock())
    house.clock.now = datetime(2026, 3, 31, 12, tzinfo=UTC)
    for author in (cast.mara, cast.ada):
        _thanks(house, house.post(author, "Brine").lesson, cast.otto)
    # The first working day of April, at eight: Mara manages a team.
    (mail,) = _mails(house, hours=20, minutes=2)
    assert mail["To"] == "ada@northwind.example"


def test_the_minute_of_a_protected_author_stands_in_no_mail(house: House) -> None:
    """What nobody is said to have done is dated by its day, and a mail is for good by its minute:
    it goes out the morning after the day."""
    cast = house.cast
    lesson = house.post(cast.otto, "Seals swell", author_mode="protected").lesson
    asked = happened(house, "question.asked", "q", by=cast.ada, lesson_id=lesson.id)
    assert asked
    _wishes(house, cast.kit, correction=ByMail.AT_ONCE)
    older = house.post(cast.kit, "Seals do not swell").lesson
    now, house.clock.now = house.clock.now, day_floor(house.clock.now)
    happened(house, "relation.made", lesson.id, by=None, other_id=older.id, relation="corrects")
    house.clock.now = now
    assert not _mails(house, hours=14)
    (mail,) = _mails(house, hours=8, minutes=33)
    assert mail["Subject"] == "A correction: “Seals swell”"
    assert mail["Date"].startswith("Tue, 03 Mar 2026 08:03")
    assert "Otto" not in mail.as_string()


def test_much_of_one_kind_is_one_line_and_is_read_in_as_few_questions(house: House) -> None:
    cast = house.cast
    follows(house, cast.otto, cast.ada)
    _wishes(house, cast.otto, followed=ByMail.AT_ONCE)

    def posted(count: int) -> tuple[EmailMessage, int]:
        for number in range(count):
            house.clock.turn(seconds=1)
            house.post(cast.ada, f"Lesson {number}")
        house.clock.turn(minutes=2)
        tell(house)
        bundler = _bundler(house)
        with statements(house.database) as asked:
            assert bundler.step()
        (mail,) = _mails(house)
        house.clock.turn(hours=2)
        return mail, len(asked)

    few, questions = posted(2)
    assert few["Subject"] == "2 things today"
    many, the_same = posted(8)
    assert the_same == questions
    assert "8 new lessons about what you follow\n“Lesson 7”, “Lesson 6”, “Lesson 5” and 5 more" in (
        _text(many)
    )
    assert _text(many).count("because you follow") == 0
    for mail in (few, many):
        assert faults(_text(mail, "html")) == []  # of Outlook and Gmail


def test_a_mail_is_never_written_twice_whoever_looks_and_whatever_fails(house: House) -> None:
    cast = house.cast
    _asks(house, house.post(cast.ada, "Brine").lesson, cast.otto)
    tell(house)
    house.clock.turn(minutes=3)
    first, second = _bundler(house), _bundler(house)
    for bundler in (first, second):
        bundler._look(house.clock())
        bundler._looked_at = house.clock()
    assert first._due == second._due == [cast.ada.id]
    assert first.step()
    assert second.step()  # looked before, and finds it told
    with house.reading() as session:
        (message,) = session.exec(select(OutgoingMessage)).all()
    assert message.purpose is Purpose.NOTICES
    assert message.person_id == cast.ada.id
    house.clock.turn(minutes=1)
    assert not _bundler(house).step()
    # While the mail server refuses them, nothing is written anew for a day.
    with house.database.writing() as session:
        refused = session.get_one(OutgoingMessage, message.id)
        refused.due_at, refused.refused_because = None, "550 no such mailbox"
    _asks(house, house.post(cast.ada, "Glycol").lesson, cast.otto)
    tell(house)
    house.clock.turn(hours=20)
    assert not _bundler(house).step()
    house.clock.turn(hours=5)
    assert _bundler(house).step()
    assert timedelta(0) < house.clock() - message.created_at


def test_whose_mail_could_not_be_written_is_tried_again_without_a_restart(house: House) -> None:
    """A database that was busy for a moment keeps nobody's notices back for good."""
    lesson = house.post(house.cast.ada, "Seal before Friday").lesson
    _asks(house, lesson, house.cast.otto)
    house.clock.turn(minutes=3)
    tell(house)
    bundler = _bundler(house)
    templates = bundler.templates

    def busy() -> Environment:
        bundler.templates = templates
        raise TimeoutError

    bundler.templates = busy
    with pytest.raises(TimeoutError):
        bundler.step()
    house.clock.turn(minutes=2)
    assert not bundler.step()  # not at once again
    house.clock.turn(minutes=9)
    assert bundler.step()
    sent: list[EmailMessage] = []
    assert postman(house, sent.append).step()
    assert sent[0]["To"] == "ada@northwind.example"


def test_a_clock_that_was_put_right_holds_no_notices_up(house: House) -> None:
    lesson = house.post(house.cast.ada, "Seal before Friday").lesson
    bundler = _bundler(house)
    house.clock.turn(days=30)
    assert not bundler.step()
    house.clock.turn(days=-30)
    _asks(house, lesson, house.cast.otto)
    house.clock.turn(minutes=3)
    tell(house)
    assert bundler.step()
