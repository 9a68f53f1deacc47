import io
import zipfile
from pathlib import Path

import pytest

from app.transfer.facts import Facts
from app.transfer.files.rows import BrokenRow, SourceRefused
from app.transfer.files.sources import open_source
from tests.transfer.made_files import facts_of, rows_of, saved, values_of


def _folder(root: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        path = root / "wiki" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root / "wiki"


def test_a_page_is_a_lesson_with_its_folder_as_topic(tmp_path: Path) -> None:
    path = _folder(
        tmp_path,
        {
            "pumps/loose-bolt.md": "# Loose bolt\n\nCheck the torque.\n\n## Detail\n\nTwice.\n",
            "slow_build.md": "Cache it.",
            "README.md": "# How to use this folder",
            ".hidden/secret.md": "no",
            "notes.txt": "no",
        },
    )
    bolt, build = facts_of(path)
    assert isinstance(bolt, Facts)
    assert isinstance(build, Facts)
    assert (bolt.title, bolt.topics) == ("Loose bolt", ("pumps",))
    assert bolt.lesson == "Check the torque.\n\n## Detail\n\nTwice."
    assert (build.title, build.lesson, build.topics) == ("Slow build", "Cache it.", ())
    with open_source(path) as source:
        assert source.notes == ("“README.md” at the top was left out: it speaks of the folder",)


def test_headings_that_name_a_part_become_its_field(tmp_path: Path) -> None:
    page = (
        "---\ntitle: Bolt\ntags: [a, 'b, c']\ndate: 2020-02-29\nkind: near miss\n---\n"
        "We were testing.\n\n## What happened\n\nIt broke.\n\n### Later\n\nAgain.\n\n"
        "## Lesson\n\n```\n## Why\n```\n\n## Recommendation\nCheck.\n\n## Links\n\nx\n"
    )
    (fact,) = facts_of(_folder(tmp_path, {"bolt.md": page}))
    assert isinstance(fact, Facts)
    assert (fact.title, fact.kind, fact.topics) == ("Bolt", "near_miss", ("a", "b, c"))
    assert str(fact.occurred_on) == "2020-02-29"
    assert fact.context == "We were testing."
    assert fact.happened == "It broke.\n\n### Later\n\nAgain."
    assert fact.lesson == "```\n## Why\n```\n\n## Links\n\nx"
    assert fact.recommendation == "Check."


def test_rules_at_the_top_are_not_front_matter(tmp_path: Path) -> None:
    (values,) = values_of(_folder(tmp_path, {"a.md": "---\nOnly a line.\n---\nAnd more.\n"}))
    assert values["lesson"] == "---\nOnly a line.\n---\nAnd more."


def test_broken_front_matter_breaks_its_page_only(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\n"
    rows = rows_of(
        _folder(
            tmp_path,
            {
                "1.md": "---\ntitle: [unclosed\n---\nText",
                "2.md": f"---\n{bomb}---\nText",
                "3.md": "Fine.",
            },
        )
    )
    assert [type(row).__name__ for row in rows] == ["BrokenRow", "BrokenRow", "Row"]
    assert isinstance(rows[0], BrokenRow)
    assert rows[0].reason.startswith("“1.md”: the front matter between the --- lines is not YAML")
    assert isinstance(rows[1], BrokenRow)
    assert "refers to itself" in rows[1].reason


def test_a_page_that_is_not_utf8_is_broken(tmp_path: Path) -> None:
    folder = _folder(tmp_path, {"a.md": "Fine."})
    (folder / "b.md").write_bytes("Größe".encode("cp1252"))
    _, bad = rows_of(folder)
    assert isinstance(bad, BrokenRow)
    assert bad.reason == "“b.md” is not UTF-8 text; save it as UTF-8"


def test_a_zip_of_a_folder_reads_like_the_folder(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("wiki-main/README.md", "# Hello")
        archive.writestr("wiki-main/pumps/bolt.md", "# Bolt\n\nCheck it.")
        archive.writestr("__MACOSX/wiki-main/._bolt.md", "junk")
    (fact,) = facts_of(saved(tmp_path, packed.getvalue(), "wiki.zip"))
    assert isinstance(fact, Facts)
    assert (fact.title, fact.topics) == ("Bolt", ("pumps",))


def test_a_zip_that_would_unpack_beyond_measure_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.md", b"0" * 50_000_000)
    path = saved(tmp_path, packed.getvalue(), "wiki.zip")
    with pytest.raises(SourceRefused, match="would unpack to 50 MB"):
        rows_of(path)


def test_a_page_longer_than_any_lesson_is_broken(tmp_path: Path) -> None:
    (row,) = rows_of(_folder(tmp_path, {"a.md": "word " * 900_000}))
    assert isinstance(row, BrokenRow)
    assert row.reason == "“a.md” is longer than any lesson"


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"holds no Markdown pages \(\*\.md\)"):
        rows_of(_folder(tmp_path, {"data.csv": "Title,Lesson"}))
