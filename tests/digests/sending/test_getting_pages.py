"""Choosing on the web which digests come by mail, and ending them from a mail with one click."""

import re
from datetime import timedelta

from app.digests.models import Cadence
from app.digests.sending.getting import digests_of
from app.digests.sending.writing import END_PURPOSE
from app.kit.signing import seal
from app.people.models import Person
from tests.house_fixture import House
from tests.statements import statements


def _got(house: House, person: Person) -> dict[str, str]:
    with house.reading() as session:
        found = digests_of(session, person)
    return {one.subject: one.cadence.value for one in found}


def _link(house: House, person: Person, **lifetime: float) -> str:
    key = house.app.state.settings.key
    lasts = timedelta(**lifetime or {"days": 9})
    token = seal(key, END_PURPOSE, (person.id,), now=house.clock(), lifetime=lasts)
    return f"/mail/digests/{token}"


def test_how_often_is_chosen_with_and_without_javascript(house: House) -> None:
    browser, sales = house.browser(house.cast.mara), house.cast.sales
    page = browser.get("/digests/mail").text
    assert "Engineering" in page
    assert "No mail goes out" in page
    team = {"about": "team", "subject": sales.id, "cadence": "weekly"}
    answer = browser.send("/digests/subscription", team | {"back": "/teams"})
    assert answer.url.path == "/teams"
    assert "You are sent it every week." in answer.text
    again = browser.send(
        "/digests/subscription", team | {"cadence": "never"}, headers={"HX-Request": "true"}
    )
    assert "<html" not in again.text
    assert "You are not sent it." in again.text
    assert re.search(r'name="undo" value="weekly"', again.text)
    assert _got(house, house.cast.mara)["Sales"] == "never"
    browser.send("/digests/subscription", team | {"cadence": "never", "undo": "weekly"})
    assert _got(house, house.cast.mara)["Sales"] == "weekly"
    for wrong in ({"about": "person"}, {"cadence": "hourly"}, {"subject": "nobody"}):
        assert browser.send("/digests/subscription", team | wrong).status_code == 404


def test_all_are_ended_and_come_again_from_their_page(house: House) -> None:
    browser = house.browser(house.cast.mara)
    page = browser.send("/digests/subscription/removal").text
    assert "No digest comes by mail any more." in page
    assert _got(house, house.cast.mara) == {"Engineering": "never"}
    assert "come as they did before" in browser.send("/digests/subscription/return").text
    assert _got(house, house.cast.mara) == {"Engineering": "monthly"}


def test_one_click_in_a_mail_ends_them_all_and_looking_does_nothing(house: House) -> None:
    mara, stranger = house.cast.mara, house.stranger()
    link = _link(house, mara)
    page = stranger.get(link)
    assert page.status_code == 200
    assert "End all digests by mail?" in page.text
    assert _got(house, mara) == {"Engineering": "monthly"}
    # As programs for mail do it: no cookie, no token of a page, no redirect.
    program = house.stranger().client
    answer = program.post(link, data={"List-Unsubscribe": "One-Click"}, follow_redirects=False)
    assert answer.status_code == 200
    assert "No digest comes by mail any more" in answer.text
    assert _got(house, mara) == {"Engineering": "never"}
    assert program.post(link).status_code == 200
    assert "Your digests come again" in stranger.send(f"{link}/removal").text
    assert _got(house, mara) == {"Engineering": "monthly"}


def test_whoever_is_signed_in_as_the_reader_chooses_one_by_one(house: House) -> None:
    mara = house.cast.mara
    assert "One by one" in house.browser(mara).get(_link(house, mara)).text
    others = house.browser(house.cast.ada).get(_link(house, mara)).text
    assert "One by one" not in others
    assert "Engineering" not in others


def test_a_link_that_is_over_wrong_or_of_somebody_who_left_does_nothing(house: House) -> None:
    mara, program = house.cast.mara, house.stranger().client
    link = _link(house, mara)
    wrong = [_link(house, mara, days=-1), link[:-1], link.replace(mara.id, house.cast.ada.id)]
    with house.database.writing() as session:
        session.get_one(Person, house.cast.otto.id).disabled_at = house.clock()
    wrong.append(_link(house, house.cast.otto))
    for one in wrong:
        for answer in (program.get(one), program.post(one), program.post(f"{one}/removal")):
            assert answer.status_code == 404
            assert "This link is over" in answer.text
    assert _got(house, mara) == {"Engineering": Cadence.MONTHLY}


def test_the_page_asks_as_often_however_much_one_gets(house: House) -> None:
    browser = house.browser(house.cast.mara)
    with statements(house.database) as few:
        browser.get("/digests/mail")
    for team in (house.cast.sales, house.cast.pumps, house.cast.valves):
        fields = {"about": "team", "subject": team.id, "cadence": "weekly"}
        browser.send("/digests/subscription", fields)
    with statements(house.database) as many:
        browser.get("/digests/mail")
    assert len(many) == len(few) <= 8
