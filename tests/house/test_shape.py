"""Files are short and of one idea, functions shorter, and each says what it is for."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.house.sources import Rule, faults_in, functions, is_door, python_sources, text_files

LONGEST_FILE = 250
LONGEST_FUNCTION = 45
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "service", "services", "manager", "common"}
ACTS = (
    "app/events/",
    "app/people/",
    "app/topics/",
    "app/mail/",
    "app/auth/",
    "app/lessons/",
    "app/coach/",
    "app/files/",
    "app/following/",
    "app/responses/",
    "app/searches/",
    "app/uses/",
    "app/actions/",
    "app/experts/",
    "app/drafts/",
    "app/briefs/",
    "app/notifications/",
    "app/home/",
    "app/transfer/",
    "app/demo/",
)
TYPES_ARE_READ_IN = ("/models.py", "/schemas.py", "/guards.py", "_shapes.py")
# Made of two pieces so that this file does not hold them.
LEFT_FOR_LATER = ("TO" + "DO", "FIX" + "ME", "XX" + "X")


def long_files(path: str, source: str) -> Iterator[str]:
    lines = source.count("\n") + 1
    if lines > LONGEST_FILE:
        yield f"{path} has {lines} lines"


def long_functions(path: str, source: str) -> Iterator[str]:
    for function in functions(ast.parse(source)):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > LONGEST_FUNCTION:
            yield f"{path}:{function.lineno} {function.name} has {lines} lines"


def names_that_say_nothing(path: str, _source: str) -> Iterator[str]:
    words = set(PurePosixPath(path).stem.split("_")) | set(PurePosixPath(path).parent.parts)
    if words & EMPTY_NAMES:
        yield f"{path} is named for nothing"


def modules_without_a_sentence(path: str, source: str) -> Iterator[str]:
    if not ast.get_docstring(ast.parse(source)):
        yield f"{path} does not say what it is for"


def acts_without_a_docstring(path: str, source: str) -> Iterator[str]:
    """Public functions of capabilities. Not doors nor their shapes, which are read through their
    routes; nor a function that only returns one expression, whose name says it all."""
    if not path.startswith(ACTS) or is_door(path) or path.endswith(("/guards.py", "_shapes.py")):
        return
    for node in ast.parse(source).body:
        if (
            isinstance(node, ast.FunctionDef)
            and not node.name.startswith("_")
            and not isinstance(node.body[0], ast.Return)
            and not ast.get_docstring(node)
        ):
            yield f"{path}:{node.lineno} {node.name} does not say what it does"


def broad_handlers(path: str, source: str) -> Iterator[str]:
    """Swallowing everything hides faults: only the worker's edge may, so that one job does not stop
    the others. Whoever cleans up and raises again swallows nothing."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ExceptHandler) or path == "app/worker.py":
            continue
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        broad = any(c is None or ast.unparse(c) in ("Exception", "BaseException") for c in caught)
        if broad and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None):
            yield f"{path}:{node.lineno} catches everything"


def commits(path: str, source: str) -> Iterator[str]:
    """A transaction is committed at the edge, by `kit/db`; acts, doors and jobs never say it."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "commit"
            and path != "app/kit/db.py"
            and not (is_door(path) or path.startswith(("app/cli/", "search/", "app/bench/peers/")))
            and path != "app/worker.py"
        ):
            yield f"{path}:{node.lineno} commits"


def future_annotations(path: str, source: str) -> Iterator[str]:
    """They turn the types that SQLModel and FastAPI read into strings."""
    if not (is_door(path) or path.startswith("app/kit/") or path.endswith(TYPES_ARE_READ_IN)):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            yield f"{path}:{node.lineno} imports from __future__"


def left_for_later(path: str, source: str) -> Iterator[str]:
    for number, line in enumerate(source.splitlines(), 1):
        if any(word in line for word in LEFT_FOR_LATER):
            yield f"{path}:{number} leaves something for later"


RULES = (
    long_files,
    long_functions,
    names_that_say_nothing,
    modules_without_a_sentence,
    acts_without_a_docstring,
    broad_handlers,
    commits,
    future_annotations,
)
BAD = {
    long_files: ("app/lessons/capture.py", "\n" * 251),
    long_functions: ("app/lessons/capture.py", "def post():\n" + "    pass\n" * 45),
    names_that_say_nothing: ("app/lessons/post_helpers.py", ""),
    modules_without_a_sentence: ("app/lessons/capture.py", "import json"),
    acts_without_a_docstring: ("app/lessons/capture.py", "def post(): ..."),
    broad_handlers: ("app/main.py", "try: pass\nexcept (OSError, Exception): pass"),
    commits: ("app/lessons/capture.py", "session.commit()"),
    future_annotations: ("app/kit/db.py", "from __future__ import annotations"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_has_no(rule: Rule) -> None:
    faults = faults_in(rule, python_sources("app", "search"))
    assert not faults, faults


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_finds(rule: Rule) -> None:
    assert list(rule(*BAD[rule]))


def test_short_documented_acts_pass_every_rule() -> None:
    source = (
        '"""Posting."""\n\ndef post():\n    """Post."""\n'
        "    try: pass\n    except OSError: pass\n    except BaseException:\n        raise\n"
    )
    assert [fault for rule in RULES for fault in rule("app/lessons/capture.py", source)] == []


def test_nothing_is_left_for_later() -> None:
    assert list(left_for_later("a.py", f"# {LEFT_FOR_LATER[0]}: later"))
    faults = faults_in(left_for_later, text_files())
    assert not faults, faults
