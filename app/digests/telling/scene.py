"""What the sentences of a digest are made from: what was compiled, and what of it this reader may
read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.digests.contents import Contents, Fresh, Late, ToAct
from app.digests.models import About
from app.digests.period import Period
from app.digests.telling.named import NamedLesson, named_lessons
from app.digests.telling.names import Names, names_in
from app.digests.telling.things import Thing, things
from app.digests.told import Number, address
from app.lessons.access import Reader
from app.searches.clusters import Wanted, wanted
from app.searches.models import Miss, Want


@dataclass(frozen=True, slots=True)
class Scene:
    """A digest with everything that it names. What is missing in `lessons`, `things`, `wants` may
    not be read any more. `subject` is its name in a sentence: “Pumps”, “all teams”."""

    period: Period
    about: About
    subject_id: str
    subject: str
    contents: Contents
    lessons: dict[str, NamedLesson]
    things: dict[str, Thing]
    wants: dict[str, Wanted]
    names: Names
    today: date

    def knows(self, name: str) -> bool:
        """Whether a number may be told."""
        return name in self.contents.counts

    def count(self, name: str) -> int:
        return self.contents.counts.get(name, 0)

    def list_url(self, name: str, month: str = "") -> str:
        """The address of the list behind a number; of one of the trend with its month."""
        url = address(self.period, self.about, self.subject_id, f"/lists/{name}")
        return url + ("&" if "?" in url else "?") + f"month={month}" if month else url

    def number(self, name: str, words: str, tone: str = "") -> Number:
        return Number(self.count(name), words, self.list_url(name), tone)

    def numbers(self, *wanted: tuple[str, str, str]) -> tuple[Number, ...]:
        """Those of the numbers, as (name, words, tone), that may be told and are not zero."""
        return tuple(self.number(*one) for one in wanted if self.count(one[0]))

    def nearness(self, ids: Iterable[str]) -> str:
        """“About seals, which Pumps deals with.” The nearest alone; empty for no topics, and of a
        topic's own digest."""
        if self.about is About.TOPIC:
            return ""
        nearest = next((self.names.topics[i] for i in ids if i in self.names.topics), "")
        if not nearest:
            return ""
        whose = f", which {self.subject} deals with" if self.about is About.TEAM else ""
        return f"About {nearest}{whose}."


def set_scene(
    session: Session,
    contents: Contents,
    who: Reader,
    *,
    period: Period,
    about: About,
    subject_id: str,
    subject: str,
    today: date,
    also: Sequence[str] = (),
) -> Scene:
    """Load what a digest names, through access, in four questions however much it is. `also` are
    people to be named besides."""
    c = contents
    late = {kind: [o.id for o in c.overdue if o.kind is kind] for kind in Late}
    beside = [i for kind in Late if kind is not Late.REVIEW for i in late[kind]]
    near: list[ToAct | Fresh] = [*c.act, *c.fresh_ours, *c.fresh_elsewhere]
    lesson_ids = [one.lesson_id for one in near] + [one.lesson_id for one in c.thanks]
    topic_ids = {i for one in near for i in one.topics}
    return Scene(
        period,
        about,
        subject_id,
        subject,
        contents,
        named_lessons(session, [*lesson_ids, *late[Late.REVIEW]], who),
        things(session, [*c.used, *c.measured, *c.again, *c.waiting, *beside], who),
        wants_with(session, [sought.want_id for sought in c.wanted], who),
        names_in(
            session,
            also,
            topic_ids | ({subject_id} if about is About.TOPIC else set()),
            who,
            about=about,
            subject_id=subject_id,
            wants=[sought.want_id for sought in c.wanted],
            knowing={i for sought in c.wanted for i in sought.knows},
        ),
        today,
    )


def wants_with(session: Session, ids: Sequence[str], who: Reader) -> dict[str, Wanted]:
    """What is wanted still and has one of these ids, by that id, most wanted first. One
    question."""
    if not ids:
        return {}
    found, _ = wanted(session, who, keys=_keys_of(ids), limit=len(ids))
    return {want.id: want for want in found}


def _keys_of(ids: Sequence[str]) -> Any:
    asked = sa.select(col(Want.key)).where(col(Want.id).in_(ids))
    return sa.union(asked, sa.select(col(Miss.key)).where(col(Miss.id).in_(ids)))
