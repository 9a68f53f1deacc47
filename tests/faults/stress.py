"""Readers beside a writer at the façade of the index, each answer checked.

    python -m tests.faults.stress FOLDER read NUMBER     until FOLDER/stop exists
    python -m tests.faults.stress FOLDER write SECONDS

The writer notes in FOLDER/notes, one line each, what it is about to change (`?id`) and what it has
committed (`+id word` and `-id`).
"""

import json
import random
import sys
import time
from pathlib import Path
from typing import TextIO

from search import EVERYONE, Document, Index, Query, open_index
from tests.faults.filling import made_up
from tests.search.making import make_document

_TEAMS = ("team:red", "team:blue")
_WORDS = "pump valve inverter torque seal crane queue backup deploy relay gasket sensor".split()
_LIVE = 400


class Notes:
    """What the writer committed, as far as it was read."""

    def __init__(self, path: Path) -> None:
        path.touch()
        self._file = path.open(encoding="ascii")
        self.words: dict[str, str] = {}
        self.removed: set[str] = set()
        self.in_doubt: set[str] = set()

    def read(self) -> None:
        """Go on from where it was read last; a line that is half written waits."""
        while True:
            place, line = self._file.tell(), self._file.readline()
            if not line.endswith("\n"):
                self._file.seek(place)
                return
            name, _, word = line[1:].strip().partition(" ")
            if line[0] == "?":
                self.in_doubt.add(name)
                continue
            self.in_doubt.discard(name)
            if line[0] == "+":
                self.words[name] = word
            else:
                self.words.pop(name, None)
                self.removed.add(name)


def read(folder: Path, number: int) -> int:
    """Search, complete and compare until told to stop; how many answers were right."""
    dice, answers = random.Random(number), 0
    who = frozenset({EVERYONE, _TEAMS[number % len(_TEAMS)]})
    with open_index(folder / "index") as index:
        notes = Notes(folder / "notes")
        while not (folder / "stop").exists():
            notes.read()
            gone = set(notes.removed)
            text = " ".join(dice.choices(_WORDS, k=dice.randint(1, 6)))
            results = index.search(Query(text=text, audiences=who, per_page=50))
            assert len({hit.id for hit in results.hits}) == len(results.hits) <= results.total
            suggested = index.suggest(text[:3], audiences=who)
            alike = index.similar(title=text, text=text, audiences=who)
            for hit in [*results.hits, *alike, *(s for s in suggested if s.kind == "lesson")]:
                assert hit.id not in gone, f"{hit.id} was removed and is found"
                assert hit.id.partition("-")[0] in who, f"{hit.id} is shown to {who}"
            _find_one(index, notes, who, dice)
            answers += 4
    return answers


def _find_one(index: Index, notes: Notes, who: frozenset[str], dice: random.Random) -> None:
    """What was committed before is found by the word that only its newest state has."""
    mine = [name for name in notes.words if name.partition("-")[0] in who]
    if not mine:
        return
    name = dice.choice(mine)
    word = notes.words[name]
    found = [hit.id for hit in index.search(Query(text=word, audiences=who)).hits]
    notes.read()
    if found != [name] and name not in notes.in_doubt:
        assert notes.words.get(name) != word, f"{name} is not found by {word}: {found}"


def write(folder: Path, seconds: float) -> dict[str, int]:
    """Add, replace, remove and rebuild for so long; how often each."""
    dice, until = random.Random(0), time.monotonic() + seconds
    done = {"added": 0, "replaced": 0, "removed": 0, "rebuilt": 0}
    live: dict[str, Document] = {}
    with open_index(folder / "index") as index, (folder / "notes").open("a") as notes:
        turn = 0
        while time.monotonic() < until:
            turn += 1
            act = dice.choices(list(done), (5, 3, 1 + 9 * (len(live) > _LIVE), 0.05))[0]
            if act == "removed":
                gone = dice.sample(sorted(live), min(len(live), dice.randint(1, 12)))
                _about_to_change(notes, gone)
                index.remove(gone)
                for name in gone:
                    del live[name]
                notes.writelines(f"-{name}\n" for name in gone)
            elif act == "rebuilt":
                index.rebuild(list(live.values()))
            else:
                batch = _batch(dice, live, turn, new=act == "added")
                _about_to_change(notes, [document.id for document in batch])
                index.index(batch)
                live |= {document.id: document for document in batch}
                notes.writelines(f"+{d.id} {d.external_id}\n" for d in batch)
            notes.flush()
            done[act] += 1
        index.verify()
        assert index.check({name: d.stamp for name, d in live.items()}).clean
    return done


def _about_to_change(notes: TextIO, names: list[str]) -> None:
    notes.writelines(f"?{name}\n" for name in names)
    notes.flush()


def _batch(
    dice: random.Random, live: dict[str, Document], turn: int, *, new: bool
) -> list[Document]:
    count = dice.randint(1, 5)
    names = dice.sample(sorted(live), min(len(live), count))
    if new or not names:
        names = [f"{dice.choice((EVERYONE, *_TEAMS))}-{turn}-{n}" for n in range(count)]
    return [_document(dice, name, made_up(10 * turn + number)) for number, name in enumerate(names)]


def _document(dice: random.Random, name: str, word: str) -> Document:
    return make_document(
        name,
        " ".join(dice.choices(_WORDS, k=4)),
        audience=name.partition("-")[0],
        stamp=word,
        external_id=word,
        lesson=f"{word} " + " ".join(dice.choices(_WORDS, k=30)),
        day=dice.randrange(300),
    )


if __name__ == "__main__":
    place, what, amount = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    result = read(place, int(amount)) if what == "read" else write(place, float(amount))
    sys.stdout.write(json.dumps(result))
