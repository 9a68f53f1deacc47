"""`commonplace digest`: a month on one page, in every form; or sent to everybody who gets it."""

import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from sqlmodel import Session

from app.cli.program import DONE_WITH_REJECTS, OpenHouse, open_house, progress_bar, refuse, say
from app.digests.api_shapes import digest_view
from app.digests.compiling.compile import compile_all
from app.digests.models import NOBODY, About
from app.digests.papers.forms import as_markdown, as_paper, as_pdf, as_text
from app.digests.period import Period, month_of, period_called
from app.digests.telling.finding import Found, find
from app.digests.telling.reading import tell
from app.digests.told import Told
from app.kit.errors import NotFound
from app.kit.templates import make_environment
from app.lessons.access import Reader, anybody, reader
from app.main import digests_for
from app.people.directory import person_with_email
from app.people.teams import team_named
from app.routes import LABELS
from app.topics.directory import topic_key, topics_named
from app.worker import attempted


class Form(StrEnum):
    TEXT = "text"
    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"
    PDF = "pdf"


def add_to(program: typer.Typer) -> None:
    program.command()(digest)


def digest(
    month: Annotated[
        str, typer.Option(help="A month like 2026-10; the last one if left out.")
    ] = "",
    week: Annotated[str, typer.Option(help="An ISO week like 2026-W44, in place of a month.")] = "",
    team: Annotated[str, typer.Option(help="Of this team and those below it.")] = "",
    topic: Annotated[str, typer.Option(help="Of this topic.")] = "",
    format_: Annotated[Form, typer.Option("--format", help="How it is printed.")] = Form.TEXT,
    user: Annotated[
        str, typer.Option(help="As the person with this e-mail address reads it.")
    ] = "",
    output: Annotated[
        Path | None, typer.Option(help="Write it to this file, not to standard output.")
    ] = None,
    send: Annotated[
        bool, typer.Option("--send", help="Send it now to everybody who gets it, once.")
    ] = False,
) -> None:
    """A month (or a week) on one page: of the organisation, a team or a topic.

    Without --user it holds what everybody in the organisation may read.
    """
    if (month and week) or (team and topic):
        refuse("Give a month or a week, a team or a topic, not both.")
    with open_house() as house:
        period = _period(house, month, week)
        if send:
            if team or topic or user or output:
                refuse("Everybody is sent all that they get: leave out team, topic, user, output.")
            _send(house, period)
            return
        with house.database.reading() as session:
            who = _reader(house, session, user)
            about, subject_id = _subject(session, team, topic)
            try:
                found = find(session, period, about, subject_id, who, now=house.clock())
            except NotFound:
                refuse(f"There is no digest of {team or topic or 'the organisation'} then.")
            told = tell(session, found, who, now=house.clock())
        _write(_made(house, found, told, format_), output)


def _period(house: OpenHouse, month: str, week: str) -> Period:
    key = month or week
    if not key:
        return month_of(house.clock().date()).previous
    try:
        period = period_called(key)
    except NotFound:
        _refuse_period(key)
    return _refuse_period(key) if period.weekly != bool(week) else period


def _refuse_period(key: str) -> NoReturn:
    refuse(f"{key} is neither a month like 2026-10 nor a week like 2026-W44.")


def _reader(house: OpenHouse, session: Session, email: str) -> Reader:
    if not email:
        return anybody(house.clock())
    person = person_with_email(session, email)
    if person is None or person.disabled_at:
        refuse(f"There is nobody with the address {email}. `commonplace user list` shows who is.")
    return reader(session, person)


def _subject(session: Session, team: str, topic: str) -> tuple[About, str]:
    if team:
        known = team_named(session, team) or refuse(f"There is no team called {team}.")
        return About.TEAM, known.id
    if topic:
        named = topics_named(session, [topic]).get(topic_key(topic))
        return About.TOPIC, (named or refuse(f"There is no topic called {topic}.")).id
    return About.ORGANISATION, NOBODY


def _made(house: OpenHouse, found: Found, told: Told, form: Form) -> bytes:
    base_url = house.settings.base_url
    templates = make_environment(house.clock, labels=LABELS)

    def as_json() -> str:
        view = digest_view(told, found.contents.counts, base_url)
        return json.dumps(view.model_dump(mode="json"), ensure_ascii=False) + "\n"

    if form is Form.PDF:
        return as_pdf(told, templates, base_url)
    forms: dict[Form, Callable[[], str]] = {
        Form.TEXT: lambda: as_text(told, base_url),
        Form.MARKDOWN: lambda: as_markdown(told, base_url),
        Form.HTML: lambda: as_paper(told, templates, base_url),
        Form.JSON: as_json,
    }
    return forms[form]().encode()


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        if content.startswith(b"%PDF") and sys.stdout.isatty():
            refuse("A PDF is nothing for a terminal: name a file with --output.")
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        refuse(f"Cannot write “{output}”: {error.strerror}.")
    say.print(f"Written to {output}.", markup=False, soft_wrap=True)


def _send(house: OpenHouse, period: Period) -> None:
    job = digests_for(house.settings, house.database, house.clock)
    now = house.clock()
    if not job.sends:
        refuse("No mail goes out: set COMMONPLACE_SMTP_URL first.")
    if not period.is_over(now):
        refuse(f"{period.name} is not over.")
    with progress_bar("Compiling", None) as progress:
        compile_all(house.database, period, now=now, progress=lambda done, _total: progress(done))
    line = job.line_of(period)
    if line is None:
        refuse("Digests are paused. An administrator ends that on /admin/digests.")
    sent, failed = 0, 0
    with progress_bar("Writing", len(line)) as progress:
        for number, one in enumerate(line, 1):
            done = attempted("digests", lambda one=one: job.sender.send(one))  # type: ignore[misc]
            sent, failed = sent + bool(done), failed + (done is None)
            progress(number)
    mails = "1 mail stands" if sent == 1 else f"{sent:,} mails stand"
    came = f"{mails} in line; the worker sends what stands there."
    if not sent:
        came = "nobody is owed a mail that does not stand in line yet."
    say.print(f"{period.name}: {came}", markup=False)
    if failed:
        say.print(f"{failed:,} could not be written and will be tried again.", markup=False)
        raise typer.Exit(DONE_WITH_REJECTS)
