"""The history of a lesson: each change in a sentence, and the way back."""

from app.lessons.change_words import changes_in_words
from app.lessons.differences import FieldChange, differences
from tests.house_fixture import House
from tests.lessons.acting import change, kept

STORY = " ".join(f"Sentence number {number} stays as it was." for number in range(60))


def test_a_change_is_said_in_a_sentence() -> None:
    before = {
        "title": "A",
        "recommendation": "Do.",
        "applies_when": "",
        "why": "Haste.",
        "team": "",
    }
    after = before | {"title": "B", "recommendation": "Do it.", "applies_when": "Now.", "why": ""}
    said = changes_in_words(differences(before, after))
    assert (
        said == "Changed the title and the recommendation, added a condition, removed the reason."
    )
    assert changes_in_words([]) == ""


def test_values_are_compared_in_peoples_words() -> None:
    (change,) = differences({"kind": "failure"}, {"kind": "near_miss"})
    assert change.pieces == (("removed", "Failure"), ("added", "Near miss"))


def test_words_between_two_replacements_do_not_make_confetti() -> None:
    (change,) = differences({"lesson": "Tighten them, well."}, {"lesson": "Glue it, always."})
    assert change.pieces == (
        ("removed", "Tighten them, well"),
        ("added", "Glue it, always"),
        ("same", "."),
    )


def test_what_stayed_for_long_is_folded_in_the_middle() -> None:
    change = FieldChange("lesson", (("added", "New. "), ("same", STORY), ("removed", " Old.")))
    kinds = [what for what, _ in change.readable]
    assert kinds == ["added", "same", "folded", "same", "removed"]
    assert "".join(text for what, text in change.readable) == f"New. {STORY} Old."
    (_, opening), *_, (_, closing) = FieldChange(
        "lesson", (("same", STORY), ("added", " New."), ("same", STORY))
    ).readable
    assert min(len(opening), len(closing)) > 1000


def test_the_history_tells_who_did_what(house: House) -> None:
    lesson = house.post(house.cast.ada, lesson=STORY).lesson
    change(house, lesson.id, by=house.cast.kit, lesson=f"{STORY} And more.", not_when="Glued.")
    page = house.browser(house.cast.otto).get(f"/lessons/{lesson.id}/history").text
    assert "Changed what we learned, added an exception." in page
    assert "Kit Example" in page
    assert "words that stayed</summary>" in page


def test_an_earlier_version_is_brought_back_as_a_change(house: House) -> None:
    ada = house.cast.ada
    lesson = house.post(ada, lesson="First words.", topics=["glue"], team="Pumps").lesson
    change(house, lesson.id, by=ada, lesson="Second words.", topics=[], visibility="team")
    browser, url = house.browser(ada), f"/lessons/{lesson.id}"
    page = browser.get(f"{url}/history/1").text
    assert f'href="{url}/edit?version=1"' in page
    assert "edit?version" not in browser.get(f"{url}/history/2").text
    assert "edit?version" not in house.browser(house.cast.ben).get(f"{url}/history/1").text
    form = browser.get(f"{url}/edit?version=1").text
    assert "First words.</textarea>" in form
    assert 'value="glue"' in form
    # Who may read it is not undone.
    assert 'name="visibility" value="team" checked' in form
    assert 'name="revision" value="2"' in form
    assert browser.get(f"{url}/edit?version=9").status_code == 404
    assert kept(house, lesson.id).lesson == "Second words."
