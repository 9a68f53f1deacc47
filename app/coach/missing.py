"""What the next person will look for and not find: conditions, numbers, what to do, the lesson."""

import re
from collections.abc import Iterator

from app.coach.writing import READ, Remark, Writing, words

# Before so many words somebody has only begun, and nothing is missing yet.
_BEGUN = 20
_TOLD = 12
_A_LESSON = 4
_RESTATED = 0.75
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred"
    r"|thousand|dozen|half|twice|third|quarter|double|once|nobody|none|zero|every|all|weekly|daily)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:when(?:ever)?|if|unless|before|after|while|during|above|below|until|for every|as soon as"
    r"|wherever|only (?:for|with|on|in)|in case)\b",
    re.IGNORECASE,
)
_VAGUE_TITLE = re.compile(
    r"^(?:lessons? learn(?:ed|t)|(?:an? |the |some )?(?:issue|problem|error|trouble|incident"
    r"|failure|mistake|success|meeting|update|project|test|note|improvement|experience)s?"
    r"(?: (?:with|in|at|on|of|about) (?:the )?[\w-]+)?|.{0,3})[.!]?$",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    "a an and are as at be been but by did do does for from had has have he her his i in into is "
    "it its not of on or our out she so that the their them then there they this to up us very was "
    "we were what when which while who will with you your again also just after before "
    "because".split()
)


def conditions(writing: Writing) -> Iterator[Remark]:
    """No word about when the advice holds."""
    said = writing.part("lesson") + " " + writing.part("recommendation")
    if writing.length < _BEGUN or writing.part("applies_when") or _CONDITION.search(said):
        return
    yield Remark(
        "conditions",
        "applies_when",
        "When does this hold? One line under “applies when” lets it come up in other people's "
        "work: “a pump is started in winter after standing outdoors”.",
    )


def numbers(writing: Writing) -> Iterator[Remark]:
    """Not one number in the whole story."""
    if writing.length < _BEGUN or any(_NUMBER.search(writing.part(name)) for name in READ):
        return
    where = "happened" if writing.part("happened") else "lesson"
    yield Remark(
        "numbers",
        where,
        "How many, how long, how much? One number, even a rough one, tells the next person whether "
        "it matters to them.",
    )


def what_to_do(writing: Writing) -> Iterator[Remark]:
    """A failure told without what to do next time."""
    told = len(words(writing.part("lesson"))) + len(words(writing.part("happened"))) >= _TOLD
    if told and not writing.part("recommendation") and writing.kind in ("failure", "near_miss"):
        yield Remark(
            "what to do",
            "recommendation",
            "What should the next person do? It stands first on the page, and most read only that.",
        )


def restated(writing: Writing) -> Iterator[Remark]:
    """A lesson that only tells again what happened."""
    lesson = _content(writing.part("lesson"))
    told = _content(writing.part("title")) | _content(writing.part("happened"))
    if len(lesson) >= _A_LESSON and len(lesson & told) >= _RESTATED * len(lesson):
        yield Remark(
            "restated",
            "lesson",
            "This tells what happened once more. What do you know now that you did not know "
            "before, and that holds for the next case too?",
        )


def vague_title(writing: Writing) -> Iterator[Remark]:
    """A title under which nobody would look."""
    title = writing.part("title")
    if title and _VAGUE_TITLE.match(title) and writing.length >= _A_LESSON + len(words(title)):
        yield Remark(
            "title",
            "title",
            "Say the lesson itself in the title: “Cold sealant does not hold: warm the housing to "
            "18 °C first”.",
            title,
        )


def _content(text: str) -> set[str]:
    """The words that carry meaning, without their commonest endings."""
    return {re.sub(r"(?<=...)(?:ing|ed|es|s)$", "", w) for w in words(text) if w not in _PLAIN}
