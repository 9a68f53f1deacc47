"""The sample organisation on a real database, put there by the acts that people use."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlmodel import Session, select

from app.auth.passwords import password_fits
from app.config import Settings
from app.demo.content import SampleOrganisation, load
from app.demo.stage import NotEmpty, is_staged, open_sign_ins
from app.events.models import Event
from app.kit.db import Database
from app.lessons.access import reader
from app.lessons.browse import newest
from app.lessons.models import Lesson, LessonVersion, Retirement, State, Visibility
from app.people.directory import everybody, person_with_email, the_organisation
from app.people.models import Team
from tests.cast import START
from tests.house_fixture import House


@pytest.fixture(scope="module")
def sample() -> SampleOrganisation:
    return load()


@pytest.fixture
def stage(staged: Database) -> object:
    with staged.reading() as session:
        yield session


def test_everybody_and_everything_of_the_sample_is_there(
    stage: Session, sample: SampleOrganisation
) -> None:
    assert the_organisation(stage) is not None
    assert {p.email for p in everybody(stage)} == {person.email for person in sample.people}
    assert len(stage.exec(select(Team)).all()) == len(sample.teams)
    first = select(LessonVersion).where(LessonVersion.revision == 1)
    drafts = select(Lesson.title).where(Lesson.state == State.DRAFT)
    titles = Counter(version.content["title"] for version in stage.exec(first))
    titles.update(stage.exec(drafts))
    assert titles == Counter(lesson.title for lesson in sample.lessons)


def test_lessons_are_dated_back_over_a_year_and_never_ahead(stage: Session) -> None:
    days = list(stage.exec(select(Lesson.posted_at)))
    assert max(days) <= START
    assert min(days) < START - timedelta(days=330)
    assert all(event.at <= START for event in stage.exec(select(Event)))


def test_every_revision_comes_after_the_one_before(stage: Session) -> None:
    versions = stage.exec(
        select(LessonVersion).order_by(LessonVersion.lesson_id, LessonVersion.revision)
    ).all()
    for one, other in pairwise(versions):
        if one.lesson_id == other.lesson_id:
            assert one.at <= other.at, one.lesson_id
    assert any(version.revision > 1 for version in versions)


def test_some_are_team_only_some_protected_some_retired(
    stage: Session, sample: SampleOrganisation
) -> None:
    lessons = stage.exec(select(Lesson)).all()
    team_only = [row for row in lessons if row.visibility is Visibility.TEAM]
    protected = [row for row in lessons if row.is_protected]
    retired = [row for row in lessons if row.state is State.RETIRED]
    assert len(team_only) == sum(s.visibility == "team" for s in sample.lessons) > 0
    assert len(protected) == sum(s.author_mode == "protected" for s in sample.lessons) > 0
    assert len(retired) == sum(s.retired is not None for s in sample.lessons) > 0
    assert {row.lesson_id for row in stage.exec(select(Retirement))} == {r.id for r in retired}


def test_protected_lessons_of_the_sample_lead_to_nobody(stage: Session) -> None:
    protected = [row for row in stage.exec(select(Lesson)) if row.is_protected]
    ids = {row.id for row in protected}
    assert all(row.author_id is None for row in protected)
    for event in stage.exec(select(Event)):
        if event.subject_id in ids and event.kind == "lesson.posted":
            assert event.actor_id is None
    for version in stage.exec(select(LessonVersion)):
        if version.lesson_id in ids and version.revision == 1:
            assert version.by_id is None


def test_the_four_sign_ins_work(staged: Database, sample: SampleOrganisation) -> None:
    with staged.writing() as session:
        signed = open_sign_ins(session, sample, "four unrelated words", now=START)
        assert len(signed) == 4
        for _, person in signed:
            assert password_fits(session, person, "four unrelated words")
            assert newest(session, reader(session, person)).total > 40


def test_run_again_it_leaves_the_sample_as_it_is(
    stage: Session, sample: SampleOrganisation
) -> None:
    assert is_staged(stage, sample)


def test_it_does_not_mix_with_another_organisation(
    house: House, sample: SampleOrganisation, settings: Settings
) -> None:
    with house.reading() as session:
        with pytest.raises(NotEmpty) as refused:
            is_staged(session, sample)
        assert "COMMONPLACE_DATA_DIR" in refused.value.message
        assert person_with_email(session, sample.people[0].email) is None
