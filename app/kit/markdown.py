"""What people wrote, as safe HTML."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

# js-default: raw HTML is text, tables and bare links work. The default preset passes HTML through.
_parser = MarkdownIt("js-default", {"linkify": False, "breaks": False, "html": False})
_TAGS = frozenset(
    "p br hr h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a table thead tbody tr th td".split()
)
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}}
_SCHEMES = frozenset({"http", "https", "mailto"})


@lru_cache(maxsize=2048)
def render_markdown(text: str) -> Markup:
    """Markdown as sanitised HTML: no raw HTML, no scripts, no pictures from elsewhere.

    Pictures become links: the content policy would refuse them, and a picture fetched from another
    host tells that host who reads what. Headings start at level 3, below those of the page.
    """
    cleaner = nh3.clean(
        _demote_headings(_parser.render(text)),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(cleaner)  # noqa: S704 - cleaned in the line above


def _demote_headings(html: str) -> str:
    for level in (6, 5, 4, 3, 2, 1):
        lower = min(level + 2, 6)
        html = html.replace(f"<h{level}>", f"<h{lower}>").replace(f"</h{level}>", f"</h{lower}>")
    return html
