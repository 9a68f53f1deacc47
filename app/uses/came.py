"""What came of a lesson, as its page says it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from app.lessons.access import Reader
from app.lessons.models import Lesson, LessonStanding
from app.uses.ledger import Ledger, ledger
from app.uses.ledger_question import PER_PAGE
from app.uses.naming import may_report
from app.uses.wording import what_to_mend
from app.uses.words import worth_in_words


@dataclass(frozen=True, slots=True)
class Came:
    """`worth` sums it up in a sentence or two, `mend` says what is wrong with the wording while it
    waits to be mended; either may be empty. `may_report`: whether whoever reads may add to it, or
    would name a protected author."""

    ledger: Ledger
    worth: str
    mend: str
    may_report: bool
    may_confirm: bool

    @property
    def more(self) -> bool:
        """Whether there are more uses than a page holds."""
        return self.ledger.total > PER_PAGE

    @property
    def nothing(self) -> bool:
        """Whether nobody has said anything yet."""
        all_of_it = self.ledger
        return not (all_of_it.total or all_of_it.recurrences or all_of_it.confirmations)


def what_came(
    session: Session,
    lesson: Lesson,
    who: Reader,
    standing: LessonStanding | None,
    *,
    today: date,
    claim_code: str = "",
    page: int = 1,
) -> Came:
    """What came of a lesson that `who` may read, in one question."""
    all_of_it = ledger(session, lesson, who, page=page)
    waits = standing is not None and standing.rewrite_since is not None
    may = may_report(lesson, claim_code)
    return Came(
        ledger=all_of_it,
        worth=worth_in_words(standing, today),
        mend=what_to_mend(again.broke for again in all_of_it.recurrences) if waits else "",
        may_report=may,
        may_confirm=may and not lesson.is_retired,
    )
