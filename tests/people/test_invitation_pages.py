"""Invitations: the open ones, a new one, one withdrawn."""

import re
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from sqlmodel import select

from app.config import Settings
from app.mail.models import OutgoingMessage
from app.main import create_app
from tests.cast import Cast
from tests.house_fixture import Browser, House, TurnedClock

NEW = {"email": "new@northwind.example", "name": "New Person", "role": "member"}


def link_of(page: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/join/[\w-]+)", page)
    assert found, page
    return found[1]


def withdrawals(browser: Browser) -> list[str]:
    found: list[str] = re.findall(
        r'action="(/invitations/\w+/removal)"', browser.get("/invitations").text
    )
    return found


def test_a_link_is_shown_once(house: House) -> None:
    browser = house.browser(house.cast.root)
    page = browser.send("/invitations", NEW | {"team": house.cast.pumps.id})
    link = link_of(page.text)
    assert "Send it to them yourself." in page.text
    later = browser.get("/invitations").text
    assert link not in later
    assert "new@northwind.example · member · Pumps" in later
    assert house.stranger().get(link).status_code == 200


@pytest.mark.parametrize("who", ["ada", "kit", "mara"])
def test_only_administrators_invite(house: House, who: str) -> None:
    browser = house.browser(getattr(house.cast, who))
    assert browser.get("/invitations").status_code == 403
    assert browser.send("/invitations", NEW).status_code == 403


def test_inviting_asks_who_is_there(house: House) -> None:
    assert house.stranger().get("/invitations").url.path == "/sign-in"


@pytest.mark.parametrize(
    ("wrong", "why", "status"),
    [
        ({"email": "nobody"}, "Give an address like name@example.org.", 422),
        ({"email": "a@b.example, c@d.example"}, "Give an address like name@example.org.", 422),
        ({"email": ""}, "Please fill this in.", 422),
        ({"email": "ADA@northwind.example"}, "is already in the organisation.", 409),
        ({"team": "nothing"}, "There is no such team any more.", 422),
        ({"role": "owner"}, "Choose one of: member, curator or administrator.", 422),
    ],
)
def test_a_refused_invitation_keeps_what_was_typed(
    house: House, wrong: dict[str, str], why: str, status: int
) -> None:
    browser = house.browser(house.cast.root)
    page = browser.send("/invitations", NEW | wrong)
    assert page.status_code == status
    assert why in page.text
    assert 'value="New Person"' in page.text
    assert withdrawals(browser) == []


def test_a_withdrawn_invitation_lets_nobody_in(house: House) -> None:
    browser = house.browser(house.cast.root)
    link = link_of(browser.send("/invitations", NEW).text)
    [withdrawal] = withdrawals(browser)
    assert house.browser(house.cast.kit).send(withdrawal).status_code == 403
    assert "no longer works" in browser.send(withdrawal).text
    assert house.stranger().get(link).status_code == 404
    assert browser.send(withdrawal).status_code == 404


def test_an_accepted_invitation_is_no_longer_listed(house: House) -> None:
    browser = house.browser(house.cast.root)
    link = link_of(browser.send("/invitations", NEW).text)
    house.stranger().send(link, {"name": "New Person", "password": "copper kettle seven owls"})
    assert withdrawals(browser) == []
    assert "Nobody is invited at the moment." in browser.get("/invitations").text


@pytest.fixture
def mailing_house(settings: Settings, cast: Cast, clock: TurnedClock) -> Iterator[House]:
    """A house that has a mail server, and nobody who carries the mail."""
    mailing = settings.model_copy(update={"smtp_url": SecretStr("smtp://mail.example")})
    house = House(create_app(mailing, clock=clock), cast, clock)
    yield house
    house.close()


def test_with_a_mail_server_the_invitation_is_mailed_too(mailing_house: House) -> None:
    page = mailing_house.browser(mailing_house.cast.root).send("/invitations", NEW)
    assert "It goes to them by mail, too." in page.text
    with mailing_house.reading() as session:
        message = session.exec(select(OutgoingMessage)).one()
    assert message.to == "new@northwind.example"
    assert link_of(message.text) == link_of(page.text)
    assert "Root Example invites you" in message.subject
    assert "Northwind" in message.html
