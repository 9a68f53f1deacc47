"""The contract: whatever a program sends, the answer is one that the OpenAPI document promises."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from app.auth.tokens import Scope
from tests.house.sources import ROOT
from tests.house_fixture import House

ACCEPTED = ["2xx", "3xx", "401", "403", "404", "409"]
# What no schema can say is refused too: a team that is not there, a revision that has moved on.
UNSAYABLE = {
    "GET /api/v1/lessons": ["422"],
    "POST /api/v1/lessons": ["422"],
    "PATCH /api/v1/lessons/{lesson_id}": ["412", "422", "428"],
    "DELETE /api/v1/lessons/{lesson_id}": ["412", "422"],
    "POST /api/v1/lessons/{lesson_id}/uses": ["422"],
    "PATCH /api/v1/lessons/{lesson_id}/uses/{use_id}": ["422"],
    "POST /api/v1/lessons/{lesson_id}/recurrences": ["422"],
    "POST /api/v1/lessons/{lesson_id}/confirmations": ["422"],
    "POST /api/v1/lessons/{lesson_id}/actions": ["422"],
    "PATCH /api/v1/actions/{action_id}": ["422"],
    "GET /api/v1/search": ["422"],
    "POST /api/v1/wanted": ["422"],
    "POST /api/v1/wanted/{want_id}/answer": ["422"],
    "POST /api/v1/wanted/{want_id}/assignments": ["422"],
    "GET /api/v1/briefs": ["422"],
    "GET /api/v1/digests/{period}": ["422"],
    "POST /api/v1/briefs": ["422"],
    "PATCH /api/v1/briefs/{brief_id}": ["412", "422"],
    "PUT /api/v1/briefs/{brief_id}/lessons/{lesson_id}/disposition": ["422"],
    "PUT /api/v1/briefs/{brief_id}/follow-up/{lesson_id}": ["422"],
    "POST /api/v1/people/invitations": ["422"],
    "PATCH /api/v1/people/{person_id}": ["422"],
    "POST /api/v1/teams": ["422"],
    "PATCH /api/v1/teams/{team_id}": ["422"],
    "PATCH /api/v1/topics/{topic_id}": ["422"],
    "POST /api/v1/tokens": ["422"],
}


def config(authorization: str) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "headers": {"Authorization": authorization},
            "continue-on-failure": True,
            "generation": {"deterministic": True, "max-examples": 5},
            "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
            "operations": [
                {
                    "include-name": name,
                    "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED + more}},
                }
                for name, more in UNSAYABLE.items()
            ],
        }
    )


def broken_promises(house: House, authorization: str) -> Iterator[str]:
    """Everything that schemathesis, with all of its checks, finds fault with."""
    document = schemathesis.openapi.from_dict(house.app.openapi(), config=config(authorization))
    document.app = house.app
    phases = set()
    for event in from_schema(document).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            yield f"{event.value}"
        if isinstance(event, events.PhaseFinished) and event.status is not Status.SKIP:
            phases.add(event.phase.name.value.lower())
        if isinstance(event, events.ScenarioFinished):
            yield from _faults(event.recorder)
    assert any("stateful" in phase for phase in phases), phases


def _faults(recorder: Any) -> Iterator[str]:
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info:
                request = recorder.cases[case_id].value.as_curl_command()
                answer = recorder.interactions[case_id].response
                said = f"{answer.status_code} {answer.text[:300]}" if answer else "no answer"
                yield f"{check.failure_info.failure.message}\n{request[:600]}\n{said}"


@pytest.mark.parametrize(("name", "scope"), [("root", Scope.ADMIN), ("ben", Scope.READ)])
def test_every_answer_is_one_that_the_document_promises(
    house: House, name: str, scope: Scope
) -> None:
    house.post(house.cast.ben, topics=["Screws"], team="Pumps")
    house.post(house.cast.ada, "A pump ran dry", visibility="team", team="Pumps")
    client = house.api(house.cast.people[name], scope)
    broken = list(broken_promises(house, client.headers["Authorization"]))
    assert not broken, "\n\n".join(broken[:5])


def test_every_call_stands_in_the_document_for_people(house: House) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    written = set(re.findall(r"^\| `([A-Z]+ /\S+)` \| (read|write|admin) \|", text, re.MULTILINE))
    assert {call for call, _ in written} == {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, calls in house.app.openapi()["paths"].items()
        for method in calls
    }


def test_every_call_documents_its_errors_in_the_one_form(house: House) -> None:
    for path, calls in house.app.openapi()["paths"].items():
        for method, call in calls.items():
            errors = {s: a for s, a in call["responses"].items() if int(s) >= 400}
            assert {"401", "403", "422", "503"} <= errors.keys(), f"{method} {path}"
            for status, answer in errors.items():
                schema = answer["content"]["application/json"]["schema"]
                assert schema["$ref"].endswith("/ErrorAnswer"), f"{method} {path} {status}"
            assert all(call[words] for words in ("summary", "description", "tags"))
