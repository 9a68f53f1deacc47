"""The parts of a digest that are about work: lessons used, what happened again, briefs."""

from app.briefs.naming import name_of_work
from app.digests.models import About
from app.digests.telling.phrases import begun_of, sentence, sentences, some
from app.digests.telling.scene import Scene
from app.digests.telling.shown import MOST_LINES, all_of
from app.digests.telling.things import Thing
from app.digests.told import Line, Part, Section
from app.kit.templates import day_in_words
from app.lessons.worth import times
from app.uses.models import Broke, Manner, Result
from app.uses.words import broke_in_words, manner_in_words, measure_in_words, result_in_words

RESULTS = (
    ("used.better", "better", "better"),
    ("used.same", "no different", "same"),
    ("used.worse", "worse", "worse"),
    ("used.unknown", "too early to say", "unknown"),
)
BROKE = {
    "again.not_searched": (Broke.NOT_SEARCHED, "nobody had looked"),
    "again.not_found": (Broke.NOT_FOUND, "looked for and not found"),
    "again.not_used": (Broke.NOT_USED, "found and not used"),
    "again.used_and_failed": (Broke.USED_AND_FAILED, "used and failed"),
}
DECIDED = (
    ("briefs.will_apply", "to be applied"),
    ("briefs.already_do", "done already"),
    ("briefs.does_not_apply", "do not apply"),
    ("briefs.need_help", "need help"),
    ("briefs.undecided", "not decided on"),
)
_WHY_AGAIN = {
    Broke.NOT_SEARCHED: "The lesson was there: a brief before the work begins would have shown it",
    Broke.NOT_FOUND: "The lesson was there: say it in the words in which people look for it",
    Broke.NOT_USED: "They knew the lesson: ask what kept them from using it",
    Broke.USED_AND_FAILED: "They did what it says: look whether its advice still holds",
}


def used(scene: Scene) -> Section:
    """What was used, and what came of it; “worse” is said as plainly as “better”."""
    c = scene.contents
    found = [scene.things[i] for i in dict.fromkeys((*c.used, *c.measured)) if i in scene.things]
    # What went worse stands first, so that it is not what is cut off.
    shown = sorted(found, key=lambda use: use.result != Result.WORSE)[:MOST_LINES]
    return Section(
        Part.USED,
        "What was used, and what came of it",
        _lead_of_used(scene, sum(use.result == Result.WORSE for use in shown)),
        numbers=scene.numbers(
            ("used", _one(scene, "used", "use", "uses"), ""),
            *RESULTS,
            ("used.rejected", "decided against", ""),
            (
                "used.heard",
                _one(scene, "used.heard", "result of an earlier use", "results of earlier uses"),
                "",
            ),
            ("used.measured", "measured before and after", ""),
            ("reach", _words_of_reach(scene), ""),
        ),
        lines=tuple(map(_used, shown)),
        more=all_of(scene, "used", "uses", len(shown)),
    )


def _lead_of_used(scene: Scene, worse_shown: int) -> str:
    total, worse, heard = (scene.count(n) for n in ("used", "used.worse", "used.heard"))
    if not total:
        heard_of = f"of {some(heard, 'earlier use')} it was heard what came"
        return sentences("nobody said that they used a lesson", heard_of if heard else "")
    look = f"look first at {'the one' if worse == 1 else f'the {worse:,}'} that went worse"
    if worse > worse_shown:
        look += f": “{worse:,} worse” opens {'it' if worse == 1 else 'them'}"
    well = "none made things worse"
    return sentences(f"lessons were used {times(total)}", look if worse else well)


def _words_of_reach(scene: Scene) -> str:
    # Of a team these are others' uses of its lessons, not a part of what it used itself.
    if scene.about is not About.TEAM:
        return "by another team than the author's"
    return _one(scene, "reach", "use of its lessons elsewhere", "uses of its lessons elsewhere")


def _one(scene: Scene, name: str, one: str, many: str) -> str:
    return one if scene.count(name) == 1 else many


def _used(use: Thing) -> Line:
    url = f"/lessons/{use.lesson_id}#came"
    return Line(use.title, url, said_used(use), _why_used(use, Result(use.result)), use.kind)


def said_used(use: Thing) -> str:
    """“Pumps applied it: worse. Scrap rate: 4.5 → 6 %.”"""
    came = "" if use.manner == Manner.REJECTED else f": {result_in_words(Result(use.result))}"
    said = f"{use.team or 'Somebody'} {manner_in_words(Manner(use.manner))}{came}"
    return sentences(said, measure_in_words(use))


def _why_used(use: Thing, result: Result) -> str:
    if result is Result.WORSE:
        return "It made things worse: ask what was different here."
    if use.measure and use.before is not None and use.after is not None:
        return "Measured before and after."
    if result is Result.BETTER and not use.own_team:
        return "It helped another team than the author's."
    return "Result heard." if result is not Result.UNKNOWN else "Used lately."


def again(scene: Scene) -> Section:
    """What happened again, and where the chain from the lesson to the work broke."""
    total = scene.count("again")
    found = [scene.things[i] for i in scene.contents.again if i in scene.things][:MOST_LINES]
    lead = (
        f"{times(total).capitalize()}, though a lesson about it was there. Ask what kept it away."
        if total
        else "Nothing that a lesson warns of happened again."
    )
    numbers = [(name, words, "") for name, (_, words) in BROKE.items()]
    return Section(
        Part.AGAIN,
        "What happened again",
        lead,
        numbers=scene.numbers(
            ("again", "in all", ""), *numbers, ("again.unsaid", "nobody said why", "")
        ),
        lines=tuple(_again(thing) for thing in found),
        more=all_of(scene, "again", "that happened again", len(found)),
    )


def _again(thing: Thing) -> Line:
    why = (
        _WHY_AGAIN[Broke(thing.manner)]
        if thing.manner
        else "Nobody said where the chain broke: ask"
    )
    url = f"/lessons/{thing.lesson_id}#came"
    return Line(thing.title, url, said_again(thing), sentence(why), thing.kind)


def said_again(thing: Thing) -> str:
    """“In Pumps, 3 March 2026: nobody had looked. Cost: two days.”"""
    where = f"in {thing.team}" if thing.team else ""
    said = ", ".join(filter(None, (where, day_in_words(thing.day))))
    because = f": {broke_in_words(Broke(thing.manner))}" if thing.manner else ""
    return sentences(said + because, f"cost: {thing.words}" if thing.words else "")


def briefs(scene: Scene) -> Section:
    """How much work began with a brief, what was decided, what waits for a follow-up."""
    waiting = [scene.things[i] for i in scene.contents.waiting if i in scene.things]
    lines = tuple([_waiting(brief) for brief in waiting if not brief.over][:MOST_LINES])
    note = ""
    if scene.contents.small_teams_left_out:
        note = (
            "Teams of fewer than five people are left out here, so that nothing can be told of "
            "a single person."
        )
    return Section(
        Part.BRIEFS,
        "Before work began",
        _lead_of_briefs(scene),
        numbers=scene.numbers(
            ("work", _one(scene, "work", "piece of work", "pieces of work"), ""),
            ("work.briefed", "began with a brief", ""),
            *((name, words, "") for name, words in DECIDED),
            ("briefs.waiting", "waiting to hear what came of it", ""),
        ),
        lines=lines,
        more=all_of(scene, "briefs.waiting", "that wait to be heard of", MOST_LINES),
        note=note,
    )


def _lead_of_briefs(scene: Scene) -> str:
    if scene.about is About.TOPIC:
        return "Briefs belong to teams: their digests tell of them."
    if not scene.knows("briefs"):
        return "Briefs are not counted here: no team in it has five people or more."
    work, briefed, left = (scene.count(n) for n in ("work", "work.briefed", "briefs.undecided"))
    if not work:
        return "No brief was asked for: nobody looked for lessons before work began."
    began = f"{begun_of(briefed, work)}, which shows the lessons that matter before anybody starts"
    these = "one of those lessons" if left == 1 else f"{left:,} of those lessons"
    return sentences(
        began, f"nothing is decided yet about {these}: ask who decides" if left else ""
    )


def _waiting(brief: Thing) -> Line:
    whose = f"of {brief.team} " if brief.team else ""
    said = f"The work {whose}ended on {day_in_words(brief.day)}; nobody has said what came of it."
    return Line(
        name_of_work(brief.words),
        f"/briefs/{brief.id}/follow-up",
        said,
        "A result takes a minute, and is worth more than another lesson.",
    )
