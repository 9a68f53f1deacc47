"""A digest off the web, in every form that there is: each takes what was told to one reader."""

from app.digests.papers.as_markdown import as_markdown
from app.digests.papers.as_text import as_text
from app.digests.papers.calendar import as_calendar
from app.digests.papers.pdf import NoPaper, as_paper, as_pdf

__all__ = ["NoPaper", "as_calendar", "as_markdown", "as_paper", "as_pdf", "as_text"]
