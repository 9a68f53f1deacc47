"""Real exports, as they are met outside; they lie beside the project and are never part of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.transfer.columns import map_by_hand, suggest_mapping
from app.transfer.date_columns import learn_dates
from app.transfer.facts import Facts, Rejection
from app.transfer.files.rows import SourceRefused
from app.transfer.files.sources import open_source
from app.transfer.reading import to_facts
from app.transfer.rejects import RejectsFile

DATA = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"THE REAL FILES ARE MISSING: {DATA} does not exist"
)

NUMBERED = ["1=external_id", "2=title", "4=lesson", "5=recommendation", "8=happened"]
COUNTS = {
    # file: (rows of data, of these rejected)
    "nasa_llis_until_2009_export.csv": (1728, 12),
    "nasa_llis_until_2009.jsonl": (1728, 0),
    "safenet.jsonl": (2383, 2),
    "jbranchaud_til.jsonl": (1859, 0),
    "simonw_til.jsonl": (522, 0),
    "fixture_250.jsonl": (249, 0),
    "dirty_records.jsonl": (51, 3),
    "dirty_files/asrs_two_header_rows_as_downloaded.csv": (926, 0),
    "dirty_files/llis_80.xlsx": (77, 2),
    "dirty_files/llis_80_cp1252_semicolon.csv": (77, 2),
    "dirty_files/llis_80_cr_only_line_ends.csv": (77, 2),
    "dirty_files/llis_80_no_header.csv": (77, 2),
    "dirty_files/llis_80_utf16le_tab.txt": (77, 2),
    "dirty_files/llis_80_utf8bom.csv": (77, 2),
    "dirty_files/llis_broken_rows.csv": (30, 5),
    "dirty_files/llis_duplicate_ids.csv": (35, 0),
    "dirty_files/llis_truncated_mid_quote.csv": (44, 2),
    "dirty_files/safecom_as_downloaded.csv": (180, 1),
    "dirty_files/safenet_2013_as_downloaded.csv": (95, 0),
    "dirty_files/til_150_multiline_markdown.csv": (128, 0),
}


def _found(path: Path) -> list[Facts | Rejection]:
    with open_source(path) as source:
        choices = NUMBERED if "no_header" in path.name else []
        mapping = map_by_hand(suggest_mapping(source.columns), choices)
        assert mapping.missing() == ""
        mapping, _ = learn_dates(mapping, source.rows())
        found = [to_facts(row, mapping) for row in source.rows()]
        assert source.total == len(found)
        return found


def _facts(name: str) -> list[Facts]:
    return [found for found in _found(DATA / name) if isinstance(found, Facts)]


@pytest.mark.parametrize("name", COUNTS)
def test_every_row_of_a_real_file_is_accounted_for(name: str) -> None:
    found = _found(DATA / name)
    rejected = [one for one in found if isinstance(one, Rejection)]
    assert (len(found), len(rejected)) == COUNTS[name]


def test_every_file_of_lessons_has_its_counts_here() -> None:
    files = [*DATA.glob("*.jsonl"), *DATA.glob("*.csv"), *(DATA / "dirty_files").iterdir()]
    assert {path.relative_to(DATA).as_posix() for path in files} == set(COUNTS)


def test_all_dialects_of_one_table_say_the_same() -> None:
    reference = _facts("dirty_files/llis_80_utf8bom.csv")
    for name in ("cp1252_semicolon.csv", "cr_only_line_ends.csv", "utf16le_tab.txt"):
        assert _facts(f"dirty_files/llis_80_{name}") == reference
    workbook = _facts("dirty_files/llis_80.xlsx")
    assert [fact.lesson for fact in workbook] == [fact.lesson for fact in reference]
    assert [fact.external_id for fact in workbook] == [fact.external_id for fact in reference]


def test_ids_of_the_two_forms_of_a_collection_are_the_same() -> None:
    with (DATA / "nasa_llis_until_2009.jsonl").open(encoding="utf-8") as lines:
        ids = {json.loads(line)["id"] for line in lines}
    assert "LLIS-1" in ids
    found = {fact.external_id for fact in _facts("nasa_llis_until_2009_export.csv")}
    assert found <= ids
    assert len(found) == 1716


def test_the_planted_faults_are_named_where_they_are() -> None:
    found = _found(DATA / "dirty_files" / "llis_broken_rows.csv")
    told = {
        one.number: (one.line, one.column, one.reason.partition(",")[0].partition(":")[0])
        for one in found
        if isinstance(one, Rejection)
    }
    assert told == {
        4: (5, "", "9 values"),
        8: (9, "", "19 values"),
        12: (13, "", "nothing to learn from"),
        17: (
            18,
            "Date Lesson Occurred",
            "“sometime in 2004” is not a date; write it as 2024-12-31",
        ),
        26: (34, "", "nothing to learn from"),
    }


def test_a_file_without_headings_is_refused_until_it_is_mapped() -> None:
    with open_source(DATA / "dirty_files" / "llis_80_no_header.csv") as source:
        assert source.columns[:2] == ("column 1", "column 2")
        assert "--map" in suggest_mapping(source.columns).missing()


def _collections() -> Iterator[Path]:
    yield from DATA.glob("*/*.tsv")
    yield from DATA.glob("*/*.jsonl")


def test_files_that_are_no_lessons_are_told_by_their_columns() -> None:
    for path in _collections():
        try:
            with open_source(path) as source:
                says = suggest_mapping(source.columns).missing()
        except SourceRefused as refused:
            says = refused.message
        assert says.endswith("."), path


def test_rejected_rows_of_every_file_read_again_and_add_up(tmp_path: Path) -> None:
    for name, (_, rejected) in COUNTS.items():
        found = _found(DATA / name)
        with open_source(DATA / name) as source:
            path = tmp_path / f"{Path(name).name}.no_header.csv"
            with RejectsFile(path, source.columns) as rejects:
                for one in found:
                    if isinstance(one, Rejection):
                        rejects.write(one)
        assert rejects.count == rejected
        if rejected:
            with open_source(path) as again:
                assert again.total == rejected
