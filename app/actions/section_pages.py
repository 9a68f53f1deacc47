"""How the doors of actions answer: the part of the lesson's page in place, or another page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.actions.models import Action
from app.actions.section import Section, actions_section
from app.auth.forms import form_page
from app.kit.errors import Invalid
from app.kit.forms import Submitted
from app.kit.web import own_path, page, redirect, wants_fragment
from app.lessons.access import holds_claim
from app.lessons.cookies import claim_code
from app.lessons.models import Lesson

#: The fields of an action by those of its form, whose names are ids on a page with other forms.
FIELDS = {
    "what": "action-what",
    "kind": "action-kind",
    "owner": "action-owner",
    "due_on": "action-due",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a door was asked for: the request, the lesson, its action if there is one yet."""

    request: Request
    db: Session
    now: datetime
    lesson: Lesson
    action: Action | None = None

    @property
    def url(self) -> str:
        """Where this lesson's actions, or this one of them, are sent to."""
        under = f"/{self.action.id}" if self.action else ""
        return f"{self.lesson.url}/actions{under}"

    def section(self) -> Section:
        """The part of the lesson's page, as it is now."""
        self.db.flush()
        claimed = holds_claim(self.lesson, claim_code(self.request))
        return actions_section(self.db, self.lesson, self.now.date(), claimed=claimed)

    def shown(self, section: Section, *, status_code: int = 200) -> HTMLResponse:
        """That part in place."""
        return page(
            self.request,
            "actions/_actions.html",
            status_code=status_code,
            lesson=self.lesson,
            acting=section,
        )

    def answered(self, form: Submitted, said: str) -> Response:
        """What was done, in place or on the page that it was done from."""
        if wants_fragment(self.request):
            return self.shown(replace(self.section(), said=said))
        place = f"{self.lesson.url}#actions"
        return redirect(self.request, own_path(form.text("back"), place), notice=said)

    def edited(self, typed: Mapping[str, str], heading: str, button: str) -> HTMLResponse:
        """The fields of an action on a page of their own."""
        return self._form(None, typed, heading, button)

    def refused(self, problem: Invalid, form: Submitted, heading: str, button: str) -> Response:
        """The fields as they were typed, each with what is wrong with it. What is wrong with none
        of them is a problem of its own."""
        if not problem.fields:
            raise problem
        self.db.rollback()
        typed = {name: form.text(name) for name in FIELDS.values()}
        errors = {FIELDS[name]: words for name, words in problem.fields.items()}
        if wants_fragment(self.request) and self.action is None:
            section = replace(self.section(), typed=typed, errors=errors)
            return self.shown(section, status_code=422)
        return self._form(Invalid(problem.message, fields=errors), typed, heading, button)

    def unproved(self, problem: Invalid, form: Submitted) -> Response:
        """What was said of how one sees that it is made, with what is wrong with it."""
        if self.action is None or not problem.fields:
            raise problem
        self.db.rollback()
        words, field = form.text("evidence"), f"evidence-{self.action.id}"
        if not wants_fragment(self.request):
            back = form.text("back")
            return self._form(
                problem, {"evidence": words}, "It is made", "It is made", proves=True, back=back
            )
        errors = {field: problem.fields["evidence"]}
        section = replace(self.section(), at=self.action.id, typed={field: words}, errors=errors)
        return self.shown(section, status_code=422)

    def _form(
        self,
        problem: Invalid | None,
        typed: Mapping[str, str],
        heading: str,
        button: str,
        *,
        proves: bool = False,
        back: str = "",
    ) -> HTMLResponse:
        return form_page(
            self.request,
            "actions/edit.html",
            problem,
            lesson=self.lesson,
            what=self.action.what if self.action else "",
            send_to=f"{self.url}/done" if proves else self.url,
            typed=typed,
            heading=heading,
            button=button,
            proves=proves,
            back=back,
        )
