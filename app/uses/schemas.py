"""What somebody says of a use, of something that happened again, of a lesson that still holds."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from app.kit.api import Sent
from app.lessons.schemas import Day, LongName, Text
from app.people.schemas import one_line
from app.uses.models import (
    COST_LENGTH,
    MEASURE_LENGTH,
    NOTE_LENGTH,
    SOURCE_LENGTH,
    UNIT_LENGTH,
    WORK_LENGTH,
    Broke,
    Manner,
    Result,
)

LARGEST_NUMBER = 1e12
REMARK_LENGTH = 300
_TEAM = "One of your own, by name or id; or none"
_NUMBER = re.compile(r"[-+−]?\d+([.,]\d+)?")
_THOUSANDS = re.compile(r"[-+−]?[1-9]\d{0,2},\d{3}")


def _number(given: Any) -> Any:
    if isinstance(given, bool):
        raise ValueError("Give a number")
    if given is None or isinstance(given, int | float):
        return given
    text = str(given).replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    if _THOUSANDS.fullmatch(text):
        message = f"Write {text.replace(',', '')} or {text.replace(',', '.')}, whichever is meant"
        raise ValueError(message)
    if not _NUMBER.fullmatch(text):
        raise ValueError("Give a number like 1.5 or 1,5, without its unit")
    number = float(text.replace(",", ".").replace("−", "-"))
    if abs(number) > LARGEST_NUMBER:
        raise ValueError("This number is too large")
    return number


def _at_most(length: int) -> BeforeValidator:
    # As it was sent: what is cleaned away counts too, or the document would promise otherwise.
    def check(given: Any) -> Any:
        if isinstance(given, str) and len(given) > length:
            raise ValueError(f"Use at most {length:,} characters")
        return given

    return BeforeValidator(check)


def _broke(given: Any) -> Any:
    return None if given == "" else given


_Line = BeforeValidator(one_line)
Work = Annotated[str, _Line, _at_most(WORK_LENGTH), Field(max_length=WORK_LENGTH)]
Cost = Annotated[str, _Line, _at_most(COST_LENGTH), Field(max_length=COST_LENGTH)]
Measure = Annotated[str, _Line, _at_most(MEASURE_LENGTH), Field(max_length=MEASURE_LENGTH)]
Unit = Annotated[str, _Line, _at_most(UNIT_LENGTH), Field(max_length=UNIT_LENGTH)]
Source = Annotated[str, _Line, _at_most(SOURCE_LENGTH), Field(max_length=SOURCE_LENGTH)]
Remark = Annotated[str, _Line, _at_most(REMARK_LENGTH), Field(max_length=REMARK_LENGTH)]
Note = Annotated[Text, _at_most(NOTE_LENGTH), Field(max_length=NOTE_LENGTH)]
_Finite = Annotated[float, Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER, allow_inf_nan=False)]
Number = Annotated[
    _Finite | None, BeforeValidator(_number, json_schema_input_type=_Finite | str | None)
]
WhereItBroke = Annotated[
    Broke | None, BeforeValidator(_broke, json_schema_input_type=Broke | Literal[""] | None)
]


class UseInput(Sent):
    """A use as somebody reports it; only `manner` is required, and `note` where it was adapted or
    rejected. Without `used_on` it was today."""

    manner: Manner
    result: Result = Result.UNKNOWN
    team: LongName = Field(default="", description=_TEAM)
    work: Work = Field(default="", description="The piece of work it was used in")
    note: Note = Field(default="", description="How it was adapted; why it was rejected")
    used_on: Day = None
    measure: Measure = Field(default="", description="What was measured")
    unit: Unit = ""
    before: Number = None
    after: Number = None
    source: Source = Field(default="", description="Where the numbers are from")


class RecurrenceInput(Sent):
    """It happened again, as somebody reports it: when, what it cost, where the chain broke."""

    happened_on: Day = None
    cost: Cost = Field(default="", description="What it cost, in words")
    broke: WhereItBroke = Field(default=None, description="Where the chain broke")
    team: LongName = Field(default="", description=_TEAM)
    note: Note = ""


class ConfirmationInput(Sent):
    """A lesson still holds."""

    note: Remark = ""
