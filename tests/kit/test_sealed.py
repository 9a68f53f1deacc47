"""What a mail leads to needs no sign-in and no page of ours: its address has to prove itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from app.kit.signing import seal, unsealed
from app.routes import SIGNED
from tests.house.addresses import signed_addresses
from tests.house_fixture import House

_NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_KEY = b"k" * 32


def test_a_sealed_word_gives_its_parts_back_for_its_purpose_until_its_time() -> None:
    word = seal(_KEY, "deed", ("ada", "thank", "1"), now=_NOW, lifetime=timedelta(days=35))
    assert unsealed(_KEY, "deed", word, now=_NOW) == ("ada", "thank", "1")
    assert unsealed(_KEY, "notices", word, now=_NOW) is None
    assert unsealed(b"x" * 32, "deed", word, now=_NOW) is None
    assert unsealed(_KEY, "deed", word.replace("ada", "ben"), now=_NOW) is None
    assert unsealed(_KEY, "deed", word, now=_NOW + timedelta(days=36)) is None
    with pytest.raises(ValueError, match=r"a\.b"):
        seal(_KEY, "deed", ("a.b",), now=_NOW, lifetime=timedelta(days=1))


@pytest.mark.parametrize("word", ["", ".", "...", "a.b.c", "ada." + "9" * 5_000 + ".x", "\x00"])
def test_what_was_never_sealed_is_no_error(word: str) -> None:
    assert unsealed(_KEY, "deed", word, now=_NOW) is None


def _asked(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for one in dependant.dependencies:
        yield from _asked(one)


def test_every_door_that_a_mail_leads_to_asks_for_the_seal() -> None:
    for router in SIGNED:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            assert route.path.startswith("/mail/"), route.path
            seals = [call for call in _asked(route.dependant) if getattr(call, "seals", False)]
            assert seals, f"{route.path} is open to everybody"


def test_without_a_seal_nothing_of_it_answers_whoever_asks(house: House) -> None:
    root = house.browser(house.cast.root)
    for method, path in signed_addresses():
        address = path.replace("{token}", "1.2.3")
        for asking in (house.stranger(), root):
            answer = asking.client.request(method, address)
            assert answer.status_code == 404, f"{method} {path}"
