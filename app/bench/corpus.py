"""Made-up lessons by the thousand, the same for the same seed: words spread as in real text."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate

from app.lessons.models import Kind
from app.lessons.schemas import LessonInput

_ONSETS = tuple("b br c ch d dr f fl g gr h j k kl l m n p pl qu r s sh sk st t tr v w z".split())
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
_CODAS = ["", "", "l", "m", "n", "nd", "r", "rt", "s", "st", "t", "x"]
_VOCABULARY = 30_000
_BODY_WORDS = (40, 160)
_FIRST_DAY = datetime(2024, 1, 1, 12, tzinfo=UTC)
_DAYS = 600
_ASKED_ABOUT = 200


@dataclass(frozen=True, slots=True)
class Corpus:
    """A vocabulary and what is written with it. Words' frequencies follow Zipf's law (frequency
    falls as one over rank; G. K. Zipf, 1935), as those of any language do."""

    seed: int = 1

    def lessons(self, count: int) -> Iterator[tuple[LessonInput, datetime]]:
        """Lessons of about 200 words with the moments they were posted at."""
        source = random.Random(self.seed + 1)  # noqa: S311
        writer = _Writer(made_up_words(_VOCABULARY, self.seed), self.seed)
        for number in range(count):
            content = LessonInput(
                kind=source.choice(list(Kind)),
                title=writer.sentence(source.randint(4, 10)),
                context=writer.sentence(25),
                happened=writer.text(source.randint(*_BODY_WORDS)),
                lesson=writer.text(40),
                recommendation=writer.sentence(25),
                applies_when=writer.sentence(10),
                topics=writer.topics(source.randint(1, 4)),
                external_id=f"BENCH-{number}",
            )
            yield content, _FIRST_DAY + timedelta(days=source.random() * _DAYS)

    def queries(self, count: int, words: int) -> list[str]:
        """Queries of so many words taken from lessons, so that each finds something."""
        source = random.Random(self.seed + 2 + words)  # noqa: S311
        lessons = [content for content, _ in self.lessons(_ASKED_ABOUT)]
        return [_query(source, source.choice(lessons), words) for _ in range(count)]


@cache
def made_up_words(count: int, seed: int) -> list[str]:
    """So many different words, the same for the same seed."""
    source, made = random.Random(seed), dict[str, None]()  # noqa: S311
    while len(made) < count:
        syllables = source.choice((1, 2, 2, 3, 3, 4))
        made.setdefault("".join(_syllable(source) for _ in range(syllables)))
    return list(made)


class _Writer:
    def __init__(self, words: list[str], seed: int):
        self._source = random.Random(seed + 3)  # noqa: S311
        self._words = words
        self._weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
        self._topics = words[500:580]
        self._ready: list[str] = []

    def sentence(self, count: int) -> str:
        if len(self._ready) < count:
            self._ready = self._source.choices(self._words, cum_weights=self._weights, k=20_000)
        taken, self._ready = self._ready[:count], self._ready[count:]
        return " ".join(taken).capitalize() + "."

    def text(self, count: int) -> str:
        return " ".join(self.sentence(min(15, count - at)) for at in range(0, count, 15))

    def topics(self, count: int) -> list[str]:
        return self._source.sample(self._topics, count)


def _syllable(source: random.Random) -> str:
    return source.choice(_ONSETS) + source.choice(_VOWELS) + source.choice(_CODAS)


def _query(source: random.Random, lesson: LessonInput, words: int) -> str:
    text = f"{lesson.title} {lesson.happened} {lesson.recommendation}".replace(".", "").split()
    return " ".join(source.sample(text, min(words, len(text))))
