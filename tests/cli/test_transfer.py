"""`commonplace import` and `commonplace export`."""

from pathlib import Path

import pytest
from sqlmodel import select

from app.events.models import Event
from app.lessons.models import Kind, Lesson
from app.people.teams import team_named
from tests.cast import Cast
from tests.cli.conftest import Terminal
from tests.transfer.house_files import lines, row, table


def titles(terminal: Terminal) -> set[str]:
    with terminal.reading() as session:
        return set(session.exec(select(Lesson.title)))


def test_a_file_is_imported_and_says_what_became_of_it(terminal: Terminal, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [row(1, Budget="7"), row(2)])
    result = terminal.run("import", path)
    assert result.stdout == ""
    for words in (
        "2 rows.",
        "title → title",
        "Not imported: Budget",
        "2 rows: 2 imported, 0 updated, 0 unchanged, 0 rejected.",
    ):
        assert words in result.stderr
    assert titles(terminal) == {"Title 1", "Title 2"}
    assert sorted(entry.name for entry in tmp_path.glob("*.csv")) == ["a.csv"]
    again = terminal.run("import", path)
    assert "0 imported, 0 updated, 2 unchanged" in again.stderr


def test_rejected_rows_end_with_status_one_and_a_file_beside(
    terminal: Terminal, tmp_path: Path
) -> None:
    path = table(tmp_path / "a.csv", [row(1), row(2, lesson="")])
    result = terminal.run("import", path, status=1)
    rejects = tmp_path / "a.csv.rejected.csv"
    assert str(rejects) in result.stderr
    text = rejects.read_text(encoding="utf-8-sig")
    assert text.startswith("row,column,reason,id,title,lesson")
    rejects.write_text(text.replace("Title 2,", "Title 2,Now it says something."), "utf-8-sig")
    terminal.run("import", rejects)
    assert titles(terminal) == {"Title 1", "Title 2"}


def test_rejected_rows_are_written_where_one_says(terminal: Terminal, tmp_path: Path) -> None:
    elsewhere = tmp_path / "mend.csv"
    path = table(tmp_path / "a.csv", [row(1, lesson="")])
    terminal.run("import", path, "--rejects", elsewhere, status=1)
    assert elsewhere.exists()
    assert not (tmp_path / "a.csv.rejected.csv").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n%abc", "PDF"),
        (b"a,b\n1,2\n3,4\n", "No column holds a lesson"),
    ],
)
def test_what_cannot_be_read_is_refused_with_status_two(
    terminal: Terminal, tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert says in terminal.run("import", path, status=2).stderr
    assert titles(terminal) == set()


def test_a_file_that_is_not_there_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    result = terminal.run("import", tmp_path / "none.csv", status=2)
    assert "There is no file" in result.stderr


def test_columns_are_mapped_by_hand_and_shown_without_importing(
    terminal: Terminal, tmp_path: Path
) -> None:
    path = table(tmp_path / "a.csv", [{"Was": "Screws", "Daraus": "Torque twice"}])
    words = (
        "import",
        path,
        "--map",
        "Was=title",
        "--map",
        "2=lesson",
        "--kind",
        "near_miss",
        "--id-prefix",
        "DE-",
    )
    shown = terminal.run(*words, "--dry-run")
    assert "Daraus → lesson" in shown.stderr
    assert titles(terminal) == set()
    terminal.run(*words)
    with terminal.reading() as session:
        lesson = session.exec(select(Lesson)).one()
    assert (lesson.title, lesson.lesson, lesson.kind) == ("Screws", "Torque twice", Kind.NEAR_MISS)
    result = terminal.run("import", path, "--map", "None=title", status=2)
    assert "There is no column “None”" in result.stderr


def test_whoever_imports_is_named_and_teams_are_made(
    terminal: Terminal, cast: Cast, tmp_path: Path
) -> None:
    path = lines(tmp_path / "a.jsonl", [row(1, team="Marketing")])
    terminal.run("import", path, "--by", "nobody@northwind.example", status=2)
    terminal.run("import", path, "--by", cast.root.email, "--create-teams")
    with terminal.reading() as session:
        assert team_named(session, "Marketing") is not None
        event = session.exec(select(Event).where(Event.kind == "lesson.posted")).one()
    assert event.actor_id == cast.root.id


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.zip", "out"])
def test_an_export_imports_back_as_the_same_lessons(
    terminal: Terminal, tmp_path: Path, name: str
) -> None:
    terminal.run("import", table(tmp_path / "a.csv", [row(n, topics="a; b") for n in range(3)]))
    result = terminal.run("export", tmp_path / name)
    assert "3 lessons written" in result.stderr
    again = terminal.run("import", tmp_path / name)
    assert "3 rows: 0 imported, 0 updated, 3 unchanged, 0 rejected." in again.stderr


def test_an_export_may_hold_what_one_person_may_read(
    terminal: Terminal, cast: Cast, tmp_path: Path
) -> None:
    rows = [row(1), row(2, team="Pumps", visibility="team")]
    terminal.run("import", table(tmp_path / "a.csv", rows))
    for who, count in ((cast.ada.email, "2 lessons"), (cast.otto.email, "1 lesson written")):
        result = terminal.run("export", tmp_path / "out.csv", "--as", who)
        assert count in result.stderr
    assert "Title 2" not in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    terminal.run("export", tmp_path / "out.csv", "--as", "nobody@northwind.example", status=2)


def test_an_export_that_cannot_be_written_says_why(terminal: Terminal, tmp_path: Path) -> None:
    result = terminal.run("export", tmp_path / "missing" / "out.csv", status=2)
    assert "Cannot write" in result.stderr
    assert "--format" in terminal.run("export", tmp_path / "out.docx", status=2).stderr
    assert not (tmp_path / "missing").exists()
