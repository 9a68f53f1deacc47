"""The numbers of a digest while it is made: each is the length of the list behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.kit.ids import ID_LENGTH

TREND = "trend."


def ids_of_month(kept: Sequence[str], month: str) -> list[str]:
    """Of what is kept of a trend, the ids of a month."""
    start = f"{month}:"
    ids = next((text.removeprefix(start) for text in kept if text.startswith(start)), "")
    return [ids[at : at + ID_LENGTH] for at in range(0, len(ids), ID_LENGTH)]


@dataclass(slots=True)
class Tally:
    """Lists by name. What nobody counted is absent, and told nowhere."""

    lists: dict[str, list[str]] = field(default_factory=dict)

    def put(self, name: str, ids: Iterable[str]) -> list[str]:
        """Keep the ids, each once, under a name; returns them."""
        found = self.lists[name] = list(dict.fromkeys(ids))
        return found

    def put_months(self, name: str, months: Iterable[tuple[str, Iterable[str]]]) -> list[int]:
        """Keep what each month of the trend counts; returns how many each has.

        A year of uses is long, and kept anew each month: so the ids of a month are one text.
        """
        found = {month: list(dict.fromkeys(ids)) for month, ids in months}
        kept = (f"{month}:{''.join(ids)}" for month, ids in found.items() if ids)
        self.lists[TREND + name] = list(kept)
        return [len(ids) for ids in found.values()]

    @property
    def counts(self) -> dict[str, int]:
        """The numbers by name, without those of the trend."""
        return {name: len(ids) for name, ids in self.lists.items() if not name.startswith(TREND)}
