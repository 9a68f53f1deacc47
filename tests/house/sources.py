"""The project's own files, as the house rules read them."""

import ast
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path, PurePosixPath

# Takes a path from the root and the source there; yields each fault with its place.
Rule = Callable[[str, str], Iterator[str]]
ROOT = Path(__file__).resolve().parents[2]
# What the doors of one capability share to show a page.
PARTS_OF_DOORS = {"app/people/person_page.py"}
_UNSEEN = {"__pycache__", "data", "dist", "build", "node_modules"}


@cache
def python_sources(*folders: str) -> dict[str, str]:
    """Path from the root to source, for every Python file of `folders`."""
    found = {}
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    return found


@cache
def text_files() -> dict[str, str]:
    """Path to content of every file of the project that is text, vendored ones left out."""
    found = {}
    for name in _project_files():
        path = ROOT / name
        if "/vendor/" in name or "/fonts/" in name or not path.is_file():
            continue
        try:
            found[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def _project_files() -> list[str]:
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z", "--cached"], capture_output=True, check=False
        )
        if listed.returncode == 0:
            return listed.stdout.decode().rstrip("\0").split("\0")
    walked = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [p.as_posix() for p in walked if not any(_unseen(part) for part in p.parts)]


def _unseen(part: str) -> bool:
    return part in _UNSEEN or (part.startswith(".") and part != ".ci")


def is_door(path: str) -> bool:
    """Doors are named for what they open to: pages for people, api for programs."""
    stem = PurePosixPath(path).stem
    named = stem in ("pages", "api") or stem.endswith(("_pages", "_api"))
    return path in PARTS_OF_DOORS or (named and not path.startswith("app/kit/"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function, however deep."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported_modules(path: str, node: ast.AST) -> Iterator[tuple[str, int]]:
    """Modules that the statements below `node` import, by their full names, with their lines.

    `from app.people import teams` counts as `app.people` and as `app.people.teams`: either may be
    the module that is meant.
    """
    for statement in ast.walk(node):
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                yield alias.name, statement.lineno
        elif isinstance(statement, ast.ImportFrom):
            base = _full_name(path, statement)
            yield base, statement.lineno
            for alias in statement.names:
                yield f"{base}.{alias.name}", statement.lineno


def _full_name(path: str, statement: ast.ImportFrom) -> str:
    if not statement.level:
        return statement.module or ""
    package = path.split("/")[: -statement.level]
    return ".".join([*package, statement.module] if statement.module else package)


def faults_in(rule: Rule, sources: dict[str, str]) -> str:
    """What `rule` finds in `sources`, one fault a line; empty when nothing."""
    return "\n".join(fault for path, source in sources.items() for fault in rule(path, source))
