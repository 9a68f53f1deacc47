"""Templates hold no code, no style and nothing unescaped: the content policy would refuse it."""

import re
from collections.abc import Iterator

import pytest

from tests.house.sources import Rule, faults_in, text_files

# Mail has no style sheets: its templates alone may carry styles.
_MAIL = "templates/emails/"


def _lines(pattern: str, path: str, source: str, fault: str) -> Iterator[str]:
    for found in re.finditer(pattern, source, re.IGNORECASE):
        yield f"{path}:{source.count(chr(10), 0, found.start()) + 1} {fault}"


def inline_styles(path: str, source: str) -> Iterator[str]:
    if not path.startswith(_MAIL):
        yield from _lines(r"<style\b|<[^>]*\sstyle\s*=", path, source, "has a style in it")


def inline_scripts(path: str, source: str) -> Iterator[str]:
    yield from _lines(r"<script\b(?![^>]*\ssrc\s*=)", path, source, "has a script in it")


def inline_handlers(path: str, source: str) -> Iterator[str]:
    yield from _lines(r"""<[^>{]*\s(hx-)?on[a-z:-]+\s*=\s*["']""", path, source, "has a handler")
    yield from _lines(r"javascript:", path, source, "has a script for an address")


def unescaped_values(path: str, source: str) -> Iterator[str]:
    yield from _lines(r"\|\s*safe\b|autoescape\s+false", path, source, "is not escaped")


def other_hosts(path: str, source: str) -> Iterator[str]:
    """Pages load nothing from elsewhere; links may lead there."""
    pattern = r"""<(script|img|link|iframe|source)\b[^>]*\b(src|href)\s*=\s*["'](https?:)?//"""
    yield from _lines(pattern, path, source, "loads from another host")


RULES = (inline_styles, inline_scripts, inline_handlers, unescaped_values, other_hosts)
BAD = {
    inline_styles: '<p class="a"\n style="color: red">',
    inline_scripts: "<script>alert(1)</script>",
    inline_handlers: '<button type="button" onclick="go()">',
    unescaped_values: "{{ text |safe }}",
    other_hosts: '<img alt="" src="https://elsewhere.example/a.png">',
}


def templates() -> dict[str, str]:
    return {path: text for path, text in text_files().items() if path.startswith("templates/")}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_templates_have_no(rule: Rule) -> None:
    assert templates()
    faults = faults_in(rule, templates())
    assert not faults, faults


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_finds(rule: Rule) -> None:
    assert list(rule("templates/lessons/show.html", BAD[rule]))


def test_ordinary_markup_passes_every_rule() -> None:
    good = '<script src="/static/js/keys.js" defer></script><a href="https://a.example">{{ x }}</a>'
    assert [fault for rule in RULES for fault in rule("templates/lessons/show.html", good)] == []
