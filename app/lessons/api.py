"""Lessons for programs: post, list, read, edit, retire, restore, look back."""

from typing import Annotated

from fastapi import Body, Header, Query, Request, Response
from pydantic.json_schema import SkipJsonSchema

from app.kit.api import BaseUrl, Id, IfMatch, api_router, refusals, revision_in
from app.kit.db import Db, Now
from app.lessons.access import editable_lesson, readable_lesson
from app.lessons.api_shapes import (
    LessonsAsked,
    LessonsView,
    Reads,
    RetirementAsked,
    SavedView,
    VersionAuthor,
    VersionContent,
    VersionsView,
    VersionView,
    Writes,
    lesson_view,
)
from app.lessons.browse import newest
from app.lessons.capture import discard_draft, post
from app.lessons.cards import cards, view_of
from app.lessons.content import content_of
from app.lessons.idempotency import LONGEST_KEY, PostKey, post_once
from app.lessons.named import team_ids, topic_ids
from app.lessons.revise import ChangedMeanwhile, edit, restore, retire, versions_of
from app.lessons.schemas import LessonChange, LessonInput, LessonView, PostedView
from app.people.directory import names_of

FIRST_REVISION = 1
_ETAG = {"ETag": {"description": "The revision, for If-Match", "schema": {"type": "string"}}}
_LOCATION = {"Location": {"description": "The lesson's page", "schema": {"type": "string"}}}
_POST = {
    "short": {
        "summary": "The three fields that are needed",
        "value": {
            "kind": "failure",
            "title": "Loose screws let the inverter flicker",
            "lesson": "Screws without thread lock came loose within a week of vibration.",
        },
    }
}
_CHANGE = {"one": {"value": {"recommendation": "Use thread lock and mark the torque."}}}

ClaimCode = Annotated[
    str,
    Header(alias="Claim-Code", max_length=100, description="For the author of a protected lesson"),
]
Key = Annotated[
    str | SkipJsonSchema[None],
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_KEY,
        pattern=r"^[ -~]+$",
        description="Your name for this post: sent again within a day it posts nothing new.",
        examples=["import-2026-11-row-17"],
    ),
]

router = api_router("lessons")


@router.post(
    "/lessons",
    status_code=201,
    responses={**refusals(409, body=True), 201: {"headers": _LOCATION}},
)
def post_lesson(
    request: Request,
    response: Response,
    db: Db,
    now: Now,
    who: Writes,
    base_url: BaseUrl,
    content: Annotated[LessonInput, Body(openapi_examples=_POST)],
    idempotency_key: Key = None,
) -> PostedView:
    """Post a lesson; with visibility `draft`, keep it for yourself."""
    if idempotency_key is None:
        posted = post(db, content, by=who.person, now=now)
    else:
        secret = request.app.state.settings.key
        key = PostKey(secret, who.person.id, idempotency_key)
        posted = post_once(db, content, key, by=who.person, now=now)
    url = f"{base_url}/lessons/{posted.lesson.id}"
    response.headers["Location"] = url
    return PostedView(
        id=posted.lesson.id, url=url, revision=FIRST_REVISION, claim_code=posted.claim_code
    )


@router.get("/lessons", responses=refusals())
def list_lessons(
    db: Db, who: Reads, base_url: BaseUrl, asked: Annotated[LessonsAsked, Query()]
) -> LessonsView:
    """The lessons in use that are shared with you, newest first."""
    found = newest(
        db,
        who,
        team_id=team_ids(db, [asked.team])[0] if asked.team else None,
        topic_id=topic_ids(db, [asked.topic], who)[0] if asked.topic else None,
        offset=asked.offset,
        limit=asked.per_page,
    )
    return LessonsView(
        total=found.total,
        page=asked.page,
        per_page=asked.per_page,
        lessons=[view_of(card, base_url) for card in cards(db, found.lessons)],
    )


@router.get("/lessons/{lesson_id}", responses={**refusals(404), 200: {"headers": _ETAG}})
def read_lesson(
    response: Response, db: Db, who: Reads, base_url: BaseUrl, lesson_id: Id
) -> LessonView:
    """One lesson; the header `ETag` is the revision to send back with a change."""
    lesson = readable_lesson(db, lesson_id, who)
    response.headers["ETag"] = f'"{lesson.revision}"'
    return lesson_view(db, lesson, base_url)


@router.patch(
    "/lessons/{lesson_id}",
    responses={**refusals(404, 409, 412, 428, body=True), 200: {"headers": _ETAG}},
)
def change_lesson(
    response: Response,
    db: Db,
    now: Now,
    who: Writes,
    base_url: BaseUrl,
    lesson_id: Id,
    change: Annotated[LessonChange, Body(openapi_examples=_CHANGE)],
    if_match: IfMatch = None,
    claim_code: ClaimCode = "",
) -> SavedView:
    """Change parts of a lesson; what is left out stays. `If-Match` is required.

    A draft whose `visibility` becomes another is posted. That of a protected author becomes a new
    lesson, and its `claim_code` is in this answer alone.
    """
    lesson = editable_lesson(db, lesson_id, who, claim_code=claim_code)
    saved = edit(
        db,
        lesson,
        change.applied_to(content_of(db, lesson)),
        by=who.person,
        revision=revision_in(if_match),
        now=now,
        claim_code=claim_code,
    )
    view = lesson_view(db, saved.lesson, base_url)
    response.headers["ETag"] = f'"{view.revision}"'
    return SavedView(**view.model_dump(), claim_code=saved.claim_code)


@router.delete(
    "/lessons/{lesson_id}",
    response_model=LessonView,
    responses={**refusals(404, 409, 412), 204: {"description": "A draft was discarded."}},
)
def retire_lesson(
    db: Db,
    now: Now,
    who: Writes,
    base_url: BaseUrl,
    lesson_id: Id,
    why: Annotated[RetirementAsked, Query()],
    if_match: IfMatch = None,
    claim_code: ClaimCode = "",
) -> LessonView | Response:
    """Retire a lesson: it stays readable but no longer comes up. A draft is discarded."""
    lesson = editable_lesson(db, lesson_id, who, claim_code=claim_code)
    if if_match is not None and revision_in(if_match) != lesson.revision:
        raise ChangedMeanwhile(lesson)
    if lesson.is_draft:
        discard_draft(db, lesson)
        return Response(status_code=204)
    retire(db, lesson, why.reason, note=why.note, by=who.person, now=now, claim_code=claim_code)
    return lesson_view(db, lesson, base_url)


@router.post("/lessons/{lesson_id}/restoration", responses=refusals(404, 409))
def restore_lesson(
    db: Db, now: Now, who: Writes, base_url: BaseUrl, lesson_id: Id, claim_code: ClaimCode = ""
) -> LessonView:
    """Bring a retired lesson back to what it was."""
    lesson = editable_lesson(db, lesson_id, who, claim_code=claim_code)
    restore(db, lesson, by=who.person, now=now, claim_code=claim_code)
    return lesson_view(db, lesson, base_url)


@router.get("/lessons/{lesson_id}/versions", responses=refusals(404))
def list_versions(db: Db, who: Reads, lesson_id: Id) -> VersionsView:
    """Every revision of a lesson, newest first, with who saved it and when."""
    kept = versions_of(db, readable_lesson(db, lesson_id, who))
    names = names_of(db, {version.by_id for version in kept})
    return VersionsView(
        versions=[
            VersionView(
                revision=version.revision,
                at=version.at,
                by=VersionAuthor(id=by, name=names[by]) if (by := version.by_id) else None,
                content=VersionContent.model_validate(version.content),
            )
            for version in kept
        ]
    )
