"""What took long to compile is not compiled again for each look."""

from datetime import UTC, datetime, timedelta

from app.digests.compiling.lately import Lately
from app.digests.compiling.month import Compiled
from app.digests.contents import Contents

NOW = datetime(2026, 4, 2, 8, tzinfo=UTC)


class Maker:
    """Counts how often it is asked, and gives the count."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> Compiled:
        self.asked += 1
        return Compiled(Contents(counts={"used": self.asked}), {})


def test_what_is_cheap_is_made_each_time() -> None:
    make, lately = Maker(), Lately(least_seconds=60)
    for asked in (1, 2):
        made, at = lately.compiled("march", make, now=NOW)
        assert (made.contents.counts, at) == ({"used": asked}, NOW)


def test_what_was_costly_serves_for_a_while_and_says_of_when_it_is() -> None:
    make, lately = Maker(), Lately(least_seconds=0)
    lately._made["march"] = (NOW, NOW + timedelta(minutes=2), make())

    made, at = lately.compiled("march", make, now=NOW + timedelta(minutes=1))
    assert (made.contents.counts, at) == ({"used": 1}, NOW)
    later = NOW + timedelta(minutes=2)
    made, at = lately.compiled("march", make, now=later)
    assert (made.contents.counts, at) == ({"used": 2}, later)


def test_another_subject_is_another_digest_and_few_are_kept() -> None:
    make, lately = Maker(), Lately(least_seconds=0)
    for number in range(40):
        made, _ = lately.compiled(number, make, now=NOW)
        assert made.contents.counts == {"used": number + 1}
    assert len(lately._made) == len(lately._turns) == 16
