"""Wires the product together, and nothing else."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from app import VERSION
from app.auth.lockout import forget_old_failures
from app.auth.sessions import forget_ended_sessions, who_is_signed_in
from app.briefs.coming_due import FollowUps
from app.briefs.watching import Watcher
from app.config import Settings, load_settings
from app.digests.compiling.compile import compile_all
from app.digests.sending.job import Digests
from app.digests.sending.owed import owed_now
from app.digests.sending.plan import held_back
from app.digests.sending.sender import Sender
from app.digests.sending.writing import Letters
from app.events.deliver import forget_absent_subscribers
from app.experts.routing import Routing
from app.files.store import store_for
from app.files.sweep import Sweep
from app.kit.answers import install_answers
from app.kit.body_limit import BodyLimit
from app.kit.clock import Clock, system_clock
from app.kit.db import Database
from app.kit.headers import SafeHeaders
from app.kit.logs import set_up_logs
from app.kit.observe import Observed
from app.kit.static import install_static
from app.kit.templates import make_environment
from app.kit.turns import Turns
from app.lessons.idempotency import forget_old_answers
from app.lessons.indexing import SUBSCRIBER_KIND, Follower
from app.lessons.meaning import MeaningFollower
from app.lessons.mending import Watch, answers
from app.lessons.merging import Merging
from app.mail.sent import forget_sent
from app.mail.smtp import Smtp
from app.mail.transport import Postman
from app.notifications.bundling import Bundler
from app.notifications.notify import Notifier
from app.notifications.reading import forget_old_notifications
from app.notifications.unread import UNREAD
from app.routes import LABELS, add_routes, navigation
from app.searches.closing import Closing
from app.searches.missed import forget_misses
from app.transfer.job import ImportJob
from app.transfer.uploads import uploads_in
from app.uses.settling import Settler
from app.worker import Job, Recurring, Worker
from search import Index, open_index
from search.meaning import Meaning

_MEGABYTE = 1024 * 1024
_MINUTE_SECONDS, _HOUR_SECONDS = 60, 3600


def create_app(settings: Settings, *, clock: Clock = system_clock) -> FastAPI:
    """The application for these settings. Its database must be at the newest schema."""
    database = Database(settings.database)
    meaning = meaning_for(settings)
    index = open_index(settings.index_folder, meaning=meaning)
    worker = make_worker(settings, database, index, clock, meaning)
    database.on_commit = worker.wake

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        worker.listen()
        if settings.run_worker:
            worker.start()
        if meaning:
            threading.Thread(target=meaning.load, name="meaning", daemon=True).start()
        yield
        worker.stop()
        index.close()
        database.close()

    app = FastAPI(
        title="Commonplace",
        version=VERSION,
        description="An organisation's memory: what one person learned, everyone can find.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    state = app.state
    state.settings, state.database, state.index = settings, database, index
    state.clock, state.worker, state.turns = clock, worker, Turns()
    state.files, state.templates = store_for(settings), make_environment(clock, labels=LABELS)
    state.navigation, state.who_is_signed_in = navigation, who_is_signed_in(UNREAD)
    state.index_answers = lambda: answers(index)
    state.meaning_answers = (lambda: not meaning.trouble) if meaning else None
    install_answers(app)
    install_static(app)
    add_routes(app)
    app.add_middleware(BodyLimit, most_bytes=settings.max_upload_mb * _MEGABYTE)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(SafeHeaders, over_https=settings.over_https)
    app.add_middleware(Observed)
    return app


def meaning_for(settings: Settings) -> Meaning | None:
    """Ranking by meaning, where a model is named. It reads nothing before it is used."""
    model = settings.meaning_model
    return Meaning(model, settings.meaning_folder) if model else None


def digests_for(settings: Settings, database: Database, clock: Clock) -> Digests:
    """The job that keeps digests and sends them, where mail goes out."""
    letters = Letters(settings, cache(lambda: make_environment(clock, labels=LABELS)))
    return Digests(
        Sender(database, clock, letters),
        lambda period: compile_all(database, period, now=clock()),
        settings.time_zone,
        sends=settings.sends_mail,
    )


def bundler_for(settings: Settings, database: Database, clock: Clock) -> Bundler:
    """The job that mails what people are told of."""
    templates = cache(lambda: make_environment(clock, labels=LABELS))
    zone = settings.time_zone
    return Bundler(
        database,
        templates,
        settings.base_url,
        settings.key,
        zone,
        clock,
        lambda session, now: owed_now(session, zone=zone, now=now),
    )


def make_worker(
    settings: Settings, database: Database, index: Index, clock: Clock, meaning: Meaning | None
) -> Worker:
    """The worker with every job of the product."""
    follower = Follower(database, index, clock)
    watch = Watch(follower, settings.index_folder, settings.index_check_minutes)
    jobs = [
        Job("index", follower.start, follower.step),
        Job("watch", lambda: None, watch.step),
        Job("merging", lambda: None, Merging(index).step),
    ]
    settler = Settler(database, clock)
    jobs.append(Job("standing", settler.start, settler.step))
    watcher = Watcher(database, index, clock)
    jobs.append(Job("watching", watcher.start, watcher.step, hears=True))
    follow_ups = Recurring(FollowUps(database, clock).look, clock, _MINUTE_SECONDS)
    jobs.append(Job("follow-ups", lambda: None, follow_ups.step))
    closing, routing = Closing(database, index, clock), Routing(database, index, clock)
    jobs.append(Job("wanted", closing.start, closing.step, hears=True))
    jobs.append(Job("knowers", routing.start, routing.step, hears=True))
    notifier = Notifier(database, clock)
    jobs.append(Job("notifications", notifier.start, notifier.step, hears=True))
    smtp = settings.smtp_url.get_secret_value()
    if smtp:
        postman = Postman(database, Smtp(smtp), settings.mail_from, clock, held_back)
        jobs.append(Job("mail", lambda: None, postman.step, apart=True))
        bundler = bundler_for(settings, database, clock)
        jobs.append(Job("notices", lambda: None, bundler.step, apart=True))
    digests = digests_for(settings, database, clock)
    jobs.append(Job("digests", digests.start, digests.step, apart=True))
    if meaning:
        vectors = MeaningFollower(database, index, meaning, clock)
        jobs.append(Job("meaning", lambda: None, vectors.step))
    imports = ImportJob(database, uploads_in(settings.data_dir), clock)
    jobs.append(Job("imports", imports.start, imports.step))
    sweep = Recurring(Sweep(database, store_for(settings), clock).look, clock, _HOUR_SECONDS)
    jobs.append(Job("files", lambda: None, sweep.step))
    housekeeping = Recurring(lambda: _forget(database, clock), clock, _HOUR_SECONDS)
    jobs.append(Job("housekeeping", lambda: None, housekeeping.step))
    return Worker(jobs, settings.data_dir / "worker.lock", clock)


def _forget(database: Database, clock: Clock) -> None:
    now = clock()
    with database.writing() as session:
        forget_ended_sessions(session, now=now)
        forget_old_failures(session, now=now)
        forget_old_answers(session, now=now)
        forget_absent_subscribers(session, kind=SUBSCRIBER_KIND, now=now)
        forget_old_notifications(session, now=now)
        forget_misses(session, now=now)
        forget_sent(session, now=now)


def from_environment() -> FastAPI:
    """The application for the settings of the environment: what server processes load."""
    settings = load_settings()
    set_up_logs(level=settings.log_level, form=settings.log_format)
    return create_app(settings)
