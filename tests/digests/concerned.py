"""What of a diary concerns one subject, as far as those who read of it may know."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.digests.by_hand import Diary, Row


class Concerned:
    """A month `first` to `end` (the first of the next), for a team, a topic or (neither) all, as
    read by those who read what the teams `own` keep to themselves."""

    def __init__(
        self,
        diary: Diary,
        first: date,
        end: date,
        *,
        team: str = "",
        topic: str = "",
        own: Any = (),
    ):
        self.diary, self.first, self.end, self.team, self.topic = diary, first, end, team, topic
        self.year_ago = date(first.year - 1, first.month, 1) + timedelta(days=31)
        self.year_ago = self.year_ago.replace(day=1)
        self.own = set(own)
        self.teams = (
            {t for t in diary.parents if team in ("", *self._above(t))} if not topic else set()
        )
        large = {t for t in self.teams if len(diary.members[t]) >= 5}
        self.counted = large | self.own
        self.people = {person for t in self.teams for person in diary.members[t]}

    def _above(self, team: str) -> Iterator[str]:
        here: str | None = team
        while here:
            yield here
            here = self.diary.parents[here]

    def told(self, lesson_id: str) -> bool:
        lesson = self.diary.lessons.get(lesson_id)
        return bool(lesson) and (
            lesson["visibility"] == "organisation" or lesson["team_id"] in self.own
        )

    def ours(self, lesson_id: str) -> bool:
        lesson = self.diary.lessons[lesson_id]
        if not self.told(lesson_id):
            return False
        if self.topic:
            return self.topic in lesson["topic_ids"]
        return not self.team or lesson["team_id"] in self.teams

    def uses(self, first: date, end: date) -> dict[str, Row]:
        """Uses by us of a month, of lessons that may be told."""
        return {
            one: use
            for one, use in self.diary.uses.items()
            if first <= use["at"].date() < end and self._by_us(use)
        }

    def _by_us(self, use: Row) -> bool:
        if not self.told(use["lesson_id"]):
            return False
        if self.topic:
            return self.ours(use["lesson_id"])
        return not self.team or use["team_id"] in self.teams

    def again(self, first: date, end: date) -> dict[str, Row]:
        return {
            one: row
            for one, row in self.diary.again.items()
            if first <= row["at"].date() < end
            and self.told(row["lesson_id"])
            and self._may_be_known(row)
            and (self.ours(row["lesson_id"]) or row["team_id"] in self.teams)
        }

    def _may_be_known(self, row: Row) -> bool:
        if row["newer_id"] is None:
            return True
        older, newer = (self.diary.lessons[row[name]] for name in ("lesson_id", "newer_id"))
        same = older["visibility"] == "team" and older["team_id"] == newer["team_id"]
        return newer["visibility"] == "organisation" or same

    def by_others(self, first: date, end: date) -> dict[str, Row]:
        """Uses of our lessons by another team than the author's."""
        return {
            one: use
            for one, use in self.diary.uses.items()
            if first <= use["at"].date() < end
            and by_another_team(use)
            and self.ours(use["lesson_id"])
        }

    def work(self, first: date, end: date) -> tuple[int, int]:
        """Pieces of work, and those that began with a brief."""
        briefs = sum(1 for _ in self.briefs_made(first, end))
        others = {
            use["work_id"]
            for use in self.uses(first, end).values()
            if not use["brief_id"]
            and use["manner"] != "rejected"
            and use["team_id"] in self.counted
        }
        return briefs + len(others), briefs

    def briefs_made(self, first: date, end: date) -> Iterator[Row]:
        for brief in self.diary.briefs.values():
            if brief["team_id"] in self.counted and first <= brief["at"].date() < end:
                yield brief


def by_another_team(use: Row) -> bool:
    """Whether another team than the author's applied or adapted it."""
    return bool(use["team_id"]) and not use["own_team"] and use["manner"] != "rejected"
