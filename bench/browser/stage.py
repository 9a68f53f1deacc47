"""The sample organisation, for programs that look at its pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from app.auth.sessions import open_session
from app.briefs.models import Brief
from app.config import Settings, load_settings
from app.demo.content import load
from app.demo.life import bring_to_life, load_life
from app.demo.pictures import hang_pictures
from app.demo.stage import put_on_stage
from app.digests.compiling.compile import compile_all
from app.digests.models import About
from app.digests.period import month_of
from app.digests.told import address
from app.files.store import store_for
from app.founding import make_ready
from app.kit.db import Database
from app.lessons.indexing import Follower
from app.people.models import Membership, Person
from search import open_index

# A lesson with a picture, questions and thanks; and one of its topics, which many are about.
_LESSON, _TOPIC = "inverter-screws-loose-on-arrival", "electrics"
# That of the manager of the sample's tour.
_TEAM = "field-service"


@dataclass(frozen=True)
class Stage:
    """A furnished memory: its settings, the session of who looks at it, addresses worth a look;
    sessions of all who may sign in on the sample's tour, by what they are."""

    settings: Settings
    session: str
    lesson: str = ""
    person: str = ""
    topic: str = ""
    team: str = ""
    brief: str = ""
    ended: str = ""
    digest: str = ""
    sessions: Mapping[str, str] = field(default_factory=dict)


def settings_in(folder: Path) -> Settings:
    """Settings for a memory in `folder`, whatever the environment names."""
    return load_settings(data_dir=folder, database_url="", admin_email="", log_level="error")


def furnish(settings: Settings, *, now: datetime) -> Stage:
    """Make the sample organisation there; the employee of its tour is signed in."""
    database, sample = Database(settings.database), load()
    last_month = month_of(now.date()).previous
    make_ready(settings, database, now=now)
    with database.writing() as session:
        staged = put_on_stage(session, sample, now=now)
        bring_to_life(staged, load_life(now.date()))
        hang_pictures(staged, store_for(settings))
        me = staged.people[sample.sign_ins["employee"]]
        lesson = staged.posted[_LESSON].lesson
        stage = Stage(
            settings,
            open_session(session, me, device="looking", now=now, days=1),
            lesson=lesson.url,
            person=f"/people/{lesson.author_id}",
            topic=f"/topics/{staged.topics[_TOPIC].id}",
            team=f"/teams/{lesson.team_id}",
            brief=_brief_of(session, me, lasting=True, now=now),
            ended=_brief_of(session, me, lasting=False, now=now),
            digest=address(last_month, About.TEAM, staged.teams[_TEAM].id),
            sessions={
                what: open_session(session, staged.people[key], device="looking", now=now, days=1)
                for what, key in sample.sign_ins.items()
            },
        )
    with open_index(settings.index_folder) as index:
        Follower(database, index, lambda: now).start()
    compile_all(database, last_month, now=now)
    database.close()
    return stage


def _brief_of(session: Session, me: Person, *, lasting: bool, now: datetime) -> str:
    """The address of a brief of this person's team: of work that goes on, or that ended and is not
    looked back on."""
    today = now.date()
    when = col(Brief.ends_on) >= today if lasting else col(Brief.ends_on) < today
    teams = select(Membership.team_id).where(Membership.person_id == me.id)
    found = select(Brief).where(col(Brief.team_id).in_(teams), when, col(Brief.ended_at).is_(None))
    return session.exec(found.order_by(col(Brief.ends_on).desc())).first().url
