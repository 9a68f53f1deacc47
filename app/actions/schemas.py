"""What may be said of an action: what, of which kind, by whom, until when; and that it is done."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.actions.models import EVIDENCE_LENGTH, WHAT_LENGTH, ActionKind
from app.lessons.schemas import Day, NeededText, Title
from app.people.schemas import OptionalName

_SHORTEST_EVIDENCE = 12

What = Annotated[Title, Field(max_length=WHAT_LENGTH, description="The change, in a sentence")]
Owner = Annotated[
    OptionalName, Field(description="Who makes it: a name or an address; empty for yourself")
]
Due = Annotated[Day, Field(description="Until when; not in the past")]


class ActionInput(BaseModel):
    """A change that a lesson asks for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: What
    kind: ActionKind = ActionKind.OTHER
    owner: Owner = ""
    due_on: Due = None


class ActionChange(BaseModel):
    """A part of an action to change; what is left out stays, and null as `due_on` is no day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: What | None = None
    kind: ActionKind | None = None
    owner: Owner | None = None
    due_on: Due = None


class Evidence(BaseModel):
    """How one sees that a change is made and works."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    evidence: Annotated[
        NeededText,
        Field(
            min_length=_SHORTEST_EVIDENCE,
            max_length=EVIDENCE_LENGTH,
            description="One sentence, with a number or a link",
            examples=["Since week 20 no unit of 412 came back with a loose bar."],
        ),
    ]
