"""How what came of a lesson looks to programs."""

from datetime import date, datetime

from pydantic import BaseModel, Field
from sqlmodel import Session

from app.kit.api import PageView, Sent
from app.lessons.schemas import AuthorView, Day, LongName, StandingView
from app.people.models import Person, Team
from app.uses.ledger import Again, Confirmed, Ledger, Named, Used
from app.uses.ledger_question import PER_PAGE
from app.uses.models import Broke, Confirmation, Manner, Recurrence, Result, Use
from app.uses.schemas import Measure, Note, Number, Source, Unit, UseInput, Work

LAST_PAGE = 1000


class UseChange(Sent):
    """A part of a use to change; what is left out stays."""

    manner: Manner | None = None
    result: Result | None = None
    team: LongName | None = None
    work: Work | None = None
    note: Note | None = None
    used_on: Day = None
    measure: Measure | None = None
    unit: Unit | None = None
    before: Number = None
    after: Number = None
    source: Source | None = None

    def applied_to(self, use: Use) -> UseInput:
        """The whole use with this change; None clears only numbers."""
        before = use.model_dump(include=set(UseInput.model_fields)) | {"team": use.team_id or ""}
        given = self.model_dump(exclude_unset=True)
        clearable = ("before", "after")
        return UseInput.model_validate(
            before | {k: v for k, v in given.items() if v is not None or k in clearable}
        )


class PageAsked(Sent):
    """Which page of a list."""

    page: int = Field(1, ge=1, le=LAST_PAGE)


class TeamView(BaseModel):
    id: str
    name: str


class TeamUsesView(TeamView):
    """How often a team used the lesson."""

    uses: int


class UseView(BaseModel):
    """A use. `own_team`: it was the author's own team, which does not count as reach."""

    id: str
    manner: Manner
    result: Result
    team: TeamView | None
    own_team: bool
    reported_by: AuthorView
    used_on: date
    work: str
    note: str
    measure: str
    unit: str
    before: float | None
    after: float | None
    source: str
    reported_at: datetime


class RecurrenceView(BaseModel):
    """It happened again. `newer_id` is the lesson that tells of it; `reported_by` is null where
    that lesson's author is protected."""

    id: str
    happened_on: date | None
    cost: str
    broke: Broke | None
    note: str
    team: TeamView | None
    newer_id: str | None
    reported_by: AuthorView | None
    reported_at: datetime


class RecurrencesView(PageView):
    """A page of the recurrences, the last reported first."""

    recurrences: list[RecurrenceView]


class ConfirmationView(BaseModel):
    """Somebody said that the lesson still holds."""

    confirmed_by: AuthorView
    note: str
    at: datetime


class LedgerView(PageView):
    """What came of a lesson: a page of its uses, newest first; the newest recurrences and
    confirmations; the teams that used it, most often first."""

    standing: StandingView
    uses: list[UseView]
    recurrences: list[RecurrenceView]
    confirmations: list[ConfirmationView]
    teams: list[TeamUsesView]


def ledger_view(ledger: Ledger, standing: StandingView, page: int) -> LedgerView:
    return LedgerView(
        total=ledger.total,
        page=page,
        per_page=PER_PAGE,
        standing=standing,
        uses=[_used(use) for use in ledger.uses],
        recurrences=[again_view(again) for again in ledger.recurrences],
        confirmations=[_confirmed(it) for it in ledger.confirmations],
        teams=[
            TeamUsesView(id=it.team.id, name=it.team.name, uses=it.number) for it in ledger.teams
        ],
    )


def use_view(session: Session, use: Use) -> UseView:
    """A use with its names."""
    team, by = _team_named(session, use.team_id), _person_named(session, use.by_id)
    facts = use.model_dump(exclude={"lesson_id", "brief_id", "team_id", "by_id", "changed_at"})
    return UseView(**facts, team=team, reported_by=by)


def recurrence_view(session: Session, row: Recurrence) -> RecurrenceView:
    """A recurrence with its names."""
    team = _team_named(session, row.team_id)
    by = _person_named(session, row.by_id) if row.by_id else None
    facts = row.model_dump(exclude={"lesson_id", "team_id", "by_id"})
    return RecurrenceView(**facts, team=team, reported_by=by)


def confirmation_view(session: Session, given: Confirmation) -> ConfirmationView:
    """A confirmation with its name."""
    by = _person_named(session, given.person_id)
    return ConfirmationView(confirmed_by=by, note=given.note, at=given.at)


def _team_named(session: Session, team_id: str | None) -> TeamView | None:
    team = session.get(Team, team_id) if team_id else None
    return TeamView(id=team.id, name=team.name) if team else None


def _person_named(session: Session, person_id: str) -> AuthorView:
    person = session.get_one(Person, person_id)
    return AuthorView(id=person.id, name=person.name)


def again_view(again: Again) -> RecurrenceView:
    return RecurrenceView(
        id=again.id,
        happened_on=again.on,
        cost=again.cost,
        broke=again.broke,
        note=again.note,
        team=_team(again.team),
        newer_id=again.newer.id or None,
        reported_by=_person(again.by) if again.by.id else None,
        reported_at=again.reported_at,
    )


def _used(use: Used) -> UseView:
    facts = {name: getattr(use, name) for name in UseView.model_fields if hasattr(use, name)}
    named = {"team": _team(use.team), "reported_by": _person(use.by), "used_on": use.on}
    return UseView(**facts | named)


def _confirmed(it: Confirmed) -> ConfirmationView:
    return ConfirmationView(confirmed_by=_person(it.by), note=it.note, at=it.at)


def _team(named: Named) -> TeamView | None:
    return TeamView(id=named.id, name=named.name) if named.id else None


def _person(named: Named) -> AuthorView:
    return AuthorView(id=named.id, name=named.name)
