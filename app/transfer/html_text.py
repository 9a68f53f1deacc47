"""HTML that other systems leave in a cell, as Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = {"br": "\n", "hr": "\n\n---\n\n"}
_BLOCKS = {
    "p": "\n\n",
    "div": "\n\n",
    "section": "\n\n",
    "article": "\n\n",
    "ul": "\n\n",
    "ol": "\n\n",
    "table": "\n\n",
    "blockquote": "\n\n",
    "tr": "\n",
    "h1": "\n\n",
    "h2": "\n\n",
    "h3": "\n\n",
    "h4": "\n\n",
    "h5": "\n\n",
    "h6": "\n\n",
}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_PLAIN = ("html", "body", "head", "span", "font", "center", "u", "small", "sub", "sup", "thead")
_PLAIN_TOO = ("tbody", "td", "th", "a", "li", "img", "meta", "o:p", "s", "script", "style", "title")
_KNOWN = {*_BREAKS, *_BLOCKS, *_MARKS, *_PLAIN, *_PLAIN_TOO}
_UNSEEN = ("script", "style", "title")
_LOOKS_HTML = re.compile(
    r"<(?:br|hr)\s*/?>|</(?:p|div|ul|ol|li|table|td|span|b|i|strong|em|a|h[1-6])\s*>"
    r"|<(?:p|ul|ol|li|table|div)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)


def looks_like_html(text: str) -> bool:
    """Whether a cell is HTML rather than Markdown or code that speaks of it."""
    return "<" in text and "`" not in text and _LOOKS_HTML.search(text) is not None


def html_to_markdown(text: str) -> str:
    """Turn simple HTML into Markdown: paragraphs, lists, emphasis, links; other tags go, their
    text stays, and scripts go altogether. What only looks like a tag, as <stdio.h>, stays."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KNOWN:
            self.parts.append(self.get_starttag_text() or "")
        elif tag in _UNSEEN:
            self._unseen += 1
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self._links.append(href if href.startswith(("http://", "https://")) else "")
            self.parts.append("[" if self._links[-1] else "")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        else:
            self.parts.append(_BREAKS.get(tag) or _BLOCKS.get(tag) or _MARKS.get(tag, ""))
            if re.fullmatch("h[1-6]", tag):
                self.parts.append("#" * int(tag[1]) + " ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag == "a" and self._links:
            href = self._links.pop()
            self.parts.append(f"]({href})" if href else "")
        elif tag not in _KNOWN:
            self.parts.append(f"</{tag}>")
        else:
            self.parts.append(_BLOCKS.get(tag) or _MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data) if data.strip() else data)
