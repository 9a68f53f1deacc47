"""Making a place ready: the schema, and the first administrator where the settings name one."""

import sys
from datetime import datetime

from sqlmodel import Session

from app.auth.links import found
from app.config import Settings, SettingsError
from app.files.store import store_for
from app.kit.db import Database
from app.kit.errors import Problem
from app.kit.migrate import bring_up_to_date
from app.people.directory import nobody_is_here


def make_ready(settings: Settings, database: Database, *, now: datetime) -> None:
    """Bring the database to the newest schema; found the organisation if the settings say so.

    Raises SettingsError when the administrator's settings or the address of the files cannot be
    used, SchemaError when the database belongs to a newer program.
    """
    store_for(settings)
    if bring_up_to_date(database.engine, backups=settings.data_dir / "backups"):
        print("The database is at the newest schema.", file=sys.stderr)  # noqa: T201
    email = settings.admin_email.strip()
    password = settings.admin_password.get_secret_value()
    if bool(email) != bool(password):
        raise SettingsError(
            "COMMONPLACE_ADMIN_EMAIL and COMMONPLACE_ADMIN_PASSWORD belong together: "
            "set both, or neither."
        )
    if not email:
        return
    with database.writing() as session:
        if nobody_is_here(session):
            _found(session, settings, email, password, now)


def _found(session: Session, settings: Settings, email: str, password: str, now: datetime) -> None:
    try:
        found(
            session,
            organisation=settings.organisation or "Our organisation",
            email=email,
            name="Administrator",
            password=password,
            now=now,
        )
    except Problem as problem:
        raise SettingsError(f"The administrator of the settings: {problem.message}") from problem
