"""What people wrote, as safe HTML."""

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

#: The address of a picture of our own; all others are on other hosts, or no pictures.
_OWN_PICTURE = re.compile(r"/attachments/[0-9a-z]{16}")


def _picture(
    _renderer: RendererProtocol,
    tokens: Sequence[Token],
    at: int,
    _options: OptionsDict,
    _env: EnvType,
) -> str:
    address, words = str(tokens[at].attrGet("src") or ""), tokens[at].content
    if _OWN_PICTURE.fullmatch(address):
        return (
            f'<img class="picture" src="{address}" alt="{escape(words)}" loading="lazy" '
            'decoding="async">'
        )
    return f'<a href="{escape(address)}">{escape(words or address)}</a>'


# js-default: raw HTML is text, tables and bare links work. The default preset passes HTML through.
# Quotation marks are set as a book sets them; nothing else that was typed is replaced.
_SETTINGS = {"linkify": False, "breaks": False, "html": False, "typographer": True}
_parser = MarkdownIt("js-default", _SETTINGS).disable("replacements")
_parser.add_render_rule("image", _picture)
# Every bracket is looked at as the beginning of a link, to the text's end: from so many on that
# takes seconds, and they stay brackets.
_MOST_BRACKETS = 3_000
_without_links = MarkdownIt("js-default", _SETTINGS).disable(["replacements", "link", "image"])
_TAGS = frozenset(
    "p br hr h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a "
    "table thead tbody tr th td img".split()
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "code": {"class"},
    "img": {"class", "src", "alt", "loading", "decoding"},
    "th": {"class"},
    "td": {"class"},
}
# How the parser says on which side a column stands; the content policy takes no styles.
_SIDE = re.compile(r'(?<=<t[hd]) style="text-align:(center|right)"')
_SIDES = ("to-center", "to-right")
_FIRST_HEADING = 3
_HEADING = re.compile(r"<(/?)h([1-6])>")
_SCHEMES = frozenset({"http", "https", "mailto"})


@lru_cache(maxsize=2048)
def render_markdown(text: str) -> Markup:
    """Markdown as sanitised HTML: no raw HTML, no scripts, no pictures from elsewhere.

    Attached pictures are shown. Others become links: the content policy would refuse them, and a
    picture fetched from another host tells that host who reads what. Headings start at level 3,
    below those of the page.
    """
    parser = _parser if text.count("[") <= _MOST_BRACKETS else _without_links
    cleaner = nh3.clean(
        _SIDE.sub(r' class="to-\1"', _demote_headings(parser.render(text))),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(_SCHEMES),
        # What scrolls sideways must be reachable by keyboard.
        set_tag_attribute_values={"pre": {"tabindex": "0"}},
        attribute_filter=_as_made_here,
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(cleaner)  # noqa: S704 - cleaned in the line above


def _as_made_here(tag: str, name: str, value: str) -> str | None:
    """A second look at what the parser's rules have let through."""
    if (tag, name) == ("img", "src") and not _OWN_PICTURE.fullmatch(value):
        return None
    return None if tag in ("th", "td") and value not in _SIDES else value


def _demote_headings(html: str) -> str:
    """Shift headings so that the highest level used becomes the third: the page has the first two,
    and no level may be left out."""
    used = [level for level in range(1, 7) if f"<h{level}>" in html]
    shift = _FIRST_HEADING - min(used, default=_FIRST_HEADING)
    return _HEADING.sub(lambda tag: f"<{tag[1]}h{min(int(tag[2]) + shift, 6)}>", html)
