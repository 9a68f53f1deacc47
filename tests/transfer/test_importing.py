"""Every row becomes a lesson, updates one, changes nothing, or is rejected; again is harmless."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from app.events.models import Event
from app.lessons.models import (
    AuthorMode,
    Lesson,
    LessonVersion,
    Retirement,
    RetirementReason,
    State,
    Visibility,
)
from app.lessons.revise import retire
from app.people.teams import team_named
from app.topics.models import Topic
from tests.cast import START, Cast
from tests.house_fixture import House
from tests.transfer.house_files import bring, counts, held, lesson_called, lines, row, table


def test_what_became_of_the_rows_adds_up(house: House, tmp_path: Path) -> None:
    rows = [row(n) for n in range(250)] + [row(300, lesson=""), row(0), row(1, lesson="Other")]
    summary, rejected = bring(house.database, house.clock, table(tmp_path / "a.csv", rows))
    assert counts(summary) == (250, 0, 1, 2)
    assert summary.in_words() == ("253 rows: 250 imported, 0 updated, 1 unchanged, 2 rejected.")
    assert [(one.number, one.column) for one in rejected] == [(251, ""), (253, "id")]
    assert "row 2 of this file has the same id (R-1)" in rejected[1].reason


def test_importing_again_changes_nothing(house: House, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [row(n, topics="pumps; seals") for n in range(120)])
    bring(house.database, house.clock, path)
    before = held(house.database)
    with house.reading() as session:
        events = len(session.exec(select(Event)).all())
    summary, _ = bring(house.database, house.clock, path)
    assert counts(summary) == (0, 0, 120, 0)
    assert held(house.database) == before
    with house.reading() as session:
        assert len(session.exec(select(Event)).all()) == events


def test_a_row_that_changed_is_a_new_revision(house: House, cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    bring(house.database, house.clock, table(path, [row(1), row(2)]), by=cast.root)
    house.clock.turn(days=1)
    changed = [row(1, lesson="We know better now."), row(2)]
    summary, _ = bring(house.database, house.clock, table(path, changed), by=cast.root)
    assert counts(summary) == (0, 1, 1, 0)
    lesson = lesson_called(house.database, "Title 1")
    assert (lesson.revision, lesson.lesson) == (2, "We know better now.")
    assert (lesson.posted_at, lesson.changed_at) == (START, house.clock())
    with house.reading() as session:
        versions = session.exec(select(LessonVersion).where(LessonVersion.lesson_id == lesson.id))
        kept = {version.revision: version.content["lesson"] for version in versions}
        edits = session.exec(select(Event).where(Event.kind == "lesson.edited")).all()
    assert kept == {1: "We learned 1.", 2: "We know better now."}
    assert [(event.subject_id, event.actor_id) for event in edits] == [(lesson.id, cast.root.id)]


def test_rows_without_ids_are_told_apart_by_what_they_say(house: House, tmp_path: Path) -> None:
    rows = [{"title": f"T{n}", "lesson": f"L{n}"} for n in range(3)]
    bring(house.database, house.clock, table(tmp_path / "a.csv", rows))
    again = [{"title": "t0 ", "lesson": "L0"}, {"title": "T1", "lesson": "Other"}]
    summary, _ = bring(house.database, house.clock, table(tmp_path / "b.csv", again))
    assert (summary.imported, summary.rejected) == (1, 0)
    assert len(held(house.database)) == 4


def test_an_author_is_named_only_when_they_are_here(
    house: House, cast: Cast, tmp_path: Path
) -> None:
    rows = [
        row(1, author=cast.ada.email),
        row(2, author="stranger@elsewhere.example"),
        row(3, author="Ada Example"),
    ]
    bring(house.database, house.clock, table(tmp_path / "a.csv", rows), by=cast.root)
    authors = [lesson_called(house.database, f"Title {n}").author_id for n in (1, 2, 3)]
    assert authors == [cast.ada.id, None, None]


def test_a_protected_row_leads_to_nobody(house: House, cast: Cast, tmp_path: Path) -> None:
    rows = [
        row(1, author=cast.ada.email, author_mode="protected", posted_at="2025-04-05T13:14:15Z")
    ]
    bring(house.database, house.clock, lines(tmp_path / "a.jsonl", rows), by=cast.root)
    lesson = lesson_called(house.database, "Title 1")
    assert lesson.author_mode is AuthorMode.PROTECTED
    assert (lesson.author_id, lesson.claim_hash) == (None, None)
    assert lesson.posted_at == datetime(2025, 4, 5, tzinfo=UTC)
    with house.reading() as session:
        version = session.exec(select(LessonVersion)).one()
        told = [(event.actor_id, event.facts) for event in session.exec(select(Event))]
    assert version.by_id is None
    assert cast.ada.email not in str(version.content)
    assert all(cast.ada.email not in str(facts) for _, facts in told)
    posted = [actor for actor, facts in told if facts.get("brought_in")]
    assert posted == [cast.root.id]


def test_a_protected_lesson_stays_protected_whatever_a_file_says_later(
    house: House, cast: Cast, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    bring(house.database, house.clock, table(path, [row(1, author_mode="protected")]))
    later = [row(1, author_mode="named", author=cast.ada.email, lesson="More.")]
    summary, _ = bring(house.database, house.clock, table(path, later))
    assert summary.updated == 1
    lesson = lesson_called(house.database, "Title 1")
    assert (lesson.is_protected, lesson.author_id, lesson.lesson) == (True, None, "More.")


def test_a_row_for_a_team_that_is_not_here_is_rejected(house: House, tmp_path: Path) -> None:
    rows = [
        row(1, team="Marketing", visibility="team"),
        row(2, team="Marketing"),
        row(3, team="pumps", visibility="team"),
        row(4, visibility="team"),
    ]
    summary, rejected = bring(house.database, house.clock, table(tmp_path / "a.csv", rows))
    assert counts(summary) == (2, 0, 0, 2)
    assert [(one.number, one.column) for one in rejected] == [(1, "team"), (4, "team")]
    assert summary.notes["no team is called “Marketing”: left without one"] == 1
    assert held(house.database)["R-2"].team == ""
    pumps = held(house.database)["R-3"]
    assert (pumps.team, pumps.visibility) == ("Pumps", "team")


def test_teams_are_made_when_that_is_wanted(house: House, cast: Cast, tmp_path: Path) -> None:
    rows = [row(1, team="Marketing", visibility="team"), row(2, team="MARKETING")]
    summary, _ = bring(
        house.database,
        house.clock,
        table(tmp_path / "a.csv", rows),
        create_teams=True,
        by=cast.root,
    )
    assert counts(summary) == (2, 0, 0, 0)
    with house.reading() as session:
        team = team_named(session, "marketing")
    assert team is not None
    lessons = [lesson_called(house.database, f"Title {n}") for n in (1, 2)]
    assert [lesson.team_id for lesson in lessons] == [team.id, team.id]
    assert lessons[0].visibility is Visibility.TEAM


def test_a_team_that_a_later_file_does_not_know_is_kept(house: House, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    bring(house.database, house.clock, table(path, [row(1, team="Pumps", visibility="team")]))
    summary, _ = bring(house.database, house.clock, table(path, [row(1, team="Old name")]))
    assert counts(summary) == (0, 0, 1, 0)
    kept = held(house.database)["R-1"]
    assert (kept.team, kept.visibility) == ("Pumps", "team")


def test_a_draft_is_imported_for_an_author_who_is_here_and_then_left_to_them(
    house: House, cast: Cast, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    mine = row(1, visibility="draft", author=cast.ada.email)
    orphan = row(2, visibility="draft", author="stranger@elsewhere.example")
    summary, rejected = bring(house.database, house.clock, table(path, [mine, orphan]))
    assert counts(summary) == (1, 0, 0, 1)
    assert rejected[0].column == "visibility"
    lesson = lesson_called(house.database, "Title 1")
    assert (lesson.state, lesson.author_id) == (State.DRAFT, cast.ada.id)
    house.follow()
    assert "Title 1" not in house.browser(cast.ben).get("/search?q=learned").text
    changed = mine | {"lesson": "Something else."}
    assert counts(bring(house.database, house.clock, table(path, [changed]))[0]) == (0, 0, 1, 0)
    posted = changed | {"visibility": "organisation"}
    summary, rejected = bring(house.database, house.clock, table(path, [posted]))
    assert counts(summary) == (0, 0, 0, 1)
    assert "a draft with this id" in rejected[0].reason
    assert lesson_called(house.database, "Title 1").lesson == "We learned 1."


def test_a_lesson_keeps_the_day_it_was_posted_and_none_is_from_the_future(
    house: House, tmp_path: Path
) -> None:
    rows = [
        row(1, posted_at="2024-02-29T08:09:10Z"),
        row(2, posted_at="2199-01-01"),
        row(3, occurred_on="2020-05-06"),
        row(4),
    ]
    bring(house.database, house.clock, table(tmp_path / "a.csv", rows))
    posted = [lesson_called(house.database, f"Title {n}").posted_at for n in (1, 2, 3, 4)]
    assert posted[0] == datetime(2024, 2, 29, 8, 9, 10, tzinfo=UTC)
    assert posted[1] == posted[3] == house.clock()
    assert posted[2].date().isoformat() == "2020-05-06"


def test_a_lesson_retired_here_is_not_brought_back(
    house: House, cast: Cast, tmp_path: Path
) -> None:
    path = table(tmp_path / "a.csv", [row(1)])
    bring(house.database, house.clock, path)
    with house.database.writing() as session:
        lesson = session.exec(select(Lesson)).one()
        retire(session, lesson, RetirementReason.OBSOLETE, by=cast.root, now=house.clock())
    summary, _ = bring(house.database, house.clock, table(path, [row(1, lesson="Changed")]))
    assert counts(summary) == (0, 0, 1, 0)
    assert lesson_called(house.database, "Title 1").lesson == "We learned 1."


def test_a_row_without_topics_or_with_doubled_ones_is_taken_as_it_means(
    house: House, tmp_path: Path
) -> None:
    rows = [row(1, topics="Pumps; pumps; Seals"), row(2, topics="seals"), row(3, topics="")]
    bring(house.database, house.clock, table(tmp_path / "a.csv", rows))
    topics = {key: content.topics for key, content in held(house.database).items()}
    assert topics == {"R-1": ["Pumps", "Seals"], "R-2": ["Seals"], "R-3": []}
    with house.reading() as session:
        assert len(session.exec(select(Topic)).all()) == 2


class Killed(Exception):
    """The power went."""


@pytest.mark.parametrize("rows_before", [1, 100, 101, 240])
def test_an_import_that_was_killed_midway_and_run_again_is_as_if_run_once(
    house: House, tmp_path: Path, rows_before: int
) -> None:
    rows = [row(n, topics=f"t{n % 7}", team="Pumps") for n in range(250)] + [row(9, lesson="No")]
    path = table(tmp_path / "a.csv", rows)

    def kill(count: int) -> None:
        if count >= rows_before:
            raise Killed

    with pytest.raises(Killed):
        bring(house.database, house.clock, path, progress=kill)
    half = len(held(house.database))
    assert 0 < half <= 250
    summary, rejected = bring(house.database, house.clock, path)
    assert counts(summary) == (250 - half, 0, half, 1)
    assert [one.number for one in rejected] == [251]
    found = held(house.database)
    assert {key: content.lesson for key, content in found.items()} == {
        f"R-{n}": f"We learned {n}." for n in range(250)
    }
    assert all(content.topics == [f"t{int(key[2:]) % 7}"] for key, content in found.items())
    with house.reading() as session:
        assert len(session.exec(select(LessonVersion)).all()) == 250


def test_rejected_rows_import_clean_once_mended(house: House, tmp_path: Path) -> None:
    rows = [row(1), row(2, lesson=""), row(3, occurred_on="some day"), row(4, kind="wonder")]
    rejects = tmp_path / "a.csv.rejected.csv"
    summary, rejected = bring(
        house.database, house.clock, table(tmp_path / "a.csv", rows), rejects=rejects
    )
    assert [one.column for one in rejected] == ["", "occurred_on", "kind"]
    text = rejects.read_text(encoding="utf-8-sig")
    for wrong, right in (
        (",some day", ",2024-05-06"),
        (",wonder", ",failure"),
        ("Title 2,,", "Title 2,Now it says something.,"),
    ):
        assert wrong in text
        text = text.replace(wrong, right)
    rejects.write_text(text, encoding="utf-8-sig")
    summary, _ = bring(house.database, house.clock, rejects)
    assert counts(summary) == (3, 0, 0, 0)
    assert set(held(house.database)) == {"R-1", "R-2", "R-3", "R-4"}


FAULTS: dict[int, dict[str, str]] = {
    0: {"lesson": ""},
    1: {"occurred_on": "31.31.2020"},
    2: {"kind": "miracle"},
    3: {"lesson": "L" * 100_001},
    4: {"title": "T" * 400},
    5: {"title": ""},
    6: {"lesson": "control \x07 and \u202e marks"},
    7: {"source_url": "ftp://x y"},
    8: {"topics": " ; ".join(f"topic {k}" for k in range(60))},
    9: {"id": "of the row before"},
}


def dirty(number: int) -> dict[str, str]:
    """One of forty rows has each of the faults above; the rest are sound."""
    fault = FAULTS.get(number % 40, {})
    fault = {"id": f"R-{number - 1}"} if "id" in fault else fault
    return (
        row(number, kind="failure", occurred_on="2020-05-06", topics="a; b", source_url="") | fault
    )


def mended(path: Path) -> Path:
    """The file of rejected rows with each fault taken away."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for one in rows:
        sound = row(2_000 + int(one["row"]), kind="failure", occurred_on="2020-05-06")
        for name in ("id", "lesson", "occurred_on", "kind"):
            one[name] = sound[name]
    return table(path, rows)


def test_two_thousand_dirty_rows_are_all_accounted_for(house: House, tmp_path: Path) -> None:
    path = table(tmp_path / "dirty.csv", [dirty(n) for n in range(2_000)])
    rejects = tmp_path / "rejected.csv"
    summary, rejected = bring(house.database, house.clock, path, rejects=rejects)
    assert counts(summary) == (1_750, 0, 0, 250)
    assert {(one.number - 1) % 40: one.column for one in rejected} == {
        0: "",
        1: "occurred_on",
        2: "kind",
        3: "lesson",
        9: "id",
    }
    assert all(one.reason for one in rejected)
    assert len(held(house.database)) == 1_750
    again, _ = bring(house.database, house.clock, path)
    assert counts(again) == (0, 0, 1_750, 250)
    clean, _ = bring(house.database, house.clock, mended(rejects))
    assert counts(clean) == (250, 0, 0, 0)
    assert len(held(house.database)) == 2_000


def test_a_lesson_that_was_retired_elsewhere_arrives_retired_and_follows_later(
    house: House, cast: Cast, tmp_path: Path
) -> None:
    house.post(cast.ada, "Seal the relay box")
    exported = house.browser(cast.root).get("/export.jsonl").content.decode()
    path = tmp_path / "export.jsonl"
    path.write_text(exported.replace('"state": "posted"', '"state": "retired"'))
    summary, _ = bring(house.database, house.clock, path)
    assert summary.updated == 1
    lesson = lesson_called(house.database, "Seal the relay box")
    assert (lesson.state, lesson.revision) == (State.RETIRED, 2)
    with house.reading() as session:
        assert session.get(Retirement, lesson.id) is not None
    assert counts(bring(house.database, house.clock, path)[0]) == (0, 0, 1, 0)
