"""Imports go downwards, and each library stays where it belongs."""

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.house.sources import (
    ROOT,
    Rule,
    faults_in,
    functions,
    imported_modules,
    is_door,
    python_sources,
)

# Lower imports nothing of higher; folders of one layer do not import one another.
LAYERS = (
    {"app", "app.config", "app.kit", "search"},
    {"app.events"},
    {"app.people"},
    {"app.topics", "app.mail"},
    {"app.auth"},
    {"app.lessons", "app.coach"},
    {"app.files", "app.following", "app.responses", "app.searches"},
    {"app.uses", "app.actions"},
    {"app.experts"},
    {"app.drafts"},
    {"app.briefs"},
    {"app.notifications"},
    {"app.digests"},
    {"app.transfer", "app.demo", "app.help", "app.home", "app.design"},
)
DOORS, TOP = len(LAYERS), len(LAYERS) + 1
# Beside the doors: the kit, what wires, and what the doors of one capability share.
MAY_KNOW_THE_WEB = (
    "app/kit/",
    "app/main.py",
    "app/routes.py",
    "app/auth/guards.py",
    "app/auth/cookies.py",
    "app/lessons/cookies.py",
    "app/auth/forms.py",
    "app/lessons/api_shapes.py",
    "app/lessons/in_turn.py",
)
# Plain Whoosh as a benchmark compares with it; the product searches through search/ alone.
COMPARED_WITH = "app/bench/peers/whoosh.py"


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def part_of(module: str) -> str:
    """The capability that a module belongs to: `app.people`, `search`, `app.main`."""
    return (
        module
        if module == "app.config"
        else ".".join(module.split(".")[: 2 if module.startswith("app") else 1])
    )


def layer_of(path: str) -> int:
    if is_door(path):
        return DOORS
    part = part_of(module_of(path))
    return next((height for height, parts in enumerate(LAYERS) if part in parts), TOP)


def existing_path(module: str) -> str | None:
    base = ROOT / module.replace(".", "/")
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path.relative_to(ROOT).as_posix()
    return None


def upward_imports(path: str, source: str) -> Iterator[str]:
    """Imports of a higher layer, of a neighbour in the same layer, or from `search` of `app`."""
    here, own = layer_of(path), part_of(module_of(path))
    for module, line in imported_modules(path, ast.parse(source)):
        target = existing_path(module) if module.split(".")[0] in ("app", "search") else None
        if target is None or target.endswith("/__init__.py"):
            if path.startswith("search/") and module.split(".")[0] == "app":
                yield f"{path}:{line} imports {module}"
            continue
        there, theirs = layer_of(target), part_of(module)
        beside = there == here and theirs != own and 0 < here < DOORS
        if there > here or beside or (path.startswith("search/") and theirs != "search"):
            yield f"{path}:{line} imports {module}"


def whoosh_imports(path: str, source: str) -> Iterator[str]:
    for module, line in imported_modules(path, ast.parse(source)):
        if module.split(".")[0] == "whoosh" and not path.startswith(("search/", COMPARED_WITH)):
            yield f"{path}:{line} imports {module}"


def foreign_to_search(path: str, source: str) -> Iterator[str]:
    """What `search/` imports beyond the standard library, Whoosh, numpy and its stemmer."""
    known = sys.stdlib_module_names | {"search", "whoosh", "numpy", "snowballstemmer"}
    for module, line in imported_modules(path, ast.parse(source)):
        if path.startswith("search/") and module.split(".")[0] not in known:
            yield f"{path}:{line} imports {module}"


def web_imports(path: str, source: str) -> Iterator[str]:
    for module, line in imported_modules(path, ast.parse(source)):
        if (
            module.split(".")[0] in ("fastapi", "starlette")
            and not is_door(path)
            and not path.startswith(MAY_KNOW_THE_WEB)
        ):
            yield f"{path}:{line} imports {module}"


def imports_in_functions(path: str, source: str) -> Iterator[str]:
    for function in functions(ast.parse(source)):
        for module, line in imported_modules(path, function):
            yield f"{path}:{line} imports {module} in {function.name}"


RULES = (
    upward_imports,
    whoosh_imports,
    foreign_to_search,
    web_imports,
    imports_in_functions,
)
BAD = {
    upward_imports: ("app/people/teams.py", "from app.lessons.models import Lesson"),
    whoosh_imports: ("app/lessons/finding.py", "from whoosh.index import open_dir"),
    foreign_to_search: ("search/index.py", "import sqlalchemy"),
    web_imports: ("app/lessons/capture.py", "from fastapi import Request"),
    imports_in_functions: ("app/lessons/capture.py", "def post():\n    import json"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_has_no(rule: Rule) -> None:
    faults = faults_in(rule, python_sources("app", "search"))
    assert not faults, faults


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_finds(rule: Rule) -> None:
    assert list(rule(*BAD[rule]))


@pytest.mark.parametrize(
    ("path", "statement"),
    [
        ("app/kit/web.py", "from app.people.models import Person"),
        ("app/people/teams.py", "from app.topics.directory import topics"),
        ("app/lessons/capture.py", "from app.lessons.pages import router"),
        ("search/index.py", "from app.kit.ids import random_id"),
        ("search/index.py", "import app"),
        ("app/transfer/rows.py", "from app.main import create_app"),
    ],
)
def test_running_up_is_seen_in_every_form(path: str, statement: str) -> None:
    assert list(upward_imports(path, statement))


@pytest.mark.parametrize(
    ("path", "statement"),
    [
        ("app/lessons/pages.py", "from app.lessons import capture"),
        ("app/lessons/capture.py", "from app.people.models import Person"),
        ("app/lessons/indexing.py", "from search import Index"),
        ("app/cli/serve.py", "from app.main import make_worker"),
        ("app/lessons/capture.py", "from app.lessons.models import Lesson"),
    ],
)
def test_going_down_is_allowed(path: str, statement: str) -> None:
    assert not list(upward_imports(path, statement))
