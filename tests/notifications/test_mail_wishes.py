"""When people are mailed is theirs to say: on their page, and with one click from a mail."""

import re
from datetime import timedelta

from app.kit.signing import seal
from app.notifications.models import ByMail, NotificationKind
from app.notifications.wishes import DEFAULTS, no_mail, wishes_of
from app.people.directory import disable_person
from app.people.models import Person
from tests.house_fixture import House
from tests.statements import statements

PAGE = "/account/notifications"


def _wishes(house: House, person: Person) -> dict[NotificationKind, ByMail]:
    with house.reading() as session:
        return dict(wishes_of(session, [person.id])[person.id])


def _link(house: House, person: Person, purpose: str = "notices") -> str:
    key, life = house.app.state.settings.key, timedelta(days=400)
    return "/mail/notices/" + seal(key, purpose, (person.id,), now=house.clock(), lifetime=life)


def test_each_kind_is_mailed_at_once_daily_or_never_and_all_of_it_can_be_ended(
    house: House,
) -> None:
    ada, browser = house.cast.ada, house.browser(house.cast.ada)
    assert _wishes(house, ada) == DEFAULTS
    with statements(house.database) as asked:
        page = browser.get(PAGE).text
    assert len(asked) <= 8
    assert page.count("<select") == len(NotificationKind)
    assert "No mail goes out here" in page  # no mail server is named
    kinds = [kind.value for kind in NotificationKind]
    browser.send(PAGE, {"kind": kinds, "mail-thanks": "at_once", "mail-used": "nonsense"})
    wishes = _wishes(house, ada)
    assert wishes == {**DEFAULTS, NotificationKind.THANKS: ByMail.AT_ONCE}
    assert _wishes(house, house.cast.ben) == DEFAULTS
    browser.send(PAGE, {"kind": kinds, "mail-thanks": "at_once", "no-mail": "on"})
    assert no_mail(_wishes(house, ada))
    page = browser.get(PAGE).text
    assert re.search(r'name="no-mail" value="on" checked', page)
    assert '<option value="at_once" selected' in page  # what comes if it is taken away
    browser.send(PAGE, {"kind": kinds})
    assert _wishes(house, ada) == DEFAULTS


def test_one_click_ends_it_without_signing_in_and_one_more_brings_it_back(house: House) -> None:
    ada, stranger = house.cast.ada, house.stranger()
    house.browser(ada).send(PAGE, {"mail-thanks": "at_once"})
    before, link = _wishes(house, ada), _link(house, ada)
    asked = stranger.get(link)
    assert asked.status_code == 200
    assert "End notices by mail" in asked.text
    assert _wishes(house, ada) == before  # to look ends nothing
    # As a mail program does: no cookie, no page of ours, an origin of its own (RFC 8058).
    answer = house.stranger().client.post(
        link,
        data={"List-Unsubscribe": "One-Click"},
        headers={"Origin": "https://mail.example"},
        follow_redirects=False,
    )
    assert answer.status_code == 200
    assert no_mail(_wishes(house, ada))
    assert "No more notices" in stranger.get(link).text
    hidden = dict(re.findall(r'name="(mail-\w+)" value="(\w+)"', answer.text))
    assert stranger.client.post(f"{link}/restoration", data=hidden).status_code == 200
    assert _wishes(house, ada) == before
    assert _wishes(house, house.cast.ben) == DEFAULTS


def test_a_link_is_for_its_person_its_purpose_and_who_is_here(house: House) -> None:
    ada, stranger = house.cast.ada, house.stranger()
    for link in (_link(house, ada, "deeds"), _link(house, ada).replace(ada.id, house.cast.ben.id)):
        for answer in (stranger.get(link), stranger.client.post(link)):
            assert answer.status_code == 404
    link = _link(house, ada)
    house.clock.turn(days=366)
    assert stranger.get(link).status_code == 200
    with house.database.writing() as session:
        disable_person(session, session.get_one(Person, ada.id), by=None, now=house.clock())
    assert stranger.client.post(link).status_code == 404
    assert _wishes(house, ada) == DEFAULTS
