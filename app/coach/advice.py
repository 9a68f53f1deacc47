"""Advice that does not last: more care, more attention, better communication."""

import re
from collections.abc import Iterator

from app.coach.writing import Remark, Writing, words

_CARE = re.compile(
    r"\b(?:be(?:ing)?|stay|remain) (?:more |very |extra |always |really |a (?:bit|little) more )*"
    r"(?:careful|attentive|vigilant|aware|alert|cautious|diligent|mindful|thorough|disciplined)\b"
    r"|\bpay (?:more |closer |better |special )?attention\b"
    r"|\btake (?:more |better |greater )?care\b"
    r"|\b(?:look|check|work|read) (?:more )?(?:carefully|closely|thoroughly)\b"
    r"|\btry harder\b|\bdo better\b|\bcommunicate (?:better|more|earlier)\b"
    r"|\b(?:better|more|improve(?:d)?|good) communication\b|\buse common sense\b"
    r"|\b(?:raise|more) awareness\b|\bdon['’]t forget\b|\b(?:always )?remember to\b"
    r"|\b(?:make|be) sure (?:to|that|it|we|you|everyone|everybody|this)\b|\bconcentrate\b"
    r"|\bdouble[- ]check(?: everything)?\b|\bavoid (?:such )?(?:mistakes|errors|this)\b"
    r"|\bfollow (?:the )?(?:rules|procedures?|instructions)\b|\bkeep (?:it|this) in mind\b",
    re.IGNORECASE,
)
# What turns good will into a change: something that is there when nobody thinks of it.
_CHANGE = re.compile(
    r"\d|\b(?:checklist|check list|template|test|tests|tool|gauge|jig|alarm|alert|sensor|script"
    r"|step|steps|sheet|form|label|drawing|limit|photo|torque|measure|measured|automatic(?:ally)?"
    r"|calendar|sign[- ]off|signature|before|until|unless|instead of|with a|by a|write|add|put"
    r"|replace|remove|block|require|refuse|ask|compare|record)\b",
    re.IGNORECASE,
)
_SHORT = 6

_TEXT = (
    "Care wears off by next month. What could be changed (a check, a tool, a form, an order of "
    "steps) so that nobody has to think of it?"
)


def good_will(writing: Writing) -> Iterator[Remark]:
    """Advice to be more careful, with nothing in the sentence that would make it so."""
    for part, sentence in writing.sentences("recommendation", "lesson", "title"):
        found = _CARE.search(sentence)
        if found and (not _CHANGE.search(sentence) or len(words(sentence)) <= _SHORT):
            yield Remark("good will", part, _TEXT, found[0])
