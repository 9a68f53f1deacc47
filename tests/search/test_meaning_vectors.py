"""Vectors are kept beside the index: found whole or not at all, whatever happens to their file."""

import random
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from search.meaning.held import Vectors32
from search.meaning.records import Keys, key, keys
from search.meaning.vectors import Vectors
from tests.search.processes import finish, line, start

MODEL = "0123456789abcdef0123456789abcdef"
DIMENSIONS = 6


@pytest.fixture
def vectors(tmp_path: Path) -> Vectors:
    return opened(tmp_path)


def opened(folder: Path, model: str = MODEL) -> Vectors:
    return Vectors(folder / "meaning", model, lock_timeout_seconds=5)


def file_of(folder: Path) -> Path:
    return folder / "meaning" / f"{MODEL}.vectors"


def numbered(numbers: Iterable[int]) -> Keys:
    return keys((f"d{n}", "1") for n in numbers)


def made_for(wanted: Keys) -> Vectors32:
    """A vector that tells its key."""
    digits = (wanted[:, None] >> np.arange(0, 10 * DIMENSIONS, 10, dtype=np.uint64)) & np.uint64(7)
    return digits.astype(np.float32)


def add(vectors: Vectors, *numbers: int) -> None:
    wanted = numbered(numbers)
    vectors.add(wanted, made_for(wanted))


def there(vectors: Vectors, numbers: Iterable[int]) -> list[int]:
    """Those of the numbers that have a vector, each checked to be its own."""
    numbers = list(numbers)
    wanted = numbered(numbers)
    known, found = vectors.fetch(wanted)
    assert found.tolist() == made_for(wanted[known]).tolist()
    return [n for n, has in zip(numbers, known.tolist(), strict=True) if has]


def test_what_was_added_is_found_and_nothing_else(vectors: Vectors) -> None:
    assert there(vectors, range(5)) == []
    add(vectors, 3, 1)
    add(vectors, 2)
    assert there(vectors, [4, 3, 2, 1, 0]) == [3, 2, 1]
    assert vectors.holding(numbered(range(5))).tolist() == [False, True, True, True, False]


def test_a_vector_belongs_to_one_lesson_in_one_version() -> None:
    assert len({key("a", "1"), key("a", "2"), key("b", "1"), key("a1", "")}) == 4


def test_whoever_opened_before_sees_what_another_adds(vectors: Vectors, tmp_path: Path) -> None:
    other = opened(tmp_path)
    assert there(other, [1]) == []
    add(vectors, 1)
    assert there(other, [1]) == [1]
    add(other, 2)
    add(vectors, 3)
    assert there(vectors, range(5)) == there(other, range(5)) == [1, 2, 3]


def test_a_vector_is_wiped_off_the_disk_when_its_lesson_goes(
    vectors: Vectors, tmp_path: Path
) -> None:
    other = opened(tmp_path)
    add(vectors, 1, 2, 3)
    assert there(other, [1, 2, 3]) == [1, 2, 3]
    secret = made_for(numbered([2])).astype(np.float16).tobytes()
    assert secret in file_of(tmp_path).read_bytes()
    assert vectors.keep_only(numbered([1, 3, 9])) == 1
    assert secret not in file_of(tmp_path).read_bytes()
    for each in (vectors, other, opened(tmp_path)):
        assert there(each, [1, 2, 3]) == [1, 3]
    add(vectors, 2)
    assert there(vectors, [1, 2, 3]) == [1, 2, 3]


def test_the_file_is_made_anew_when_most_of_it_is_without_use(
    vectors: Vectors, tmp_path: Path
) -> None:
    other = opened(tmp_path)
    add(vectors, *range(4000))
    before = file_of(tmp_path).stat().st_size
    assert there(other, [7, 3999]) == [7, 3999]
    assert vectors.keep_only(numbered(range(1000))) == 3000
    assert file_of(tmp_path).stat().st_size < before / 3
    add(vectors, 5000)
    for each in (vectors, other, opened(tmp_path)):
        assert there(each, [0, 999, 1000, 3999, 5000]) == [0, 999, 5000]


def test_vectors_of_another_model_are_never_met_and_go(vectors: Vectors, tmp_path: Path) -> None:
    add(vectors, 1)
    other = opened(tmp_path, MODEL[::-1])
    assert there(other, [1]) == []
    add(other, 2)
    assert there(vectors, [1, 2]) == [1]
    other.keep_only(numbered([2]))
    assert [path.name for path in (tmp_path / "meaning").glob("*.vectors")] == [
        f"{MODEL[::-1]}.vectors"
    ]
    assert there(vectors, [1, 2]) == []
    # A file in the other model's name is not taken for one of its own.
    file_of(tmp_path).write_bytes((tmp_path / f"meaning/{MODEL[::-1]}.vectors").read_bytes())
    assert there(opened(tmp_path), [2]) == []
    add(opened(tmp_path), 4)
    assert there(opened(tmp_path), [2, 4]) == [4]


def test_any_flipped_bit_costs_at_most_the_vector_it_is_in(
    vectors: Vectors, tmp_path: Path
) -> None:
    add(vectors, 1, 2, 3)
    whole = file_of(tmp_path).read_bytes()
    for at in range(len(whole)):
        spoilt = bytearray(whole)
        spoilt[at] ^= 1 << (at % 8)
        file_of(tmp_path).write_bytes(spoilt)
        # Written in place: whoever had it open meets it too.
        kept, opened_now = there(vectors, [1, 2, 3]), there(opened(tmp_path), [1, 2, 3])
        assert len(kept) >= 2
        assert opened_now in (kept, [])
    vectors.look_again()
    assert vectors.holding(numbered([1, 2, 3])).sum() == 2


def test_a_file_cut_short_anywhere_loses_its_end_alone(vectors: Vectors, tmp_path: Path) -> None:
    add(vectors, 1, 2, 3)
    whole = file_of(tmp_path).read_bytes()
    for length in range(len(whole), -1, -7):
        file_of(tmp_path).write_bytes(whole[:length])
        kept = there(vectors, [1, 2, 3])
        assert kept == [1, 2, 3][: len(kept)] == there(opened(tmp_path), [1, 2, 3])
        add(vectors, 9)
        assert there(opened(tmp_path), [1, 2, 3, 9]) == [*kept, 9]
        file_of(tmp_path).write_bytes(whole)


def test_a_lost_file_is_begun_anew(vectors: Vectors, tmp_path: Path) -> None:
    add(vectors, 1)
    file_of(tmp_path).unlink()
    assert there(vectors, [1]) == []
    assert vectors.keep_only(numbered([1])) == 0
    add(vectors, 2)
    assert there(vectors, [1, 2]) == [2]


def test_it_agrees_with_a_plain_dictionary_through_anything(tmp_path: Path) -> None:
    chance = random.Random(4)
    held = [opened(tmp_path), opened(tmp_path)]
    expected: set[int] = set()
    for _ in range(150):
        one = chance.choice(held)
        act = chance.random()
        if act < 0.6:
            new = {chance.randrange(300) for _ in range(chance.randrange(1, 9))} - expected
            if new:
                add(one, *new)
            expected |= new
        elif act < 0.8:
            expected = {n for n in expected if chance.random() < 0.7}
            one.keep_only(numbered(sorted(expected)))
        else:
            held[chance.randrange(2)] = opened(tmp_path)
        assert there(chance.choice(held), range(300)) == sorted(expected)


WRITER = """
from tests.search.test_meaning_vectors import add, numbered, opened
vectors = opened(folder)
for n in range(0, 1600, 8):
    add(vectors, *range(n, n + 8))
    if n % 160 == 0:
        vectors.keep_only(numbered(range(n // 2, n + 8)))
print("done")
"""
READER = """
from tests.search.test_meaning_vectors import opened, there
vectors = opened(folder)
print("ready", flush=True)
looked = 0
while not (folder / "stop").exists():
    there(vectors, range(0, 1700, 7))
    looked += 1
print(looked)
"""


def test_readers_in_other_processes_meet_only_whole_vectors_while_one_writes(
    tmp_path: Path,
) -> None:
    readers = [start(tmp_path, READER) for _ in range(2)]
    for reader in readers:
        assert line(reader) == "ready"
    assert finish(start(tmp_path, WRITER)).strip() == "done"
    (tmp_path / "stop").touch()
    assert all(int(finish(reader)) > 0 for reader in readers)
    assert there(opened(tmp_path), range(1600)) == list(range(720, 1600))
