"""Which digest a reader means and may have: its subject, its edition, what is kept of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.digests.compiling.compile import compile_one
from app.digests.compiling.editions import edition_for
from app.digests.compiling.keeping import kept, list_of, of_month
from app.digests.compiling.lately import LATELY
from app.digests.compiling.tally import TREND
from app.digests.contents import Contents
from app.digests.models import NOBODY, ORGANISATION_NAME, About, Digest, Edition
from app.digests.period import Period
from app.kit.errors import NotFound
from app.lessons.access import Reader
from app.lessons.browse import known_topic
from app.people.models import Team
from app.people.teams import all_teams, below


@dataclass(frozen=True, slots=True)
class Subject:
    """What a digest is of. `teams` are all teams, empty for a topic; `wider` says that there are
    teams below it."""

    about: About
    id: str
    name: str
    teams: Sequence[Team] = ()
    wider: bool = False

    @property
    def title(self) -> str:
        """“Engineering and the teams below”."""
        return f"{self.name} and the teams below" if self.wider else self.name

    @property
    def url(self) -> str:
        """Of its own page; empty for the organisation."""
        return "" if self.about is About.ORGANISATION else f"/{self.about}s/{self.id}"

    @property
    def in_a_sentence(self) -> str:
        return "all teams" if self.about is About.ORGANISATION else self.name


@dataclass(frozen=True, slots=True)
class Found:
    """A digest of the edition that this reader gets: kept, or compiled just now (`digest` None)."""

    subject: Subject
    period: Period
    edition: Edition
    contents: Contents
    digest: Digest | None
    lists: Mapping[str, Sequence[str]]
    at: datetime

    def ids(self, session: Session, name: str, month: str = "") -> Sequence[str]:
        """What a number counts; with a month one of the trend."""
        if self.digest:
            return list_of(session, self.digest.id, name.removeprefix(TREND), month)
        return of_month(self.lists.get(name, []), month)


def subject_of(session: Session, about: About, subject_id: str, who: Reader) -> Subject:
    """The team, topic or organisation. Raises NotFound, also for a topic that this reader may not
    know of. One question."""
    if about is About.TOPIC:
        return Subject(about, subject_id, known_topic(session, subject_id, who).name)
    teams = all_teams(session)
    if about is About.ORGANISATION:
        return Subject(about, NOBODY, ORGANISATION_NAME, teams)
    team = next((team for team in teams if team.id == subject_id), None)
    if team is None:
        raise NotFound
    return Subject(about, team.id, team.name, teams, wider=len(below(teams, team.id)) > 1)


def find(
    session: Session, period: Period, about: About, subject_id: str, who: Reader, *, now: datetime
) -> Found:
    """The digest for this reader. Raises NotFound as `subject_of`, and before the period begins."""
    if now < period.starts_at:
        raise NotFound
    subject = subject_of(session, about, subject_id, who)
    edition = edition_for(who, about, subject.id, subject.teams)
    found = _of_edition(session, subject, period, edition, now)
    if not who.teams.issuperset(found.contents.teams):
        # A team that was below when it was kept is elsewhere now, and tells whom it tells there.
        return _of_edition(session, subject, period, Edition.MEMBERS, now)
    return found


def _of_edition(
    session: Session, subject: Subject, period: Period, edition: Edition, now: datetime
) -> Found:
    about = subject.about
    digest = kept(session, period, about, subject.id, edition)
    if digest:
        contents = Contents.model_validate(digest.contents)
        return Found(subject, period, edition, contents, digest, {}, digest.compiled_at)
    what = (str(session.get_bind().engine.url), period, about, subject.id, edition)
    made, at = LATELY.compiled(
        what,
        lambda: compile_one(session, period, about, subject.id, edition, now=now),
        now=now,
    )
    return Found(subject, period, edition, made.contents, None, made.lists, at)
