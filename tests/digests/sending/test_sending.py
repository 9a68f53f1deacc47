"""What is put in line for somebody who gets digests: their own, with the ways to end it."""

from base64 import b64decode
from email.message import EmailMessage

import pytest
from sqlmodel import select

from app.config import Settings
from app.digests.models import NOBODY, About, Cadence, Digest, DigestSending
from app.digests.sending.getting import recipients
from app.digests.sending.owed import owed
from app.digests.sending.plan import held_back, pause, resume, the_plan
from app.digests.sending.subscribing import subscribe
from app.mail.models import OutgoingMessage, Purpose
from app.mail.transport import Postman
from app.main import digests_for
from app.people.models import Person
from app.people.teams import leave_team
from app.topics.models import Topic
from tests.house_fixture import House
from tests.mail.lines import SENDER, queue


@pytest.fixture
def with_mail(settings: Settings) -> Settings:
    return settings.model_copy(update={"smtp_url": type(settings.smtp_url)("smtp://127.0.0.1:1")})


def test_a_month_is_kept_and_told_to_each_in_one_mail(house: House, with_mail: Settings) -> None:
    cast = house.cast
    job = digests_for(with_mail, house.database, house.clock)
    job.start()
    house.post(cast.otto, "Loose screws let the inverter flicker")
    house.post(cast.ada, "Only for us", visibility="team", team=cast.pumps.id)
    with house.database.writing() as session:
        for person, about, subject_id in (
            (cast.mara, About.ORGANISATION, NOBODY),
            (cast.otto, About.TEAM, cast.pumps.id),
        ):
            subscribe(session, about, subject_id, Cadence.MONTHLY, by=person, now=house.clock())
    house.clock.turn(days=31)
    while job.step():
        pass
    with house.reading() as session:
        kept = session.exec(select(Digest.period, Digest.about)).all()
        mails = {mail.to: mail for mail in session.exec(select(OutgoingMessage))}
    assert {period for period, _ in kept} == {"2026-03"}
    assert {about for _, about in kept} >= {About.ORGANISATION, About.TEAM}
    assert set(mails) == {cast.mara.email, cast.otto.email}
    mara, otto = mails[cast.mara.email], mails[cast.otto.email]
    assert "Engineering" in mara.text
    assert "Only for us" in mara.text
    assert "Only for us" not in otto.text + otto.html
    for mail in mails.values():
        assert "March 2026" in mail.subject
        end = mail.headers["List-Unsubscribe"].strip("<>")
        assert end.startswith("http://127.0.0.1:8000/mail/digests/")
        assert end in mail.text
        assert end in mail.html
        assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        for picture in mail.pictures:
            assert f"cid:{picture['cid']}" in mail.html
            assert b64decode(picture["data"]).startswith(b"\x89PNG")


def test_who_left_and_who_may_know_nothing_of_it_any_more_are_sent_nothing(
    house: House, with_mail: Settings
) -> None:
    cast, job = house.cast, digests_for(with_mail, house.database, house.clock)
    job.start()
    house.post(cast.ada, topics=["Seals"], visibility="team", team=cast.pumps.id)
    with house.database.writing() as session:
        topic = session.exec(select(Topic)).one()
        chosen = (About.TOPIC, topic.id, Cadence.MONTHLY)
        subscribe(session, *chosen, by=cast.ben, now=house.clock())
        leave_team(session, cast.pumps, cast.ben, by=cast.root, now=house.clock())
    house.clock.turn(days=31)
    with house.reading() as session:
        plan = the_plan(session)
        assert plan
        line = owed(session, recipients(session), plan, zone="UTC", now=house.clock())
    assert {one.person_id for one in line} == {cast.ben.id, cast.mara.id}
    with house.database.writing() as session:
        session.get_one(Person, cast.mara.id).disabled_at = house.clock()
    assert [job.sender.send(one) for one in line] == [True, True]
    with house.reading() as session:
        assert session.exec(select(OutgoingMessage)).all() == []
        assert [row.empty for row in session.exec(select(DigestSending))] == [True, True]


def test_without_a_mail_server_digests_are_kept_and_nothing_else(house: House) -> None:
    job = digests_for(house.app.state.settings, house.database, house.clock)
    job.start()
    house.clock.turn(days=31)
    assert not job.step()
    with house.reading() as session:
        assert set(session.exec(select(Digest.period))) == {"2026-03"}
        assert session.exec(select(DigestSending)).all() == []


def test_a_pause_holds_back_what_stands_in_line_already_and_no_other_mail(house: House) -> None:
    cast, taken = house.cast, list[EmailMessage]()
    postman = Postman(house.database, taken.append, SENDER, house.clock, held_back)
    queue(house, cast.mara.email, purpose=Purpose.DIGEST, person_id=cast.mara.id)
    queue(house, "invited@northwind.example")
    with house.database.writing() as session:
        pause(session, by=cast.root, now=house.clock())
    while postman.step():
        pass
    assert [mail["To"] for mail in taken] == ["invited@northwind.example"]
    with house.database.writing() as session:
        resume(session, by=cast.root, now=house.clock())
    house.clock.turn(minutes=10)
    while postman.step():
        pass
    assert [mail["To"] for mail in taken[1:]] == [cast.mara.email]
