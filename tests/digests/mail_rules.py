"""What a mail in HTML may be made of: what Word (which Outlook for Windows draws with) draws, and
what Gmail's sanitiser leaves in.

From what is published of both: Microsoft's list of what Word's engine supports of HTML and CSS,
and the tables of Can I email and Campaign Monitor. Whatever is not allowed here is refused.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

Rule = Callable[["Mail"], Iterator[str]]

GMAIL_CUTS_AT = 102 * 1024
GMAIL_SHEET = 8192
_WIDEST = 600
_VOID = {"meta", "br", "img", "hr"}
_ELEMENTS = {"html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td"}
_ELEMENTS |= {"th", "h1", "h2", "h3", "h4", "p", "a", "b", "i", "br", "span", "img"}
#: Drawn by Word, in pixels and plain colours.
_DRAWN = {"color", "background-color", "font", "font-family", "font-size", "font-weight", "margin"}
_DRAWN |= {"font-style", "line-height", "text-decoration", "text-align", "vertical-align", "border"}
_DRAWN |= {"border-top", "border-left", "padding", "padding-top", "padding-left", "width", "height"}
#: Not known to Word, which draws as well without.
_SPARED = {"max-width", "word-break", "max-height", "overflow", "mso-hide", "mso-padding-alt"}
_SPARED |= {"-webkit-text-size-adjust", "-ms-text-size-adjust", "-ms-interpolation-mode", "display"}
_DISPLAYS = {"none", "block", "inline-block"}
_UNITS = re.compile(r"\d(?:rem|em|vw|vh|pt|ch)\b|var\(|calc\(|url\(|rgba?\(|hsla?\(|-\d", re.I)
_TALLEST_NEST = 8


@dataclass
class Element:
    """A tag with its attributes and, in order, the tags around it."""

    tag: str
    attributes: dict[str, str]
    around: tuple["Element", ...]
    words: str = ""
    inside: list["Element"] = field(default_factory=list)

    @property
    def styles(self) -> dict[str, str]:
        pairs = (one.partition(":") for one in self.attributes.get("style", "").split(";") if one)
        return {name.strip(): value.strip() for name, _, value in pairs}

    def __str__(self) -> str:
        return f"<{self.tag} {self.attributes}>"


class Mail(HTMLParser):
    """A mail taken apart."""

    def __init__(self, html: str):
        super().__init__()
        self.html, self.elements, self.sheets, self.comments = html, [], [], []
        self._open: list[Element] = []
        self.faults: list[str] = []
        self.feed(html)

    elements: list[Element]
    sheets: list[str]
    comments: list[str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(self._open))
        self.elements.append(element)
        for outer in self._open:
            outer.inside.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes nothing")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].tag == "style":
            self.sheets.append(data)
        for element in self._open:
            element.words += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]


def well_made(mail: Mail) -> Iterator[str]:
    """Everything that opens closes; conditional comments for Outlook too."""
    yield from mail.faults
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", mail.html):
        yield "a control character is in it"
    for_word = "".join(one for one in mail.comments if one.startswith("[if mso]"))
    if for_word.count("<table") != for_word.count("</table") or "<!--[if" in for_word:
        yield "what is for Word alone does not close"


def known_elements(mail: Mail) -> Iterator[str]:
    yield from (f"{one} is dropped" for one in mail.elements if one.tag not in _ELEMENTS)


def known_styles(mail: Mail) -> Iterator[str]:
    for element in mail.elements:
        for name, value in element.styles.items():
            if name not in _DRAWN | _SPARED or _UNITS.search(value) or "!important" in value:
                yield f"{element} has {name}: {value}"
            if name == "display" and value not in _DISPLAYS:
                yield f"{element} has display: {value}"


def room_only_in_cells(mail: Mail) -> Iterator[str]:
    """Word gives padding to cells alone; a button's is told to it by `mso-padding-alt`."""
    for element in mail.elements:
        padded = any(name.startswith("padding") for name in element.styles)
        cell = element.around[-1] if element.around else None
        told = cell is not None and "mso-padding-alt" in cell.styles
        if padded and element.tag not in ("td", "th", "body") and not (element.tag == "a" and told):
            yield f"{element} has padding"
        margin = element.styles.get("margin", "0")
        if margin != "0" and element.tag in ("div", "table", "td", "span"):
            yield f"{element} has a margin"


def tables_for_words(mail: Mail) -> Iterator[str]:
    """Tables say whether they are for looks or for numbers; and have no room of their own."""
    for table in mail.all("table"):
        heads = [one for one in table.inside if one.tag == "th" and _table_of(one) is table]
        looks = table.attributes.get("role") == "presentation"
        if looks == bool(heads):
            yield f"{table} is not said to be for looks, or for numbers by its headings"
        if any(
            table.attributes.get(name) != "0" for name in ("cellpadding", "cellspacing", "border")
        ):
            yield f"{table} has the room that each reader gives it"
        if sum(one.tag == "table" for one in table.around) > _TALLEST_NEST:
            yield f"{table} is too deep"
    yield from (f"{th} has no scope" for th in mail.all("th") if "scope" not in th.attributes)


def _table_of(cell: Element) -> Element:
    return next(one for one in reversed(cell.around) if one.tag == "table")


def widths(mail: Mail) -> Iterator[str]:
    for element in mail.all("table", "td", "img"):
        width = element.attributes.get("width", "100%")
        if width != "100%" and not (width.isdigit() and int(width) <= _WIDEST):
            yield f"{element} is too wide"
        styled = element.styles.get("width", "")
        if styled.endswith("px") and styled != f"{width}px":
            yield f"{element} tells Word another width"


def grounds(mail: Mail) -> Iterator[str]:
    for element in mail.all("table", "td", "body"):
        ground = element.styles.get("background-color")
        if ground and element.attributes.get("bgcolor") != ground:
            yield f"{element} has its ground in its style alone"


def pictures(mail: Mail) -> Iterator[str]:
    for img in mail.all("img"):
        sized = all(img.attributes.get(name, "").isdigit() for name in ("width", "height"))
        if (
            not sized
            or not img.attributes.get("alt")
            or img.attributes.get("src", "")[:4] != "cid:"
        ):
            yield f"{img} lacks a size, words, or a place in the mail"


def links(mail: Mail) -> Iterator[str]:
    for link in mail.all("a"):
        if not re.match(r"https?://[^\s\"<>]+$", link.attributes.get("href", "")):
            yield f"{link} leads nowhere"
        if not link.words.strip():
            yield f"{link} says nothing"


def frame(mail: Mail) -> Iterator[str]:
    """Language, title, both colour schemes, one h1, no level of headings left out."""
    if not mail.html.lower().startswith("<!doctype html>"):
        yield "it is drawn by the rules of 1997"
    if [one.attributes.get("lang") for one in mail.all("html")] != ["en"]:
        yield "its language is not said"
    if [bool(one.words.strip()) for one in mail.all("title")] != [True]:
        yield "it has no title"
    metas = {one.attributes.get("name"): one.attributes.get("content") for one in mail.all("meta")}
    if {metas.get("color-scheme"), metas.get("supported-color-schemes")} != {"light dark"}:
        yield "it does not say that it can be dark"
    levels = [int(one.tag[1]) for one in mail.all("h1", "h2", "h3", "h4")]
    if levels.count(1) != 1 or any(b > a + 1 for a, b in pairwise(levels)):
        yield f"its headings are {levels}"


def sheets(mail: Mail) -> Iterator[str]:
    """Gmail drops a sheet whole that is too long, nests rules of `@`, or opens something."""
    if any(one.tag == "style" and one.around[-1].tag != "head" for one in mail.elements):
        yield "a sheet stands in the body"
    together = "".join(mail.sheets)
    if len(together) > GMAIL_SHEET:
        yield f"the sheet has {len(together)} letters"
    if re.search(r"@import|@font-face|url\(|<|@media[^{]*\{[^{}]*@", together):
        yield "the sheet opens something"
    for query in re.findall(r"@media[^{]+\{((?:[^{}]*\{[^{}]*\})*)", together):
        yield from (f"{rule} loses to the styles" for rule in _weak(query))


def _weak(rules: str) -> Iterator[str]:
    for body in re.findall(r"\{([^{}]*)\}", rules):
        yield from (one for one in body.split(";") if one.strip() and "!important" not in one)


def size(mail: Mail) -> Iterator[str]:
    if len(mail.html.encode()) > GMAIL_CUTS_AT:
        yield "Gmail cuts it off"


RULES: tuple[Rule, ...] = (
    well_made,
    known_elements,
    known_styles,
    room_only_in_cells,
    tables_for_words,
    widths,
    grounds,
    pictures,
    links,
    frame,
    sheets,
    size,
)


def faults(html: str) -> list[str]:
    """Everything that Outlook or Gmail would drop or draw otherwise."""
    mail = Mail(html)
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(mail)]
