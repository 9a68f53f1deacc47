"""Attachments in the browser: brought, shown to whom they are meant for, taken away."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from httpx2 import Response
from PIL import Image
from sqlmodel import select

from app.drafts.models import Draft
from app.events.models import Event
from app.files.attach import MOST_ATTACHMENTS
from app.files.models import Attachment
from app.files.sweep import Sweep
from app.kit.clock import day_floor
from app.kit.ids import random_id
from tests.files import samples
from tests.house_fixture import Browser, House
from tests.statements import statements

SCRIPT = {"HX-Request": "true"}
PHOTO = ("pin.jpg", samples.jpeg())


def bring(
    browser: Browser,
    url: str,
    file: tuple[str, bytes] = PHOTO,
    fields: dict[str, Any] | None = None,
    **more: Any,
) -> Response:
    return browser.send(
        f"{url}/attachments", fields, files={"file": file}, follow_redirects=False, **more
    )


def rows(house: House) -> list[Attachment]:
    with house.reading() as session:
        return list(session.exec(select(Attachment)))


def acts(house: House) -> list[Event]:
    with house.reading() as session:
        return [e for e in session.exec(select(Event)) if e.subject_kind == "attachment"]


def kept(house: House) -> set[str]:
    return set(house.app.state.files.names())


def test_a_picture_of_a_draft_goes_with_it_onto_the_lesson(house: House) -> None:
    ada, draft = house.browser(house.cast.ada), f"/drafts/{random_id()}"
    answer = bring(ada, draft, headers=SCRIPT)
    (picture,) = rows(house)
    assert answer.status_code == 200
    assert f'data-added="{picture.id}"' in answer.text
    assert "pin.jpg" in answer.text
    assert not acts(house)
    assert ada.get(picture.url).status_code == 200
    assert house.browser(house.cast.ben).get(picture.url).status_code == 404
    assert "pin.jpg" in ada.get(f"/lessons/new?draft={picture.draft_id}").text

    written = {
        "draft": picture.draft_id,
        "kind": "failure",
        "title": "Bent pins",
        "lesson": f"Look: ![the pin]({picture.url})",
        "visibility": "organisation",
    }
    page = ada.send("/lessons", written).text
    assert f'<img class="picture" src="{picture.url}" alt="the pin"' in page
    assert house.browser(house.cast.otto).get(picture.url).status_code == 200
    with house.reading() as session:
        assert session.get_one(Attachment, picture.id).lesson_id
        assert not session.exec(select(Draft)).all()


def test_a_file_is_given_out_so_that_it_can_do_nothing(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    ada = house.browser(house.cast.ada)
    notes = ("größe\u202e.md", b"Drehmoment: 5 Nm")
    assert bring(ada, lesson.url, notes).status_code == 303
    (file,) = rows(house)
    answer = ada.get(file.url)
    assert answer.content == notes[1]
    said = answer.headers
    assert said["content-type"] == "text/markdown; charset=utf-8"
    assert said["content-disposition"] == "attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe.md"
    assert said["content-security-policy"].endswith("default-src 'none'")
    assert said["x-content-type-options"] == "nosniff"
    assert said["cache-control"] == "private, max-age=31536000, immutable"
    again = ada.get(file.url, headers={"If-None-Match": said["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert house.stranger().get(file.url, follow_redirects=False).status_code == 303


def test_who_may_not_read_the_lesson_gets_no_file_nor_hears_of_it(house: House) -> None:
    lesson = house.post(house.cast.ada, team="Pumps", visibility="team").lesson
    bring(house.browser(house.cast.ada), lesson.url)
    (file,) = rows(house)
    otto = house.browser(house.cast.otto)
    hidden, absent = otto.get(file.url), otto.get(f"/attachments/{random_id()}")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert len(hidden.text) == len(absent.text)
    assert bring(otto, lesson.url).status_code == 404
    assert bring(house.browser(house.cast.ben), lesson.url).status_code == 403
    assert otto.send(file.removal_url).status_code == 404
    assert len(rows(house)) == 1


def test_acts_are_recorded_by_who_did_them(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    ada = house.browser(house.cast.ada)
    bring(ada, lesson.url)
    (file,) = rows(house)
    assert "pin.jpg" in ada.get(lesson.url).text
    ada.send(file.removal_url)
    added, removed = sorted(acts(house), key=lambda event: event.kind)
    assert (added.kind, removed.kind) == ("attachment.added", "attachment.removed")
    assert added.actor_id == removed.actor_id == house.cast.ada.id
    assert added.facts == {"lesson_id": lesson.id}
    assert ada.get(file.url).status_code == 404


def test_a_protected_author_attaches_with_the_code_and_leaves_no_name_nor_minute(
    house: House,
) -> None:
    posted = house.post(house.cast.ada, author_mode="protected")
    lesson, ada = posted.lesson, house.browser(house.cast.ada)
    assert bring(ada, lesson.url).status_code == 403
    house.clock.turn(days=1, hours=3)
    ada.send(f"{lesson.url}/claim", {"claim_code": posted.claim_code})
    assert bring(ada, lesson.url).status_code == 303
    (file,) = rows(house)
    assert ada.send(file.removal_url, follow_redirects=False).status_code == 303
    assert bring(ada, lesson.url).status_code == 303
    midnight = day_floor(house.clock())
    assert {(act.actor_id, act.at.replace(tzinfo=midnight.tzinfo)) for act in acts(house)} == {
        (None, midnight)
    }
    folder = house.app.state.settings.files_folder
    assert {path.stat().st_mtime for path in folder.glob("*/*")} == {midnight.timestamp()}


def test_nothing_is_brought_or_kept_for_who_will_be_protected(house: House) -> None:
    ada, draft = house.browser(house.cast.ada), f"/drafts/{random_id()}"
    typed = {"author_mode": "protected", "title": "Half a thought", "draft": draft[8:]}
    said = bring(ada, draft, fields=typed, headers=SCRIPT)
    assert said.status_code == 422
    assert "after posting" in said.text
    page = bring(ada, draft, fields=typed)
    assert page.status_code == 422
    assert "after posting" in page.text
    assert "Half a thought" in page.text
    assert not rows(house)
    assert not kept(house)
    with house.reading() as session:
        assert not session.exec(select(Draft)).all()


def test_what_was_brought_under_a_name_does_not_come_onto_a_protected_lesson(house: House) -> None:
    ada, draft = house.browser(house.cast.ada), random_id()
    bring(ada, f"/drafts/{draft}", headers=SCRIPT)
    lesson = {
        "kind": "failure",
        "title": "Pay talks",
        "lesson": "Words",
        "author_mode": "protected",
    }
    page = ada.send("/lessons", lesson | {"visibility": "organisation", "draft": draft})
    assert "Pay talks" in page.text
    assert not rows(house)


def test_without_a_script_what_was_typed_is_kept_beside_the_file(house: House) -> None:
    ada, draft = house.browser(house.cast.ada), random_id()
    typed = {"title": "Half a thought", "draft": draft}
    answer = bring(ada, f"/drafts/{draft}", fields=typed)
    assert answer.headers["location"] == f"/lessons/new?draft={draft}"
    page = ada.get(answer.headers["location"]).text
    assert "Half a thought" in page
    assert "pin.jpg" in page
    (file,) = rows(house)
    longer = {"title": "A whole thought", "draft": draft, "draft_revision": "1"}
    page = ada.send(file.removal_url, longer).text
    assert "A whole thought" in page
    assert "pin.jpg" not in page
    whole = longer | {"draft_revision": "2"}
    refused = bring(ada, f"/drafts/{draft}", ("a.exe", b"MZ"), whole)
    page = ada.get(refused.headers["location"]).text
    assert "cannot be attached" in page
    assert "A whole thought" in page
    assert not rows(house)


def test_files_of_a_change_come_onto_the_lesson_when_it_is_saved(house: House) -> None:
    lesson, ada = house.post(house.cast.ada).lesson, house.browser(house.cast.ada)
    bring(ada, lesson.url)
    draft, seen = random_id(), {"lesson_id": lesson.id}
    bring(ada, f"/drafts/{draft}", ("new.txt", b"new"), seen, headers=SCRIPT)
    assert "new.txt" in ada.get(f"{lesson.url}/edit").text
    change = {"draft": draft, "revision": "1", "title": "Changed", "visibility": "organisation"}
    page = ada.send(lesson.url, change | {"kind": "failure", "lesson": "Words"}).text
    assert "new.txt" in page
    assert [row.position for row in rows(house) if row.lesson_id == lesson.id] in ([0, 1], [1, 0])


REFUSED = (
    (("a.png", b"MZ"), 415, "cannot be attached"),
    (("a.docx", samples.docx(word__vbaProject="x")), 422, "macros"),
    (("a.png", samples.png_claiming(60_000, 60_000)), 422, "megapixels"),
    (("a.png", samples.png()[:-30]), 422, "damaged"),
    (("a.pdf", b"%PDF-1.7\n" + b"[" * 300_000), 422, "damaged"),
    (("a.txt", b"a" * 20_000_001), 413, "larger than 20 MB"),
)


def test_a_refusal_says_why_and_leaves_nothing(house: House) -> None:
    ada = house.browser(house.cast.ada)
    for file, status, words in REFUSED:
        answer = bring(ada, f"/drafts/{random_id()}", file, headers=SCRIPT)
        assert answer.status_code == status, words
        assert words in answer.text
    assert not rows(house)
    assert not kept(house)
    with house.reading() as session:
        assert not session.exec(select(Draft)).all()


def test_twenty_files_are_enough_for_one_lesson(house: House) -> None:
    lesson, ada = house.post(house.cast.ada).lesson, house.browser(house.cast.ada)
    bring(ada, lesson.url)
    (file,) = rows(house)
    with house.database.writing() as session:
        for place in range(1, MOST_ATTACHMENTS):
            more = file.model_dump() | {"id": random_id(), "position": place}
            session.add(Attachment(**more))
    answer = bring(ada, lesson.url)
    assert "At most 20 files" in ada.get(answer.headers["location"]).text
    assert len(rows(house)) == MOST_ATTACHMENTS
    assert kept(house) == {file.id}


def test_a_page_with_twenty_files_asks_no_more_than_one_with_none(house: House) -> None:
    lesson, ada = house.post(house.cast.ada).lesson, house.browser(house.cast.ada)
    ada.get(lesson.url)
    with statements(house.database) as without:
        ada.get(lesson.url)
    bring(ada, lesson.url)
    (file,) = rows(house)
    with house.database.writing() as session:
        for _ in range(5):
            session.add(Attachment(**file.model_dump() | {"id": random_id()}))
    with statements(house.database) as with_files:
        assert ada.get(lesson.url).text.count("pin.jpg") >= 6
    assert len(with_files) == len(without) <= 8
    with statements(house.database) as asked:
        ada.get(file.url)
    assert len(asked) <= 5


def test_what_is_shown_is_clean_and_fits_a_screen(house: House) -> None:
    lesson, ada = house.post(house.cast.ada).lesson, house.browser(house.cast.ada)
    bring(ada, lesson.url, ("PXL_2026.jpg", samples.jpeg((3000, 2000), orientation=6)))
    (file,) = rows(house)
    content = ada.get(file.url).content
    with Image.open(BytesIO(content)) as picture:
        assert picture.size == (file.width, file.height) == (1600, 2400)
    assert samples.WHO.encode() not in content
    assert len(content) == file.size_bytes


def test_a_store_that_is_away_refuses_files_and_nothing_else(house: House) -> None:
    lesson, ada = house.post(house.cast.ada).lesson, house.browser(house.cast.ada)
    bring(ada, lesson.url)
    (file,) = rows(house)
    folder = house.app.state.settings.files_folder
    folder.rename(folder.with_name("elsewhere"))
    folder.write_text("no folder")
    assert ada.get(file.url).status_code == 503
    answer = bring(ada, f"/drafts/{random_id()}", headers=SCRIPT)
    assert answer.status_code == 503
    assert "cannot be reached" in answer.text
    assert ada.get(lesson.url).status_code == 200
    folder.unlink()
    folder.with_name("elsewhere").rename(folder)
    assert ada.get(file.url).status_code == 200
    house.app.state.files.remove(file.id)
    assert "missing on the server" in ada.get(file.url).text


def test_contents_of_nobody_go_after_an_hour_and_those_of_somebody_stay(house: House) -> None:
    lesson, ada = house.post(house.cast.ada).lesson, house.browser(house.cast.ada)
    for name in ("stays.txt", "goes.txt"):
        bring(ada, lesson.url, (name, name.encode()))
    stays, goes = sorted(rows(house), key=lambda file: file.position)
    ada.send(goes.removal_url)
    sweep = Sweep(house.database, house.app.state.files, house.clock)
    sweep.look()
    house.clock.turn(minutes=59)
    sweep.look()
    assert kept(house) == {stays.id, goes.id}
    house.clock.turn(minutes=1)
    sweep.look()
    assert kept(house) == {stays.id}
    house.clock.turn(days=9)
    sweep.look()
    assert kept(house) == {stays.id}


def test_a_store_beside_a_wrong_database_is_left_alone(house: House) -> None:
    store = house.app.state.files
    for _ in range(101):
        store.put(random_id(), BytesIO(b"x"), now=house.clock())
    sweep = Sweep(house.database, store, house.clock)
    for _ in range(3):
        sweep.look()
        house.clock.now += timedelta(hours=2)
    assert len(kept(house)) == 101
