"""What administrators see and say of digests: plan, pause, preview, test, recompiling, the log."""

from typing import Any

import pytest
from sqlmodel import col, select

from app.config import Settings
from app.digests.models import DigestPlan, DigestSending
from app.events.models import Event
from app.mail.models import OutgoingMessage, Purpose, SentMessage
from app.main import digests_for
from tests.digests.mortal import write_note
from tests.house_fixture import House
from tests.mail.lines import queue


@pytest.fixture
def mailing(house: House) -> House:
    settings: Settings = house.app.state.settings
    smtp = type(settings.smtp_url)("smtp://127.0.0.1:1")
    house.app.state.settings = settings.model_copy(update={"smtp_url": smtp})
    return house


def _events(house: House) -> list[tuple[str, dict[str, Any]]]:
    with house.reading() as session:
        rows = session.exec(
            select(Event)
            .where(Event.actor_id == house.cast.root.id, Event.subject_kind == "digest")
            .order_by(col(Event.at), Event.kind)
        )
        return [(event.kind, event.facts) for event in rows]


def test_the_day_is_chosen_and_sending_is_paused_and_goes_on(house: House) -> None:
    root = house.browser(house.cast.root)
    page = root.get("/admin/digests").text
    assert "COMMONPLACE_SMTP_URL" in page
    assert "1 person, on 1 April 2026" in page
    assert "Saved." in root.send("/admin/digests/plan", {"working_day": "3"}).text
    assert "1 person, on 4 March 2026" in root.get("/admin/digests").text
    for wrong in ("0", "11", "soon"):
        answer = root.send("/admin/digests/plan", {"working_day": wrong})
        assert answer.status_code == 422
        assert "Choose a working day" in answer.text
    for _ in range(2):
        root.send("/admin/digests/pause")
    assert "waits: no mail server" in root.get("/admin/digests").text
    for _ in range(2):
        root.send("/admin/digests/pause/removal")
    with house.reading() as session:
        plan = session.exec(select(DigestPlan)).one()
    assert (plan.working_day, plan.paused_at, plan.begun_at) == (3, None, house.clock())
    assert _events(house) == [
        ("digest.paused", {}),
        ("digest.planned", {"working_day": 3}),
        ("digest.resumed", {}),
    ]


def test_a_digest_is_looked_at_before_it_goes_and_sent_to_oneself_alone(mailing: House) -> None:
    house, cast = mailing, mailing.cast
    house.post(cast.ada, "Only for us", visibility="team", team=cast.pumps.id)
    house.clock.turn(days=31)
    root = house.browser(cast.root)
    asked = {"period": "2026-03", "of": f"team:{cast.engineering.id}"}
    page = root.get("/admin/digests/preview", params=asked).text
    assert "Engineering and the teams below, March 2026" in page
    mail = root.get("/admin/digests/preview/mail", params=asked)
    policy = mail.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none';")
    assert "cid:" not in mail.text
    # Who administers may not read what teams keep to themselves, nor in a digest.
    assert "Only for us" not in page + mail.text
    answer = root.send("/admin/digests/preview/test", asked)
    assert f"on its way to {cast.root.email}" in answer.text
    with house.reading() as session:
        message = session.exec(select(OutgoingMessage)).one()
        assert session.exec(select(DigestSending)).all() == []
    assert (message.to, message.purpose) == (cast.root.email, Purpose.TEST)
    assert message.subject.startswith("[Test] March 2026")
    assert _events(house)[-1] == (
        "digest.tested",
        {"period": "2026-03", "about": "team", "of": cast.engineering.id},
    )
    for wrong in ("team", "team:nobody", "person:x", "organisation:x", f"topic:{cast.pumps.id}"):
        answer = root.get("/admin/digests/preview", params={"of": wrong})
        assert answer.status_code == 404, wrong


def test_without_a_mail_server_no_test_is_sent(house: House) -> None:
    root = house.browser(house.cast.root)
    answer = root.send("/admin/digests/preview/test")
    assert answer.status_code == 409
    assert "No mail goes out" in answer.text


def test_one_is_compiled_anew_with_a_note(house: House) -> None:
    house.clock.turn(days=31)
    root = house.browser(house.cast.root)
    refused = root.send("/admin/digests/preview/recompilation", {"note": " "})
    assert refused.status_code == 422
    assert "Say why" in refused.text
    for note in ("The import was late.", "Twice."):
        answer = root.send("/admin/digests/preview/recompilation", {"note": note})
        assert "compiled anew; your note stands on it" in answer.text
    assert "Twice." in root.get("/digests/2026-03").text
    assert [kind for kind, _ in _events(house)] == ["digest.recompiled"] * 2


def test_the_log_says_what_became_of_each_mail_those_in_trouble_first(mailing: House) -> None:
    house, cast = mailing, mailing.cast
    people = [cast.ada, cast.ben, cast.otto, cast.nora, cast.kit, cast.root]
    for person in people:
        fields = {"about": "organisation", "subject": "", "cadence": "monthly"}
        house.browser(person).send("/digests/subscription", fields)
    job = digests_for(house.app.state.settings, house.database, house.clock)
    job.sender = type(job.sender)(house.database, house.clock, write_note)
    job.start()
    house.clock.turn(days=31)
    while job.step():
        pass
    with house.database.writing() as session:
        rows = {row.person_id: row for row in session.exec(select(DigestSending))}
        mails = {m.person_id: m for m in session.exec(select(OutgoingMessage))}
        for person, due, why in ((cast.ada, None, "550 no such box"), (cast.ben, 1, "451 later")):
            mails[person.id].refused_because = why
            mails[person.id].due_at = house.clock() if due else None
        for person in (cast.otto, cast.nora, cast.kit):
            session.delete(mails[person.id])
        session.add(
            SentMessage(
                id=rows[cast.otto.id].message_id,
                purpose=Purpose.DIGEST,
                subject="",
                attempts=3,
                sent_at=house.clock(),
            )
        )
        rows[cast.nora.id].empty = True
        rows[cast.kit.id].queued_at, rows[cast.kit.id].trouble = None, "ZeroDivisionError"
    root = house.browser(cast.root)
    page = root.get("/admin/digests/2026-03").text
    told: tuple[str, ...] = (
        "7 mails",
        "550 no such box",
        "refused for good",
        "451 later",
        "tried again",
    )
    told += ("ZeroDivisionError", "after 3 attempts", "nothing was left to send", "waits until")
    assert [words for words in told if words not in page] == []
    assert page.index("550 no such box") < page.index("Mara Example")
    assert "March 2026" in root.get("/admin/digests").text
    assert root.get("/admin/digests/2026-13").status_code == 404
    assert "No mail was written" in root.get("/admin/digests/2026-02").text


def test_a_mail_that_was_refused_tells_administrators_of_nothing_that_it_names(
    mailing: House,
) -> None:
    """Its subject is its first sentence: “Ask what kept “…” from being used”."""
    house, cast = mailing, mailing.cast
    of = "March 2026: Ask what kept “Only for us” from being used"
    for purpose, person in ((Purpose.DIGEST, cast.mara), (Purpose.TEST, cast.ada)):
        queue(house, person.email, purpose=purpose, person_id=person.id, refused_because="no box")
    with house.database.writing() as session:
        for message in session.exec(select(OutgoingMessage)):
            message.subject = of
    page = house.browser(cast.root).get("/admin").text
    assert "no box" in page
    assert "Only for us" not in page
