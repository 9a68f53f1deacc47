"""What an index costs in memory and on the disk."""

from pathlib import Path

_STATUS = Path("/proc/self/status")
_NAMES = {"VmRSS": "resident_mb", "RssAnon": "own_mb"}


def memory() -> dict[str, float]:
    """Megabytes of this process: resident, and of these what is its own. The rest is files mapped
    into it, which processes share and the system may drop. Empty where the system does not say."""
    if not _STATUS.exists():
        return {}
    lines = (line.partition(":") for line in _STATUS.read_text("ascii").splitlines())
    return {
        _NAMES[name]: round(int(value.split()[0]) / 1024, 1)
        for name, _, value in lines
        if name in _NAMES
    }


def growth(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """By how much memory grew."""
    return {name: round(after[name] - before[name], 1) for name in before}


def size_mb(folder: Path) -> float:
    """Megabytes of all files of a folder."""
    return round(sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6, 1)
