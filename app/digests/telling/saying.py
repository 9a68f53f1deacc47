"""A digest in words: its parts in their order, the one sentence above them, and what a quiet month
suggests."""

from app.digests.contents import Suggested
from app.digests.models import About
from app.digests.telling.phrases import sentences
from app.digests.telling.said_late import overdue
from app.digests.telling.said_of_lessons import fresh, sought, thanks, to_act
from app.digests.telling.said_of_work import again, briefs, used
from app.digests.telling.scene import Scene
from app.digests.told import Line, Part, Section

_LONGEST = 120


def sections(scene: Scene) -> tuple[Section, ...]:
    """The parts in their order."""
    return (
        to_act(scene),
        used(scene),
        again(scene),
        briefs(scene),
        fresh(scene),
        sought(scene),
        thanks(scene),
        overdue(scene),
    )


def first(parts: tuple[Section, ...], quiet: Line | None) -> str:
    """The one sentence that says what to do next: the first that there is of an easy and proven
    lesson, something that happened again, a use that went worse, something late, somebody to be
    thanked."""
    if quiet:
        return f"{quiet.title}: {quiet.said[:1].lower()}{quiet.said[1:]}"
    by_part = {part.part: part for part in parts}
    for part, words in _FIRST.items():
        if by_part[part].lines:
            line = by_part[part].lines[0]
            because = line.why.partition(". ")[0] if part is Part.ACT else ""
            return sentences(words.format(title=_short(line.title)), because)
    return "Nothing asks for you this time."


_FIRST = {
    Part.ACT: "Take “{title}” to your next meeting and decide who tries it.",
    Part.AGAIN: "Ask what kept “{title}” from being used: it happened again.",
    Part.OVERDUE: "Settle what waits longest: “{title}”.",
    Part.BRIEFS: "Ask what came of “{title}”.",
    Part.WANTED: "Ask somebody who knows to write a few lines on “{title}”.",
    Part.THANKS: "Thank whoever wrote “{title}”: others used it.",
    Part.FRESH: "Read “{title}” and say who should know of it.",
    Part.USED: "Look at what came of “{title}”.",
}


def quiet(scene: Scene) -> Line | None:
    """A quiet month in a line, with the one thing that may be done; None for any other."""
    suggested = scene.contents.quiet
    if suggested is None:
        return None
    team = f"?team={scene.subject_id}" if scene.about is About.TEAM else ""
    act = next((i for i in scene.contents.act if i.lesson_id in scene.lessons), None)
    if suggested is Suggested.ACT and act:
        lesson = scene.lessons[act.lesson_id]
        said = f"Read “{_short(lesson.title)}” and decide whether to try it."
        return Line(_quiet_title(scene), lesson.url, said)
    address, said = {
        Suggested.WRITE: ("/lessons/new", "Write down one thing that was learned meanwhile."),
        Suggested.WANTED: ("/wanted", "See what others look for: somebody here may know it."),
    }.get(suggested, (f"/briefs/new{team}", "Begin the next piece of work with a brief."))
    return Line(_quiet_title(scene), address, said)


def _quiet_title(scene: Scene) -> str:
    return f"A quiet {'week' if scene.period.weekly else 'month'}"


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1].rpartition(" ")[0] + "…"
