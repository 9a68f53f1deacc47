"""The sample organisation holds together, and is what its readers are promised."""

import re
from collections import Counter
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from app.demo.content import SampleLesson, SampleOrganisation, SamplePerson, load

FIELDS_FOR_PROSE = (
    "title",
    "context",
    "expected",
    "happened",
    "why",
    "lesson",
    "recommendation",
    "applies_when",
    "not_when",
)


@pytest.fixture(scope="module")
def halden() -> SampleOrganisation:
    return load()


def prose(lesson: SampleLesson) -> str:
    now = " ".join(getattr(lesson, field) or "" for field in FIELDS_FOR_PROSE)
    return " ".join([now, *(text for edit in lesson.edits for text in edit.change.values())])


def manages_a_team(person: SamplePerson) -> bool:
    return any(membership.role == "manager" for membership in person.teams)


def test_it_has_about_forty_people_in_eight_teams_one_of_them_small(
    halden: SampleOrganisation,
) -> None:
    assert 36 <= len(halden.people) <= 44
    assert len(halden.teams) == 8
    assert any(team.parent for team in halden.teams)
    small = []
    for team in halden.teams:
        inside = [p for p in halden.people if team.key in {m.team for m in p.teams}]
        small += [] if len(inside) >= 5 else [team.key]
        assert any(m.team == team.key and m.role == "manager" for p in inside for m in p.teams)
    # Of a group so small nothing is told: that state is part of the tour.
    assert small == ["islands"]


def test_every_address_is_one_that_can_never_be_delivered(halden: SampleOrganisation) -> None:
    assert all(person.email.endswith("@halden.example") for person in halden.people)


def test_it_has_eighty_lessons_mostly_of_things_that_went_wrong(
    halden: SampleOrganisation,
) -> None:
    kinds = Counter(lesson.kind for lesson in halden.lessons)
    assert len(halden.lessons) >= 80
    assert set(kinds) == {"success", "failure", "near_miss", "experiment"}
    assert (kinds["failure"] + kinds["near_miss"]) / len(halden.lessons) >= 0.6


def test_every_team_has_lessons_some_of_them_a_year_old(halden: SampleOrganisation) -> None:
    assert {lesson.team for lesson in halden.lessons} == {team.key for team in halden.teams}
    months = Counter(min(lesson.posted_days_ago // 30, 4) for lesson in halden.lessons)
    assert min(months[month] for month in range(5)) >= 10
    assert max(lesson.posted_days_ago for lesson in halden.lessons) > 330


def test_some_lessons_are_protected_team_only_drafts_edited_or_retired(
    halden: SampleOrganisation,
) -> None:
    lessons = halden.lessons
    assert sum(lesson.author_mode == "protected" for lesson in lessons) == 8
    assert sum(lesson.visibility == "team" for lesson in lessons) == 8
    assert sum(lesson.visibility == "draft" for lesson in lessons) == 3
    assert sum(bool(lesson.edits) for lesson in lessons) >= 10
    assert sum(lesson.retired is not None for lesson in lessons) == 3


def test_titles_are_telling_short_and_different(halden: SampleOrganisation) -> None:
    titles = [lesson.title for lesson in halden.lessons]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 110


def test_a_lesson_in_use_says_what_to_do(halden: SampleOrganisation) -> None:
    in_use = [lesson for lesson in halden.lessons if lesson.visibility != "draft"]
    assert [lesson.key for lesson in in_use if not lesson.recommendation] == []


def test_every_topic_is_used_and_most_have_other_words(halden: SampleOrganisation) -> None:
    used = {topic for lesson in halden.lessons for topic in lesson.topics}
    assert used == {topic.key for topic in halden.topics}
    assert all(topic.synonyms for topic in halden.topics)


def test_no_word_leads_to_two_topics(halden: SampleOrganisation) -> None:
    words = [w.casefold() for topic in halden.topics for w in (topic.name, *topic.synonyms)]
    assert [word for word, times in Counter(words).items() if times > 1] == []


def test_authors_write_for_a_team_of_their_own(halden: SampleOrganisation) -> None:
    teams = {person.key: {m.team for m in person.teams} for person in halden.people}
    for lesson in halden.lessons:
        assert lesson.author is None or lesson.team in teams[lesson.author], lesson.key


def test_team_lessons_are_changed_only_from_inside(halden: SampleOrganisation) -> None:
    teams = {person.key: {m.team for m in person.teams} for person in halden.people}
    for lesson in halden.lessons:
        if lesson.visibility != "organisation":
            assert all(lesson.team in teams[edit.by] for edit in lesson.edits), lesson.key


def test_a_protected_lesson_carries_no_author(halden: SampleOrganisation) -> None:
    protected = [lesson for lesson in halden.lessons if lesson.author_mode == "protected"]
    assert protected
    assert all(lesson.author is None and not lesson.edits for lesson in protected)


def test_a_protected_lesson_names_nobody(halden: SampleOrganisation) -> None:
    names = {part for p in halden.people for part in re.findall(r"\w+", p.name.casefold())}
    for lesson in halden.lessons:
        if lesson.author_mode == "protected":
            words = set(re.findall(r"\w+", prose(lesson).casefold()))
            assert words & names == set(), lesson.key


def test_the_four_sign_ins_can_do_what_they_are_printed_for(halden: SampleOrganisation) -> None:
    people = {person.key: person for person in halden.people}
    who = {job: people[key] for job, key in halden.sign_ins.items()}
    assert who["employee"].role == "member"
    assert not manages_a_team(who["employee"])
    assert who["curator"].role == "curator"
    assert manages_a_team(who["manager"])
    assert who["administrator"].role == "administrator"


def test_the_values_cannot_be_changed(halden: SampleOrganisation) -> None:
    with pytest.raises(FrozenInstanceError):
        halden.lessons[0].title = "another"  # type: ignore[misc]


ORGANISATION = """
name: Two Rooms
teams: [{key: room, name: Room, purpose: Sits.}]
people:
  - {key: ann, name: Ann, email: ann@halden.example, title: Cat, teams: [{team: room}], joined: 9}
topics: [{key: chairs, name: Chairs}]
sign_ins: {employee: ann, curator: ann, manager: ann, administrator: ann}
"""
LESSON = """
- {key: wobble, kind: failure, title: It wobbled, lesson: Three legs do not., team: room,
   author: ann, posted_days_ago: 5, topics: [chairs]}
"""


def written(folder: Path, organisation: str = ORGANISATION, lesson: str = LESSON) -> Path:
    (folder / "lessons").mkdir()
    (folder / "organisation.yaml").write_text(organisation, encoding="utf-8")
    (folder / "lessons" / "room.yaml").write_text(lesson, encoding="utf-8")
    return folder


def test_a_small_organisation_is_read(tmp_path: Path) -> None:
    (lesson,) = load(written(tmp_path)).lessons
    assert (lesson.key, lesson.author, lesson.visibility) == ("wobble", "ann", "organisation")


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("kind: failure", "kind: disaster", "room.yaml: wobble: kind: "),
        ("lesson: Three", "lesssson: Three", "room.yaml: wobble: lesson: "),
        ("team: room", "team: attic", "room.yaml: wobble: team: there is no 'attic'"),
        ("topics: [chairs]", "topics: [stools]", "room.yaml: wobble: topics: there is no 'stools'"),
        ("author: ann", "author: bob", "room.yaml: wobble: author: there is no 'bob'"),
        ("author: ann,", "", "room.yaml: wobble: author: a named lesson needs one"),
        ("author: ann", "author: ann, mood: sad", "room.yaml: wobble: mood: "),
        ("author: ann", "author: ann, author_mode: protected", "room.yaml: wobble: author: "),
        ("_ago: 5", "_ago: 12", "room.yaml: wobble: author: had not joined"),
        ("_ago: 5", "_ago: five", "room.yaml: wobble: posted_days_ago: "),
        ("_ago: 5", "_ago: 5, occurred_days_ago: 4", "room.yaml: wobble: occurred_days_ago: "),
        (
            "_ago: 5",
            "_ago: 5, edits: [{days_ago: 7, by: ann, change: {lesson: Four.}}]",
            "room.yaml: wobble: edits: must follow",
        ),
        (
            "_ago: 5",
            "_ago: 5, edits: [{days_ago: 2, by: ann, change: {team: attic}}]",
            "room.yaml: wobble: edits: change: there is no 'team'",
        ),
        (
            "_ago: 5",
            "_ago: 5, retired: {days_ago: 2, by: bob, reason: obsolete, note: Gone.}",
            "room.yaml: wobble: retired: by: there is no 'bob'",
        ),
        ("- {key", "{key", "room.yaml: lessons: "),
        ("- {key", "- [key", "room.yaml: is not readable as YAML"),
    ],
)
def test_a_wrong_lesson_is_refused_by_file_and_key(
    tmp_path: Path, before: str, after: str, complaint: str
) -> None:
    folder = written(tmp_path, lesson=LESSON.replace(before, after, 1))
    with pytest.raises(ValueError, match=re.escape(complaint)):
        load(folder)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("{team: room}", "{team: attic}", "organisation.yaml: ann: teams: there is no 'attic'"),
        ("curator: ann", "curator: bob", "organisation.yaml: sign_ins: there is no 'bob'"),
        ("curator: ann, ", "", "organisation.yaml: sign_ins: must name"),
        ("name: Chairs", "name: Chairs, parent: sofas", "organisation.yaml: chairs: parent: "),
        ("purpose: Sits.", "purpose: Sits., floor: 2", "organisation.yaml: organisation: teams.0"),
        ("topics: [", "topics: [{key: chairs, name: More}, ", "organisation.yaml: chairs: stands"),
    ],
)
def test_a_wrong_organisation_is_refused_by_file_and_key(
    tmp_path: Path, before: str, after: str, complaint: str
) -> None:
    folder = written(tmp_path, organisation=ORGANISATION.replace(before, after, 1))
    with pytest.raises(ValueError, match=re.escape(complaint)):
        load(folder)


def test_a_lesson_key_used_in_two_files_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "lessons" / "hall.yaml").write_text(LESSON, encoding="utf-8")
    with pytest.raises(ValueError, match="lessons: wobble: stands there twice"):
        load(folder)
