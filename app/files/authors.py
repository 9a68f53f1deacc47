"""Where office documents tell who wrote them, part by part, and what stands there instead.

Formats: Office Open XML (ECMA-376, with Microsoft's MS-DOCX and MS-XLSX), OpenDocument 1.3. Parts
are changed as text: a document that is parsed and written anew is not the same document.
"""

import re

SOMEBODY = b"Author"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

_BLANK = (
    (r"docProps/core\.xml", f'{_XML}<cp:coreProperties xmlns:cp="{_CORE}"/>'),
    (r"docProps/app\.xml", f'{_XML}<Properties xmlns="{_EXTENDED}"/>'),
    (r"docProps/custom\.xml", f'{_XML}<Properties xmlns="{_CUSTOM}"/>'),
    (
        r"(.*/)?meta\.xml",
        f'{_XML}<office:document-meta xmlns:office="{_OFFICE}" office:version="1.3">'
        "<office:meta/></office:document-meta>",
    ),
)


def _attribute(*names: str, value: bytes = SOMEBODY) -> tuple[re.Pattern[bytes], bytes]:
    pattern = rf"""(\s(?:[\w.-]+:)?(?:{"|".join(names)})\s*=\s*)(?:"[^"]*"|'[^']*')"""
    return re.compile(pattern.encode()), rb'\1"' + value + b'"'


def _no_attribute(*names: str) -> tuple[re.Pattern[bytes], bytes]:
    return _attribute(*names)[0], b""


def _no_text(*names: str, value: bytes = b"") -> tuple[re.Pattern[bytes], bytes]:
    pattern = rf"(<({'|'.join(names)})(?:\s[^<>]*)?>)[^<]*(</\2\s*>)"
    return re.compile(pattern.encode()), rb"\1" + value + rb"\3"


_PRINTER = (
    re.compile(rb'(<config:config-item\s[^<>]*"Printer(?:Name|Setup)"[^<>]*>)[^<]*'),
    rb"\1",
)
_TEMPLATE = (
    re.compile(rb'(<Relationship\b(?=[^<>]*/attachedTemplate")[^<>]*\sTarget=)"[^"]*"'),
    rb'\1"Normal.dotm"',
)
_SAVED_AT = (re.compile(rb"(<(?:[\w-]+:)?absPath\b[^<>]*\surl=)\"[^\"]*\""), rb'\1""')
# A SharePoint library's own facts: names of people with their addresses among them.
_LIBRARY_FACTS = (
    re.compile(rb"<p:properties\b.*</p:properties>", re.DOTALL),
    b'<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties"/>',
)
_CHANGES = (
    (r"word/people\.xml", (re.compile(rb"<w15:person\b.*?</w15:person>", re.DOTALL), b"")),
    (r"word/.*\.xml", _attribute("author", "initials", "userId")),
    (r"word/.*\.xml", _no_attribute("w:date")),
    (r"word/_rels/settings\.xml\.rels", _TEMPLATE),
    (r"xl/workbook\.xml", _attribute("userName", value=b"")),
    (r"xl/workbook\.xml", _SAVED_AT),
    (r"xl/persons/.*\.xml", _attribute("displayName", "userId")),
    (r"xl/comments.*\.xml", _no_text("author", value=SOMEBODY)),
    (r"xl/threadedComments/.*\.xml", _no_attribute("dT")),
    (r"xl/revisions/.*\.xml", _attribute("userName")),
    (r"ppt/(commentAuthors|authors)\.xml", _attribute("name", "initials", "userId")),
    (r"ppt/comments/.*\.xml", _no_attribute("dt")),
    (r"customXml/item\d*\.xml", _LIBRARY_FACTS),
    (
        r"(.*/)?(content|styles)\.xml",
        _no_text("dc:creator", "meta:creator-initials", "loext:sender-initials", "dc:date"),
    ),
    (r"(.*/)?settings\.xml", _PRINTER),
)
_RULES = [(re.compile(where), change) for where, change in _CHANGES]
_EMPTY = [(re.compile(where), text.encode()) for where, text in _BLANK]
_EXCEL_AUTHOR = re.compile(rb"<author(?:\s[^<>]*)?>([^<]+)</author\s*>")


def blank_part(name: str) -> bytes | None:
    """What stands in the place of a part that is about the document alone, else None."""
    return next((text for where, text in _EMPTY if where.fullmatch(name)), None)


def may_name_people(name: str) -> bool:
    """Whether `without_people` may change this part."""
    return any(where.fullmatch(name) for where, _ in _RULES)


def without_people(name: str, part: bytes) -> bytes:
    """A part without who wrote, commented on or revised it. `part` is XML in UTF-8."""
    if name.startswith("xl/comments"):
        # Excel begins a comment's text with its author.
        for author in set(_EXCEL_AUTHOR.findall(part)):
            part = part.replace(b">" + author + b":", b">")
    for where, (pattern, instead) in _RULES:
        if where.fullmatch(name):
            part = pattern.sub(instead, part)
    return part
