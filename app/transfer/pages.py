"""Import and export in the browser, for administrators: choose a file, look at it, begin."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

from fastapi import Request, Response
from fastapi.responses import FileResponse, HTMLResponse, StreamingResponse

from app.auth.forms import form_page
from app.auth.guards import Administrator
from app.kit.api import Id
from app.kit.db import Db, Now, database_of
from app.kit.doors import doors
from app.kit.errors import NotFound, Problem, Unavailable
from app.kit.forms import Form, Submitted, checked
from app.kit.ids import random_id
from app.kit.web import page, redirect, wants_fragment
from app.lessons.access import reader
from app.people.models import Person
from app.transfer.exported import ExportedLesson
from app.transfer.exporting import lessons_to_export
from app.transfer.fields import FIELDS
from app.transfer.files.rows import Source, SourceRefused
from app.transfer.files.sources import open_source
from app.transfer.models import ImportRun
from app.transfer.preview import FIELD_WORDS, RunOptions, preview
from app.transfer.runs import begin, choose, discard, recent_runs, the_run
from app.transfer.uploads import Uploads, safe_name, uploads_in
from app.transfer.writers import csv_chunks, jsonl_chunks
from app.transfer.zip_stream import zip_chunks

router = doors()
_CHUNKS = {
    "csv": (csv_chunks, "text/csv; charset=utf-8"),
    "jsonl": (jsonl_chunks, "application/x-ndjson"),
    "zip": (zip_chunks, "application/zip"),
}
_BEGINS = "start"


@router.get("/import")
def index(request: Request, _me: Administrator) -> HTMLResponse:
    return _index(request)


@router.post("/import")
def bring(request: Request, form: Form, me: Administrator, db: Db, now: Now) -> Response:
    upload = form.files.get("file")
    # Reading a file may take seconds: the guard's transaction must not keep others from writing.
    db.commit()
    if upload is None:
        return _index(request, SourceRefused(fields={"file": "Choose a file first."}))
    run_id, name, uploads = random_id(), safe_name(upload.filename or ""), _uploads(request)
    try:
        with open_source(uploads.keep(run_id, name, upload.file)) as source:
            run = ImportRun(
                id=run_id,
                by_id=me.id,
                file_name=name,
                created_at=now,
                format=source.format[:200],
                total=source.total,
            )
            _refuse_empty(source, name)
    except SourceRefused as refusal:
        uploads.discard(run_id)
        return _index(request, SourceRefused(fields={"file": refusal.message}))
    except OSError as error:
        uploads.discard(run_id)
        raise Unavailable(f"The file could not be kept: {error.strerror}.") from error
    with database_of(request).writing() as session:
        session.add(run)
    return redirect(request, run.url)


@router.get("/import/{run_id}")
def show(request: Request, run_id: Id, _me: Administrator, db: Db) -> HTMLResponse:
    run = the_run(db, run_id)
    if run.is_preview and _path(request, run).exists():
        return _preview(request, run)
    template = "transfer/_run.html" if wants_fragment(request) else "transfer/run.html"
    rejects = _uploads(request).rejects_of(run.id).exists()
    return page(request, template, run=run, has_rejects=rejects)


@router.post("/import/{run_id}/mapping")
def map_columns(
    request: Request, run_id: Id, form: Form, me: Administrator, db: Db, now: Now
) -> Response:
    run = the_run(db, run_id)
    db.commit()
    if not run.is_preview or not _path(request, run).exists():
        return redirect(request, run.url)
    with _opened(request, run) as source:
        options, errors = _options(form, source)
        begins = form.text("act") == _BEGINS
        if begins and options and not errors:
            errors = preview(source, options).errors
    if options is None or (begins and errors):
        return _preview(request, run, options, SourceRefused(fields=errors), form)
    with database_of(request).writing() as session:
        run = the_run(session, run_id)
        choose(session, run, options)
        if begins:
            begin(session, run, by=me, now=now)
    return redirect(request, run.url)


@router.post("/import/{run_id}/removal")
def remove(request: Request, run_id: Id, me: Administrator, db: Db, now: Now) -> Response:
    discard(db, the_run(db, run_id), by=me, now=now)
    _uploads(request).discard(run_id)
    return redirect(request, "/import", notice="The file was removed.")


@router.get("/import/{run_id}/rejected.csv")
def rejected(request: Request, run_id: Id, _me: Administrator, db: Db) -> Response:
    run = the_run(db, run_id)
    path = _uploads(request).rejects_of(run.id)
    if run.is_under_way or not path.exists():
        raise NotFound("The rejected rows are kept for a day, on the server that imported them.")
    return FileResponse(path, media_type="text/csv", filename=f"{run.file_name}.rejected.csv")


@router.get("/export.{ending}")
def export(
    request: Request, ending: Literal["csv", "jsonl", "zip"], me: Administrator, now: Now
) -> Response:
    chunks, media_type = _CHUNKS[ending]
    name = f"commonplace-{now:%Y-%m-%d}.{ending}"
    return StreamingResponse(
        chunks(_readable_by(request, me)),
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


def _readable_by(request: Request, me: Person) -> Iterator[ExportedLesson]:
    # The request's own transaction ends before the answer is sent.
    with database_of(request).reading() as session:
        base_url = request.app.state.settings.base_url
        yield from lessons_to_export(session, who=reader(session, me), base_url=base_url)


def _index(request: Request, problem: Problem | None = None) -> HTMLResponse:
    with database_of(request).reading() as session:
        runs = recent_runs(session)
    limit = request.app.state.settings.max_upload_mb
    return form_page(request, "transfer/index.html", problem, runs=runs, limit_mb=limit)


def _preview(
    request: Request,
    run: ImportRun,
    options: RunOptions | None = None,
    problem: Problem | None = None,
    form: Submitted | None = None,
) -> HTMLResponse:
    options = options or RunOptions.model_validate(run.options)
    with _opened(request, run) as source:
        shown = preview(source, options)
    prefix = form.text("id_prefix") if form else shown.mapping.id_prefix
    return form_page(
        request,
        "transfer/preview.html",
        problem,
        run=run,
        options=options,
        shown=shown,
        id_prefix=prefix,
        field_words=list(FIELD_WORDS.items()),
    )


def _options(form: Submitted, source: Source) -> tuple[RunOptions | None, dict[str, str]]:
    """What the form chose; a column that it did not show stays as suggested."""
    chosen = {
        column: form.text(f"column-{number}")
        for number, column in enumerate(source.columns)
        if form.text(f"column-{number}") in FIELDS
    }
    return checked(
        RunOptions,
        {
            "fields": chosen if any(n.startswith("column-") for n in form.values) else None,
            "default_kind": form.text("default_kind") or None,
            "create_teams": bool(form.text("create_teams")),
            "id_prefix": form.text("id_prefix"),
        },
    )


def _opened(request: Request, run: ImportRun) -> AbstractContextManager[Source]:
    return open_source(_path(request, run))


def _path(request: Request, run: ImportRun) -> Path:
    return _uploads(request).file_of(run.id, run.file_name)


def _refuse_empty(source: Source, name: str) -> None:
    if source.total == 0:
        raise SourceRefused(f"“{name}” has headings but no rows: there is nothing to import.")


def _uploads(request: Request) -> Uploads:
    return uploads_in(request.app.state.settings.data_dir)
