"""What a month comes to, counted out of a diary: every number and the twelve months."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from tests.digests.by_hand import Row
from tests.digests.concerned import Concerned, by_another_team

DISPOSITIONS = ("will_apply", "already_do", "does_not_apply", "need_help")
BROKE = ("not_searched", "not_found", "not_used", "used_and_failed")
RESULTS = ("better", "same", "worse", "unknown")


class Count(Concerned):
    """A month for a team, a topic or all."""

    def numbers(self) -> dict[str, int]:
        """Every number of the month, by the name that digests give it."""
        return {
            **self._used(),
            **self._again(),
            **(self._briefs() if self.counted else {}),
            **self._lessons(),
            **self._overdue(),
            "wanted": sum(map(self._is_near, self.diary.open_wants(self.end))),
        }

    def _used(self) -> dict[str, int]:
        month = (self.first, self.end)
        said = list(self.uses(*month).values())
        used = [use for use in said if use["manner"] != "rejected"]
        heard = [
            use
            for use in self.uses(date.min, self.first).values()
            if self.first <= use["changed_at"].date() < self.end
            and use["manner"] != "rejected"
            and use["result"] != "unknown"
        ]
        results = {f"used.{r}": sum(use["result"] == r for use in used) for r in RESULTS}
        return {
            "used": len(used),
            **results,
            "used.rejected": len(said) - len(used),
            "used.heard": len(heard),
            "used.measured": sum(use["compared"] for use in used + heard),
            "reach": len(self.by_others(*month)),
        }

    def _again(self) -> dict[str, int]:
        rows = list(self.again(self.first, self.end).values())
        unsaid = {"again": len(rows), "again.unsaid": sum(row["broke"] is None for row in rows)}
        return unsaid | {f"again.{b}": sum(row["broke"] == b for row in rows) for b in BROKE}

    def _briefs(self) -> dict[str, int]:
        made = list(self.briefs_made(self.first, self.end))
        decided = [
            what for brief in made for lesson, what in brief["decided"].items() if self.told(lesson)
        ]
        waiting = list(self._waiting())
        work, briefed = self.work(self.first, self.end)
        last = datetime.combine(self.end, datetime.min.time()) - timedelta(days=7)
        late = [brief for brief in waiting if brief["asked"].replace(tzinfo=None) <= last]
        return {
            "briefs": len(made),
            **{f"briefs.{what}": decided.count(what) for what in DISPOSITIONS},
            "briefs.undecided": decided.count(None),
            "briefs.waiting": len(waiting),
            "work": work,
            "work.briefed": briefed,
            "overdue.follow_ups": len(late),
        }

    def _waiting(self) -> Iterator[Row]:
        for brief in self.diary.briefs.values():
            asked = brief["asked"]
            told = brief["team_id"] in self.counted and asked and brief["ended"] is None
            if told and self.year_ago <= asked.date() < self.end:
                yield brief

    def _lessons(self) -> dict[str, int]:
        diary = self.diary
        fresh = [
            one
            for one, lesson in diary.lessons.items()
            if self.first <= lesson["at"].date() < self.end and not lesson["retired"]
        ]
        found = {"fresh.ours": sum(map(self.ours, fresh)), "thanks": len(self._thanked())}
        if self.team:
            near = self._topics()
            others = [
                one
                for one in fresh
                if diary.lessons[one]["visibility"] == "organisation"
                and diary.lessons[one]["team_id"] not in self.teams
                and (near & set(diary.lessons[one]["topic_ids"]) or len(self._reached_by(one)) >= 2)
            ]
            found["fresh.elsewhere"] = len(others)
        return found

    def _reached_by(self, lesson_id: str) -> set[str]:
        uses = self.diary.uses.values()
        return {
            use["team_id"] for use in uses if use["lesson_id"] == lesson_id and by_another_team(use)
        }

    def _thanked(self) -> set[str]:
        results: dict[str, set[str]] = {}
        for use in self.diary.uses.values():
            lesson = self.diary.lessons[use["lesson_id"]]
            named = lesson["by"] is not None
            if self.team and named:
                ours = lesson["by"] in self.people and self.told(use["lesson_id"])
            else:
                ours = self.ours(use["lesson_id"])
            gone = named and lesson["by"] not in self.diary.here
            if (
                ours
                and not gone
                and by_another_team(use)
                and self.first <= use["at"].date() < self.end
            ):
                results.setdefault(use["lesson_id"], set()).add(use["result"])
        return {one for one, said in results.items() if said - {"unknown"} != {"worse"}}

    def _topics(self) -> set[str]:
        """What the teams have to do with in the twelve months."""
        diary = self.diary
        lessons = {one for one in diary.lessons if self.ours(one)}
        for use in diary.uses.values():
            when = {use["at"].date(), use["changed_at"].date()}
            if self._by_us(use) and any(self.year_ago <= day < self.end for day in when):
                lessons.add(use["lesson_id"])
        for brief in self.briefs_made(self.year_ago, self.end):
            if brief["team_id"] in self.own:
                lessons |= set(filter(self.told, brief["decided"]))
        return {topic for one in lessons for topic in diary.lessons[one]["topic_ids"]}

    def _is_near(self, words: set[str]) -> bool:
        about = {topic for topic, stems in self.diary.names if stems and stems <= words}
        if self.topic:
            return self.topic in about
        return not self.team or bool(about & self._topics())

    def _overdue(self) -> dict[str, int]:
        diary = self.diary
        in_use = {one for one, lesson in diary.lessons.items() if not lesson["retired"]}
        actions = [
            row
            for row in diary.actions.values()
            if not row["done"] and row["due_on"] and date.fromisoformat(row["due_on"]) < self.end
            and row["at"].date() < self.end
            and row["lesson_id"] in in_use and self.told(row["lesson_id"])
            and (self.ours(row["lesson_id"]) or (self.team and row["owner_id"] in self.people))
        ]  # fmt: skip
        questions = [
            row
            for one, row in diary.questions.items()
            if one not in diary.answers.values()
            and self.year_ago <= row["at"].date() < self.end - timedelta(days=14)
            and row["lesson_id"] in in_use and self.ours(row["lesson_id"])
        ]  # fmt: skip
        reviews = [one for one in in_use if self.ours(one) and self._waits_for_review(one)]
        return {
            "overdue.actions": len(actions),
            "overdue.questions": len(questions),
            "overdue.reviews": len(reviews),
        }

    def _waits_for_review(self, lesson_id: str) -> bool:
        lesson, diary = self.diary.lessons[lesson_id], self.diary
        again = sorted(
            row["at"]
            for row in diary.again.values()
            if row["lesson_id"] == lesson_id
            and self._may_be_known(row)
            and not (lesson["worded"] and row["at"] <= lesson["worded"])
        )
        if len(again) >= 3:
            return bool(again[2].date() < self.end)
        uses = [
            use
            for use in diary.uses.values()
            if use["lesson_id"] == lesson_id and use["manner"] != "rejected"
        ]
        held = [lesson["at"].date()]
        held += [date.fromisoformat(u["used_on"]) for u in uses if u["result"] != "worse"]
        held += [at.date() for (one, _), at in diary.confirmed.items() if one == lesson_id]
        return bool(uses) and max(held) + timedelta(days=730) < self.end

    def trend(self) -> dict[str, list[Any]]:
        """The twelve months, oldest first."""
        months, day = [], self.year_ago
        while day < self.end:
            following = (day + timedelta(days=31)).replace(day=1)
            months.append((day, following))
            day = following
        used = [
            [use["result"] for use in self.uses(*month).values() if use["manner"] != "rejected"]
            for month in months
        ]
        work = [self.work(*month) for month in months] if self.counted else []
        others = [self.by_others(*month).values() for month in months]
        return {
            "months": [f"{first:%Y-%m}" for first, _ in months],
            "reached": [len({use["lesson_id"] for use in uses}) for uses in others],
            "second_days": [sorted(self._second_days(*month)) for month in months],
            "work": [number for number, _ in work],
            "briefed": [number for _, number in work],
            **{result: [said.count(result) for said in used] for result in RESULTS},
            "again": [len(self.again(*month)) for month in months],
        }

    def _second_days(self, first: date, end: date) -> Iterator[int]:
        for one, lesson in self.diary.lessons.items():
            uses = [
                u["at"]
                for u in self.diary.uses.values()
                if u["lesson_id"] == one and by_another_team(u)
            ]
            if uses and self.ours(one) and first <= min(uses).date() < end:
                yield max((min(uses).date() - lesson["at"].date()).days, 0)
