"""Pictures without what only tells about them, their drawing untouched byte by byte: for animations
and for pictures inside of documents, which are not drawn anew.

Formats: GIF89a; RIFF/WebP; PNG (ISO/IEC 15948); JPEG (ITU-T T.81, annex B).
"""

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_DRAWS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT".split()
)
_WEBP_DRAWS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH"))
# In VP8X: what is said to follow and does not any more (ICC profile, Exif, XMP).
_WEBP_FLAGS_DROPPED = 0x20 | 0x08 | 0x04
_GIF_EXTENSION, _GIF_IMAGE, _GIF_END = 0x21, 0x2C, 0x3B
_GIF_TIMING, _GIF_APPLICATION = 0xF9, 0xFF
_GIF_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")
# Of a JPEG's own segments stay: JFIF's, the colour profile, Adobe's (how colours are meant).
_JPEG_DROPPED = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})
_JPEG_MARK, _JPEG_END, _JPEG_SCAN = 0xFF, 0xD9, 0xDA
_JPEG_IN_SCAN = frozenset({0x00, *range(0xD0, 0xD8)})


def stripped(picture: bytes) -> bytes | None:
    """The picture without comments, Exif, XMP and what lies behind its end; None if it is none of
    these formats. Raises ValueError, IndexError or struct.error for a damaged one."""
    if picture.startswith(_PNG):
        return _strip_png(picture)
    if picture.startswith(b"\xff\xd8\xff"):
        return _strip_jpeg(picture)
    if picture[:6] in (b"GIF87a", b"GIF89a"):
        return _strip_gif(picture)
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return _strip_webp(picture)
    return None


def _strip_png(picture: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while True:
        (length,) = struct.unpack_from(">L", picture, at)
        name, end = picture[at + 4 : at + 8], at + 12 + length
        if name in _PNG_DRAWS:
            kept.append(picture[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end


def _strip_jpeg(picture: bytes) -> bytes:
    kept, at = [picture[:2]], 2
    while True:
        if picture[at] != _JPEG_MARK:
            raise ValueError("a marker is missing")
        marker = picture[at + 1]
        if marker == _JPEG_MARK:  # filling before a marker
            at += 1
            continue
        if marker == _JPEG_END:
            return b"".join([*kept, b"\xff\xd9"])
        end = at + 2 + int(struct.unpack_from(">H", picture, at + 2)[0])
        if marker == _JPEG_SCAN:
            end = _end_of_scan(picture, end)
        if marker not in _JPEG_DROPPED:
            kept.append(picture[at:end])
        at = end


def _end_of_scan(picture: bytes, at: int) -> int:
    while True:
        at = picture.index(b"\xff", at)
        if picture[at + 1] not in _JPEG_IN_SCAN:
            return at
        at += 2


def _strip_gif(picture: bytes) -> bytes:
    at = 13 + _colours(picture[10])
    kept = [picture[:at]]
    while picture[at] != _GIF_END:
        start = at
        if picture[at] == _GIF_EXTENSION:
            at = _end_of_blocks(picture, at + 2)
            draws = picture[start + 1] == _GIF_TIMING or (
                picture[start + 1] == _GIF_APPLICATION
                and picture[start + 2 : start + 14] in _GIF_LOOPS
            )
        elif picture[at] == _GIF_IMAGE:
            at = _end_of_blocks(picture, at + 11 + _colours(picture[at + 9]))
            draws = True
        else:
            raise ValueError("no block of a GIF")
        if draws:
            kept.append(picture[start:at])
    return b"".join([*kept, bytes([_GIF_END])])


def _colours(flags: int) -> int:
    """The length of the table of colours that flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(picture: bytes, at: int) -> int:
    while picture[at]:
        at += 1 + picture[at]
    return at + 1


def _strip_webp(picture: bytes) -> bytes:
    (length,) = struct.unpack_from("<L", picture, 4)
    kept, at = [], 12
    while at + 8 <= min(len(picture), 8 + length):
        name = picture[at : at + 4]
        (size,) = struct.unpack_from("<L", picture, at + 4)
        end = at + 8 + size + (size & 1)
        chunk = picture[at:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS_DROPPED]) + chunk[9:]
        if name in _WEBP_DRAWS:
            kept.append(chunk)
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<L", len(body)) + body
