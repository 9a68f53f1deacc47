"""Who may read and who may change a brief: nothing else loads briefs for people by id."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.briefs.models import Brief
from app.kit.errors import Forbidden, NotFound
from app.lessons.access import Reader
from app.people.models import Membership


class NotYourBrief(Forbidden):
    code = "not_your_brief"
    message = "Only whoever made this brief and the members of its team can change it."


def briefs_read_by(who: Reader) -> sa.ColumnElement[bool]:
    """A condition on `Brief`: made by this person, or of a team whose own things they read."""
    return sa.or_(col(Brief.by_id) == who.person.id, col(Brief.team_id).in_(who.teams))


def may_read(brief: Brief, who: Reader) -> bool:
    """The same rule for one that is at hand."""
    return brief.by_id == who.person.id or brief.team_id in who.teams


def may_change(session: Session, brief: Brief, who: Reader) -> bool:
    """Whether this person may change a brief that they can read."""
    if brief.by_id == who.person.id:
        return True
    mine = (who.person.id, brief.team_id)
    return brief.team_id is not None and session.get(Membership, mine) is not None


def readable_brief(session: Session, brief_id: str, who: Reader) -> Brief:
    """The brief, if it is there and shared with this person: else the same NotFound."""
    brief = session.get(Brief, brief_id)
    if brief is None or not may_read(brief, who):
        raise NotFound
    return brief


def editable_brief(session: Session, brief_id: str, who: Reader) -> Brief:
    """The brief, locked for the transaction, if this person may change it. Raises NotFound,
    NotYourBrief."""
    brief = session.exec(select(Brief).where(Brief.id == brief_id).with_for_update()).first()
    if brief is None or not may_read(brief, who):
        raise NotFound
    if not may_change(session, brief, who):
        raise NotYourBrief
    return brief


def reading_for(who: Reader, team_id: str | None) -> Reader:
    """As whom the lessons of a brief are looked for.

    A brief of a team is read by all of it: there goes into it only what all of them may read, not
    what the one who makes it reads besides.
    """
    return Reader(who.person, who.teams & {team_id}) if team_id else who
