"""Reading along: every rule over what is written so far, the most telling remarks first."""

from collections.abc import Callable, Iterator

from app.coach.advice import good_will
from app.coach.blame import blame, names
from app.coach.missing import conditions, numbers, restated, vague_title, what_to_do
from app.coach.secrets import secrets
from app.coach.writing import Remark, Writing

MOST_REMARKS = 3

Rule = Callable[[Writing], Iterator[Remark]]
RULES: tuple[Rule, ...] = (
    secrets,
    blame,
    names,
    good_will,
    restated,
    what_to_do,
    conditions,
    numbers,
    vague_title,
)


def remarks_on(writing: Writing, most: int = MOST_REMARKS) -> list[Remark]:
    """At most `most` remarks, one a rule: whoever hears ten things changes none."""
    first = (next(rule(writing), None) for rule in RULES)
    return [remark for remark in first if remark][:most]
