"""What one digest is made from: of all facts, those of its subject that its readers may know."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.digests.compiling.editions import SMALLEST_GROUP, teams_told_of
from app.digests.compiling.facts import AgainFact, BriefFact, Facts, LessonFact, UseFact
from app.digests.models import About, Edition
from app.digests.period import Period


def within(moment: datetime, period: Period) -> bool:
    """Whether something was in the period."""
    return period.starts_at <= moment < period.ends_at


@dataclass(frozen=True)
class Scope:
    """The subject of a digest and who reads it. `teams` are those that it is of: the team and those
    below it; all, for the organisation; none for a topic."""

    facts: Facts
    about: About
    subject_id: str
    edition: Edition

    @property
    def period(self) -> Period:
        return self.facts.window.period

    @cached_property
    def teams(self) -> frozenset[str]:
        if self.about is About.TEAM:
            return self.facts.team_and_below(self.subject_id)
        return frozenset(self.facts.parents) if self.about is About.ORGANISATION else frozenset()

    @cached_property
    def own(self) -> frozenset[str]:
        """The teams whose own things all readers may read."""
        return teams_told_of(self.edition, self.subject_id, self.teams)

    @cached_property
    def counted_teams(self) -> frozenset[str]:
        """The teams whose briefs are counted: those whose readers these are, and those that are
        large enough for a number to say nothing about one of them."""
        members = self.facts.members
        large = (team for team in self.teams if len(members.get(team, ())) >= SMALLEST_GROUP)
        return self.own | frozenset(large)

    @cached_property
    def people(self) -> frozenset[str]:
        """Who is in the teams, and here."""
        return frozenset(
            person for team in self.teams for person in self.facts.members.get(team, ())
        )

    def lesson(self, lesson_id: str) -> LessonFact | None:
        """A lesson that all readers may read."""
        found = self.facts.lessons.get(lesson_id)
        return found if found and (found.shared or found.team_id in self.own) else None

    @cached_property
    def lessons(self) -> list[LessonFact]:
        """Lessons of the teams, about the topic, or all; the last posted first."""
        facts = self.facts
        if self.about is About.TOPIC:
            found: Iterable[LessonFact] = facts.lessons_about.get(self.subject_id, ())
        elif self.about is About.TEAM:
            found = (one for team in self.teams for one in facts.lessons_of_team.get(team, ()))
        else:
            found = facts.lessons.values()
        readable = (one for one in found if one.shared or one.team_id in self.own)
        return sorted(sorted(readable, key=_by_id), key=_posted_at, reverse=True)

    @cached_property
    def uses(self) -> list[UseFact]:
        """Uses by the teams, of lessons about the topic, or all; the last reported first."""
        facts = self.facts
        if self.about is About.TOPIC:
            return self.uses_of_ours
        if self.about is About.ORGANISATION:
            found: Iterable[UseFact] = facts.uses
        else:
            found = (use for team in self.teams for use in facts.uses_by_team.get(team, ()))
        return sorted(filter(self._told, found), key=_reported, reverse=True)

    @cached_property
    def uses_of_ours(self) -> list[UseFact]:
        """Uses of the lessons here, by whomever; the last reported first."""
        if self.about is About.ORGANISATION:
            return self.uses
        return list(self.uses_of(self.lessons))

    def uses_of(self, lessons: Iterable[LessonFact]) -> Iterator[UseFact]:
        """Uses of some lessons, the last reported first."""
        of_lesson = self.facts.uses_of_lesson
        found = [use for one in lessons for use in of_lesson.get(one.id, ())]
        yield from sorted(found, key=_reported, reverse=True)

    @cached_property
    def again(self) -> list[AgainFact]:
        """What happened again to the teams, or to the lessons here; the last reported first."""
        facts = self.facts
        found = [row for one in self.lessons for row in facts.again_of_lesson.get(one.id, ())]
        theirs = (row for team in self.teams for row in facts.again_of_team.get(team, ()))
        found += [row for row in theirs if self.lesson(row.lesson_id)]
        return sorted(dict.fromkeys(found), key=lambda row: (row.reported_at, row.id), reverse=True)

    @cached_property
    def briefs(self) -> list[BriefFact]:
        """Briefs of the counted teams, the last made first."""
        by_team = self.facts.briefs_by_team
        found = [brief for team in self.counted_teams for brief in by_team.get(team, ())]
        return sorted(found, key=lambda brief: (brief.made_at, brief.id), reverse=True)

    @cached_property
    def topics(self) -> Counter[str]:
        """What the teams have to do with, by how often: topics of their lessons, of what they used,
        and, where readers may know, of what their briefs hold."""
        facts = self.facts
        found = Counter(t for one in self.lessons for t in facts.topics.get(one.id, ()))
        found.update(t for use in self.uses for t in facts.topics.get(use.lesson_id, ()))
        for brief in self.briefs:
            for row in facts.decisions.get(brief.id, ()) if brief.team_id in self.own else ():
                if self.lesson(row.lesson_id):
                    found.update(facts.topics.get(row.lesson_id, ()))
        return found

    def shared_topics(self, lesson: LessonFact) -> list[str]:
        """The topics of a lesson that the teams have to do with, most first."""
        near = self.topics
        found = [topic for topic in self.facts.topics.get(lesson.id, ()) if topic in near]
        return sorted(found, key=lambda topic: (-near[topic], topic))

    @cached_property
    def done_with(self) -> frozenset[str]:
        """Lessons that one of the teams used or rejected; and, where readers may know, those that
        it decided it does already or that do not apply."""
        tried = (self.facts.tried.get(team, frozenset()) for team in self.teams)
        settled = (self.facts.settled.get(team, frozenset()) for team in self.own)
        return frozenset().union(*tried, *settled)

    def _told(self, use: UseFact) -> bool:
        return self.lesson(use.lesson_id) is not None


def _by_id(lesson: LessonFact) -> str:
    return lesson.id


def _posted_at(lesson: LessonFact) -> datetime:
    return lesson.posted_at


def _reported(use: UseFact) -> tuple[datetime, str]:
    return use.reported_at, use.id
