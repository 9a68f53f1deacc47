"""What must hold between the parts of the sample organisation before it is loaded."""

from collections.abc import Collection, Iterable

from app.demo.shapes import SampleLesson, SampleOrganisation, SamplePerson

SIGN_INS = ("employee", "curator", "manager", "administrator")
EDITABLE = (
    "title",
    "context",
    "expected",
    "happened",
    "why",
    "lesson",
    "recommendation",
    "applies_when",
    "not_when",
)


def check_organisation(organisation: SampleOrganisation, where: str) -> None:
    """Raise ValueError, beginning with `where`, when a key is double or points at nothing."""
    teams = {team.key for team in organisation.teams}
    topics = {topic.key for topic in organisation.topics}
    people = {person.key for person in organisation.people}
    refuse_doubles((team.key for team in organisation.teams), where)
    refuse_doubles((topic.key for topic in organisation.topics), where)
    refuse_doubles((person.key for person in organisation.people), where)
    refuse_doubles((person.email for person in organisation.people), where)
    for team in organisation.teams:
        _refuse_unknown(_given(team.parent), teams, f"{where}: {team.key}: parent")
    for topic in organisation.topics:
        _refuse_unknown(_given(topic.parent), topics, f"{where}: {topic.key}: parent")
    for person in organisation.people:
        named = (membership.team for membership in person.teams)
        _refuse_unknown(named, teams, f"{where}: {person.key}: teams")
    if set(organisation.sign_ins) != set(SIGN_INS):
        raise ValueError(f"{where}: sign_ins: must name {', '.join(SIGN_INS)}")
    _refuse_unknown(organisation.sign_ins.values(), people, f"{where}: sign_ins")


def check_lesson(lesson: SampleLesson, organisation: SampleOrganisation, where: str) -> None:
    """Raise ValueError, beginning with `where`, when a lesson contradicts itself or the rest."""
    people = {person.key: person for person in organisation.people}
    _refuse_unknown([lesson.team], {team.key for team in organisation.teams}, f"{where}: team")
    topics = {topic.key for topic in organisation.topics}
    _refuse_unknown(lesson.topics, topics, f"{where}: topics")
    _check_authorship(lesson, people, where)
    _check_history(lesson, people, where)


def refuse_doubles(keys: Iterable[str], where: str) -> None:
    """Raise ValueError, beginning with `where`, for the first key that comes twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"{where}: {key}: stands there twice")
        seen.add(key)


def _check_authorship(lesson: SampleLesson, people: dict[str, SamplePerson], where: str) -> None:
    if lesson.author_mode == "protected":
        # A draft has an owner, and an edit a signature: either would tell who wrote it.
        if lesson.author or lesson.edits or lesson.visibility == "draft":
            raise ValueError(f"{where}: author: a protected lesson has no author, edits or draft")
        return
    if lesson.author is None:
        raise ValueError(f"{where}: author: a named lesson needs one")
    _refuse_unknown([lesson.author], people, f"{where}: author")
    joined = people[lesson.author].joined
    if joined is not None and lesson.posted_days_ago > joined:
        raise ValueError(f"{where}: author: had not joined when the lesson was posted")


def _check_history(lesson: SampleLesson, people: dict[str, SamplePerson], where: str) -> None:
    days = [lesson.posted_days_ago, *(edit.days_ago for edit in lesson.edits)]
    days += [lesson.retired.days_ago] if lesson.retired else []
    if days != sorted(days, reverse=True) or len(set(days)) != len(days):
        raise ValueError(f"{where}: edits: must follow the posting, oldest first")
    for edit in lesson.edits:
        _refuse_unknown([edit.by], people, f"{where}: edits: by")
        _refuse_unknown(edit.change, EDITABLE, f"{where}: edits: change")
    if lesson.retired:
        _refuse_unknown([lesson.retired.by], people, f"{where}: retired: by")
    if lesson.occurred_days_ago is not None and lesson.occurred_days_ago < lesson.posted_days_ago:
        raise ValueError(f"{where}: occurred_days_ago: lies after the posting")


def _given(key: str | None) -> list[str]:
    return [] if key is None else [key]


def _refuse_unknown(keys: Iterable[str], known: Collection[str], where: str) -> None:
    for key in keys:
        if key not in known:
            raise ValueError(f"{where}: there is no {key!r}")
