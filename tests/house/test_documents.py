"""Every setting, command, page and error stands in the documents, and nothing else does."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator

import typer

import app
from app.cli import program
from app.config import PREFIX, Settings
from app.kit import answers
from app.kit.errors import Problem
from tests.house.addresses import page_addresses, signed_addresses
from tests.house.sources import ROOT


def document(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def differences(there: Iterable[str], written: Iterable[str]) -> list[str]:
    """What exists but is not written, and what is written but does not exist."""
    there, written = set(there), set(written)
    return [f"not written: {name}" for name in sorted(there - written)] + [
        f"does not exist: {name}" for name in sorted(written - there)
    ]


def settings_in(text: str) -> list[str]:
    return re.findall(rf"\b{PREFIX}[A-Z_]+\b", text)


def commands_in(text: str) -> list[str]:
    return re.findall(r"^## `commonplace ([a-z ]+)`$", text, re.MULTILINE)


def sections_without_an_example(text: str) -> list[str]:
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return [s.splitlines()[0] for s in sections if not re.search(r"^    commonplace ", s, re.M)]


def pages_in(text: str) -> list[str]:
    return re.findall(r"^\| `((?:GET|POST) /[^`]*)` \|", text, re.MULTILINE)


def errors_in(text: str) -> list[str]:
    return [
        f"{code} {status}"
        for code, status in re.findall(r"^\| `([a-z_]+)` \| (\d{3}) \|", text, re.MULTILINE)
    ]


def every_command() -> Iterator[str]:
    def walk(command: object, words: list[str]) -> Iterator[str]:
        below = getattr(command, "commands", None)
        if below is None:
            yield " ".join(words)
            return
        for name, one in below.items():
            yield from walk(one, [*words, name])

    return walk(typer.main.get_command(program), [])


def every_error() -> Iterator[str]:
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

    def below(kind: type[Problem]) -> Iterator[type[Problem]]:
        yield kind
        for one in kind.__subclasses__():
            yield from below(one)

    for kind in below(Problem):
        if kind.__module__.startswith("app.") and not kind.__name__.startswith("_"):
            yield f"{kind.code} {kind.status}"
    for status, (code, _) in answers._HTTP_WORDS.items():
        yield f"{code} {status}"


def test_settings_are_those_of_the_document() -> None:
    there = [PREFIX + name.upper() for name in Settings.model_fields]
    faults = differences(there, settings_in(document("settings.md")))
    assert not faults, "\n".join(faults)


def test_commands_are_those_of_the_document_each_with_an_example() -> None:
    faults = differences(every_command(), commands_in(document("commands.md")))
    assert not faults, "\n".join(faults)
    assert not sections_without_an_example(document("commands.md"))


def test_pages_are_those_of_the_document() -> None:
    there = [f"{method} {path}" for method, path in (*page_addresses(), *signed_addresses())]
    faults = differences(there, pages_in(document("pages.md")))
    assert not faults, "\n".join(faults)


def test_errors_are_those_of_the_document() -> None:
    faults = differences(every_error(), errors_in(document("errors.md")))
    assert not faults, "\n".join(faults)


def test_a_missing_and_a_forgotten_entry_are_both_found() -> None:
    assert differences(["a"], ["b"]) == ["not written: a", "does not exist: b"]
    assert settings_in("| `COMMONPLACE_DATA_DIR` | x |") == ["COMMONPLACE_DATA_DIR"]
    assert commands_in("## `commonplace user add`\n") == ["user add"]
    assert sections_without_an_example("## `commonplace check`\nwords\n") == ["`commonplace check`"]
    assert pages_in("| `POST /lessons` | x |") == ["POST /lessons"]
    assert errors_in("| `not_found` | 404 | x |") == ["not_found 404"]


def test_links_between_documents_lead_somewhere() -> None:
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} leads to {target}"
