"""A digest is kept as it was compiled, once; another is made by hand alone, and says why."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import Session, select

from app.digests.compiling.compile import compile_all
from app.digests.compiling.keeping import NotOver, kept, list_of, recompile
from app.digests.compiling.month import compile_one
from app.digests.contents import Contents
from app.digests.models import (
    NOBODY,
    About,
    Cadence,
    Digest,
    DigestList,
    DigestSubscription,
    Edition,
)
from app.digests.period import week_of
from app.events.models import Event
from app.following.follow import follow
from app.following.models import SubjectKind
from app.kit.db import Database
from app.kit.errors import Invalid
from app.topics.models import Topic
from tests.cast import START
from tests.databases import Databases
from tests.digests.conftest import happen
from tests.digests.month import AFTER, MARCH, month

ORGANISATION = (About.ORGANISATION, NOBODY, Edition.EVERYONE)


@pytest.fixture
def database(databases: Databases, tmp_path: Path) -> Iterator[Database]:
    """March, over and done."""
    url = databases.copy(tmp_path)
    made = Database(url)
    with month(made, databases.cast) as here:
        happen(here)
        seals = here.session.exec(select(Topic).where(Topic.name == "Seals")).one()
        follow(here.session, SubjectKind.TOPIC, seals.id, by=here.cast.nora, now=here.now)
    yield made
    made.close()
    databases.drop(url)


def all_kept(session: Session) -> list[Digest]:
    return list(session.exec(select(Digest).order_by(Digest.about, Digest.subject_id)))


def test_everything_of_a_month_is_kept_once_as_each_would_be_compiled(database: Database) -> None:
    heard: list[tuple[int, int | None]] = []
    made = compile_all(database, MARCH, now=AFTER, progress=lambda *at: heard.append(at))
    # The organisation, four teams for everybody and for members, one for managers, and a topic.
    assert (made, heard[-1]) == (11, (11, 11))
    assert compile_all(database, MARCH, now=AFTER) == 0
    with database.reading() as session:
        rows = all_kept(session)
        assert len(rows) == 11
        for row in rows:
            about = (row.about, row.subject_id, row.edition)
            alone = compile_one(session, MARCH, *about, now=AFTER)
            assert Contents.model_validate(row.contents) == alone.contents
            lists = session.exec(select(DigestList).where(DigestList.digest_id == row.id)).all()
            assert {one.name: one.ids for one in lists} == {
                n: i for n, i in alone.lists.items() if i
            }
        (told,) = session.exec(select(Event).where(Event.kind == "digest.compiled"))
        assert (told.subject_id, told.actor_id, told.facts) == (MARCH.key, None, {"digests": 11})


def test_each_number_opens_a_list_of_that_length(database: Database) -> None:
    compile_all(database, MARCH, now=AFTER)
    with database.reading() as session:
        for row in all_kept(session):
            contents = Contents.model_validate(row.contents)
            for name, number in contents.counts.items():
                assert len(list_of(session, row.id, name)) == number
            assert contents.trend is not None
            for name in ("reached", "better", "same", "worse", "unknown", "again"):
                numbers = getattr(contents.trend, name)
                listed = [list_of(session, row.id, name, month) for month in contents.trend.months]
                assert [len(ids) for ids in listed] == numbers
            assert list_of(session, row.id, "nothing") == []


def test_what_is_kept_stays_though_more_comes_to_light(
    database: Database, databases: Databases
) -> None:
    compile_all(database, MARCH, now=AFTER)
    with month(database, databases.cast) as here:
        late = here.post(here.cast.ada, "Said late", here.cast.pumps)
        late.posted_at = START
    assert compile_all(database, MARCH, now=AFTER) == 0
    with database.reading() as session:
        there = kept(session, MARCH, *ORGANISATION)
        assert there is not None
        assert late.id not in list_of(session, there.id, "fresh.ours")


def test_two_who_compile_at_once_keep_one(database: Database) -> None:
    with ThreadPoolExecutor(max_workers=2) as two:
        both = [two.submit(compile_all, database, MARCH, now=AFTER) for _ in range(2)]
    assert max(done.result() for done in both) == 11
    with database.reading() as session:
        rows = all_kept(session)
        assert [row.revision for row in rows] == [1] * 11
        lists = session.exec(select(DigestList.digest_id).distinct()).all()
        assert set(lists) <= {row.id for row in rows}


def test_compiled_anew_by_hand_it_is_the_next_revision_with_a_note(
    database: Database, databases: Databases
) -> None:
    cast = databases.cast
    team = (About.TEAM, cast.engineering.id)
    compile_all(database, MARCH, now=AFTER)
    with database.writing() as session:
        for note in ("", "x" * 301):
            with pytest.raises(Invalid):
                recompile(session, MARCH, *team, note=note, by=cast.root, now=AFTER)
        with pytest.raises(NotOver):
            recompile(session, MARCH.next, *team, note="Too early", by=cast.root, now=AFTER)
        made = recompile(session, MARCH, *team, note="A use was\nadded", by=cast.root, now=AFTER)
    with database.reading() as session:
        found = {(row.edition, row.revision) for row in all_kept(session) if row.about is team[0]}
        assert {(edition, 2) for edition in Edition} < found
        last = kept(session, MARCH, *team, Edition.MEMBERS)
        assert last is not None
        assert (last.revision, last.note, last.compiled_by_id) == (
            2,
            "A use was added",
            cast.root.id,
        )
        (told,) = session.exec(select(Event).where(Event.kind == "digest.recompiled"))
        assert (told.subject_id, told.actor_id) == (made[0].id, cast.root.id)
        assert "added" not in str(told.facts)


def test_of_a_week_only_what_somebody_is_sent_is_kept(
    database: Database, databases: Databases
) -> None:
    week, cast = week_of(START.date()), databases.cast
    assert compile_all(database, week, now=AFTER) == 0
    with database.writing() as session:
        facts = {"person_id": cast.nora.id, "cadence": Cadence.WEEKLY, "since": START}
        session.add(DigestSubscription(about=About.TEAM, subject_id=cast.pumps.id, **facts))
        session.add(DigestSubscription(about=About.TEAM, subject_id="gone", **facts))
        monthly = facts | {"cadence": Cadence.MONTHLY}
        session.add(DigestSubscription(about=About.ORGANISATION, **monthly))
    assert compile_all(database, week, now=AFTER) == 2
    with database.reading() as session:
        there = kept(session, week, About.TEAM, cast.pumps.id, Edition.EVERYONE)
        assert there is not None
        contents = Contents.model_validate(there.contents)
        assert (contents.trend, contents.counts["fresh.ours"]) == (None, 1)
