"""From the mail to the deed: in two clicks, for whoever it was sent to, and nothing else."""

import re
from collections import Counter

import pytest
import sqlalchemy as sa
from httpx2 import Response
from sqlmodel import SQLModel, select

from app.digests.deeds.pace import MOST_AN_HOUR
from app.digests.deeds.signed import Links
from app.digests.told import Deed, Offer
from app.events.record import record
from app.experts.models import Assigned
from app.following.models import Follow
from app.people.directory import disable_person
from app.people.models import Person
from app.people.teams import leave_team
from app.responses.models import Question, Thanks
from app.searches.wanted import ask_for
from app.topics.directory import topics_named
from tests.calls import questions
from tests.house_fixture import House


def path(house: House, person: Person, deed: Deed, subject_id: str) -> str:
    """The address in a mail to `person`, from the root."""
    links = Links(house.app.state.settings.key, person.id, "", house.clock())
    return links.deed(Offer(deed, subject_id))


def rows(house: House) -> Counter[str]:
    """How many rows each table has."""
    with house.reading() as session:
        return Counter(
            {
                name: session.connection()
                .execute(sa.select(sa.func.count()).select_from(t))
                .scalar()
                or 0
                for name, t in SQLModel.metadata.tables.items()
            }
        )


def want(house: House, by: Person, words: str) -> str:
    with house.database.writing() as session:
        return ask_for(session, words, by=by, now=house.clock()).id


def topic(house: House, name: str) -> str:
    with house.reading() as session:
        (found,) = topics_named(session, [name]).values()
        return found.id


def heading(answer: Response) -> str:
    found = re.search(r"<h1>(.*?)</h1>", answer.text)
    assert found, answer.text
    return found[1]


def click(house: House, url: str, fields: dict[str, str] | None = None) -> Response:
    """As a browser does that has none of our cookies."""
    return house.stranger().client.post(url, data=fields or {})


def test_looking_does_nothing_and_pressing_thanks_once_and_undoing_takes_it_back(
    house: House,
) -> None:
    cast = house.cast
    lesson = house.post(cast.ada, "Seals leak <in> frost").lesson
    url = path(house, cast.mara, Deed.THANK, lesson.id)
    before = rows(house)
    browser = house.stranger()
    for _ in range(2):
        assert browser.client.head(url).status_code == 405
        assert browser.client.get(url).status_code == 200
    assert rows(house) == before
    page = browser.get(url)
    assert "Seals leak &lt;in&gt; frost" in page.text
    assert "Mara Example" in page.text
    for said in (cast.ada.name, "Northwind", "in more words"):
        assert said not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "session" not in browser.client.cookies
    for _ in range(2):
        assert heading(click(house, url)) == "Done"
    with house.reading() as session:
        (thanks,) = session.exec(select(Thanks))
        assert thanks.person_id == cast.mara.id
    assert rows(house) - before == Counter(thanks=1, event=1)
    assert heading(click(house, f"{url}/removal")) == "Thank the author"
    assert rows(house)["thanks"] == 0


def test_help_is_asked_for_in_ones_own_words_once_until_somebody_answers(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada).lesson
    url = path(house, cast.mara, Deed.ASK, lesson.id)
    refused = click(house, url, {"text": " "})
    assert refused.status_code == 422
    assert "Please fill this in" in refused.text
    long = click(house, url, {"text": "x" * 5_001})
    assert long.status_code == 422
    assert "x" * 5_001 in long.text
    click(house, url, {"text": "Does it hold for steel?"})
    assert heading(click(house, url, {"text": "And for lead?"})) == "Done"
    with house.reading() as session:
        (asked,) = session.exec(select(Question))
        assert (asked.by_id, asked.text) == (cast.mara.id, "Does it hold for steel?")
    assert "steel" not in house.stranger().get(url).text
    reply = {"text": "It does."}
    house.browser(cast.ada).send(f"{lesson.url}/questions/{asked.id}/answers", reply)
    assert heading(house.stranger().get(url)) == "Ask for help"
    assert click(house, f"{url}/removal").status_code == 200
    assert rows(house)["question"] == 1


def test_somebody_is_asked_to_write_what_is_wanted_and_a_topic_is_followed(house: House) -> None:
    cast = house.cast
    house.post(cast.otto, "Balloons leak", topics=["Balloons"])
    want_id = want(house, cast.nora, "balloons at sea")
    url = path(house, cast.mara, Deed.ASSIGN, want_id)
    page = house.stranger().get(url).text
    assert "balloons at sea" in page
    assert re.findall(r'<option value="\w+">(\w+)', page) == ["Otto", "Ada", "Ben", "Kit"]
    assert click(house, url).status_code == 422
    assert "You asked Otto Example to write it." in click(house, url, {"person": cast.otto.id}).text
    click(house, url, {"person": cast.ben.id})
    with house.reading() as session:
        (given,) = session.exec(select(Assigned))
        assert (given.person_id, given.by_id) == (cast.otto.id, cast.mara.id)
    click(house, f"{url}/removal")
    assert rows(house)["assigned"] == 0
    lesson = house.post(cast.ada, "Balloons at sea drift").lesson
    house.browser(cast.nora).send(f"/wanted/{want_id}/answer", {"lesson": lesson.id})
    for answer in (house.stranger().get(url), click(house, url, {"person": cast.ben.id})):
        assert answer.status_code == 409
        assert "A lesson answers it already" in answer.text
    following = path(house, cast.mara, Deed.FOLLOW, topic(house, "Balloons"))
    assert heading(click(house, following)) == "Done"
    with house.reading() as session:
        assert session.exec(select(Follow.person_id)).all() == [cast.mara.id]
    click(house, f"{following}/removal")
    assert rows(house)["follow"] == 0


def test_a_link_that_is_over_forged_or_of_somebody_who_left_says_nothing_but_the_way_on(
    house: House,
) -> None:
    cast = house.cast
    lesson = house.post(cast.ada, "Seals leak").lesson
    url = path(house, cast.mara, Deed.THANK, lesson.id)
    of_ben = path(house, cast.ben, Deed.THANK, lesson.id)
    forged = [
        url.replace(cast.mara.id, cast.ben.id),
        url.replace("thank", "ask"),
        url[:-1] + ("A" if url[-1] != "A" else "E"),
        "/mail/deeds/" + "x" * 43,
    ]
    before = rows(house)

    def over(address: str) -> None:
        stranger = house.stranger()
        post = stranger.client.post
        for answer in (stranger.get(address), post(address), post(f"{address}/removal")):
            assert answer.status_code == 404
            assert "This link is over" in answer.text
            assert 'href="/digests"' in answer.text
            assert "Seals" not in answer.text
            assert "Example" not in answer.text

    for address in forged:
        over(address)
    with house.database.writing() as session:
        disable_person(
            session, session.get_one(Person, cast.ben.id), by=cast.root, now=house.clock()
        )
    over(of_ben)
    house.clock.turn(days=36)
    over(url)
    assert rows(house)["thanks"] == before["thanks"]


@pytest.mark.parametrize("deed", [Deed.THANK, Deed.ASK])
def test_what_one_may_not_read_any_more_is_not_named_nor_done(house: House, deed: Deed) -> None:
    cast = house.cast
    lesson = house.post(cast.ben, "Ours alone", team="Pumps", visibility="team").lesson
    url = path(house, cast.mara, deed, lesson.id)
    of_outsider = path(house, cast.otto, deed, lesson.id)
    assert "Ours alone" in house.stranger().get(url).text
    with house.database.writing() as session:
        mara, team = session.get_one(Person, cast.mara.id), session.merge(cast.engineering)
        leave_team(session, team, mara, by=cast.root, now=house.clock())
    before = rows(house)
    for address in (url, of_outsider):
        shown = house.stranger().get(address)
        pressed = click(house, address, {"text": "Why?"})
        undone = click(house, f"{address}/removal")
        for answer in (shown, pressed, undone):
            assert answer.status_code == 404
            assert "Ours alone" not in answer.text
    assert rows(house) == before


def test_nobody_is_signed_in_by_it_nor_anybody_else_done_something_for(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada).lesson
    url = path(house, cast.mara, Deed.THANK, lesson.id)
    browser = house.browser(cast.otto)  # who has the mail of another, and is signed in
    page = browser.get(url)
    assert "Mara Example" in page.text
    assert "Otto" not in page.text
    browser.client.post(url)
    with house.reading() as session:
        assert session.exec(select(Thanks.person_id)).all() == [cast.mara.id]
    stranger = house.stranger()
    stranger.client.post(url)
    assert stranger.get("/digests", follow_redirects=False).headers["location"].startswith("/sign")


def test_a_mail_in_other_hands_does_so_much_in_an_hour_and_no_more(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada).lesson
    url = path(house, cast.mara, Deed.ASK, lesson.id)
    with house.database.writing() as session:
        for number in range(MOST_AN_HOUR):
            by, now = cast.mara.id, house.clock()
            record(session, "thanks.given", f"{number:016}", by=by, now=now)
    refused = click(house, url, {"text": "Does it hold?"})
    assert refused.status_code == 429
    assert refused.headers["retry-after"]
    assert "Does it hold?" in refused.text
    house.clock.turn(hours=2)
    assert heading(click(house, url, {"text": "Does it hold?"})) == "Done"


def test_a_look_asks_the_database_a_flat_number_of_questions(house: House) -> None:
    cast = house.cast
    for number in range(3):
        house.post(cast.otto, f"Balloons {number}")
    url = path(house, cast.mara, Deed.ASSIGN, want(house, cast.nora, "balloons at sea"))
    with questions(house) as few:
        house.stranger().get(url)
    for number in range(9):
        house.post(cast.ben, f"Balloons of Ben {number}")
    with questions(house) as many:
        house.stranger().get(url)
    assert len(few) == len(many) <= 8
