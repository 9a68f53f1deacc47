"""What a question or an answer may contain."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.lessons.schemas import NeededText

LONGEST_TEXT = 5_000


class Words(BaseModel):
    """What somebody asks or answers, in Markdown."""

    model_config = ConfigDict(frozen=True)

    text: Annotated[NeededText, Field(max_length=LONGEST_TEXT)]
