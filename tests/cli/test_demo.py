"""`commonplace demo`."""

from app.auth.passwords import password_fits
from app.people.directory import person_with_email
from tests.cli.conftest import Terminal

ROLES = ["employee", "curator", "manager", "administrator"]


def sign_ins(terminal: Terminal) -> list[tuple[str, str, str]]:
    """What they are, address, password."""
    lines = [line.split() for line in terminal.run("demo").stdout.splitlines()]
    return [(what, email, password) for what, email, password, *_ in lines]


def fits(terminal: Terminal, email: str, password: str) -> bool:
    with terminal.reading() as session:
        return password_fits(session, person_with_email(session, email), password)


def test_the_sample_organisation_prints_four_sign_ins_that_work(empty_terminal: Terminal) -> None:
    first = sign_ins(empty_terminal)
    assert sorted(what for what, _, _ in first) == sorted(ROLES)
    assert all(fits(empty_terminal, email, password) for _, email, password in first)
    assert '"clean": true' in empty_terminal.run("check", "--json").stdout
    again = sign_ins(empty_terminal)
    assert [email for _, email, _ in again] == [email for _, email, _ in first]
    assert again[0][2] != first[0][2]
    assert all(fits(empty_terminal, email, password) for _, email, password in again)
    assert not any(fits(empty_terminal, email, password) for _, email, password in first)


def test_the_sample_does_not_mix_with_an_organisation_that_is_here(terminal: Terminal) -> None:
    result = terminal.run("demo", status=2)
    assert "There is an organisation here already" in result.stderr
    assert result.stdout == ""
    assert len(terminal.run("user", "list").stdout.splitlines()) == 7
