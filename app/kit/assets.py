"""Static files at addresses that change with their content; what every page needs comes as one."""

import hashlib
import re
from functools import cache

from app.kit.resources import STATIC

_COMMENT, _SPACE = re.compile(rb"/\*.*?\*/", re.DOTALL), re.compile(rb"\s+")
_AROUND = re.compile(rb" ?([{};]) ?")
JS_BUNDLES = ("site", "desk")
_REMARK = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)


@cache
def asset_url(path: str) -> str:
    """The address of a static file; it changes with the content, so browsers may keep it."""
    return f"/static/{path}?v={_short_hash((STATIC / path).read_bytes())}"


@cache
def css_bundle() -> bytes:
    """Every style sheet in the order of `css/order.txt`, as one, without what only people read."""
    joined = b"\n".join(_in_order("css/order.txt"))
    return _AROUND.sub(rb"\1", _SPACE.sub(b" ", _COMMENT.sub(b"", joined))).strip()


@cache
def css_bundle_url() -> str:
    return f"/static/site.css?v={_short_hash(css_bundle())}"


@cache
def js_bundle(name: str) -> bytes:
    """The scripts that `js/NAME.txt` names, in its order, as one: on a slow line each file would
    cost a way there and back. `site` is for every page, `desk` for where one writes; what only one
    page needs it names itself."""
    return _REMARK.sub(b"", b"\n;\n".join(_in_order(f"js/{name}.txt")))


@cache
def js_bundle_url(name: str) -> str:
    return f"/static/{name}.js?v={_short_hash(js_bundle(name))}"


def _in_order(names: str) -> list[bytes]:
    folder = (STATIC / names).parent
    return [(folder / name).read_bytes() for name in (STATIC / names).read_text("utf-8").split()]


def _short_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
