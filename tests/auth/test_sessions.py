"""Signed-in browsers and what is said about them in the logs."""

import pytest
from structlog.testing import capture_logs

from app.auth.sessions import device_name, forget_ended_sessions, open_session, person_signed_in
from app.people.models import Person
from tests.auth.conftest import PASSWORD
from tests.house_fixture import House


def test_a_session_lasts_its_days_and_is_then_forgotten(house: House) -> None:
    ada = house.cast.ada
    with house.database.writing() as session:
        token = open_session(session, ada, device="", now=house.clock(), days=30)
    for days, lasts in ((29, True), (1, False)):
        house.clock.turn(days=days)
        with house.database.writing() as session:
            forget_ended_sessions(session, now=house.clock())
            asked = house.app.state.who_is_signed_in
            found = person_signed_in(session, asked, token, now=house.clock())
        assert (found is not None) is lasts


@pytest.mark.parametrize(
    ("browser", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604",
            "Safari on iPhone",
        ),
        ("", "A browser"),
        ("\x1b[31mforged\nline", "A browser"),
    ],
)
def test_people_recognise_their_browsers(browser: str, name: str) -> None:
    assert device_name(browser) == name


def test_the_log_tells_who_signed_in_and_who_failed_but_no_address_or_password(
    house: House, ada: Person
) -> None:
    browser = house.stranger()
    with capture_logs() as lines:
        for password in ["a wrong guess"] * 5 + [PASSWORD]:
            browser.send("/sign-in", {"email": ada.email, "password": password})
        house.clock.turn(minutes=20)
        browser.send("/sign-in", {"email": ada.email, "password": PASSWORD})
        browser.send("/sign-out")
    ours = [line for line in lines if line["event"] != "answered"]
    assert [line["event"] for line in ours] == [
        "sign-in refused",
        "sign-in refused",
        "sign-in refused",
        "sign-in refused",
        "sign-in refused",
        "sign-in locked",
        "sign-in refused",
        "signed in",
        "signed out",
    ]
    assert {line["person"] for line in ours} == {ada.id}
    said = str(lines)
    assert not any(word in said for word in (ada.email, "a wrong guess", PASSWORD))
