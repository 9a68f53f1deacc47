"""The project's text speaks of the product alone: no workplace, no machine, no registry."""

import re
from collections.abc import Iterator

from tests.house.sources import faults_in, text_files

# Made of pieces so that this file does not hold them.
_FOREIGN = (
    "/wo" + "rk/",
    "/tm" + "p/",
    "(?<!--no-)sand" + "box(?!; default-src 'none')",  # a browser's option, a policy
    "pypi" + r"\.org",
    r"files\.python" + "hosted",
    r"registry\.npm" + "js",
    "index" + "-url http",
)
_PATTERN = re.compile("|".join(_FOREIGN), re.IGNORECASE)


def foreign_words(path: str, source: str) -> Iterator[str]:
    for number, line in enumerate(source.splitlines(), 1):
        found = _PATTERN.search(line)
        if found:
            yield f"{path}:{number} says {found[0]}"


def test_no_file_speaks_of_where_it_was_made() -> None:
    faults = faults_in(foreign_words, text_files())
    assert not faults, faults


def test_a_foreign_word_is_found() -> None:
    for word in ("/wo" + "rk/main", "the Sand" + "box", "https://pypi" + ".org/simple"):
        assert list(foreign_words("README.md", f"see {word} for more"))
    assert not list(foreign_words("README.md", "homework/main and template/"))
