"""`commonplace user …` and `commonplace token …`."""

import re

from sqlmodel import select

from app.auth.passwords import password_fits
from app.auth.tokens import Scope, allows, person_with_token
from app.kit.clock import system_clock
from app.people.directory import person_with_email, the_organisation
from app.people.models import Membership, Role, TeamRole
from tests.cast import Cast
from tests.cli.conftest import Terminal


def test_the_first_user_founds_the_organisation(empty_terminal: Terminal) -> None:
    terminal = empty_terminal
    result = terminal.run("user", "add", "eva@example.org", "--role", "administrator")
    password = result.stdout.strip()
    assert re.fullmatch(r"[0-9a-f-]{20}", password)
    assert "eva@example.org was added." in result.stderr
    with terminal.reading() as session:
        person = person_with_email(session, "eva@example.org")
        assert person is not None
        assert person.role is Role.ADMINISTRATOR
        assert password_fits(session, person, password)
        assert the_organisation(session) is not None


def test_a_user_joins_a_team_with_a_password_of_their_own(terminal: Terminal, cast: Cast) -> None:
    result = terminal.run(
        "user",
        "add",
        "eva@northwind.example",
        "--name",
        "Eva Example",
        "--team",
        "pumps",
        "--manager",
        "--password",
        "four quiet words here",
    )
    assert result.stdout == ""
    with terminal.reading() as session:
        person = person_with_email(session, "eva@northwind.example")
        assert person is not None
        assert person.name == "Eva Example"
        assert password_fits(session, person, "four quiet words here")
        membership = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
    assert (membership.team_id, membership.role) == (cast.pumps.id, TeamRole.MANAGER)


def test_what_cannot_be_added_is_refused_in_a_sentence(terminal: Terminal) -> None:
    for words, says in (
        (("ada@northwind.example",), "already"),
        (("new@northwind.example", "--team", "Nobody"), "no team called Nobody"),
        (("new@northwind.example", "--password", "short"), "at least 12"),
    ):
        result = terminal.run("user", "add", *words, status=2)
        assert says in result.stderr
    with terminal.reading() as session:
        assert person_with_email(session, "new@northwind.example") is None


def test_everybody_is_listed_with_what_they_are(terminal: Terminal) -> None:
    terminal.run("user", "disable", "ben@northwind.example")
    lines = [line.split("\t") for line in terminal.run("user", "list").stdout.splitlines()]
    assert len(lines) == 7
    assert ["root@northwind.example", "administrator", "active", "Root Example"] in lines
    assert ["ben@northwind.example", "member", "disabled", "Ben Example"] in lines


def test_a_disabled_user_comes_back_when_enabled(terminal: Terminal) -> None:
    for command, ended in (("disable", True), ("enable", False)):
        terminal.run("user", command, "ben@northwind.example")
        with terminal.reading() as session:
            person = person_with_email(session, "ben@northwind.example")
            assert person is not None
            assert (person.disabled_at is not None) is ended


def test_a_password_is_asked_for_twice_and_set(terminal: Terminal) -> None:
    terminal.run(
        "user",
        "password",
        "ada@northwind.example",
        input="four quiet words here\nfour quiet words here\n",
    )
    with terminal.reading() as session:
        person = person_with_email(session, "ada@northwind.example")
        assert password_fits(session, person, "four quiet words here")


def test_an_invitation_is_a_link(terminal: Terminal) -> None:
    result = terminal.run(
        "user", "invite", "new@northwind.example", "--by", "root@northwind.example"
    )
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/join/\S+\n", result.stdout)


def test_a_token_stands_alone_on_standard_output(terminal: Terminal) -> None:
    result = terminal.run(
        "token",
        "create",
        "--user",
        "ada@northwind.example",
        "--scope",
        "read",
        "--scope",
        "write",
        "--name",
        "nightly",
    )
    assert re.fullmatch(r"cp_\S+\n", result.stdout)
    with terminal.reading() as session:
        found = person_with_token(session, result.stdout.strip(), now=system_clock())
        assert found is not None
        person, token = found
    assert (person.email, token.name) == ("ada@northwind.example", "nightly")
    assert (allows(token, Scope.READ), allows(token, Scope.ADMIN)) == (True, False)


def test_a_token_for_nobody_is_refused(terminal: Terminal) -> None:
    for command in (
        ("token", "create", "--scope", "read", "--user"),
        ("user", "disable"),
        ("user", "enable"),
    ):
        result = terminal.run(*command, "nobody@northwind.example", status=2)
        assert "There is nobody with the address nobody@northwind.example" in result.stderr
        assert result.stdout == ""
    terminal.run("token", "create", "--user", "ada@northwind.example", "--scope", "all", status=2)
