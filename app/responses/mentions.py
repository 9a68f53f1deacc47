"""People named in what is asked and answered: `@` and their name as it stands."""

import re
from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.people.models import Person

#: By name, who is meant; names that several people bear mean nobody.
Named = Mapping[str, str]

# Not within an address: `ada@northwind.example`.
_AT = re.compile(r"(?<![\w@./\\])@(?=(\w+))")
_CODE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]*`)", re.DOTALL)
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~])")
#: More names than this are looked up in no text, and more people than this told of none.
_MOST = 50
_MOST_TOLD = 20


def people_named(session: Session, texts: Iterable[str]) -> Named:
    """Whom `texts` may name, in one question to the database, or in none."""
    firsts = list(dict.fromkeys(found[1] for text in texts for found in _AT.finditer(text)))
    if not firsts:
        return {}
    begins = (col(Person.name).startswith(first, autoescape=True) for first in firsts[:_MOST])
    rows = session.exec(select(Person.name, Person.id, Person.disabled_at).where(sa.or_(*begins)))
    here: dict[str, list[str]] = {}
    left: dict[str, list[str]] = {}
    for name, person_id, disabled_at in rows:
        (left if disabled_at else here).setdefault(name, []).append(person_id)
    return {name: ids[0] for name, ids in {**left, **here}.items() if len(ids) == 1}


def told_by(session: Session, text: str) -> list[str]:
    """The ids of the people whom a text names, in its order."""
    named = people_named(session, [text])
    ids = dict.fromkeys(
        named[name] for part in _CODE.split(text)[::2] for _, name in _mentions(part, named)
    )
    return list(ids)[:_MOST_TOLD]


def linked(text: str, named: Named) -> str:
    """The same Markdown, with each name that is meant as a link to the person."""
    if not named:
        return text
    parts = _CODE.split(text)
    parts[::2] = [_linked(part, named) for part in parts[::2]]
    return "".join(parts)


def _linked(text: str, named: Named) -> str:
    done, last = [], 0
    for at, name in _mentions(text, named):
        words = _MARKS.sub(r"\\\1", name)
        done += [text[last:at], f"[@{words}](/people/{named[name]})"]
        last = at + 1 + len(name)
    return "".join([*done, text[last:]])


def _mentions(text: str, named: Named) -> Iterator[tuple[int, str]]:
    """Where somebody is named, and how: of names that begin alike, the longest that is there."""
    longest_first = sorted(named, key=len, reverse=True)
    for found in _AT.finditer(text):
        begins = found.start() + 1
        for name in longest_first:
            after = text[begins + len(name) : begins + len(name) + 1]
            if text.startswith(name, begins) and not (after.isalnum() or after == "_"):
                yield found.start(), name
                break
