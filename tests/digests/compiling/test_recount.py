"""Every number of the sample organisation's last month, counted a second time from the events."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from app.briefs.coming_due import FollowUps
from app.demo.content import load
from app.demo.life import bring_to_life, load_life
from app.demo.stage import put_on_stage
from app.digests.compiling.compile import compile_all
from app.digests.contents import Contents
from app.digests.models import About, Digest, DigestList, Edition
from app.digests.period import month_of
from app.kit.db import Database
from app.kit.migrate import bring_up_to_date
from app.people.teams import all_teams, below
from tests.cast import START
from tests.databases import Databases
from tests.digests.by_hand import Diary
from tests.digests.counting import Count

LAST = month_of(START.date()).previous


@pytest.fixture(scope="module")
def sample(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The sample organisation on the day after its last month, all digests kept."""
    folder = tmp_path_factory.mktemp("recount")
    database = Database(databases.empty(folder))
    bring_up_to_date(database.engine, backups=folder)
    with database.writing() as session:
        stage = put_on_stage(session, load(), now=START)
        bring_to_life(stage, load_life(START.date()))
    FollowUps(database, lambda: START).look()
    assert compile_all(database, LAST, now=START) > 20
    yield database
    database.close()


def test_every_number_is_what_the_events_come_to(sample: Database) -> None:
    with sample.reading() as session:
        diary, teams = Diary(session), all_teams(session)
        digests = session.exec(select(Digest)).all()
        assert {digest.about for digest in digests} == set(About)
        compared = 0
        for digest in digests:
            own = {
                Edition.EVERYONE: set(),
                Edition.MEMBERS: {digest.subject_id},
                Edition.MANAGERS: below(teams, digest.subject_id),
            }[digest.edition]
            subject = {digest.about.value: digest.subject_id} if digest.subject_id else {}
            count = Count(diary, LAST.first, LAST.end, own=own, **subject)
            contents = Contents.model_validate(digest.contents)
            told = f"{digest.about} {digest.subject_id} {digest.edition}"
            assert contents.counts == count.numbers(), told
            assert contents.trend is not None
            trend = contents.trend.model_dump()
            trend["second_days"] = [sorted(days) for days in trend["second_days"]]
            assert trend == count.trend(), told
            compared += len(contents.counts)
        assert compared > 800


def test_each_list_has_as_many_ids_as_its_number_says(sample: Database) -> None:
    with sample.reading() as session:
        lists = {(one.digest_id, one.name): one.ids for one in session.exec(select(DigestList))}
        for digest in session.exec(select(Digest)):
            for name, number in digest.contents["counts"].items():
                ids = lists.get((digest.id, name), [])
                assert len(ids) == len(set(ids)) == number


def test_the_sample_has_something_of_everything_to_count(sample: Database) -> None:
    with sample.reading() as session:
        whole = session.exec(select(Digest).where(Digest.about == About.ORGANISATION)).one()
        counts = whole.contents["counts"]
        rare = {"again.not_searched", "again.used_and_failed", "again.unsaid"}
        assert {name for name, number in counts.items() if not number} <= rare
        assert all(whole.contents[part] for part in ("act", "used", "measured", "again", "thanks"))
