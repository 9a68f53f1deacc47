"""The first run, signing in and signing out, through the doors."""

import pytest

from app.auth.passwords import set_password
from app.config import Settings
from app.main import create_app
from app.people.directory import disable_person, the_organisation
from app.people.models import Person
from tests.auth.conftest import PASSWORD
from tests.cast import Cast
from tests.house_fixture import House, TurnedClock

WRONG = "This address and password do not belong together."
LOCKED = "Too many wrong passwords."
FOUNDING = {
    "organisation": "Northwind",
    "name": "Root Example",
    "email": "Root@Northwind.example",
    "password": PASSWORD,
}


def test_every_page_of_an_empty_house_leads_to_the_first_run(empty_house: House) -> None:
    for url in ("/account", "/people", "/sign-in"):
        page = empty_house.stranger().get(url)
        assert page.url.path == "/welcome"
        assert "Organisation" in page.text


def test_the_first_run_founds_the_organisation_and_signs_in(empty_house: House) -> None:
    browser = empty_house.stranger()
    answer = browser.send("/welcome", FOUNDING, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "root@northwind.example" in browser.get("/account").text
    with empty_house.reading() as session:
        organisation = the_organisation(session)
    assert organisation is not None
    assert organisation.name == "Northwind"


def test_the_first_run_is_open_once(empty_house: House) -> None:
    empty_house.stranger().send("/welcome", FOUNDING)
    late = empty_house.stranger()
    assert late.get("/welcome").url.path == "/sign-in"
    assert late.send("/welcome", FOUNDING).url.path == "/sign-in"


def test_a_refused_first_run_keeps_what_was_typed_but_the_password(empty_house: House) -> None:
    page = empty_house.stranger().send("/welcome", FOUNDING | {"password": "tooshort1"})
    assert page.status_code == 422
    assert "Use at least 12 characters" in page.text
    assert 'value="Root@Northwind.example"' in page.text
    assert "tooshort1" not in page.text
    assert empty_house.stranger().get("/sign-in").url.path == "/welcome"


def test_signing_in_leads_back_to_where_one_was_going(house: House, ada: Person) -> None:
    browser = house.stranger()
    form = browser.get("/account?x=1")
    assert form.url.path == "/sign-in"
    assert 'name="next" value="/account?x=1"' in form.text
    answer = browser.send(
        "/sign-in",
        {"email": " ADA@northwind.example", "password": PASSWORD, "next": "/account?x=1"},
        follow_redirects=False,
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?x=1")
    assert "ada@northwind.example" in browser.get("/account").text


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_leads_to_no_other_site(house: House, ada: Person, next_: str) -> None:
    answer = house.stranger().send(
        "/sign-in",
        {"email": "ada@northwind.example", "password": PASSWORD, "next": next_},
        follow_redirects=False,
    )
    assert answer.headers["location"] == "/"


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(house: House, ada: Person) -> None:
    answer = house.stranger().send(
        "/sign-in",
        {"email": "ada@northwind.example", "password": PASSWORD},
        follow_redirects=False,
    )
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("session="))
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=2592000"} <= set(cookie.split("; "))


def test_over_https_the_cookie_is_bound_to_the_host(
    settings: Settings, cast: Cast, clock: TurnedClock
) -> None:
    over_https = settings.model_copy(update={"base_url": "https://memory.example"})
    house = House(create_app(over_https, clock=clock), cast, clock)
    with house.database.writing() as session:
        set_password(session, cast.ada, PASSWORD, now=clock())
    browser = house.stranger()
    browser.client.base_url = "https://memory.example"
    answer = browser.send(
        "/sign-in",
        {"email": "ada@northwind.example", "password": PASSWORD},
        follow_redirects=False,
    )
    cookie = next(
        c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-session=")
    )
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
    house.close()


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(
    house: House, ada: Person
) -> None:
    known = house.stranger().send("/sign-in", {"email": "ada@northwind.example", "password": "x"})
    unknown = house.stranger().send("/sign-in", {"email": "who@northwind.example", "password": "x"})
    assert known.status_code == unknown.status_code == 422
    assert WRONG in known.text
    assert WRONG in unknown.text
    assert 'value="ada@northwind.example"' in known.text


def test_what_is_left_empty_is_asked_for_and_not_counted(house: House, ada: Person) -> None:
    browser = house.stranger()
    for _ in range(6):
        page = browser.send("/sign-in", {"email": "ada@northwind.example", "password": ""})
        assert page.status_code == 422
        assert "Please fill this in." in page.text
    answer = browser.send("/sign-in", {"email": "ada@northwind.example", "password": PASSWORD})
    assert answer.url.path != "/sign-in"


@pytest.mark.parametrize("email", ["ada@northwind.example", "nobody@northwind.example"])
def test_five_wrong_passwords_lock_an_address_for_a_while(
    house: House, ada: Person, email: str
) -> None:
    browser = house.stranger()
    for _ in range(5):
        assert WRONG in browser.send("/sign-in", {"email": email, "password": "wrong"}).text
    locked = browser.send("/sign-in", {"email": email, "password": PASSWORD})
    assert locked.status_code == 429
    assert LOCKED in locked.text
    assert "opens again in 15 minutes" in locked.text
    assert locked.headers["retry-after"] == "900"


def test_a_lock_opens_by_itself(house: House, ada: Person) -> None:
    browser = house.stranger()
    for _ in range(5):
        browser.send("/sign-in", {"email": "ada@northwind.example", "password": "wrong"})
    house.clock.turn(minutes=15)
    browser.send("/sign-in", {"email": "ada@northwind.example", "password": PASSWORD})
    assert browser.get("/account").url.path == "/account"


def test_a_right_password_starts_the_count_anew(house: House, ada: Person) -> None:
    browser = house.stranger()
    for password in ("wrong",) * 4 + (PASSWORD,) + ("wrong",) * 4:
        page = browser.send("/sign-in", {"email": "ada@northwind.example", "password": password})
        assert LOCKED not in page.text
    browser.send("/sign-in", {"email": "ada@northwind.example", "password": PASSWORD})
    assert browser.get("/account").url.path == "/account"


def test_somebody_disabled_cannot_sign_in(house: House, ada: Person) -> None:
    with house.database.writing() as session:
        disable_person(
            session,
            session.get_one(Person, ada.id),
            by=house.cast.root,
            now=house.clock(),
        )
    page = house.stranger().send(
        "/sign-in", {"email": "ada@northwind.example", "password": PASSWORD}
    )
    assert WRONG in page.text


def test_signing_in_again_ends_the_session_that_the_browser_held(house: House, ada: Person) -> None:
    browser = house.browser(ada)
    old = browser.client.cookies["session"]
    answer = browser.send(
        "/sign-in",
        {"email": "ada@northwind.example", "password": PASSWORD},
        follow_redirects=False,
    )
    assert f"session={old}" not in answer.headers["set-cookie"]
    with_old = house.stranger()
    with_old.client.cookies.set("session", old)
    assert with_old.get("/account").url.path == "/sign-in"


def test_signing_out_ends_the_session_and_takes_the_cookie_back(house: House, ada: Person) -> None:
    browser = house.browser(ada)
    held = browser.client.cookies["session"]
    page = browser.send("/sign-out")
    assert page.url.path == "/sign-in"
    assert "You are signed out." in page.text
    again = house.stranger()
    again.client.cookies.set("session", held)
    assert again.get("/account").url.path == "/sign-in"


def test_signing_in_needs_a_form_of_ours(house: House, ada: Person) -> None:
    answer = house.stranger().client.post(
        "/sign-in", data={"email": "ada@northwind.example", "password": PASSWORD}
    )
    assert answer.status_code == 403


def test_who_is_signed_in_is_led_on_from_the_form(house: House, ada: Person) -> None:
    page = house.browser(ada).get("/sign-in?next=/account")
    assert page.url.path == "/account"
