"""Where the files that are not Python stand, in a checkout and in an installed wheel alike."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(name: str) -> Path:
    """The folder `templates` or `migrations`: beside the package, or inside it in a wheel."""
    packed = _PACKAGE / "_resources" / name
    return packed if packed.exists() else _PACKAGE.parent / name


STATIC = _PACKAGE / "static"
