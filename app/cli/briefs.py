"""`commonplace brief`."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text
from sqlmodel import Session

from app.briefs.api_shapes import brief_view, content_view
from app.briefs.making import make
from app.briefs.plans import text_of_plan
from app.briefs.reading import Placed, Shown, brief_to_read
from app.briefs.schemas import BriefInput
from app.briefs.showing import Around, around
from app.briefs.unkept import look_up
from app.cli.program import OpenHouse, open_house, refuse
from app.files.refusals import NotReadable
from app.kit.errors import Invalid
from app.kit.forms import checked
from app.lessons.access import anybody, reader
from app.lessons.labels import kind_label
from app.people.directory import person_with_email

_WIDTH = 88
_COLOURS = {"failure": "magenta", "near_miss": "yellow", "success": "green", "experiment": "blue"}


def add_to(program: typer.Typer) -> None:
    program.command()(brief)


def brief(
    text: Annotated[str, typer.Argument(help="What you are about to do, in two sentences.")] = "",
    team: Annotated[str, typer.Option(help="The team that is about to do it.")] = "",
    file: Annotated[
        Path | None, typer.Option(help="Its plan: Word, PDF, Markdown or text.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, like the API.")] = False,
    user: Annotated[
        str, typer.Option(help="E-mail address of whoever asks; the brief is kept as theirs.")
    ] = "",
) -> None:
    """The lessons that bear on what you are about to do, each with why.

    Without --user it says what everybody in the organisation may read, and keeps nothing.
    """
    content = _said(text, file, team)
    with open_house() as house:
        try:
            if user:
                shown, beside = _kept(house, content, user)
            else:
                shown, beside = _looked_up(house, content)
        except Invalid as wrong:
            refuse(" ".join(wrong.fields.values()) or wrong.message)
        base_url = house.settings.base_url
        if as_json:
            sys.stdout.write(json.dumps(_as_json(shown, beside, base_url, kept=bool(user))) + "\n")
        else:
            _print(shown, beside, base_url, kept=bool(user))


def _said(text: str, file: Path | None, team: str) -> BriefInput:
    parts = [text.strip()]
    if file:
        try:
            with file.open("rb") as plan:
                parts.append(text_of_plan(plan, file.name))
        except NotReadable as refusal:
            refuse(refusal.message)
        except OSError as error:
            refuse(f"{file} cannot be read: {error.strerror}.")
    work = "\n\n".join(part for part in parts if part)
    if not work:
        refuse("Say what you are about to do, in two sentences, or name its plan with --file.")
    content, wrong = checked(BriefInput, {"work": work, "team": team})
    return content or refuse(" ".join(wrong.values()))


def _kept(house: OpenHouse, content: BriefInput, email: str) -> tuple[Shown, Around]:
    now = house.clock()
    with house.database.writing() as session:
        person = person_with_email(session, email)
        if person is None or person.disabled_at:
            refuse(
                f"There is nobody with the address {email}. `commonplace user list` shows who is."
            )
        made = make(session, house.index, content, by=person, now=now)
        who = reader(session, person)
        return _with_around(session, brief_to_read(session, made.id, who, now.date()), house, who)


def _looked_up(house: OpenHouse, content: BriefInput) -> tuple[Shown, Around]:
    with house.database.reading() as session:
        now = house.clock()
        shown = look_up(session, house.index, content, now=now)
        return _with_around(session, shown, house, anybody(now))


def _with_around(
    session: Session, shown: Shown, house: OpenHouse, who: Any
) -> tuple[Shown, Around]:
    ids = [placed.lesson_id for placed in shown.readable]
    return shown, around(session, who, ids, now=house.clock())


def _as_json(shown: Shown, beside: Around, base_url: str, *, kept: bool) -> dict[str, Any]:
    if kept:
        return brief_view(shown, beside, base_url).model_dump(mode="json")
    said = content_view(shown, beside, base_url).model_dump(mode="json")
    return {"id": None, "url": None, **said}


def _print(shown: Shown, beside: Around, base_url: str, *, kept: bool) -> None:
    out = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)
    out.print(Text(shown.heading, "bold"))
    if not shown.noted("good"):
        out.print(Text("Nobody has written about this yet."))
    for number, placed in enumerate(shown.lessons, 1):
        _print_lesson(out, number, placed, base_url)
    for title, lines in (
        ("People who know", [f"{one.person.name}: {one.why}" for one in beside.people]),
        ("Being changed just now", [f"{a.what} ({a.owner})" for a in beside.actions]),
        ("What nobody has written yet", [", ".join(shown.unwritten)] if shown.unwritten else []),
    ):
        if lines:
            out.print()
            out.print(Text(title, "bold"))
        for line in lines:
            out.print(_indented(line))
    if kept:
        out.print()
        out.print(Text(f"{base_url}{shown.brief.url}"), soft_wrap=True)


def _print_lesson(out: Console, number: int, placed: Placed, base_url: str) -> None:
    told = placed.told
    if told is None:
        return
    kind = told.lesson.kind
    out.print()
    title = Text(f"{number}. {told.lesson.title}", "bold")
    out.print(title.append(f"  {kind_label(kind)}", _COLOURS[kind]))
    for line, style in (
        (told.advice, ""),
        (told.why, "dim"),
        (told.caution, "yellow"),
        (told.fresh.words, "dim"),
    ):
        if line:
            out.print(_indented(line, style))
    out.print(_indented(f"{base_url}{told.lesson.url}", "dim"), soft_wrap=True)


def _indented(line: str, style: str = "") -> Padding:
    return Padding(Text(line, style), (0, 0, 0, 3), expand=False)
