"""The numbers of a digest while it is made: each is the length of the list behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

TREND = "trend."


@dataclass(slots=True)
class Tally:
    """Lists by name. What nobody counted is absent, and told nowhere."""

    lists: dict[str, list[str]] = field(default_factory=dict)

    def put(self, name: str, ids: Iterable[str]) -> list[str]:
        """Keep the ids, each once, under a name; returns them."""
        found = self.lists[name] = list(dict.fromkeys(ids))
        return found

    def put_months(self, name: str, months: Iterable[tuple[str, Iterable[str]]]) -> list[int]:
        """Keep what each month of the trend counts; returns how many each has."""
        numbers = []
        kept = self.lists[TREND + name] = []
        for month, ids in months:
            found = list(dict.fromkeys(ids))
            kept += [f"{month}:{one}" for one in found]
            numbers.append(len(found))
        return numbers

    @property
    def counts(self) -> dict[str, int]:
        """The numbers by name, without those of the trend."""
        return {name: len(ids) for name, ids in self.lists.items() if not name.startswith(TREND)}
