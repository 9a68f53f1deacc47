"""What a lesson says to do, in a line."""

import pytest

from app.briefs.said import first_sentence


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("## Check *it* twice. Then go.", "Check it twice."),
        (
            "No name on the label? Mix both in a jar. Then look.",
            "No name on the label? Mix both in a jar.",
        ),
        (
            'Last line: "who writes to you? And why?" Ask it.',
            'Last line: "who writes to you? And why?"',
        ),
        ("Whom would you ask?", "Whom would you ask?"),
    ],
)
def test_the_first_sentence_says_something_and_is_whole(text: str, line: str) -> None:
    assert first_sentence(text) == line
