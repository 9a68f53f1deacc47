"""The parts of a digest that are about lessons: to act on, new, wanted, to be thankful for."""

from collections.abc import Sequence

from app.digests.contents import Fresh, Grounds, Sought, ToAct, ToThank
from app.digests.models import About
from app.digests.telling.phrases import sentences, some, used_by_others, why_easy
from app.digests.telling.scene import Scene
from app.digests.telling.shown import MOST_LINES, all_of
from app.digests.told import Deed, Line, Offer, Part, Section
from app.lessons.labels import kind_label
from app.lessons.worth import teams, times

_MOST_NAMED = 3
_NO_PROOF = "Nothing new to act on: no lesson from elsewhere has proven itself for this yet."


def to_act(scene: Scene) -> Section:
    """At most three lessons from elsewhere, proven and not used yet."""
    lines = [line for act in scene.contents.act if (line := _to_act(scene, act))]
    return Section(Part.ACT, "Act on this", _lead_of_act(scene, len(lines)), lines=tuple(lines))


def _lead_of_act(scene: Scene, number: int) -> str:
    if not number:
        return _NO_PROOF
    these, them = ("One lesson", "it") if number == 1 else (f"{number} lessons", "them")
    next_step = f"Decide who tries {'it' if number == 1 else 'which'}."
    if scene.about is About.TEAM:
        return f"{these} that other teams proved and {scene.subject} has not used yet. {next_step}"
    when = "that week" if scene.period.weekly else f"in {scene.period.name}"
    idle = f"and that nobody used {when}"
    return f"{these} that helped whoever used {them}, {idle}. {next_step}"


def _to_act(scene: Scene, act: ToAct) -> Line | None:
    lesson = scene.lessons.get(act.lesson_id)
    if lesson is None or lesson.retired:
        return None
    again = "something like it happened here again this year" if act.again else ""
    why = sentences(
        used_by_others(act.reach, act.better, act.worse),
        scene.nearness(act.topics),
        again,
        why_easy(act.eases),
    )
    offers = (Offer(Deed.ASK, lesson.id, lesson.asked),)
    return Line(lesson.title, lesson.url, lesson.advice, why, lesson.kind, offers)


def fresh(scene: Scene) -> Section:
    """New lessons from elsewhere, then one's own."""
    elsewhere = [line for i in scene.contents.fresh_elsewhere if (line := _fresh(scene, i))]
    ours = [line for i in scene.contents.fresh_ours if (line := _fresh(scene, i, ours=True))]
    near = elsewhere[: MOST_LINES - 1] if ours else elsewhere[:MOST_LINES]
    lines = [*near, *ours][:MOST_LINES]
    of_team = scene.about is About.TEAM
    return Section(
        Part.FRESH,
        "New lessons",
        _lead_of_fresh(scene),
        numbers=scene.numbers(
            ("fresh.elsewhere", "from elsewhere that may matter here", ""),
            ("fresh.ours", f"from {scene.subject}" if of_team else "in all", ""),
        ),
        lines=tuple(lines),
        more=all_of(scene, "fresh.elsewhere", "from elsewhere", len(near))
        or all_of(scene, "fresh.ours", "new lessons", len(lines) - len(near)),
    )


def _lead_of_fresh(scene: Scene) -> str:
    if not scene.count("fresh.ours") + scene.count("fresh.elsewhere"):
        return "Nobody wrote a lesson that bears on this."
    if scene.about is About.TEAM:
        return "Those from elsewhere stand first, nearest to what is done here: pass on what fits."
    return "Those that others used already stand first: pass on what fits."


def _fresh(scene: Scene, one: Fresh, *, ours: bool = False) -> Line | None:
    lesson = scene.lessons.get(one.lesson_id)
    if lesson is None or lesson.retired:
        return None
    used = f"{teams(one.reach)} used it already" if one.reach else ""
    own = f"written in {lesson.team}" if lesson.team else "written here"
    from_there = f"from {lesson.team}" if lesson.team else ""
    why = sentences(own if ours else from_there, used, scene.nearness(one.topics))
    return Line(lesson.title, lesson.url, lesson.advice, why, lesson.kind)


def sought(scene: Scene) -> Section:
    """What people look for and nobody has written."""
    known = {one.want_id: one for one in scene.contents.wanted}
    lines = [_sought(scene, known[i]) for i in known if i in scene.wants][:MOST_LINES]
    total = scene.count("wanted")
    lead = (
        "Nobody has written these down. A few lines from somebody who knows are enough."
        if total
        else "Nothing that people looked for is missing."
    )
    return Section(
        Part.WANTED,
        "Looked for and not found",
        lead,
        numbers=scene.numbers(("wanted", "still wanted", "")),
        lines=tuple(lines),
        more=all_of(scene, "wanted", "that are still wanted", len(lines)),
    )


def _sought(scene: Scene, one: Sought) -> Line:
    want = scene.wants[one.want_id]
    people = tuple((i, scene.names.people[i]) for i in one.knows if i in scene.names.people)
    said = sentences(
        f"{some(want.people, 'person asks', 'people ask')} for it" if want.people else "",
        f"looked for {times(want.looked)}" if want.looked else "",
    )
    names = [name for _, name in people]
    *others, last = names[:_MOST_NAMED] or [""]
    who = f"{', '.join(others)} or {last}" if others else last
    why = (
        f"{who} may know: they wrote or used lessons like it."
        if who
        else "Nobody is known yet who may know."
    )
    asked = scene.names.asked.get(one.want_id)
    offer = Offer(Deed.ASSIGN, want.id, bool(asked), (asked,) if asked else people)
    return Line(want.words, want.url, said, why, offers=(offer,))


def thanks(scene: Scene) -> Section:
    """Lessons whose authors helped others."""
    found = [line for one in scene.contents.thanks if (line := _thanks(scene, one))]
    lines = tuple(found[:MOST_LINES])
    lead = (
        "What they wrote helped others. A word from you is why people write."
        if lines
        else "Nothing that was written here was used by another team."
    )
    words = (
        "lesson to be thankful for" if scene.count("thanks") == 1 else "lessons to be thankful for"
    )
    numbers = scene.numbers(("thanks", words, ""))
    more = all_of(scene, "thanks", words, len(lines))
    return Section(Part.THANKS, "Whom to thank", lead, numbers=numbers, lines=lines, more=more)


def _thanks(scene: Scene, one: ToThank) -> Line | None:
    lesson = scene.lessons.get(one.lesson_id)
    if lesson is None:
        return None
    what = kind_label(lesson.kind).lower()
    failed = one.grounds is Grounds.FAILURE
    failure = f"a {what}, told so that others need not repeat it" if failed else ""
    why = sentences(failure, used_by_others(one.teams, one.better, one.worse))
    offers: Sequence[Offer] = (Offer(Deed.THANK, lesson.id, lesson.thanked),)
    said = sentences(f"by {lesson.from_whom}") if lesson.from_whom else ""
    return Line(
        lesson.title, lesson.url, said, why, lesson.kind, () if lesson.mine else tuple(offers)
    )
