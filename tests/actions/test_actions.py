"""The changes that lessons ask for: asked, changed, made, opened again, removed."""

from typing import Any

import pytest
from sqlmodel import select

from app.actions.listing import open_actions
from app.actions.models import Action
from app.auth.tokens import Scope
from app.events.models import Event
from app.lessons.access import reader
from app.people.models import Person
from tests.calls import API
from tests.house_fixture import House
from tests.lessons.acting import retired
from tests.lessons.test_questions import MOST, counted

PLACE = {"HX-Request": "true"}
EVIDENCE = "Since week 20 no unit of 412 came back with a loose bar."


class Acting:
    """A lesson of ada's, and people who want something changed because of it."""

    def __init__(self, house: House, **content: str):
        self.house = house
        self.posted = house.post(house.cast.ada, "Loose screws", **content)
        self.url = f"/lessons/{self.posted.lesson.id}"

    def ask(self, by: Person, what: str = "Count the torque", **fields: str) -> Action:
        sent = {f"action-{name}": text for name, text in ({"what": what} | fields).items()}
        answer = self.house.browser(by).send(f"{self.url}/actions", sent)
        assert answer.status_code == 200, answer.text
        return self.actions()[-1]

    def send(self, by: Person, path: str, fields: dict[str, str] | None = None, **more: Any) -> Any:
        return self.house.browser(by).send(f"{self.url}/actions{path}", fields, **more)

    def actions(self) -> list[Action]:
        with self.house.reading() as session:
            return list(session.exec(select(Action).order_by(Action.made_at, Action.what)))

    def events(self) -> list[str]:
        with self.house.reading() as session:
            found = list(session.exec(select(Event).where(Event.subject_kind == "action")))
        assert all({"lesson_id", "owner_id"} <= event.facts.keys() for event in found)
        assert "Count" not in str([event.facts for event in found])
        return sorted(event.kind for event in found)

    def page(self, person: Person, url: str = "") -> str:
        return self.house.browser(person).get(url or self.url).text.partition("<main")[2]


@pytest.fixture
def asked(house: House) -> Acting:
    return Acting(house)


def test_a_change_is_asked_for_made_and_opened_again(asked: Acting) -> None:
    cast = asked.house.cast
    one = asked.ask(cast.otto, kind="fix_process", owner="ben", due="2026-03-05")
    assert (one.owner_id, one.by_id) == (cast.ben.id, cast.otto.id)
    page = asked.page(cast.nora)
    assert "due in 3 days" in page
    assert "Otto Example asked for it" in page
    assert "It is made" not in page
    asked.house.clock.turn(days=13)
    assert "overdue by 10 days" in asked.page(cast.ben, "/actions")
    assert "overdue by 10 days" in asked.page(cast.otto, "/actions")
    assert "A change</a> to make, overdue" in asked.page(cast.ben, "/")
    back = {"evidence": EVIDENCE, "back": "/actions"}
    answer = asked.send(cast.ben, f"/{one.id}/done", back)
    assert "It is made." in answer.text
    assert "Made recently" in answer.text
    assert EVIDENCE in asked.page(cast.nora)
    assert asked.send(cast.ben, f"/{one.id}/done", back).status_code == 409
    assert "It is open again." in asked.send(cast.otto, f"/{one.id}/done/removal").text
    assert EVIDENCE in asked.page(cast.ben)  # to be said better
    assert asked.events() == ["action.assigned", "action.done", "action.reopened"]


def test_in_place_the_part_of_the_page_is_what_the_page_includes(asked: Acting) -> None:
    cast = asked.house.cast
    answer = asked.send(cast.ben, "", {"action-what": "Count the torque"}, headers=PLACE)
    assert answer.text.lstrip().startswith('<section class="actions" id="actions"')
    assert "It is asked for." in answer.text
    (one,) = asked.actions()
    refused = asked.send(cast.ben, f"/{one.id}/done", {"evidence": "done"}, headers=PLACE)
    assert refused.status_code == 422
    assert f'id="evidence-{one.id}-error">Use at least 12 characters.' in refused.text
    gone = asked.send(cast.ben, f"/{one.id}/removal", headers=PLACE)
    assert "“Count the torque” is removed." in gone.text
    assert asked.actions() == []


def test_what_was_removed_is_brought_back_though_its_day_has_passed(asked: Acting) -> None:
    cast = asked.house.cast
    one = asked.ask(cast.otto, owner="ben@northwind.example", due="2026-03-02")
    asked.house.clock.turn(days=2)
    gone = asked.send(cast.ben, f"/{one.id}/removal")
    assert "“Count the torque” is removed." in gone.text
    undo = {"action-what": one.what, "action-kind": "other", "action-due": "2026-03-02"}
    assert asked.send(cast.ben, "", undo).status_code == 422
    assert asked.send(cast.ben, "", undo | {"again": "yes"}).status_code == 200
    assert "overdue by 2 days" in asked.page(cast.ben)


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"what": " "}, "action-what", "Please fill this in."),
        ({"what": "x" * 301}, "action-what", "Use at most 300 characters."),
        ({"what": "x", "kind": "pray"}, "action-kind", "Choose one of"),
        ({"what": "x", "due": "2026-03-01"}, "action-due", "Give a day that is still to come"),
        ({"what": "x", "due": "soon"}, "action-due", "Give a date like 2026-03-14."),
        ({"what": "x", "owner": "nobody"}, "action-owner", "Nobody here is called “nobody”."),
        ({"what": "x", "owner": "example"}, "action-owner", "Several people are called"),
        ({"what": "x", "owner": "otto"}, "action-owner", "Otto Example cannot read this lesson."),
    ],
)
def test_what_cannot_be_taken_comes_back_as_it_was_typed(
    house: House, fields: dict[str, str], field: str, message: str
) -> None:
    asked = Acting(house, team="Pumps", visibility="team")
    sent = {f"action-{name}": text for name, text in fields.items()}
    for headers in ({}, PLACE):
        answer = asked.send(house.cast.ben, "", sent, headers=headers)
        assert answer.status_code == 422
        assert f'id="{field}-error">{message}' in answer.text
        assert fields["what"].strip() in answer.text
    assert asked.actions() == []


def test_only_maker_owner_and_curators_change_it(asked: Acting) -> None:
    cast = asked.house.cast
    one = asked.ask(cast.otto, owner="ben")
    for path, fields in (
        ("", {"action-what": "Paint it"}),
        ("/done", {"evidence": EVIDENCE}),
        ("/done/removal", {}),
        ("/removal", {}),
    ):
        assert asked.send(cast.nora, f"/{one.id}{path}", fields).status_code == 403
    form = asked.page(cast.kit, f"{asked.url}/actions/{one.id}/edit")
    assert 'value="Ben Example"' in form
    same = {"action-what": one.what, "action-kind": "other", "action-owner": "Ben Example"}
    asked.send(cast.kit, f"/{one.id}", same)
    assert asked.events() == ["action.assigned"]
    asked.send(cast.kit, f"/{one.id}", same | {"action-what": "Paint it"})
    asked.send(cast.ben, f"/{one.id}", same | {"action-what": "Paint it", "action-owner": "Nora"})
    (two,) = asked.actions()
    assert (two.what, two.owner_id) == ("Paint it", cast.nora.id)
    assert asked.events() == ["action.assigned", "action.assigned", "action.changed"]


def test_a_protected_author_does_not_put_their_name_beside_it(house: House) -> None:
    asked = Acting(house, author_mode="protected")
    ada = house.browser(house.cast.ada)
    ada.send(f"{asked.url}/claim", {"claim_code": asked.posted.claim_code})
    refused = ada.send(f"{asked.url}/actions", {"action-what": "Count"})
    assert refused.status_code == 422
    assert "would carry your name beside it" in refused.text
    assert "Ask for a change" not in ada.get(asked.url).text
    program = house.api(house.cast.ada)
    program.headers["Claim-Code"] = asked.posted.claim_code or ""
    answer = program.post(f"{API}{asked.url}/actions", json={"what": "Count"})
    assert answer.json()["error"]["code"] == "proposed_as_author"
    assert asked.actions() == []


def test_what_one_may_no_longer_read_asks_nothing_of_one(house: House) -> None:
    asked = Acting(house, team="Pumps", visibility="team")
    cast = house.cast
    one = asked.ask(cast.ben, owner="mara", due="2026-03-03")
    lesson_id = asked.posted.lesson.id

    def seen(person: Person) -> tuple[bool, bool, int]:
        with house.reading() as session:
            found = open_actions(session, reader(session, person), [lesson_id])
        waits = "A change</a> to make" in asked.page(person, "/")
        return one.what in asked.page(person, "/actions"), waits, len(found)

    assert seen(cast.mara) == (True, True, 1)
    assert seen(cast.otto) == (False, False, 0)
    house.browser(cast.root).send(f"/people/{cast.mara.id}/teams/{cast.engineering.id}/removal")
    assert seen(cast.mara) == (False, False, 0)
    retired(house, lesson_id, by=cast.ada)
    assert seen(cast.ben) == (False, False, 0)


def test_lists_take_few_questions_however_many_there_are(asked: Acting) -> None:
    cast = asked.house.cast
    ben = asked.house.browser(cast.ben)
    told = []
    for number in range(4):
        for owner in ("ben", "nora"):
            asked.ask(cast.ben, f"{number} for {owner}", owner=owner)
        for url in (asked.url, "/actions"):
            with counted(asked.house) as said:
                assert ben.get(url).status_code == 200
            told.append((url, len(said)))
    assert len(set(told)) == 2
    assert max(count for _, count in told) <= MOST


def test_programs_do_the_same(asked: Acting) -> None:
    cast = asked.house.cast
    ben, nora = asked.house.api(cast.ben), asked.house.api(cast.nora)
    sent = {"what": "Count the torque", "owner": "nora", "due_on": "2026-03-09"}
    made = [ben.post(f"{API}{asked.url}/actions", json=sent) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    one = made[0].json()
    assert one["owner"]["name"] == "Nora Example"
    assert one["evidence"] is None
    address = f"{API}/actions/{one['id']}"
    assert nora.patch(address, json={"due_on": None}).json()["due_on"] is None
    assert nora.patch(address, json={"owner": ""}).json()["owner"]["name"] == "Nora Example"
    assert nora.post(f"{address}/done", json={"evidence": "yes"}).status_code == 422
    assert nora.post(f"{address}/done", json={"evidence": EVIDENCE}).json()["done_at"]
    assert nora.patch(address, json={"what": "Else"}).status_code == 409
    assert [line["id"] for line in ben.get(f"{API}/actions").json()["done"]] == [one["id"]]
    assert ben.delete(f"{address}/done").json()["done_at"] is None
    assert len(ben.get(f"{API}{asked.url}/actions").json()["actions"]) == 1
    assert asked.house.api(cast.ben, Scope.READ).delete(address).status_code == 403
    assert ben.delete(address).status_code == 204
    assert asked.events().count("action.assigned") == 1
