"""Lessons for programs."""

import threading

import pytest
from sqlmodel import func, select

from app.auth.tokens import Scope
from app.lessons.models import Lesson
from tests.calls import API, SHORT, error_of, questions
from tests.house_fixture import House

LESSONS = f"{API}/lessons"


def test_three_fields_make_a_lesson(house: House) -> None:
    answer = house.api(house.cast.ada).post(LESSONS, json=SHORT)
    body = answer.json()
    assert answer.status_code == 201
    assert body == {
        "id": body["id"],
        "url": f"http://127.0.0.1:8000/lessons/{body['id']}",
        "revision": 1,
        "claim_code": None,
    }
    assert answer.headers["Location"] == body["url"]


def test_a_lesson_is_read_as_it_was_posted(house: House) -> None:
    ada = house.api(house.cast.ada)
    full = SHORT | {
        "context": "A pump",
        "cause_type": "tool",
        "topics": ["Screws"],
        "team": "Pumps",
        "occurred_on": "2026-02-14",
        "external_id": "P-7",
        "source_url": "https://example.org/7",
    }
    lesson_id = ada.post(LESSONS, json=full).json()["id"]
    answer = house.api(house.cast.otto, Scope.READ).get(f"{LESSONS}/{lesson_id}")
    body = answer.json()
    assert {name: body[name] for name in full} == full
    assert (body["state"], body["revision"], answer.headers["ETag"]) == ("posted", 1, '"1"')
    assert body["author"] == {"id": house.cast.ada.id, "name": house.cast.ada.name}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"kind": "disaster"}, "kind"),
        ({"lessson": "x"}, "lessson"),
        ({"team": "Nobody"}, "team"),
        ({"visibility": "team"}, "team"),
        ({"occurred_on": 0}, "occurred_on"),
        ({"occurred_on": "14.2.2026"}, "occurred_on"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
    ],
)
def test_a_post_that_cannot_be_taken_says_where(
    house: House, change: dict[str, object], field: str
) -> None:
    answer = house.api(house.cast.ada).post(LESSONS, json=SHORT | change)
    assert answer.status_code == 422
    assert error_of(answer)["fields"].keys() == {field}


def test_without_a_token_or_with_a_lesser_one_nothing_is_posted(house: House) -> None:
    stranger = house.stranger().client.post(LESSONS, json=SHORT)
    reading = house.api(house.cast.ada, Scope.READ).post(LESSONS, json=SHORT)
    assert (stranger.status_code, error_of(stranger)["code"]) == (401, "sign_in_needed")
    assert (reading.status_code, error_of(reading)["code"]) == (403, "scope_missing")
    assert _count(house) == 0


def test_a_post_sent_again_with_its_key_is_one_lesson(house: House) -> None:
    ada = house.api(house.cast.ada)
    headers = {"Idempotency-Key": "row-17"}
    protected = SHORT | {"author_mode": "protected"}
    first = ada.post(LESSONS, json=protected, headers=headers)
    again = ada.post(LESSONS, json=protected, headers=headers)
    other = ada.post(LESSONS, json=SHORT, headers=headers)
    assert (again.status_code, again.json()) == (201, first.json())
    assert first.json()["claim_code"]
    assert again.headers["Location"] == first.headers["Location"]
    assert (other.status_code, error_of(other)["code"]) == (409, "idempotency_key_reused")
    assert _count(house) == 1


def test_two_posts_with_one_key_at_once_are_one_lesson(house: House) -> None:
    ada = house.api(house.cast.ada)
    answers = []

    def send() -> None:
        headers = {"Idempotency-Key": "twice"}
        answers.append(ada.post(LESSONS, json=SHORT | {"topics": ["New"]}, headers=headers))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 201}) == 1
    assert _count(house) == 1


@pytest.mark.parametrize("key", ["x" * 201, ""])
def test_a_key_that_is_too_long_or_empty_is_refused(house: House, key: str) -> None:
    answer = house.api(house.cast.ada).post(LESSONS, json=SHORT, headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert error_of(answer)["fields"].keys() == {"Idempotency-Key"}


def test_the_newest_lessons_are_listed_by_team_and_topic(house: House) -> None:
    house.post(house.cast.ada, "First", team="Pumps")
    house.clock.turn(days=1)
    house.post(house.cast.otto, "Second", team="Sales", topics=["Prices"])
    ada = house.api(house.cast.ada, Scope.READ)

    def titles(**query: object) -> list[str]:
        body = ada.get(LESSONS, params=query).json()
        assert body["total"] >= len(body["lessons"])
        return [lesson["title"] for lesson in body["lessons"]]

    assert titles() == ["Second", "First"]
    assert titles(page=2, per_page=1) == ["First"]
    assert titles(team="pumps") == titles(team=house.cast.pumps.id) == ["First"]
    assert titles(topic="prices") == ["Second"]
    assert error_of(ada.get(LESSONS, params={"team": "Nobody"}))["fields"].keys() == {"team"}


def test_a_team_only_lesson_is_not_there_for_an_outsider(house: House) -> None:
    secret = house.post(house.cast.ada, visibility="team", team="Pumps", topics=["Hidden"])
    otto, ben = house.api(house.cast.otto), house.api(house.cast.ben, Scope.READ)
    address = f"{LESSONS}/{secret.lesson.id}"
    missing = otto.get(f"{LESSONS}/{'0' * 16}")
    assert ben.get(address).status_code == 200
    for answer in (
        otto.get(address),
        otto.get(f"{address}/versions"),
        otto.patch(address, json={"title": "x"}, headers={"If-Match": "1"}),
        otto.delete(address),
        otto.post(f"{address}/restoration"),
    ):
        assert (answer.status_code, answer.json()) == (404, missing.json())
    assert otto.get(LESSONS).json()["total"] == 0
    assert otto.get(LESSONS, params={"topic": "Hidden"}).status_code == 422


@pytest.mark.parametrize("lesson_id", ["x", "0" * 15, "I" * 16, "%00", "0" * 17])
def test_an_ill_formed_id_is_like_a_missing_one(house: House, lesson_id: str) -> None:
    answer = house.api(house.cast.ada).get(f"{LESSONS}/{lesson_id}")
    assert (answer.status_code, error_of(answer)["code"]) == (404, "not_found")


def test_a_change_keeps_what_it_leaves_out(house: House) -> None:
    posted = house.post(house.cast.ada, topics=["Screws"], occurred_on="2026-02-14")
    answer = house.api(house.cast.ada).patch(
        f"{LESSONS}/{posted.lesson.id}",
        json={"title": "Better", "occurred_on": None},
        headers={"If-Match": 'W/"1"'},
    )
    body = answer.json()
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert (body["title"], body["topics"], body["occurred_on"]) == ("Better", ["Screws"], None)
    assert (body["revision"], body["claim_code"]) == (2, None)


def test_of_two_changes_that_collide_the_second_is_told(house: House) -> None:
    address = f"{LESSONS}/{house.post(house.cast.ada).lesson.id}"
    ada, kit = house.api(house.cast.ada), house.api(house.cast.kit)
    assert ada.patch(address, json={"why": "A"}, headers={"If-Match": '"1"'}).status_code == 200
    second = kit.patch(address, json={"why": "K"}, headers={"If-Match": '"1"'})
    unsaid = kit.patch(address, json={"why": "K"})
    assert (second.status_code, error_of(second)["code"]) == (412, "changed_meanwhile")
    assert (unsaid.status_code, error_of(unsaid)["code"]) == (428, "precondition_required")
    assert "If-Match" in error_of(unsaid)["message"]
    assert ada.get(address).json()["why"] == "A"


def test_only_the_author_and_curators_change_a_lesson(house: House) -> None:
    address = f"{LESSONS}/{house.post(house.cast.ada).lesson.id}"
    answer = house.api(house.cast.otto).patch(address, json={}, headers={"If-Match": "1"})
    assert (answer.status_code, error_of(answer)["code"]) == (403, "not_yours")


def test_a_protected_author_changes_with_the_claim_code(house: House) -> None:
    posted = house.post(house.cast.ada, author_mode="protected")
    address, ada = f"{LESSONS}/{posted.lesson.id}", house.api(house.cast.ada)
    change = {"json": {"why": "Haste"}}
    without = ada.patch(address, **change, headers={"If-Match": "1"})
    headers = {"If-Match": "1", "Claim-Code": posted.claim_code or ""}
    assert without.status_code == 403
    assert ada.patch(address, **change, headers=headers).json()["why"] == "Haste"
    versions = ada.get(f"{address}/versions").json()["versions"]
    assert [version["by"] for version in versions] == [None, None]


def test_a_protected_draft_becomes_another_lesson_when_it_is_posted(house: House) -> None:
    ada = house.api(house.cast.ada)
    draft = SHORT | {"visibility": "draft", "author_mode": "protected"}
    posted = ada.post(LESSONS, json=draft).json()
    assert posted["claim_code"] is None
    root = house.api(house.cast.root, Scope.ADMIN)
    assert root.get(f"{LESSONS}/{posted['id']}").status_code == 404
    saved = ada.patch(
        f"{LESSONS}/{posted['id']}", json={"visibility": "organisation"}, headers={"If-Match": "1"}
    ).json()
    assert saved["id"] != posted["id"]
    assert (saved["state"], saved["author"], bool(saved["claim_code"])) == ("posted", None, True)
    assert ada.get(f"{LESSONS}/{posted['id']}").status_code == 404


def test_a_retired_lesson_stays_readable_and_can_be_restored(house: House) -> None:
    address, ada = f"{LESSONS}/{house.post(house.cast.ada).lesson.id}", house.api(house.cast.ada)
    retired = ada.delete(address, params={"reason": "superseded", "note": "See the new one"})
    assert (retired.status_code, retired.json()["state"]) == (200, "retired")
    assert ada.get(address).json()["state"] == "retired"
    assert ada.get(LESSONS).json()["total"] == 0
    again = ada.delete(address)
    assert (again.status_code, error_of(again)["code"]) == (409, "retired")
    assert ada.post(f"{address}/restoration").json()["state"] == "posted"
    assert ada.post(f"{address}/restoration").status_code == 409


def test_retiring_what_somebody_changed_meanwhile_is_refused(house: House) -> None:
    address = f"{LESSONS}/{house.post(house.cast.ada).lesson.id}"
    answer = house.api(house.cast.ada).delete(address, headers={"If-Match": '"7"'})
    assert (answer.status_code, error_of(answer)["code"]) == (412, "changed_meanwhile")


def test_a_draft_is_discarded(house: House) -> None:
    ada = house.api(house.cast.ada)
    draft = ada.post(LESSONS, json=SHORT | {"visibility": "draft"}).json()
    gone = ada.delete(f"{LESSONS}/{draft['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert _count(house) == 0


def test_every_version_is_kept_with_who_and_when(house: House) -> None:
    address = f"{LESSONS}/{house.post(house.cast.ada, topics=['Screws']).lesson.id}"
    kit = house.api(house.cast.kit)
    kit.patch(address, json={"title": "Second", "topics": []}, headers={"If-Match": "1"})
    versions = kit.get(f"{address}/versions").json()["versions"]
    assert [(v["revision"], v["by"]["name"], v["content"]["topics"]) for v in versions] == [
        (2, house.cast.kit.name, []),
        (1, house.cast.ada.name, ["Screws"]),
    ]


def test_a_long_list_asks_as_little_as_a_short_one(house: House) -> None:
    mara = house.api(house.cast.mara, Scope.READ)
    mara.get(LESSONS)
    counts = []
    for upto in (2, 20):
        for number in range(upto):
            house.post(house.cast.ada, f"Number {upto} {number}", topics=[f"T{number}"])
        with questions(house) as asked:
            assert len(mara.get(LESSONS, params={"per_page": 50}).json()["lessons"]) >= upto
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_other_methods_and_addresses_have_the_one_error_form(house: House) -> None:
    ada = house.api(house.cast.ada)
    wrong = ada.put(LESSONS, json={})
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, POST")
    assert error_of(wrong)["code"] == "method_not_allowed"
    assert error_of(ada.get(f"{API}/nothing"))["code"] == "not_found"
    broken = ada.post(LESSONS, content=b"{", headers={"Content-Type": "application/json"})
    assert (broken.status_code, error_of(broken)["code"]) == (422, "invalid")


def _count(house: House) -> int:
    with house.reading() as session:
        return session.exec(select(func.count()).select_from(Lesson)).one()
