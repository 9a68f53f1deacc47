"""Counts a month as somebody would by hand, from the events alone: what was done, one act after the
other. It shares nothing with the program that compiles digests.

Who is in which team are no acts and are looked up; so are the words of what is wanted and of
topics, since events keep no words.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from app.events.models import Event
from app.people.models import Membership, Person, Team
from app.searches.keys import want_key
from app.searches.models import Miss, Want
from app.topics.models import Topic, TopicSynonym

WORDING = {"title", "lesson", "recommendation", "applies_when", "not_when"}
Row = dict[str, Any]


class Diary:
    """What stands after all acts, by id: lessons, uses, recurrences, briefs, and what waits."""

    def __init__(self, session: Session):
        self.lessons: dict[str, Row] = {}
        self.uses: dict[str, Row] = {}
        self.again: dict[str, Row] = {}
        self.briefs: dict[str, Row] = {}
        self.actions: dict[str, Row] = {}
        self.questions: dict[str, Row] = {}
        self.answers: dict[str, str] = {}
        self.confirmed: dict[tuple[str, str | None], datetime] = {}
        self.wanted: set[str] = set()
        self.answered: set[str] = set()
        self._read_people(session)
        self._read_words(session)
        order = {"lesson.posted": 0}  # what a protected author did is dated by the day alone
        events = session.exec(select(Event)).all()
        for event in sorted(events, key=lambda e: (e.at, order.get(e.kind, 1))):
            note = getattr(self, "_" + event.kind.replace(".", "_"), None)
            if note:
                note(event, event.facts)

    def _read_people(self, session: Session) -> None:
        here = {p.id for p in session.exec(select(Person)) if p.disabled_at is None}
        self.here = here
        self.parents = {team.id: team.parent_id for team in session.exec(select(Team))}
        self.members: dict[str, set[str]] = defaultdict(set)
        for row in session.exec(select(Membership)):
            self.members[row.team_id] |= {row.person_id} & here

    def _read_words(self, session: Session) -> None:
        wants, misses = session.exec(select(Want)).all(), session.exec(select(Miss)).all()
        self.keys = {row.id: row.key for row in (*wants, *misses)}
        self.looked = [(row.key, row.wanted_at.date()) for row in wants]
        self.looked += [(row.key, row.at.date()) for row in misses if row.shown]
        names = [(t.id, t.name) for t in session.exec(select(Topic))]
        names += [(s.topic_id, s.name) for s in session.exec(select(TopicSynonym))]
        self.names = [(topic, set(want_key(name).split())) for topic, name in names]

    def _lesson_posted(self, event: Event, facts: Row) -> None:
        more = {"by": event.actor_id, "at": event.at, "retired": False, "worded": None, "rev": 1}
        self.lessons[event.subject_id] = {**facts, **more}

    def _lesson_edited(self, event: Event, facts: Row) -> None:
        lesson = self.lessons[event.subject_id]
        if set(facts["changed"]) & WORDING:
            lesson["worded"] = event.at + timedelta(days=0 if event.actor_id else 1)
        if facts["revision"] > lesson["rev"]:
            lesson |= facts | {"rev": facts["revision"]}

    def _lesson_retired(self, event: Event, _facts: Row) -> None:
        self.lessons[event.subject_id]["retired"] = True

    def _lesson_restored(self, event: Event, _facts: Row) -> None:
        self.lessons[event.subject_id]["retired"] = False

    def _use_reported(self, event: Event, facts: Row) -> None:
        self.uses[event.subject_id] = {**facts, "at": event.at, "changed_at": event.at}

    def _use_changed(self, event: Event, facts: Row) -> None:
        self.uses[event.subject_id] |= facts | {"changed_at": event.at}

    def _use_withdrawn(self, event: Event, _facts: Row) -> None:
        del self.uses[event.subject_id]

    def _recurrence_reported(self, event: Event, facts: Row) -> None:
        self.again[event.subject_id] = {**facts, "at": event.at}

    def _recurrence_changed(self, event: Event, facts: Row) -> None:
        self.again[event.subject_id] |= facts

    def _recurrence_withdrawn(self, event: Event, _facts: Row) -> None:
        del self.again[event.subject_id]

    def _confirmation_given(self, event: Event, facts: Row) -> None:
        self.confirmed[facts["lesson_id"], event.actor_id] = event.at

    def _confirmation_withdrawn(self, event: Event, facts: Row) -> None:
        self.confirmed.pop((facts["lesson_id"], event.actor_id), None)

    def _brief_made(self, event: Event, facts: Row) -> None:
        lessons = dict.fromkeys(facts["lesson_ids"])
        more = {"at": event.at, "asked": None, "ended": None, "decided": lessons}
        self.briefs[event.subject_id] = {"team_id": facts["team_id"], **more}

    def _brief_changed(self, event: Event, facts: Row) -> None:
        brief = self.briefs[event.subject_id]
        brief["team_id"] = facts["team_id"]
        brief["decided"] = {one: brief["decided"].get(one) for one in facts["lesson_ids"]}
        if facts["another_end"]:
            brief |= {"asked": None, "ended": None}

    def _brief_more(self, event: Event, facts: Row) -> None:
        for lesson in facts["lesson_ids"]:
            self.briefs[event.subject_id]["decided"].setdefault(lesson, None)

    def _brief_matched(self, event: Event, facts: Row) -> None:
        self.briefs[event.subject_id]["decided"].setdefault(facts["lesson_id"], None)

    def _brief_removed(self, event: Event, _facts: Row) -> None:
        del self.briefs[event.subject_id]
        for use in self.uses.values():
            use["brief_id"] = None if use["brief_id"] == event.subject_id else use["brief_id"]

    def _disposition_set(self, event: Event, facts: Row) -> None:
        self.briefs[event.subject_id]["decided"][facts["lesson_id"]] = facts["disposition"]

    def _followup_asked(self, event: Event, _facts: Row) -> None:
        self.briefs[event.subject_id]["asked"] = event.at

    def _brief_ended(self, event: Event, _facts: Row) -> None:
        self.briefs[event.subject_id]["ended"] = event.at

    def _action_assigned(self, event: Event, facts: Row) -> None:
        self.actions.setdefault(event.subject_id, {"done": False, "at": event.at}).update(facts)

    _action_changed = _action_assigned

    def _action_done(self, event: Event, _facts: Row) -> None:
        self.actions[event.subject_id]["done"] = True

    def _action_reopened(self, event: Event, _facts: Row) -> None:
        self.actions[event.subject_id]["done"] = False

    def _action_removed(self, event: Event, _facts: Row) -> None:
        del self.actions[event.subject_id]

    def _question_asked(self, event: Event, facts: Row) -> None:
        self.questions[event.subject_id] = {**facts, "at": event.at}

    def _question_taken_back(self, event: Event, _facts: Row) -> None:
        del self.questions[event.subject_id]

    def _answer_given(self, event: Event, facts: Row) -> None:
        self.answers[event.subject_id] = facts["question_id"]

    def _answer_taken_back(self, event: Event, _facts: Row) -> None:
        del self.answers[event.subject_id]

    def _want_made(self, event: Event, _facts: Row) -> None:
        self.wanted.add(event.subject_id)

    _want_shown = _want_made

    def _want_withdrawn(self, event: Event, _facts: Row) -> None:
        self.wanted.discard(event.subject_id)

    def _want_answered(self, event: Event, _facts: Row) -> None:
        self.answered.add(self.keys[event.subject_id])

    def _want_reopened(self, event: Event, _facts: Row) -> None:
        self.answered.discard(self.keys[event.subject_id])

    def open_wants(self, before: date) -> list[set[str]]:
        """What everybody sees wanted since before a day, each as its words."""
        open_keys = {self.keys[one] for one in self.wanted if one in self.keys} - self.answered
        return [
            set(k.split())
            for k in open_keys
            if min(d for key, d in self.looked if key == k) < before
        ]
