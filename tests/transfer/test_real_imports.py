"""Real exports imported whole; they lie beside the project and are never part of it."""

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.house_fixture import House
from tests.transfer.house_files import bring, counts, held
from tests.transfer.test_real_files import COUNTS, DATA, NUMBERED

NASA = DATA / "nasa_llis_until_2009_export.csv"
REUSE = "what should we watch for when reusing software from an earlier mission"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"THE REAL FILES ARE MISSING: {DATA} does not exist"
)


@pytest.mark.parametrize("name", [name for name in COUNTS if name != NASA.name])
def test_a_real_file_imports_with_a_sum_that_adds_up(
    house: House, tmp_path: Path, name: str
) -> None:
    path = DATA / name
    choices = NUMBERED if "no_header" in name else []
    rejects = tmp_path / f"{path.name}.rejected.csv"
    summary, _ = bring(house.database, house.clock, path, choices=choices, rejects=rejects)
    assert summary.rows == COUNTS[name][0]
    assert summary.imported == len(held(house.database))
    assert summary.rejected >= COUNTS[name][1]
    again, _ = bring(house.database, house.clock, path, choices=choices)
    assert (again.imported, again.updated, again.rejected) == (0, 0, summary.rejected)


def test_a_large_collection_is_accounted_for_and_its_lessons_are_found(
    house: House, cast: Cast
) -> None:
    summary, rejected = bring(house.database, house.clock, NASA)
    assert counts(summary) == (1_716, 0, 0, 12)
    assert len(rejected) == 12
    house.follower.start()
    assert house.follower.difference().clean
    api = house.api(cast.nora)
    loose = api.get("/api/v1/search", params={"q": "screws came loose in a power inverter"}).json()
    assert "LLIS-1" in [hit["external_id"] for hit in loose["hits"][:3]]
    reuse = api.get("/api/v1/search", params={"q": REUSE}).json()["hits"][:5]
    found = held(house.database)
    about = [found[hit["external_id"]] for hit in reuse]
    reused = ("reus", "re-us", "inherit", "heritage")
    assert sum(any(word in str(one).casefold() for word in reused) for one in about) >= 4
    page = house.browser(cast.nora).get("/search", params={"q": REUSE})
    assert all(f'href="/lessons/{hit["id"]}' in page.text for hit in reuse)
