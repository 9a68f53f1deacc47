"""Briefs as people make them: posted through the API, read as it answers."""

from typing import Any

from app.people.models import Person
from tests.calls import API
from tests.house_fixture import House

WORK = "We set up a circulation pump on the roof of a hospital. It must run by the first frost."
BRIEFS = f"{API}/briefs"


def pump_lesson(house: House, title: str, by: Person | None = None, **content: Any) -> str:
    """The id of a lesson that bears on `WORK`."""
    facts = {
        "recommendation": "**Prime the pump** before it runs. Then wait for an hour.",
        "applies_when": "A circulation pump stands on a roof.",
    }
    return house.post(by or house.cast.ada, title, **(facts | content)).lesson.id


def made(house: House, person: Person, work: str = WORK, **facts: Any) -> dict[str, Any]:
    """A new brief as the API gives it."""
    answer = house.api(person).post(BRIEFS, json={"work": work} | facts)
    assert answer.status_code == 201, answer.text
    return answer.json()


def ids_in(brief: dict[str, Any]) -> list[str]:
    return [placed["lesson_id"] for placed in brief["lessons"]]


def decide(
    house: House, person: Person, brief: dict[str, Any], number: int = 0, **said: Any
) -> Any:
    """Decide about one of its lessons; the answer."""
    lesson_id = ids_in(brief)[number]
    url = f"{BRIEFS}/{brief['id']}/lessons/{lesson_id}/disposition"
    return house.api(person).put(url, json=said)
