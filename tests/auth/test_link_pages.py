"""Coming in by a link: a forgotten password, an invitation."""

import re
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from sqlmodel import select

from app.auth.links import invite, reset_link
from app.config import Settings
from app.mail.models import OutgoingMessage
from app.main import create_app
from app.people.directory import person_with_email
from app.people.models import Person, Role, TeamRole
from app.people.teams import teams_of, the_team
from tests.auth.conftest import PASSWORD
from tests.cast import Cast
from tests.house_fixture import House, TurnedClock

NEW = "copper kettle seven owls"
ASKED = "belongs to somebody here, a link is on its way."


@pytest.fixture
def mailing_house(settings: Settings, cast: Cast, clock: TurnedClock) -> Iterator[House]:
    """A house that has a mail server, and nobody who carries the mail."""
    mailing = settings.model_copy(update={"smtp_url": SecretStr("smtp://mail.example")})
    house = House(create_app(mailing, clock=clock), cast, clock)
    yield house
    house.close()


def messages(house: House) -> list[OutgoingMessage]:
    with house.reading() as session:
        return list(session.exec(select(OutgoingMessage)))


def link_for(house: House, person: Person) -> str:
    with house.database.writing() as session:
        return f"/password-reset/{reset_link(session, person, by=None, now=house.clock())}"


def invitation(house: House, **facts: object) -> str:
    with house.database.writing() as session:
        team = the_team(session, house.cast.pumps.id)
        wanted = {"email": "new@northwind.example", "name": "New Person", "team": team} | facts
        _, token = invite(session, by=house.cast.root, now=house.clock(), **wanted)  # type: ignore[arg-type]
    return f"/join/{token}"


def test_without_a_mail_server_the_page_says_who_can_help(house: House) -> None:
    assert "Ask an administrator" in house.stranger().get("/password-reset").text
    page = house.stranger().send("/password-reset", {"email": "ada@northwind.example"})
    assert "Ask an administrator" in page.text
    assert messages(house) == []


def test_a_forgotten_password_gets_a_link_by_mail(mailing_house: House) -> None:
    browser = mailing_house.stranger()
    page = browser.send("/password-reset", {"email": "Ada@northwind.example"})
    assert ASKED in page.text
    [message] = messages(mailing_house)
    assert message.to == "ada@northwind.example"
    link = re.search(r"http://127\.0\.0\.1:8000(/password-reset/\S+)", message.text)
    assert link
    assert link[1] not in page.text
    page = browser.send(link[1], {"password": NEW})
    assert "Your new password is set." in page.text
    browser.send("/sign-in", {"email": "ada@northwind.example", "password": NEW})
    assert browser.get("/account").url.path == "/account"


def test_an_unknown_address_gets_the_same_words_and_no_mail(mailing_house: House) -> None:
    page = mailing_house.stranger().send("/password-reset", {"email": "who@northwind.example"})
    assert ASKED in page.text
    assert messages(mailing_house) == []


def test_nobody_s_post_is_flooded(mailing_house: House) -> None:
    browser = mailing_house.stranger()
    for _ in range(9):
        assert ASKED in browser.send("/password-reset", {"email": "ada@northwind.example"}).text
    assert len(messages(mailing_house)) == 5
    mailing_house.clock.turn(minutes=15)
    browser.send("/password-reset", {"email": "ada@northwind.example"})
    assert len(messages(mailing_house)) == 6


def test_what_is_no_address_is_asked_for_again(mailing_house: House) -> None:
    page = mailing_house.stranger().send("/password-reset", {"email": "ada"})
    assert page.status_code == 422
    assert 'value="ada"' in page.text


def test_a_reset_ends_the_link_every_session_and_the_lock(house: House, ada: Person) -> None:
    link, signed_in, browser = link_for(house, ada), house.browser(ada), house.stranger()
    for _ in range(5):
        browser.send("/sign-in", {"email": ada.email, "password": "wrong"})
    browser.send(link, {"password": NEW})
    assert signed_in.get("/account").url.path == "/sign-in"
    assert house.stranger().get(link).status_code == 404
    assert house.stranger().send(link, {"password": PASSWORD}).status_code == 404
    browser.send("/sign-in", {"email": ada.email, "password": NEW})
    assert browser.get("/account").url.path == "/account"


def test_a_newer_reset_link_ends_the_older(house: House) -> None:
    older, newer = link_for(house, house.cast.ada), link_for(house, house.cast.ada)
    assert house.stranger().get(older).status_code == 404
    assert house.stranger().get(newer).status_code == 200


def test_a_reset_link_ends_after_two_hours(house: House) -> None:
    link = link_for(house, house.cast.ada)
    house.clock.turn(hours=2)
    page = house.stranger().get(link)
    assert page.status_code == 404
    assert "This link was used already or has ended." in page.text


def test_a_weak_password_leaves_the_reset_link_open(house: House) -> None:
    link = link_for(house, house.cast.ada)
    page = house.stranger().send(link, {"password": "short"})
    assert page.status_code == 422
    assert "Use at least 12 characters." in page.text
    assert house.stranger().get(link).status_code == 200


def test_an_invitation_lets_somebody_in_once(house: House) -> None:
    link = invitation(house, role=Role.CURATOR, team_role=TeamRole.MANAGER)
    browser = house.stranger()
    form = browser.get(link)
    assert "You are invited to Northwind." in form.text
    assert 'value="New Person"' in form.text
    answer = browser.send(link, {"name": "New P.", "password": NEW}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "new@northwind.example" in browser.get("/account").text
    with house.reading() as session:
        person = person_with_email(session, "new@northwind.example")
        assert person
        teams = [(team.name, membership.role) for team, membership in teams_of(session, person)]
    assert (person.name, person.role, teams) == (
        "New P.",
        Role.CURATOR,
        [("Pumps", TeamRole.MANAGER)],
    )
    assert house.stranger().get(link).status_code == 404
    assert house.stranger().send(link, {"name": "X", "password": NEW}).status_code == 404


def test_a_refused_acceptance_keeps_the_name_and_the_invitation(house: House) -> None:
    link = invitation(house)
    page = house.stranger().send(link, {"name": "Typed Name", "password": "short"})
    assert page.status_code == 422
    assert 'value="Typed Name"' in page.text
    assert house.stranger().get(link).status_code == 200
    with house.reading() as session:
        assert person_with_email(session, "new@northwind.example") is None


def test_an_invitation_ends_after_two_weeks(house: House) -> None:
    link = invitation(house)
    house.clock.turn(days=14)
    assert house.stranger().get(link).status_code == 404


def test_inviting_an_address_again_ends_the_earlier_link(house: House) -> None:
    earlier, later = invitation(house), invitation(house)
    assert house.stranger().get(earlier).status_code == 404
    assert house.stranger().get(later).status_code == 200
