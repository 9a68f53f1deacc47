"""A lesson copied as Markdown is a page of its own, and can be brought in again."""

import pytest

from app.transfer.files.markdown_page import parse_page
from tests.house_fixture import House

TEXTS = {
    "lesson": "Screws need **thread lock**.\n\n- dry\n- clean",
    "recommendation": "Warm the housing first.",
    "context": "Building the inverter.",
    "expected": "That torque is enough.",
    "happened": "One in 40 came loose.",
    "why": "Vibration at 62 Hz.\n\n```\n# not a heading\n```",
    "applies_when": "Steel in aluminium.",
    "not_when": "Glued seams.",
}
URL = "http://127.0.0.1:8000/lessons/"


def _taken(house: House, lesson_id: str, person: str = "otto") -> str:
    answer = house.browser(house.cast.people[person]).get(f"/lessons/{lesson_id}.md")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/markdown")
    assert answer.headers["cache-control"] == "no-store"
    return answer.text


def test_what_was_taken_along_is_read_back_as_it_was(house: House) -> None:
    lesson = house.post(house.cast.ada, "Loose screws", team="Pumps", **TEXTS).lesson
    text = _taken(house, lesson.id)
    origin = f"*Failure · Ada Example · Pumps · 2 March 2026* <{URL}{lesson.id}>"
    assert text.startswith(f"# Loose screws\n\n{origin}\n\n## Recommendation\n")
    before = {"context": f"{origin}\n\n{TEXTS['context']}"}
    assert parse_page(text, "x") == {"title": "Loose screws", **TEXTS, **before}


def test_headings_of_a_part_stay_below_its_own(house: House) -> None:
    words = "# Setting up\n\n~~~\n## code\n~~~\n\n###### Deep"
    text = _taken(house, house.post(house.cast.ada, lesson=words).lesson.id)
    assert "### Setting up\n\n~~~\n## code\n~~~\n\n###### Deep" in text
    assert "\n# " not in text


@pytest.mark.parametrize("shared", [{"visibility": "draft"}, {"visibility": "team"}])
def test_what_is_not_shared_is_not_taken_along(house: House, shared: dict[str, str]) -> None:
    lesson = house.post(house.cast.ada, team="Pumps", **shared).lesson
    assert house.browser(house.cast.otto).get(f"/lessons/{lesson.id}.md").status_code == 404
    assert _taken(house, lesson.id, "ada")


def test_a_protected_author_is_not_taken_along(house: House) -> None:
    lesson = house.post(house.cast.ada, author_mode="protected").lesson
    text = _taken(house, lesson.id, "ada")
    assert "protected author" in text
    assert "Ada" not in text
