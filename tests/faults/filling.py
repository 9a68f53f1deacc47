"""Places with many lessons in them, and questions to a server about them."""

import random
from typing import Any

import httpx2

from app.kit.clock import system_clock
from app.lessons.capture import post
from app.lessons.indexing import stamps
from app.lessons.schemas import LessonInput
from search import IndexDamaged, open_index
from tests.serving import NO_CERTIFICATES, Place, Server

_WORDS = "pump valve inverter torque seal crane queue backup deploy relay gasket sensor".split()


def made_up(number: int) -> str:
    """A word for a number, like no other and in one piece: of consonants alone."""
    letters, word = "bcdfghjklmnpqrtvwxz", ""
    while number or len(word) < 4:
        number, rest = divmod(number, len(letters))
        word += letters[rest]
    return f"q{word}"


def fill(place: Place, count: int) -> None:
    """Post so many lessons at once, each with the word `everylesson` and one of its own."""
    chance = random.Random(7)
    with place.database() as database, database.writing() as session:
        ada = session.merge(place.cast.ada)
        for number in range(count):
            text = " ".join(chance.choices(_WORDS, k=60))
            facts = {
                "kind": chance.choice(["failure", "success", "near_miss"]),
                "title": f"Number{number} {chance.choice(_WORDS)}",
                "lesson": f"everylesson only{number}x {text}",
            }
            post(session, LessonInput.model_validate(facts), by=ada, now=system_clock())


def is_equal(place: Place) -> bool:
    """Whether the index is what was written and equal to the database, as `check` finds it."""
    with place.database() as database, database.reading() as session:
        expected = stamps(session)
    try:
        with open_index(place.folder / "data" / "index") as index:
            index.verify()
            return index.check(expected).clean
    except IndexDamaged:
        return False


def search(server: Server, token: str, words: str, **more: Any) -> dict[str, Any]:
    """The answer of a server to a search; its status must be 200."""
    answer = httpx2.get(
        f"{server.url}/api/v1/search",
        params={"q": words, **more},
        headers={"Authorization": f"Bearer {token}"},
        timeout=15,
        verify=NO_CERTIFICATES,
    )
    assert answer.status_code == 200, f"{answer.status_code} {answer.text[:300]}"
    found: dict[str, Any] = answer.json()
    return found


def try_to_post(server: Server, token: str, title: str, **more: Any) -> httpx2.Response:
    """Send a lesson; whatever comes of it."""
    return httpx2.post(
        f"{server.url}/api/v1/lessons",
        json={"kind": "failure", "title": title, "lesson": "One learned it.", **more},
        headers={"Authorization": f"Bearer {token}"},
        timeout=15,
        verify=NO_CERTIFICATES,
    )
