"""Blame and names: people tell less where somebody is at fault, and the next person learns less."""

import re
from collections.abc import Iterator

from app.coach.writing import READ, STORY, TEACHING, Remark, Writing

# What is said of people, not of work. "The valve failed" is a fact, "Tom failed to check" is blame.
_JUDGED = re.compile(
    r"\b(careless(?:ly|ness)?|incompeten(?:t|ce|tly)|laz(?:y|iness)|stupid(?:ly|ity)?|sloppy|idiot\w*"
    r"|negligen(?:t|ce|tly)|irresponsibl[ey]|unprofessional|clueless|couldn['’]t be bothered"
    r"|(?:human|operator|user|pilot|driver) error|(?:was|were|is|are) (?:to blame|at fault)"
    r"|(?:his|her|their|whose|['’]s) (?:own )?fault|should have known(?: better)?"
    r"|(?:screwed|messed) (?:it |this |that |things )?up|did(?:n['’]t| not) (?:bother|care)"
    r"|(?:ignored|disobeyed|broke) the rules?|as usual|once again failed)\b",
    re.IGNORECASE,
)
_FELL_SHORT = (
    r"(?:forgot|failed to|neglected to|overlooked|did(?:n['’]t| not) (?:check|read|follow|listen"
    r"|pay attention|do (?:his|her|their) job)|should have|ought to have|refused to"
    r"|never bothered to)"
)
_PERSON = (
    r"(?:he|she|they|somebody|someone|(?:the|our|a|an|one) (?:(?:new|night|day|junior|senior|site"
    r"|young|other|responsible) )?(?:operator|technician|engineer|fitter|driver|colleague"
    r"|apprentice"
    r"|intern|trainee|supervisor|manager|developer|tester|nurse|buyer|planner|contractor|worker"
    r"|person|guy|shift|team lead))"
)
_SOMEBODY_FELL_SHORT = re.compile(rf"\b{_PERSON} (?:simply |just |again )?{_FELL_SHORT}\b", re.I)
_NAMED_FELL_SHORT = re.compile(rf"\b[A-Z][a-zà-ÿ]{{2,}} (?:simply |just |again )?{_FELL_SHORT}\b")
# They begin a sentence without being anybody.
_NOBODY = frozenset(
    "The This That These Those Nobody Everyone Everybody We It There What Which Then Later When "
    "Because Also And But Purchasing Engineering Production Quality Sales Support Both Nothing "
    "Something One Our Each You All".split()
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau)\.? [A-Z][\w'’-]+")

_ABOUT_BLAME = (
    "This looks at a person. What made it easy to go wrong? "
    "Others will go on from a cause in the work, not from a fault in somebody."
)
_ABOUT_NAMES = (
    "A name in a story stays for years. The role says as much: “the night shift”, “the supplier's "
    "planner”."
)


def blame(writing: Writing) -> Iterator[Remark]:
    """Words that judge people, or say that somebody in particular fell short."""
    for part, sentence in writing.sentences(*TEACHING, *STORY):
        found = _JUDGED.search(sentence) or _SOMEBODY_FELL_SHORT.search(sentence)
        if found is None:
            named = _NAMED_FELL_SHORT.search(sentence)
            found = named if named and named[0].split()[0] not in _NOBODY else None
        if found:
            yield Remark("blame", part, _ABOUT_BLAME, found[0])


def names(writing: Writing) -> Iterator[Remark]:
    """Names of people of the organisation, and whoever has Mr or Dr before it."""
    for part in READ:
        text = writing.part(part)
        called = [name for name in sorted(writing.people) if name in text]
        titled = _TITLED.search(text)
        if called or titled:
            said = called[0] if called else titled[0] if titled else ""
            yield Remark("names", part, _ABOUT_NAMES, said)
