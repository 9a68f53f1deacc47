"""Whatever a lesson says, each format of export gives it back."""

import dataclasses
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.lessons.models import AuthorMode, CauseType, Kind
from app.transfer.columns import suggest_mapping
from app.transfer.exported import ExportedLesson
from app.transfer.facts import Facts
from app.transfer.fields import FIELDS
from app.transfer.files.sources import open_source
from app.transfer.reading import to_facts
from app.transfer.texts import clean, one_line
from app.transfer.values import parse_topics
from app.transfer.writers import write_csv, write_folder, write_jsonl, write_zip

FORMATS: dict[str, Callable[[list[ExportedLesson], Path], int]] = {
    "lessons.csv": write_csv,
    "lessons.jsonl": write_jsonl,
    "lessons": write_folder,
    "lessons.zip": write_zip,
}
NASTY = (
    "=1+1\n'=2\n-x\n@y",
    "---\ntitle: other\n---\n# heading\n## Lesson\n\\## Lesson\n## What happened\n```\n## Why",
    'a "quoted", text; with | separators\tand\n\nblank lines\n',
    "🚒 שלום عربي 한국어 \u202eabc \u2028 \ufdd0 \ufffe",
    "N/A",
    "<p>HTML</p> &amp; more",
    "    indented",
    "null",
    "{}",
    "sep=;",
)
_pieces = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
_texts = st.lists(_pieces, max_size=3).map("\n".join).map(clean)
_names = st.text(max_size=30).map(one_line)
_lines = st.one_of(st.sampled_from(NASTY), st.text(max_size=40)).map(one_line).filter(bool)
_moments = st.datetimes(min_value=datetime(1900, 1, 1)).map(lambda d: d.replace(tzinfo=UTC))

_lessons = st.builds(
    ExportedLesson,
    id=st.text(alphabet="0123456789abcdefghjkmnpqrstvwxyz", min_size=16, max_size=16),
    kind=st.sampled_from(Kind),
    title=_lines,
    lesson=_texts.filter(bool),
    revision=st.integers(1, 99),
    state=st.sampled_from(["posted", "retired"]),
    url=st.just("https://commonplace.example/lessons/x"),
    visibility=st.sampled_from(["organisation", "team"]),
    author_mode=st.sampled_from(AuthorMode),
    external_id=_names,
    context=_texts,
    expected=_texts,
    happened=_texts,
    why=_texts,
    cause_type=st.none() | st.sampled_from(CauseType),
    recommendation=_texts,
    applies_when=_texts,
    not_when=_texts,
    topics=st.lists(st.text(max_size=20), max_size=4).map(parse_topics),
    team=_names,
    author=st.sampled_from(["", "ada@example.org"]),
    occurred_on=st.none() | st.dates(min_value=date(1900, 1, 1)),
    posted_at=st.none() | _moments,
    source_url=st.sampled_from(["", "https://example.org/a?b=c,d"]),
)
_PLAIN = ExportedLesson(
    id="0123456789abcdef",
    kind=Kind.NEAR_MISS,
    title="=Loose bolt",
    lesson="'=Check",
    revision=2,
    state="posted",
    url="https://commonplace.example/lessons/x",
    visibility="team",
    author_mode=AuthorMode.PROTECTED,
    context="## Lesson\n\\\\## Lesson\n#",
)


def _read_back(path: Path) -> list[Facts]:
    with open_source(path) as source:
        mapping = suggest_mapping(source.columns)
        assert mapping.is_own
        facts = [to_facts(row, mapping) for row in source.rows()]
    assert all(isinstance(fact, Facts) for fact in facts), facts
    return [fact for fact in facts if isinstance(fact, Facts)]


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None, max_examples=40)
@example(lessons=[_PLAIN])
@given(lessons=st.lists(_lessons, min_size=1, max_size=3, unique_by=lambda lesson: lesson.id))
def test_an_exported_lesson_is_read_back_to_the_letter(
    name: str, lessons: list[ExportedLesson]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        assert FORMATS[name](lessons, path) == len(lessons)
        found = {fact.lesson_id: fact for fact in _read_back(path)}
    assert len(found) == len(lessons)
    for lesson in lessons:
        fact = found[lesson.id]
        told = {field: getattr(lesson, field) for field in FIELDS}
        assert {field: getattr(fact, field) for field in FIELDS} == told
        assert fact.notes == ()


def test_a_spreadsheet_finds_no_formula_in_an_export(tmp_path: Path) -> None:
    path = tmp_path / "lessons.csv"
    write_csv([dataclasses.replace(_PLAIN, context="@x")], path)
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.endswith(b"\r\n")
    for cell in (b"'=Loose bolt", b"''=Check", b"'@x"):
        assert b"," + cell + b"," in text


def test_an_export_that_fails_leaves_no_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "lessons.csv"
    path.write_text("the export of yesterday")

    def failing() -> object:
        yield _PLAIN
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        write_csv(failing(), path)  # type: ignore[arg-type]
    assert path.read_text() == "the export of yesterday"
    assert [entry.name for entry in tmp_path.iterdir()] == ["lessons.csv"]


def test_pages_are_named_after_their_titles(tmp_path: Path) -> None:
    title = "Größe: ../../etc/passwd 🚒"
    write_folder([dataclasses.replace(_PLAIN, title=title)], tmp_path / "out")
    (page,) = (tmp_path / "out").iterdir()
    assert page.name == "groe-etc-passwd-0123456789abcdef.md"


def test_an_empty_export_reads_back_as_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "lessons.csv"
    assert write_csv([], path) == 0
    assert _read_back(path) == []
