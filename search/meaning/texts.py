"""What of a lesson is told to the model: its parts in the order in which they tell most."""

from ..documents import Document

#: More than any model's limit of tokens holds; the rest would be cut into tokens for nothing.
MAX_CHARACTERS = 3000


def text_of(document: Document) -> str:
    """The parts of a lesson that has them, one a line, the most telling first.

    The model reads on until its limit, so what stands last of a long lesson is not heard.
    """
    parts = (
        document.title,
        document.recommendation,
        document.lesson,
        document.applies_when,
        document.happened,
        document.why,
        document.context,
        document.expected,
        document.not_when,
    )
    return "\n".join(part.strip() for part in parts if part.strip())[:MAX_CHARACTERS]
