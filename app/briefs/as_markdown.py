"""A brief as Markdown, to be pasted where the work is planned: what matters, what was decided."""

from app.briefs.reading import Placed, Shown
from app.kit.templates import day_in_words
from app.lessons.labels import kind_label


def as_markdown(brief: Shown, base_url: str) -> str:
    """The whole brief; a box is ticked where nothing is left to do."""
    parts = [f"# Before you start: {brief.heading}", _facts(brief, base_url)]
    if brief.says_more:
        parts.append("\n".join(f"> {line}".rstrip() for line in brief.brief.work.splitlines()))
    parts += [_lesson(placed, base_url) for placed in brief.lessons]
    if brief.unwritten:
        parts.append("## What nobody has written yet")
        parts.append("\n".join(f"- {words}" for words in brief.unwritten))
    return "\n\n".join(parts) + "\n"


def _facts(brief: Shown, base_url: str) -> str:
    row = brief.brief
    days = [
        f"begins {day_in_words(row.starts_on)}" if row.starts_on else "",
        f"ends {day_in_words(row.ends_on)}" if row.ends_on else "",
    ]
    facts = [brief.team.name if brief.team else "", f"by {brief.made_by.name}", *days]
    return f"*{' · '.join(fact for fact in facts if fact)}* <{base_url}{row.url}>"


def _lesson(placed: Placed, base_url: str) -> str:
    box = " " if placed.left_to_do else "x"
    if not placed.told:
        return "\n".join([f"- [{box}] {placed.title}.", *_decided(placed)])
    told = placed.told
    lines = [f"- [{box}] **{told.lesson.title}** ({kind_label(told.lesson.kind).lower()})"]
    if placed.retired:
        lines.append(f"  {placed.retired}.")
    else:
        lines.append(f"  {told.advice}")
        lines += [f"  *Applies when:* {told.applies_when}"] if told.applies_when else []
        lines.append(f"  *Why:* {told.why} {told.caution}".rstrip())
    return "\n\n".join([*lines, *_decided(placed), f"  <{base_url}{told.lesson.url}>"])


def _decided(placed: Placed) -> list[str]:
    if not placed.decision:
        return []
    reason = " ".join(placed.decision.reason.split())
    return [f"  **{placed.decision.words}.**" + (f" {reason}" if reason else "")]
