"""A picture drawn anew: upright, no larger than a screen shows, with nothing but its pixels."""

import warnings
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

from app.files import kinds
from app.files.kinds import FileKind
from app.files.refusals import AttachmentRefused
from app.files.stripping import stripped

MOST_PIXELS = 50_000_000
#: What a picture may take in memory while it is drawn anew.
MOST_DECODED_BYTES = 100 * 1024 * 1024
LONGEST_SIDE = 2_400
_QUALITY = 85
# A photograph of more is decoded at half the size or less, which the format allows.
_JPEG_PIXELS = 13_000_000
_BYTES_A_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2}
_FORMATS = {kinds.PNG: "PNG", kinds.JPEG: "JPEG", kinds.WEBP: "WEBP", kinds.GIF: "GIF"}
_TOO_MUCH = "This picture is too large to be worked on. Save it smaller, or as a plain JPEG."
_OPTIONS = {
    kinds.JPEG: {"quality": _QUALITY, "progressive": False},
    kinds.WEBP: {"quality": _QUALITY},
}


def clean_picture(source: BinaryIO, target: BinaryIO, kind: FileKind) -> tuple[int, int]:
    """Write the picture in `source`, cleaned, to `target`; its width and height as written.

    Still ones are drawn anew in their own format. Animated GIF and WebP keep their frames as they
    are, without what is not drawn; an animated PNG keeps its first. Raises AttachmentRefused.
    """
    with warnings.catch_warnings():
        # Pillow warns of large pictures: the size is looked at here, before anything is decoded.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(source, formats=[_FORMATS[kind]])
        except Image.DecompressionBombError as error:
            raise _too_large() from error
    with picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_large()
        if kind in (kinds.GIF, kinds.WEBP) and getattr(picture, "is_animated", False):
            source.seek(0)
            target.write(stripped(source.read()) or b"")
            return picture.size
        drawn = _drawn(picture)
        drawn.save(target, _FORMATS[kind], **_OPTIONS.get(kind, {}))
        return drawn.size


def _drawn(picture: Image.Image) -> Image.Image:
    if isinstance(picture, JpegImageFile):
        _decode_smaller(picture)
    size = picture.width * picture.height * _BYTES_A_PIXEL.get(picture.mode, 4)
    if size > MOST_DECODED_BYTES:
        raise AttachmentRefused(_TOO_MUCH)
    profile = picture.info.get("icc_profile")
    orientation = picture.getexif()
    smaller = _in_plain_colours(picture)
    smaller.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    if profile:
        smaller = _as_on_screens(smaller, profile)
    smaller.info["exif"] = orientation.tobytes()
    upright = ImageOps.exif_transpose(smaller)
    upright.info = {k: v for k, v in smaller.info.items() if k == "transparency"}
    return upright


def _decode_smaller(picture: JpegImageFile) -> None:
    width, height = picture.size
    if picture.info.get("progressive"):
        # All of its coefficients are held at once, two bytes each, whatever the size asked for.
        _, across, down, _ = max(picture.layer, key=lambda layer: layer[1] * layer[2])
        part = sum(h * v for _, h, v, _ in picture.layer) / (across * down)
        if width * height * 2 * part > MOST_DECODED_BYTES:
            raise AttachmentRefused(_TOO_MUCH)
    for scale in (2, 4, 8):
        if picture.width * picture.height > _JPEG_PIXELS:
            picture.draft(None, (width // scale, height // scale))


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """Decoded, in a mode that can be made smaller and be saved in every format."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    longest = max(picture.size)
    if picture.mode in ("P", "PA", "1") and longest > LONGEST_SIDE:
        return picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    picture.load()
    return picture


def _as_on_screens(picture: Image.Image, profile: bytes) -> Image.Image:
    """In sRGB, which is meant where no profile is given: profiles name screens and cameras."""
    if picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        shown = ImageCms.profileToProfile(
            picture, given, ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError):
        return picture
    return shown or picture


def _too_large() -> AttachmentRefused:
    return AttachmentRefused(
        f"This picture has more than {MOST_PIXELS // 1_000_000} megapixels. Save it smaller."
    )
