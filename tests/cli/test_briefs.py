"""`commonplace brief`."""

import json
from pathlib import Path
from typing import Any

from sqlmodel import select

from app.briefs.models import Brief
from tests.cli.conftest import Terminal

LESSONS = [
    {
        "kind": "failure",
        "title": "It ran dry",
        "lesson": "The pump on the roof ran dry in the first frost.",
        "recommendation": "Prime [the pump] before it runs.",
    },
    {
        "kind": "success",
        "title": "It ran on",
        "lesson": "The pump on the roof was primed before the frost.",
        "team": "Pumps",
        "visibility": "team",
    },
]
WORK = "We set up a pump on a roof before the frost"


def _filled(terminal: Terminal) -> None:
    path = terminal.folder / "lessons.jsonl"
    path.write_text("\n".join(json.dumps(lesson) for lesson in LESSONS), "utf-8")
    terminal.run("import", path)


def _titles(terminal: Terminal, *words: str | Path) -> tuple[dict[str, Any], set[str]]:
    said = json.loads(terminal.run("brief", *words, "--json").stdout)
    return said, {placed["lesson"]["title"] for placed in said["lessons"]}


def _kept(terminal: Terminal) -> list[Brief]:
    with terminal.reading() as session:
        return list(session.exec(select(Brief)))


def test_it_says_what_everybody_may_read_and_keeps_nothing(terminal: Terminal) -> None:
    _filled(terminal)
    said, titles = _titles(terminal, WORK)
    assert (said["id"], said["url"], titles) == (None, None, {"It ran dry"})
    assert said["lessons"][0]["why"].startswith("Shares “")
    printed = terminal.run("brief", WORK, "--team", "Pumps").stdout
    assert "1. It ran dry  Failure" in printed
    assert "Prime [the pump] before it runs." in printed
    assert "/lessons/" in printed
    assert _kept(terminal) == []


def test_as_a_person_it_is_kept_for_their_team(terminal: Terminal) -> None:
    _filled(terminal)
    plan = terminal.folder / "plan.md"
    plan.write_text(f"# Roof\n\n{WORK}\n", "utf-8")
    who = ("--user", "ada@northwind.example", "--team", "Pumps", "--file", str(plan))
    said, titles = _titles(terminal, *who)
    assert titles == {"It ran dry", "It ran on"}
    (brief,) = _kept(terminal)
    assert said["id"] == brief.id
    assert WORK in brief.work
    assert "http://127.0.0.1:8000/briefs/" in terminal.run("brief", WORK, *who).stdout


def test_what_cannot_be_done_ends_with_two_and_says_why(terminal: Terminal) -> None:
    for words, said in (
        (["brief"], "Say what you are about to do"),
        (["brief", "what is it"], "say nothing about the work"),
        (["brief", WORK, "--user", "nobody@northwind.example"], "nobody with the address"),
        (["brief", WORK, "--team", "Nobody"], "no team called"),
        (["brief", "--file", "nothing.pdf"], "nothing.pdf cannot be read"),
    ):
        assert said in terminal.run(*words, status=2).stderr
