"""What a lesson may contain when it comes in, and how it looks when it goes out to programs."""

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.lessons.models import (
    EXTERNAL_ID_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    URL_LENGTH,
    AuthorMode,
    CauseType,
    Kind,
    State,
)
from app.topics.models import NAME_LENGTH

MOST_TOPICS = 50
# Everything but tab and line feed that no reader can see and a database or a log may stumble over.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def clean(text: Any) -> Any:
    """A text as it is kept: composed (NFC), one kind of line end, nothing that cannot be seen."""
    if not isinstance(text, str):
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNSEEN.sub("", text).strip()


def _one_line(text: Any) -> Any:
    return " ".join(clean(text).split()) if isinstance(text, str) else text


def _web_address(url: str) -> str:
    if url and not re.match(r"https?://[^\s]+$", url):
        raise ValueError("Give an address that begins with https:// or http://, or leave it empty")
    return url


def _empty_is_none(value: Any) -> Any:
    return None if value == "" else value


def _day(value: Any) -> Any:
    # A number would be taken for seconds since 1970.
    if value is None or value == "" or isinstance(value, date):
        return value or None
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("Give a date like 2026-03-14")
    return value


# What the validators here ask for, in the words of a JSON schema.
SEEN = {"pattern": r"[^\s\x00-\x1f\x7f]"}
_WEB_ADDRESS = {"pattern": r"^(https?://[!-~]+)?$"}

Title = Annotated[
    str,
    BeforeValidator(_one_line),
    Field(min_length=1, max_length=TITLE_LENGTH, json_schema_extra=SEEN),
]
Text = Annotated[str, BeforeValidator(clean), Field(max_length=TEXT_LENGTH)]
NeededText = Annotated[
    str,
    BeforeValidator(clean),
    Field(min_length=1, max_length=TEXT_LENGTH, json_schema_extra=SEEN),
]
Address = Annotated[
    str,
    BeforeValidator(_one_line),
    Field(max_length=URL_LENGTH, json_schema_extra=_WEB_ADDRESS),
    AfterValidator(_web_address),
]
Name = Annotated[str, BeforeValidator(_one_line), Field(max_length=NAME_LENGTH)]
LongName = Annotated[str, BeforeValidator(_one_line), Field(max_length=120)]
ExternalId = Annotated[str, BeforeValidator(_one_line), Field(max_length=EXTERNAL_ID_LENGTH)]
Topics = Annotated[list[Name], Field(max_length=MOST_TOPICS)]
Day = Annotated[
    date | None, BeforeValidator(_day, json_schema_input_type=date | Literal[""] | None)
]
Cause = Annotated[
    CauseType | None,
    BeforeValidator(_empty_is_none, json_schema_input_type=CauseType | Literal[""] | None),
]
Shared = Literal["organisation", "team", "draft"]


class LessonInput(BaseModel):
    """A whole lesson as somebody writes it. Only `kind`, `title` and `lesson` are required."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    title: Title
    context: Text = ""
    expected: Text = ""
    happened: Text = ""
    why: Text = ""
    cause_type: Cause = None
    lesson: NeededText
    recommendation: Text = ""
    applies_when: Text = ""
    not_when: Text = ""
    topics: Topics = Field(default_factory=list)
    team: LongName = Field(default="", description="A team's name or id; empty for none")
    visibility: Shared = "organisation"
    author_mode: AuthorMode = AuthorMode.NAMED
    occurred_on: Day = None
    external_id: ExternalId = ""
    source_url: Address = ""


class LessonChange(BaseModel):
    """A part of a lesson to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind | None = None
    title: Title | None = None
    context: Text | None = None
    expected: Text | None = None
    happened: Text | None = None
    why: Text | None = None
    cause_type: Cause = None
    lesson: NeededText | None = None
    recommendation: Text | None = None
    applies_when: Text | None = None
    not_when: Text | None = None
    topics: Topics | None = None
    team: LongName | None = None
    visibility: Shared | None = None
    author_mode: AuthorMode | None = None
    occurred_on: Day = None
    external_id: ExternalId | None = None
    source_url: Address | None = None

    def applied_to(self, content: LessonInput) -> LessonInput:
        """The whole lesson with this change; None clears only what may be empty."""
        given = self.model_dump(exclude_unset=True)
        clearable = ("cause_type", "occurred_on")
        changes = {k: v for k, v in given.items() if v is not None or k in clearable}
        return LessonInput.model_validate(content.model_dump() | changes)


class AuthorView(BaseModel):
    id: str
    name: str


class StandingView(BaseModel):
    """What came of a lesson. `reach` is the number of teams other than the author's that used it;
    `better`, `same` and `worse` are those of them that say so. `needs_rewording`: it happened again
    three times since the lesson was last put into words."""

    in_words: str = ""
    reach: int = 0
    better: int = 0
    same: int = 0
    worse: int = 0
    recurrences: int = 0
    used_on: date | None = None
    confirmed_on: date | None = None
    needs_rewording: bool = False


class LessonView(BaseModel):
    """A lesson as programs read it. `author` is null for a protected author."""

    id: str
    url: str
    revision: int
    state: State
    kind: Kind
    title: str
    context: str
    expected: str
    happened: str
    why: str
    cause_type: CauseType | None
    lesson: str
    recommendation: str
    applies_when: str
    not_when: str
    topics: list[str]
    team: str | None
    team_id: str | None
    visibility: Shared
    author_mode: AuthorMode
    author: AuthorView | None
    occurred_on: date | None
    external_id: str | None
    source_url: str
    posted_at: datetime
    changed_at: datetime
    standing: StandingView


class PostedView(BaseModel):
    """The answer to a post. `claim_code` is given once, to the author of a protected lesson."""

    id: str
    url: str
    revision: int
    claim_code: str | None = None
