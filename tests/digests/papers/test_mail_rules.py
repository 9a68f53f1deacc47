"""The rules for mail find what they are there to find."""

import pytest

from tests.digests.mail_rules import (
    GMAIL_CUTS_AT,
    GMAIL_SHEET,
    RULES,
    Mail,
    Rule,
    faults,
    frame,
    grounds,
    known_elements,
    known_styles,
    links,
    pictures,
    room_only_in_cells,
    sheets,
    size,
    tables_for_words,
    well_made,
    widths,
)

_HEAD = (
    '<!doctype html><html lang="en"><head><title>x</title>'
    '<meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark">{sheet}</head>'
    "<body>{body}</body></html>"
)
_TABLE = (
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0"{more}>'
    "<tr>{cell}</tr></table>"
)
GOOD = _HEAD.format(
    sheet="<style>@media (prefers-color-scheme: dark) { .a { color: #fff !important } }</style>",
    body="<!--[if mso]><table><tr><td><![endif]-->"
    + _TABLE.format(
        more=' width="600"',
        cell='<td style="padding:4px 8px;background-color:#fff" bgcolor="#fff"><h1>x</h1>'
        '<a href="https://c.example/x">y</a><img src="cid:a" alt="z" width="9" height="9"></td>',
    )
    + "<!--[if mso]></td></tr></table><![endif]-->",
)
BAD: dict[Rule, list[str]] = {
    well_made: [
        "<table><tr><td>x</table>",
        "<p>a\x00b</p>",
        "<p>\u202eevil</p>",
        "<!--[if mso]><table><![endif]-->",
    ],
    known_elements: ["<script>x</script>", "<form></form>", "<svg></svg>", "<video></video>"],
    known_styles: [
        '<p style="display:flex">x</p>',
        '<p style="display:grid">x</p>',
        '<p style="float:left">x</p>',
        '<p style="position:absolute">x</p>',
        '<p style="background-image:url(x.png)">x</p>',
        '<p style="border-radius:4px">x</p>',
        '<p style="font-size:1rem">x</p>',
        '<p style="color:var(--ink)">x</p>',
        '<p style="color:rgba(0,0,0,.5)">x</p>',
        '<p style="margin:-4px">x</p>',
    ],
    room_only_in_cells: ['<div style="padding:9px">x</div>', '<div style="margin:0 auto">x</div>'],
    tables_for_words: [
        "<table><tr><td>x</td></tr></table>",
        '<table role="presentation"><tr><td>x</td></tr></table>',
        '<table cellpadding="0" cellspacing="0" border="0"><tr><th>x</th></tr></table>',
    ],
    widths: [
        '<table width="640"></table>',
        '<td width="50%">x</td>',
        '<td width="9" style="width:8px">',
    ],
    grounds: ['<td style="background-color:#fff">x</td>'],
    pictures: [
        '<img src="cid:a" alt="x">',
        '<img src="https://c.example/a.png" alt="x" width="9" height="9">',
    ],
    links: [
        '<a href="/lessons">x</a>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="https://c.example"></a>',
    ],
    frame: ["<html><h1>x</h1></html>", _HEAD.format(sheet="", body="<h1>x</h1><h3>y</h3>")],
    sheets: [
        f"<head><style>{' ' * GMAIL_SHEET}x</style></head>",
        "<head><style>@import url(x.css);</style></head>",
        "<head><style>@media (a) { .a { color: red } }</style></head>",
        "<body><style>.a{}</style></body>",
    ],
    size: ["x" * (GMAIL_CUTS_AT + 1)],
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_finds(rule: Rule) -> None:
    for html in BAD[rule]:
        assert list(rule(Mail(html))), html


def test_what_every_reader_draws_alike_passes_every_rule() -> None:
    assert faults(GOOD) == []
