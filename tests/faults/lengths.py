"""How long each fault is looked for: a short form in the suite, the whole by `make faults`."""

import os
import sys

LONG = os.environ.get("COMMONPLACE_TEST_FAULTS") == "long"


def length(name: str, *, short: int, long: int) -> int:
    """A number of turns or seconds: as `COMMONPLACE_TEST_<name>` says, else by the form."""
    return int(os.environ.get(f"COMMONPLACE_TEST_{name}", long if LONG else short))


def tell(words: str) -> None:
    """A figure for whoever ran it, also when pytest keeps what tests print."""
    sys.__stdout__ and sys.__stdout__.write(f"\n{words}\n")
